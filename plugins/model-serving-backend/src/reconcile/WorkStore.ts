import { isPostgres } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { HubClock } from '../clock';
import type { EndpointRow } from '../endpoints/records';

/** Another replica takes over what this one does not renew for so long. */
export const LEASE_MS = 15_000;

/** An endpoint that this replica looks at. */
export interface LeasedEndpoint {
  id: string;
}

/** Which endpoints are due, and who looks at them. */
export class WorkStore {
  static create(options: { knex: Knex; clock: HubClock }): WorkStore {
    return new WorkStore(options);
  }

  readonly #knex: Knex;
  readonly #clock: HubClock;
  readonly #lessee = randomUUID();

  private constructor(options: Parameters<typeof WorkStore.create>[0]) {
    this.#knex = options.knex;
    this.#clock = options.clock;
  }

  /** The one that has been due for longest. */
  async lease(active: string[]): Promise<LeasedEndpoint | undefined> {
    const now = this.#clock.now();
    return this.#knex.transaction(async tx => {
      const due = tx<EndpointRow>('endpoints')
        .where('due_ms', '<=', now)
        .where('leased_ms', '<=', now)
        .whereNotIn('id', active)
        .orderBy('due_ms')
        .limit(1)
        .select('id');
      if (isPostgres(tx)) due.forUpdate().skipLocked();
      const [found] = await due;
      if (!found) return undefined;
      await tx('endpoints')
        .where({ id: found.id })
        .update({ leased_ms: now + LEASE_MS, lessee: this.#lessee });
      return { id: found.id };
    });
  }

  /** False when another replica has it. */
  async renew(id: string): Promise<boolean> {
    const renewed = await this.#knex('endpoints')
      .where({ id, lessee: this.#lessee })
      .update({ leased_ms: this.#clock.now() + LEASE_MS });
    return renewed === 1;
  }

  /**
   * Gives it back, to be looked at again at a time of the hub, or never. What
   * changed since `revision` is looked at at once.
   */
  async release(
    id: string,
    options: { revision: number; due: number | undefined },
  ): Promise<void> {
    const mine = this.#knex('endpoints').where({ id, lessee: this.#lessee });
    const scheduled = await mine
      .clone()
      .where({ revision: options.revision })
      .update({ due_ms: options.due ?? null, leased_ms: 0, lessee: null });
    if (scheduled === 0) await mine.update({ leased_ms: 0, lessee: null });
  }

  /** Somebody says that it changed. */
  async hasten(id: string): Promise<void> {
    await this.#knex('endpoints')
      .where({ id })
      .where('due_ms', '>', this.#clock.now())
      .update({ due_ms: this.#clock.now() });
  }
}
