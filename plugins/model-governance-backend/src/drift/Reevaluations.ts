import type { SubmittedEvidence } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';

interface Row {
  entity_ref: string;
  pin: string;
  reported_at: string;
  reason: string;
}

/** Versions of which new evaluations are asked for, and since when. */
export class Reevaluations {
  static create(options: { knex: Knex }): Reevaluations {
    return new Reevaluations(options.knex);
  }

  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** From now on, what was submitted before this moment says nothing. */
  async ask(
    tx: Knex.Transaction,
    about: { entityRef: string; pin: string },
    since: { at: string; reason: string },
  ): Promise<void> {
    const row: Row = {
      entity_ref: about.entityRef,
      pin: about.pin,
      reported_at: since.at,
      reason: since.reason,
    };
    await tx('drift_reevaluations')
      .insert(row)
      .onConflict(['entity_ref', 'pin'])
      .merge();
  }

  /** The same evidence, which says of what is too old why. */
  async mark(
    about: { entityRef: string; pin?: string },
    submitted: SubmittedEvidence[],
  ): Promise<SubmittedEvidence[]> {
    if (about.pin === undefined || submitted.length === 0) return submitted;
    const row = await this.#knex<Row>('drift_reevaluations')
      .where({ entity_ref: about.entityRef, pin: about.pin })
      .first();
    if (!row) return submitted;
    const at = new Date(row.reported_at);
    return submitted.map(it =>
      it.submittedAt < at ? { ...it, outdatedBecause: row.reason } : it,
    );
  }
}
