import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  inTransaction,
  type Clock,
} from '@modelhub/backstage-plugin-models-node';
import { TIERS, type Tier } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { RollupStore } from '../rollups';
import { DAY_MS } from './maths';
import type { DefaultTerms, ObjectivesConfig } from './objectivesConfig';
import type { ObjectiveStore } from './ObjectiveStore';
import { BY_DEFAULT, planeOf, type ObjectiveRecord } from './types';

/** A model that was called so lately gets the defaults of its tier. */
const CALLED_DAYS = 28;

/** What objectives of the control plane are defaults of. */
export const CONTROL_PLANE = 'control-plane';

type Taken = Awaited<ReturnType<ObjectiveStore['taken']>>[number];

interface Wanted extends DefaultTerms {
  model: string;
  defaultOf: string;
}

const keyOf = (it: Pick<ObjectiveRecord, 'kind' | 'model'>) =>
  `${it.kind}\n${it.model}`;

/**
 * Sets the objectives that config wants where nobody set or removed one of the
 * same kind, and lets those that it set follow the config.
 */
export class DefaultObjectives {
  static create(options: {
    knex: Knex;
    clock: Clock;
    logger: LoggerService;
    store: ObjectiveStore;
    rollups: RollupStore;
    config: ObjectivesConfig;
  }): DefaultObjectives {
    return new DefaultObjectives(options);
  }

  readonly #options: Parameters<typeof DefaultObjectives.create>[0];

  private constructor(options: Parameters<typeof DefaultObjectives.create>[0]) {
    this.#options = options;
  }

  async ensure(): Promise<void> {
    const { store, logger } = this.#options;
    const wanted = await this.#wanted();
    const taken = new Map<string, Taken[]>();
    for (const it of await store.taken()) {
      taken.set(keyOf(it), [...(taken.get(keyOf(it)) ?? []), it]);
    }
    let added = 0;
    for (const it of wanted) {
      const some = taken.get(keyOf(it)) ?? [];
      const [own] = some.filter(
        ({ defaultOf, removed }) => defaultOf !== undefined && !removed,
      );
      if (own) await this.#follow(own, it);
      else if (some.length === 0 && (await this.#add(it))) added += 1;
    }
    if (added > 0) logger.info(`${added} objectives were set by default.`);
  }

  async #wanted(): Promise<Wanted[]> {
    const { config } = this.#options;
    const control = config.controlPlane.map(it => ({
      ...it,
      model: '',
      defaultOf: CONTROL_PLANE,
    }));
    if (Object.keys(config.tiers).length === 0) return control;
    const models = [...(await this.#tiers())].flatMap(([model, tier]) =>
      (config.tiers[tier] ?? []).map(it => ({ ...it, model, defaultOf: tier })),
    );
    return [...control, ...models];
  }

  /** The highest tier in which each model was called. */
  async #tiers(): Promise<Map<string, Tier>> {
    const { rollups, clock } = this.#options;
    const now = clock.now().getTime();
    const rows = await rollups.sums({
      level: 'day',
      from: new Date(now - CALLED_DAYS * DAY_MS),
      to: new Date(now + 1),
      by: ['model', 'tier'],
    });
    const tiers = new Map<string, Tier>();
    for (const { model = '', tier, calls, refused, unavailable } of rows) {
      if (!model || !tier || calls - refused - unavailable <= 0) continue;
      const before = tiers.get(model);
      const isHigher =
        before === undefined || TIERS.indexOf(tier) > TIERS.indexOf(before);
      if (isHigher) tiers.set(model, tier);
    }
    return tiers;
  }

  async #add({ model, defaultOf, ...terms }: Wanted): Promise<boolean> {
    const { knex, clock, store } = this.#options;
    const objective: ObjectiveRecord = {
      ...terms,
      id: randomUUID(),
      plane: planeOf(terms.kind),
      model,
      modelVersion: '',
      notify: [],
      defaultOf,
      version: 1,
      updatedBy: BY_DEFAULT,
      updatedAt: clock.now().toISOString(),
      state: 'no-events',
    };
    return inTransaction(knex, tx =>
      store.insert(tx, objective, {
        by: BY_DEFAULT,
        reason: `Default of ${defaultOf}`,
      }),
    );
  }

  async #follow(own: ObjectiveRecord, wanted: Wanted): Promise<void> {
    const { targetPpm, limitMs, windowDays, defaultOf } = wanted;
    const isSame =
      own.targetPpm === targetPpm &&
      own.limitMs === limitMs &&
      own.windowDays === windowDays &&
      own.defaultOf === defaultOf;
    if (isSame) return;
    const { knex, clock, store } = this.#options;
    const after: ObjectiveRecord = {
      ...own,
      targetPpm,
      limitMs,
      windowDays,
      defaultOf,
      version: own.version + 1,
      updatedBy: BY_DEFAULT,
      updatedAt: clock.now().toISOString(),
    };
    await inTransaction(knex, async tx => {
      if (await store.isTaken(tx, after)) return;
      await store.update(tx, own, after, `Default of ${defaultOf}`);
    });
  }
}
