import { ConflictError } from '@backstage/errors';
import {
  gatewayIdKey,
  type ApprovalState,
  type Grant,
} from '@modelhub/backstage-plugin-models-common';
import { isPostgres } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { createHash } from 'node:crypto';
import type {
  ApprovalQuery,
  ApprovalScope,
  ApprovalStore,
} from './ApprovalStore';
import { applyQuery, decodeCursor, encodeCursor, orderOf } from './filters';
import type { ApprovalRecord, SignerClaim, SignOffRecord } from './records';
import { livingStates } from './records';
import { fromRow, nullableColumns, toRow, type Row } from './rows';
import { grantOf } from './grants';
import { withoutHeld } from './HoldStore';

const PAGE = 50;

const records = (rows: Row[]) => rows.map(row => fromRow<ApprovalRecord>(row));

export class DatabaseApprovalStore implements ApprovalStore {
  static create(options: { knex: Knex }): DatabaseApprovalStore {
    return new DatabaseApprovalStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async get(id: string, tx: Knex = this.#knex) {
    const row = await tx<Row>('approvals').where({ id }).first();
    return row && fromRow<ApprovalRecord>(row);
  }

  async getMany(ids: string[]) {
    return records(await this.#knex<Row>('approvals').whereIn('id', ids));
  }

  async lockModel(tx: Knex.Transaction, entityRef: string) {
    // On SQLite transactions take turns anyway.
    if (!isPostgres(tx)) return;
    const hash = createHash('sha256')
      .update(`approvals\n${entityRef}`)
      .digest();
    await tx.raw('SELECT pg_advisory_xact_lock(?, ?)', [
      hash.readInt32BE(0),
      hash.readInt32BE(4),
    ]);
  }

  async lock(tx: Knex.Transaction, id: string) {
    const seen = await this.get(id, tx);
    if (!seen) return undefined;
    await this.lockModel(tx, seen.entityRef);
    const row = await tx<Row>('approvals').where({ id }).forUpdate().first();
    return row && fromRow<ApprovalRecord>(row);
  }

  async insert(tx: Knex.Transaction, record: ApprovalRecord) {
    await tx('approvals').insert(toRow(record));
  }

  async update(tx: Knex.Transaction, record: ApprovalRecord) {
    const next = { ...record, revision: record.revision + 1 };
    const cleared = Object.fromEntries(nullableColumns.map(c => [c, null]));
    const written = await tx('approvals')
      .where({ id: record.id, revision: record.revision })
      .update({ ...cleared, ...toRow(next) });
    if (written === 0) {
      throw new ConflictError(
        'Somebody changed this approval at the same moment. Load it again and decide on what it is now.',
      );
    }
    return next;
  }

  async note(
    tx: Knex.Transaction,
    { id }: ApprovalRecord,
    note: { absentSince?: string; ownerRef: string },
  ) {
    await tx('approvals')
      .where({ id })
      .update({
        absent_since: note.absentSince ?? null,
        owner_ref: note.ownerRef,
      });
  }

  async list(query: ApprovalQuery) {
    const { name, key, direction } = orderOf(query.order);
    const limit = query.limit ?? PAGE;
    const filtered = () => {
      const builder = this.#knex<Row>('approvals');
      applyQuery(builder, query);
      return builder;
    };
    const page = filtered()
      .select('approvals.*', this.#knex.raw(`${key} as sort_key`))
      .orderByRaw(`${key} ${direction}, approvals.id ${direction}`)
      .limit(limit + 1);
    if (query.cursor) {
      const after = decodeCursor(name, query.cursor);
      const sign = direction === 'asc' ? '>' : '<';
      page.whereRaw(
        `(${key} ${sign} ? or (${key} = ? and approvals.id ${sign} ?))`,
        [after.key, after.key, after.id],
      );
    }
    const rows: Row[] = await page;
    const total = await filtered().count({ n: '*' }).first();
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return {
      items: records(items.map(({ sort_key, ...row }) => row)),
      totalItems: Number(total?.n ?? 0),
      nextCursor:
        rows.length > limit && last
          ? encodeCursor(name, {
              key: String(last.sort_key),
              id: String(last.id),
            })
          : undefined,
    };
  }

  async ofModels(
    entityRefs: string[],
    states: ApprovalState[],
    tx: Knex = this.#knex,
  ) {
    return records(
      await tx<Row>('approvals')
        .whereIn('entity_ref', entityRefs)
        .whereIn('state', states)
        .orderBy(['created_at', 'id']),
    );
  }

  async batch(states: ApprovalState[], after: string, limit: number) {
    return records(
      await this.#knex<Row>('approvals')
        .whereIn('state', states)
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit),
    );
  }

  async ofScope(
    scope: ApprovalScope,
    states: ApprovalState[],
    tx: Knex = this.#knex,
  ) {
    return records(
      await tx<Row>('approvals')
        .where({
          entity_ref: scope.entityRef,
          model_version: scope.modelVersion,
          tier: scope.tier,
          purpose: scope.purpose,
          profile: scope.profile,
        })
        .whereIn('state', states)
        .orderBy(['created_at', 'id']),
    );
  }

  async emergencies(
    scope: Pick<ApprovalScope, 'entityRef' | 'purpose' | 'profile'>,
    tx: Knex.Transaction,
  ) {
    const { entityRef, purpose, profile } = scope;
    return records(
      await tx<Row>('approvals')
        .where({ entity_ref: entityRef, purpose, profile, kind: 'emergency' })
        .orderBy([{ column: 'created_at', order: 'desc' }, 'id']),
    );
  }

  async everApproved(entityRef: string, exceptId: string) {
    const row = await this.#knex<Row>('approvals')
      .where({ entity_ref: entityRef, kind: 'standard' })
      .whereNot('id', exceptId)
      .whereNot('tier', 'sandbox')
      .whereNotNull('approved_at')
      .first('id');
    return row !== undefined;
  }

  async otherHolders(gatewayId: string, entityRef: string) {
    const rows: Array<{ entity_ref: string; gateway_id: string }> =
      await this.#knex('approvals')
        .whereNot('entity_ref', entityRef)
        .whereIn('state', livingStates)
        .distinct('entity_ref', 'gateway_id');
    const key = gatewayIdKey(gatewayId);
    const refs = rows
      .filter(row => gatewayIdKey(row.gateway_id) === key)
      .map(row => row.entity_ref);
    return [...new Set(refs)];
  }

  async due(now: Date) {
    const at = now.toISOString();
    const ids: string[] = await this.#knex('approvals')
      .where(ended =>
        ended
          .whereIn('state', livingStates)
          .where(end =>
            end.where('expires_at', '<=', at).orWhere('waived_until', '<=', at),
          ),
      )
      .orWhere(hung =>
        hung.where('state', 'checking').where('check_deadline_at', '<=', at),
      )
      .orderBy('id')
      .pluck('id');
    return ids;
  }

  /** What counts now: approved, not ended, and not held. */
  #live(now: Date, knex: Knex) {
    const at = now.toISOString();
    return knex<Row>('approvals')
      .where('state', 'approved')
      .where('expires_at', '>', at)
      .where(rests =>
        rests.whereNull('waived_until').orWhere('waived_until', '>', at),
      );
  }

  async serving(
    now: Date,
    { purpose, profile }: Pick<ApprovalScope, 'purpose' | 'profile'>,
  ) {
    const builder = this.#live(now, this.#knex)
      .where({ purpose, profile })
      .whereNot('kind', 'emergency')
      .orderBy([{ column: 'approved_at', order: 'desc' }, 'id']);
    return records(await withoutHeld(builder));
  }

  async liveGrants(
    now: Date,
    { entityRefs, tx = this.#knex }: { entityRefs?: string[]; tx?: Knex } = {},
  ): Promise<Grant[]> {
    const builder = this.#live(now, tx).orderBy('id');
    if (entityRefs) builder.whereIn('entity_ref', entityRefs);
    return records(await withoutHeld(builder)).map(grantOf);
  }

  async signOffs(approvalId: string, tx: Knex = this.#knex) {
    const rows: Row[] = await tx<Row>('approval_sign_offs')
      .where({ approval_id: approvalId })
      .orderBy(['at', 'id']);
    return rows.map(row => fromRow<SignOffRecord>(row));
  }

  async addSignOff(tx: Knex.Transaction, signOff: SignOffRecord) {
    await tx('approval_sign_offs').insert(toRow(signOff));
  }

  async voidSignOffs(
    tx: Knex.Transaction,
    ids: string[],
    at: string,
    reason: string,
  ) {
    await tx('approval_sign_offs')
      .whereIn('id', ids)
      .whereNull('void_at')
      .update({ void_at: at, void_reason: reason });
  }

  async setSigners(
    tx: Knex.Transaction,
    approvalId: string,
    signers: SignerClaim[],
  ) {
    await tx('approval_signers').where({ approval_id: approvalId }).delete();
    if (signers.length === 0) return;
    await tx('approval_signers').insert(
      signers.map(signer => ({ approval_id: approvalId, ...signer })),
    );
  }

  async signers(approvalIds: string[]) {
    const rows: Array<SignerClaim & { approval_id: string }> = await this.#knex(
      'approval_signers',
    ).whereIn('approval_id', approvalIds);
    const byApproval = new Map<string, SignerClaim[]>();
    for (const { approval_id, role, claim } of rows) {
      byApproval.set(approval_id, [
        ...(byApproval.get(approval_id) ?? []),
        { role, claim },
      ]);
    }
    return byApproval;
  }

  async awaitedLeads() {
    const rows: Row[] = await this.#knex<Row>('approvals')
      .where('state', 'in-review')
      .where('waiting_for', 'like', '%,lead,%')
      .whereNotNull('lead_group')
      .distinct('lead_group', 'requester');
    return rows.map(row => ({
      leadGroup: String(row.lead_group),
      requester: String(row.requester),
    }));
  }
}
