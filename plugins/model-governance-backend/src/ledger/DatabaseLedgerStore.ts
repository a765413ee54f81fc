import { InputError } from '@backstage/errors';
import type {
  Clock,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import {
  chainEvent,
  signCheckpoint,
  type LedgerCheckpoint,
  type LedgerEvent,
} from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { randomBytes } from 'node:crypto';
import type { KeyStore } from '../keys';
import type {
  LedgerActor,
  LedgerDraft,
  LedgerQuery,
  LedgerStore,
  LedgerVerification,
  ReadableLedgerEvent,
} from './LedgerStore';
import { pseudonymsFor, refsFor } from './People';
import {
  eventColumns,
  pseudonymsIn,
  textHash,
  toEvent,
  toRow,
  type EventRow,
  type PersonRow,
  type TextRow,
} from './rows';
import { verifyLedger } from './verifyLedger';

interface CheckpointRow {
  seq: number | string;
  hash: string;
  at: string;
  key_id: string;
  signature: string;
}

const BATCH = 500;
const DEFAULT_LIMIT = 50;
const MOST = 200;

const refsOf = ({ actor, people }: LedgerDraft) => [
  ...(actor.kind === 'person' ? [actor.ref] : []),
  ...Object.values(people ?? {}),
];

function nameOf(actor: LedgerActor, people: Map<string, string>): string {
  if (actor.kind === 'person') return people.get(actor.ref) ?? '';
  return actor.kind === 'service' ? `service:${actor.name}` : 'system';
}

function payloadOf(
  draft: LedgerDraft,
  people: Map<string, string>,
  salt: string,
): LedgerEvent['payload'] {
  const named = Object.entries(draft.people ?? {}).map(([field, ref]) => [
    field,
    people.get(ref),
  ]);
  return {
    ...draft.payload,
    ...Object.fromEntries(named),
    ...(draft.entityRef && { entityRef: draft.entityRef }),
    ...(draft.approvalId && { approvalId: draft.approvalId }),
    ...(draft.text !== undefined && {
      text: { textHash: textHash(salt, draft.text) },
    }),
  };
}

function readCursor(cursor: string): number {
  const seq = Number(cursor);
  if (!Number.isSafeInteger(seq)) {
    throw new InputError('The cursor is not one that this list gave.');
  }
  return seq;
}

export class DatabaseLedgerStore implements LedgerStore {
  static create(options: {
    transactions: Transactions;
    keys: KeyStore;
    clock: Clock;
  }): DatabaseLedgerStore {
    return new DatabaseLedgerStore(
      options.transactions,
      options.keys,
      options.clock,
    );
  }

  readonly #transactions: Transactions;
  readonly #keys: KeyStore;
  readonly #clock: Clock;

  private constructor(
    transactions: Transactions,
    keys: KeyStore,
    clock: Clock,
  ) {
    this.#transactions = transactions;
    this.#keys = keys;
    this.#clock = clock;
  }

  async append(
    tx: Knex.Transaction,
    drafts: LedgerDraft[],
  ): Promise<LedgerEvent[]> {
    if (drafts.length === 0) return [];
    let head = await this.#head(tx, { lock: true });
    const people = await pseudonymsFor(tx, drafts.flatMap(refsOf));
    const at = this.#clock.now().toISOString();
    const events: LedgerEvent[] = [];
    for (const draft of drafts) {
      const salt = randomBytes(16).toString('base64url');
      const event = chainEvent(head.seq === 0 ? undefined : head, {
        at,
        actor: nameOf(draft.actor, people),
        subject: draft.subject,
        type: draft.type,
        payload: payloadOf(draft, people, salt),
      });
      await tx<EventRow>('ledger_events').insert(toRow(event, draft));
      if (draft.text !== undefined) {
        await tx<TextRow>('ledger_texts').insert({
          seq: event.seq,
          salt,
          text: draft.text,
        });
      }
      events.push(event);
      head = event;
    }
    await tx('ledger_head')
      .where({ id: 1 })
      .update({ seq: head.seq, hash: head.hash });
    return events;
  }

  async headSeq(tx?: Knex.Transaction): Promise<number> {
    return (await this.#head(tx ?? this.#transactions.knex)).seq;
  }

  async query(query: LedgerQuery) {
    const limit = Math.min(query.limit ?? DEFAULT_LIMIT, MOST);
    const newest = query.order !== 'oldest';
    const filtered = this.#transactions
      .knex<EventRow>('ledger_events')
      .modify(builder => {
        if (query.entityRef) builder.where({ entity_ref: query.entityRef });
        if (query.approvalId) builder.where({ approval_id: query.approvalId });
        if (query.subject) builder.where({ subject: query.subject });
        if (query.type) builder.where({ type: query.type });
      });
    const page = filtered
      .clone()
      .select(eventColumns)
      .orderBy('seq', newest ? 'desc' : 'asc')
      .limit(limit + 1);
    if (query.cursor !== undefined) {
      page.where('seq', newest ? '<' : '>', readCursor(query.cursor));
    }
    const [rows, [{ total }]] = await Promise.all([
      page,
      filtered.clone().count({ total: '*' }),
    ]);
    const items = await this.#readable(rows.slice(0, limit));
    return {
      items,
      totalItems: Number(total),
      ...(rows.length > limit && { nextCursor: String(items.at(-1)?.seq) }),
    };
  }

  async changesAfter(seq: number, limit: number) {
    const rows: EventRow[] = await this.#transactions
      .knex<EventRow>('ledger_events')
      .where({ affects_standing: true })
      .whereNotNull('entity_ref')
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(Math.min(limit, MOST));
    return rows.map(row => ({
      seq: Number(row.seq),
      entityRef: String(row.entity_ref),
      type: row.type,
      at: row.at,
    }));
  }

  async *stream(
    options: { entityRef?: string } = {},
  ): AsyncIterable<LedgerEvent> {
    for await (const rows of this.#batches(options)) yield* rows.map(toEvent);
  }

  async checkpoints(): Promise<LedgerCheckpoint[]> {
    const rows: CheckpointRow[] = await this.#transactions
      .knex<CheckpointRow>('ledger_checkpoints')
      .orderBy('seq');
    return rows.map(row => ({
      seq: Number(row.seq),
      hash: row.hash,
      at: row.at,
      keyId: row.key_id,
      signature: row.signature,
    }));
  }

  async checkpoint(): Promise<LedgerCheckpoint | undefined> {
    const { knex } = this.#transactions;
    const head = await this.#head(knex);
    const newest = await knex('ledger_checkpoints').max({ seq: 'seq' }).first();
    if (Number(newest?.seq ?? 0) >= head.seq) return undefined;

    const key = await this.#keys.active('ledger');
    const checkpoint = signCheckpoint(
      { ...head, at: this.#clock.now().toISOString() },
      key.privateKey,
    );
    await knex<CheckpointRow>('ledger_checkpoints')
      .insert({
        seq: checkpoint.seq,
        hash: checkpoint.hash,
        at: checkpoint.at,
        key_id: checkpoint.keyId,
        signature: checkpoint.signature,
      })
      .onConflict('seq')
      .ignore();
    return checkpoint;
  }

  async verify(): Promise<LedgerVerification> {
    const { knex } = this.#transactions;
    const checkpoints = await this.checkpoints();
    const head = await this.#head(knex);
    const keys = await this.#keys.publicKeys('ledger');
    return verifyLedger({
      head,
      batches: this.#batchesWithTexts(head.seq),
      checkpoints,
      publicKeys: keys.map(key => key.publicKey),
    });
  }

  async erasePerson(ref: string): Promise<void> {
    await this.#transactions.run(async tx => {
      const person = await tx<PersonRow>('ledger_people')
        .where({ ref })
        .first();
      if (!person) return;
      await tx<PersonRow>('ledger_people').where({ ref }).delete();
      await this.append(tx, [
        {
          actor: { kind: 'system' },
          subject: person.pseudonym,
          type: 'ledger.person-erased',
          payload: {},
        },
      ]);
    });
  }

  async eraseText(seq: number): Promise<void> {
    await this.#transactions.run(async tx => {
      const erased = await tx<TextRow>('ledger_texts').where({ seq }).delete();
      if (erased === 0) return;
      await this.append(tx, [
        {
          actor: { kind: 'system' },
          subject: `event:${seq}`,
          type: 'ledger.text-erased',
          payload: { seq },
        },
      ]);
    });
  }

  /** With the lock, nobody else appends until the transaction ends. */
  async #head(knex: Knex, options: { lock?: boolean } = {}) {
    const query = knex('ledger_head').where({ id: 1 }).first('seq', 'hash');
    const row = await (options.lock ? query.forUpdate() : query);
    return { seq: Number(row.seq), hash: String(row.hash) };
  }

  async *#batches(
    options: { entityRef?: string; upTo?: number } = {},
  ): AsyncIterable<EventRow[]> {
    for (let after = 0; ; ) {
      const query = this.#transactions
        .knex<EventRow>('ledger_events')
        .select(eventColumns)
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(BATCH);
      if (options.entityRef) query.where({ entity_ref: options.entityRef });
      if (options.upTo !== undefined) query.where('seq', '<=', options.upTo);
      const rows: EventRow[] = await query;
      if (rows.length === 0) return;
      yield rows;
      after = Number(rows[rows.length - 1].seq);
    }
  }

  async *#batchesWithTexts(upTo: number) {
    for await (const rows of this.#batches({ upTo })) {
      const texts = await this.#texts(rows);
      yield rows.map(row => ({ row, text: texts.get(Number(row.seq)) }));
    }
  }

  async #texts(rows: EventRow[]): Promise<Map<number, TextRow>> {
    const texts = await this.#transactions
      .knex<TextRow>('ledger_texts')
      .whereIn(
        'seq',
        rows.map(row => row.seq),
      );
    return new Map(texts.map(row => [Number(row.seq), row]));
  }

  async #readable(rows: EventRow[]): Promise<ReadableLedgerEvent[]> {
    const events = rows.map(row => ({ row, event: toEvent(row) }));
    const texts = await this.#texts(rows);
    const refs = await refsFor(
      this.#transactions.knex,
      events.flatMap(({ event }) => pseudonymsIn([event.actor, event.payload])),
    );
    return events.map(({ row, event }) => ({
      ...event,
      entityRef: row.entity_ref ?? undefined,
      approvalId: row.approval_id ?? undefined,
      actorRef: refs.get(event.actor),
      people: Object.fromEntries(
        pseudonymsIn(event.payload).flatMap(pseudonym => {
          const ref = refs.get(pseudonym);
          return ref ? [[pseudonym, ref]] : [];
        }),
      ),
      text: texts.get(event.seq)?.text,
    }));
  }
}
