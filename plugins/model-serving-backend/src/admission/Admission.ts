import {
  takeTurn,
  type Transactions,
} from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import type { HubClock } from '../clock';
import type { ServingConfig } from '../config';
import type { EndpointRow } from '../endpoints/records';
import { HOLDING } from '../endpoints/states';
import type { EngineDesk } from '../engines';
import {
  admit,
  type EngineRoom,
  type Holding,
  type Place,
  type Waiting,
} from './admit';

/** Places where there are no GPUs to run out of. */
const PLACES_WITHOUT_GPUS = 4;

/** What there is to decide about. */
interface Queue {
  waiting: Waiting[];
  holding: Holding[];
  last: Map<string, number>;
}

/** Decides who begins, for all replicas: in one transaction at a time. */
export class Admission {
  static create(options: {
    transactions: Transactions;
    clock: HubClock;
    engines: EngineDesk;
    config: Pick<ServingConfig, 'quotaOf' | 'engines'>;
  }): Admission {
    return new Admission(options);
  }

  readonly #options: Parameters<typeof Admission.create>[0];

  private constructor(options: Parameters<typeof Admission.create>[0]) {
    this.#options = options;
  }

  /**
   * Admits whom there is room for.
   *
   * @param begin - turns each of them into one that starts, in the same
   * transaction
   */
  async run(
    begin: (tx: Knex.Transaction, id: string) => Promise<void>,
  ): Promise<string[]> {
    const { transactions } = this.#options;
    const engines: string[] = await transactions
      .knex('endpoints')
      .where({ state: 'queued' })
      .distinct()
      .pluck('engine');
    if (engines.length === 0) return [];
    // Asked before, because no engine may hold the lock up.
    const rooms = await this.#rooms(engines);
    return transactions.run(async tx => {
      await this.locked(tx);
      const places = this.#places(await this.#read(tx), rooms);
      const admitted = places.filter(({ position }) => position === 0);
      for (const { id } of admitted) await begin(tx, id);
      return admitted.map(({ id }) => id);
    });
  }

  /** Nobody else counts or admits until the transaction ends. */
  async locked(tx: Knex.Transaction): Promise<void> {
    await takeTurn(tx, 'model-serving', 'admission');
  }

  /** The place of each that waits, by id. */
  async places(): Promise<Map<string, Place>> {
    const queue = await this.#read(this.#options.transactions.knex);
    const rooms = await this.#rooms(queue.waiting.map(({ engine }) => engine));
    return new Map(this.#places(queue, rooms).map(place => [place.id, place]));
  }

  /** The place that one would get if it were queued now. */
  async placeOf(asked: {
    team: string;
    engine: string;
    gpus: number;
  }): Promise<Place> {
    const queue = await this.#read(this.#options.transactions.knex);
    const id = '?';
    queue.waiting.push({
      ...asked,
      id,
      queued: this.#options.clock.now(),
      pk: Number.MAX_SAFE_INTEGER,
    });
    const rooms = await this.#rooms(queue.waiting.map(({ engine }) => engine));
    return this.#places(queue, rooms).find(place => place.id === id)!;
  }

  /** What a team holds. */
  async heldBy(team: string): Promise<{ gpus: number; endpoints: number }> {
    const { holding } = await this.#read(this.#options.transactions.knex);
    const own = holding.filter(one => one.team === team);
    return {
      endpoints: own.length,
      gpus: own.reduce((sum, { gpus }) => sum + gpus, 0),
    };
  }

  /** What evaluation endpoints may take of an engine. */
  async roomOf(engine: string): Promise<EngineRoom> {
    const { engines, config } = this.#options;
    const found = engines.find(engine);
    if (!found) {
      return { closed: `The engine '${engine}' is not configured any more.` };
    }
    const { gpus, endpoints } = config.engines[engine] ?? {};
    const health = await engines.health(engine);
    return {
      gpus: gpus ?? (found.hasGpus ? health.gpus?.total : undefined),
      endpoints: endpoints ?? (found.hasGpus ? undefined : PLACES_WITHOUT_GPUS),
      ...(health.state === 'away' && {
        closed: `${found.title} cannot be reached: ${
          health.message ?? 'it does not answer'
        } It begins when the engine is back.`,
      }),
    };
  }

  async #rooms(engines: string[]): Promise<Map<string, EngineRoom>> {
    return new Map(
      await Promise.all(
        [...new Set(engines)].map(
          async id => [id, await this.roomOf(id)] as const,
        ),
      ),
    );
  }

  #places(queue: Queue, rooms: Map<string, EngineRoom>): Place[] {
    const { config } = this.#options;
    return admit({
      ...queue,
      limitOf: team => config.quotaOf(team),
      roomOf: engine =>
        rooms.get(engine) ?? { closed: 'It was queued just now.' },
    });
  }

  async #read(db: Knex): Promise<Queue> {
    const rows: EndpointRow[] = await db<EndpointRow>('endpoints')
      .whereIn('state', ['queued', ...HOLDING])
      .select('pk', 'id', 'state', 'team', 'engine', 'gpus', 'queued_ms');
    const waiting = rows
      .filter(({ state }) => state === 'queued')
      .map(({ queued_ms, ...row }) => ({ ...row, queued: queued_ms ?? 0 }));
    const holding = rows.filter(({ state }) => state !== 'queued');
    const teams = [...new Set(waiting.map(({ team }) => team))];
    const last: Array<{ team: string; ms: number | null }> =
      teams.length === 0
        ? []
        : await db('endpoints')
            .whereIn('team', teams)
            .groupBy('team')
            .select('team')
            .max({ ms: 'started_ms' });
    return {
      waiting,
      holding,
      last: new Map(last.map(({ team, ms }) => [team, Number(ms ?? 0)])),
    };
  }
}
