import type { Knex } from 'knex';
import type { DelegationRecord } from './records';
import { fromRow, toRow, type Row } from './rows';

const records = (rows: Row[]) =>
  rows.map(row => fromRow<DelegationRecord>(row));

export class DelegationStore {
  static create(options: { knex: Knex }): DelegationStore {
    return new DelegationStore(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Delegations from or to a person, newest first. */
  async of(ref: string): Promise<DelegationRecord[]> {
    return records(
      await this.#knex<Row>('approval_delegations')
        .where({ delegator: ref })
        .orWhere({ delegate: ref })
        .orderBy([
          { column: 'created_at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ]),
    );
  }

  /** Delegations to a person that are in force. */
  async to(ref: string, now: Date): Promise<DelegationRecord[]> {
    return this.#inForce({ delegate: ref }, now);
  }

  /** Delegations from any of these people that are in force. */
  async from(refs: string[], now: Date): Promise<DelegationRecord[]> {
    return records(
      await this.#knex<Row>('approval_delegations')
        .whereIn('delegator', refs)
        .whereNull('ended_at')
        .where('until', '>', now.toISOString()),
    );
  }

  async get(
    id: string,
    tx: Knex = this.#knex,
  ): Promise<DelegationRecord | undefined> {
    const row = await tx<Row>('approval_delegations').where({ id }).first();
    return row && fromRow<DelegationRecord>(row);
  }

  async insert(tx: Knex.Transaction, record: DelegationRecord): Promise<void> {
    await tx('approval_delegations').insert(toRow(record));
  }

  /** Whether it was in force until now. */
  async end(tx: Knex.Transaction, id: string, at: string): Promise<boolean> {
    const ended = await tx('approval_delegations')
      .where({ id })
      .whereNull('ended_at')
      .update({ ended_at: at });
    return ended > 0;
  }

  async #inForce(
    where: Record<string, string>,
    now: Date,
  ): Promise<DelegationRecord[]> {
    return records(
      await this.#knex<Row>('approval_delegations')
        .where(where)
        .whereNull('ended_at')
        .where('until', '>', now.toISOString())
        .orderBy('id'),
    );
  }
}
