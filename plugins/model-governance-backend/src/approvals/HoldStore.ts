import type { Knex } from 'knex';
import type { ApprovalScope } from './ApprovalStore';
import { asSentence, covers } from './holds';
import type {
  ApprovalHoldRecord,
  ApprovalRecord,
  HoldRecord,
  ModelHoldRecord,
} from './records';
import { livingStates } from './records';
import { fromRow, toRow, type Row } from './rows';

interface Cleared {
  by: string;
  at: string;
  reason: string;
}

const clearedRow = ({ by, at, reason }: Cleared) => ({
  cleared_by: by,
  cleared_at: at,
  clear_reason: reason,
});

/** Leaves out approvals that a hold on their model reaches. */
export function withoutHeld(approvals: Knex.QueryBuilder): Knex.QueryBuilder {
  return approvals.whereNotExists(query =>
    query
      .select('m.id')
      .from('approval_model_holds as m')
      .whereNull('m.cleared_at')
      .whereRaw('m.entity_ref = approvals.entity_ref')
      .whereRaw(
        '(m.model_version IS NULL OR m.model_version = approvals.model_version OR m.pin = approvals.pin)',
      ),
  );
}

/**
 * Holds on approvals, which end with them, and holds on models, which stay
 * until somebody clears them.
 */
export class HoldStore {
  static create(options: { knex: Knex }): HoldStore {
    return new HoldStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Everything that holds an approval, or held it since it was asked for. */
  async of(
    approval: Pick<
      ApprovalRecord,
      'id' | 'entityRef' | 'modelVersion' | 'pin' | 'createdAt'
    >,
    tx: Knex = this.#knex,
  ): Promise<Array<ApprovalHoldRecord | ModelHoldRecord>> {
    const own: Row[] = await tx<Row>('approval_holds').where({
      approval_id: approval.id,
    });
    const models: Row[] = await tx<Row>('approval_model_holds')
      .where({ entity_ref: approval.entityRef })
      .where(since =>
        since
          .whereNull('cleared_at')
          .orWhere('cleared_at', '>=', approval.createdAt),
      );
    return [
      ...own.map(row => fromRow<ApprovalHoldRecord>(row)),
      ...models
        .map(row => fromRow<ModelHoldRecord>(row))
        .filter(hold => covers(hold, approval)),
    ].sort(byPlace);
  }

  async addToApproval(
    tx: Knex.Transaction,
    hold: ApprovalHoldRecord,
  ): Promise<void> {
    await tx('approval_holds').insert(toRow(hold));
  }

  async clearOfApproval(
    tx: Knex.Transaction,
    id: string,
    cleared: Cleared,
  ): Promise<void> {
    await tx('approval_holds')
      .where({ id })
      .whereNull('cleared_at')
      .update(clearedRow(cleared));
  }

  /** Open holds on living approvals of a model, with the scope they are on. */
  async openOnScopes(
    entityRef: string,
    tx: Knex = this.#knex,
  ): Promise<Array<ApprovalHoldRecord & { scope: ApprovalScope }>> {
    const rows: Row[] = await tx<Row>('approval_holds as h')
      .join('approvals as a', 'a.id', 'h.approval_id')
      .where('a.entity_ref', entityRef)
      .whereIn('a.state', livingStates)
      .whereNull('h.cleared_at')
      .orderBy(['h.placed_at', 'h.id'])
      .select(
        'h.*',
        'a.entity_ref',
        'a.model_version',
        'a.tier',
        'a.purpose',
        'a.profile',
      );
    return rows.map(row => {
      const {
        entityRef: ref,
        modelVersion,
        tier,
        purpose,
        profile,
        ...hold
      } = fromRow<ApprovalHoldRecord & ApprovalScope>(row);
      return {
        ...hold,
        scope: { entityRef: ref, modelVersion, tier, purpose, profile },
      };
    });
  }

  /** Open holds on models or versions, the oldest first. */
  async openOnModels(
    entityRefs: string[],
    tx: Knex = this.#knex,
  ): Promise<ModelHoldRecord[]> {
    const rows: Row[] = await tx<Row>('approval_model_holds')
      .whereIn('entity_ref', entityRefs)
      .whereNull('cleared_at')
      .orderBy(['placed_at', 'id']);
    return rows.map(row => fromRow<ModelHoldRecord>(row));
  }

  /**
   * Why a model is off, or this version of it, whatever was approved.
   *
   * @param entityRef - Full, in lower case.
   */
  async heldBecause(
    entityRef: string,
    modelVersion?: string,
  ): Promise<string | undefined> {
    const hold = (await this.openOnModels([entityRef])).find(
      one =>
        one.modelVersion === undefined || one.modelVersion === modelVersion,
    );
    return hold && asSentence(hold.reason);
  }

  async onModel(
    id: string,
    tx: Knex = this.#knex,
  ): Promise<ModelHoldRecord | undefined> {
    const row = await tx<Row>('approval_model_holds').where({ id }).first();
    return row && fromRow<ModelHoldRecord>(row);
  }

  async addToModel(tx: Knex.Transaction, hold: ModelHoldRecord): Promise<void> {
    await tx('approval_model_holds').insert(toRow(hold));
  }

  async clearOfModel(
    tx: Knex.Transaction,
    id: string,
    cleared: Cleared,
  ): Promise<void> {
    await tx('approval_model_holds')
      .where({ id })
      .whereNull('cleared_at')
      .update(clearedRow(cleared));
  }
}

function byPlace(a: HoldRecord, b: HoldRecord): number {
  if (a.placedAt !== b.placedAt) return a.placedAt < b.placedAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
