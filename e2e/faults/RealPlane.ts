import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Evidence } from '../../packages/model-gateway/src/__testUtils__/faults/judge';
import type {
  Ask,
  Plane,
} from '../../packages/model-gateway/src/__testUtils__/faults/Plane';
import {
  Program,
  freePort,
} from '../../packages/model-gateway/src/__testUtils__/faults/Program';
import { randomFrom } from '../../packages/model-gateway/src/__testUtils__/faults/random';
import {
  ASKED,
  anyOf,
} from '../../packages/model-gateway/src/__testUtils__/faults/world';
import { MODELS } from './catalog';
import { Databases } from './Databases';
import { KeyRing } from './KeyRing';
import { ModelLife } from './ModelLife';
import { overspent } from './overspent';
import { Permits } from './Permits';
import { readBatches } from './batches';
import { PortalClient } from './PortalClient';
import { AFTERWARDS, checkGateways } from './checkGateways';
import { portalConfig } from './portalConfig';
import { Usage, readUsage } from './usageDatabase';

const GATEWAYS = ['gateway-1', 'gateway-2', 'gateway-3'];
const START_MS = 300_000;
/** From one kill of a replica to its next; most of it is its start. */
const LIFE_MS = 15_000;
/** Monthly budget of one key at first, and what is added to it, in euros. */
const BUDGET = { first: 2, more: 1 };

/**
 * The control plane as a portal has it: replicas of the governance and usage
 * backends on one PostgreSQL, or one on SQLite; and people who approve, suspend
 * and revoke models, rotate keys and raise a budget meanwhile.
 */
export class RealPlane implements Plane {
  static async create(
    folder: string,
    options: { databases: Databases; replicas: number },
  ): Promise<RealPlane> {
    const { databases, replicas } = options;
    const tokens = Object.fromEntries(
      GATEWAYS.map(name => [name, `invitation-of-${name}-to-the-run`]),
    );
    const batches = path.join(folder, 'batches.ndjson');
    const programs: Program[] = [];
    for (let n = 1; n <= replicas; n++) {
      const name = `portal-${n}`;
      const port = await freePort();
      const file = path.join(folder, `${name}.json`);
      fs.writeFileSync(
        file,
        JSON.stringify(
          portalConfig({ folder, port, tokens, database: databases.backend }),
        ),
      );
      programs.push(
        new Program(
          name,
          port,
          folder,
          [path.join(__dirname, 'controlPlane.ts'), '--config', file],
          {
            NODE_ENV: 'development',
            NODE_COMPILE_CACHE: path.join(folder, 'compiled'),
            BATCHES: batches,
          },
        ),
      );
    }
    return new RealPlane(programs, databases, { tokens, batches });
  }

  readonly programs: readonly Program[];
  readonly urls: readonly string[];
  readonly enrolmentTokens: Readonly<Record<string, string>>;
  readonly providers = [MODELS.sometimes[0], 'acme/*'];
  readonly revocationMs = 3_000;
  readonly maxAgeMs = 20_000;
  readonly #databases: Databases;
  readonly #portal: PortalClient;
  readonly #permits = new Permits();
  readonly #lives: ModelLife[];
  readonly #always: ModelLife;
  readonly #steady: KeyRing;
  readonly #rotating: KeyRing;
  readonly #poor: KeyRing;
  #budget = BUDGET.first;
  #usage: Usage | undefined;
  readonly #batches: string;

  private constructor(
    programs: Program[],
    databases: Databases,
    given: { tokens: Record<string, string>; batches: string },
  ) {
    this.#batches = given.batches;
    this.programs = programs;
    this.urls = programs.map(({ port }) => `http://localhost:${port}`);
    this.enrolmentTokens = given.tokens;
    this.#databases = databases;
    this.#portal = new PortalClient(this.urls);
    const life = (model: string) =>
      new ModelLife(model, this.#portal, this.#permits);
    this.#always = life(MODELS.always);
    this.#lives = MODELS.sometimes.map(life);
    const ring = (name: string) =>
      new KeyRing(name, this.#portal, this.#permits);
    this.#steady = ring('steady key');
    this.#rotating = ring('rotating key');
    this.#poor = ring('key with a budget');
  }

  async start(): Promise<void> {
    for (const program of this.programs) {
      // One after the other: the first makes the tables.
      program.start();
      await this.#untilUp(program);
    }
    await this.#always.approve();
    for (const ring of [this.#steady, this.#rotating, this.#poor]) {
      await ring.issue();
    }
    await this.#putBudget();
  }

  async mayKill(program: Program): Promise<boolean> {
    const last = program.killedAt.at(-1) ?? 0;
    return (
      Date.now() - last > LIFE_MS &&
      (await PortalClient.isUp(this.#urlOf(program)))
    );
  }

  ask(): Ask {
    const model = anyOf(ASKED);
    const chance = Math.random();
    const { current, before } = this.#rotating;
    let credential = this.#steady.current;
    if (chance < 0.3 && current) {
      credential = current;
    } else if (chance < 0.4 && before) {
      credential = before;
    } else if (chance < 0.6 && this.#poor.current) {
      return { ...this.#poor.current, model: MODELS.always };
    }
    if (!credential) {
      throw new Error('There is no key');
    }
    return { ...credential, model };
  }

  async act(end: number, random: () => number): Promise<number> {
    const seeds = [1, 2, 3, 4].map(() => Math.floor(random() * 2 ** 31));
    const deeds = [
      ...this.#lives.map(life => (dice: () => number) => life.step(dice)),
      () => this.#rotating.rotate(),
      () => this.#raise(),
    ];
    const counts = await Promise.all(
      deeds.map(async (deed, n) => {
        const dice = randomFrom(seeds[n]);
        let count = 0;
        while (Date.now() < end) {
          await deed(dice);
          count += 1;
          await delay((n < 2 ? 300 : 3_000) + dice() * (n < 2 ? 1_500 : 3_000));
        }
        return count;
      }),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async settle(gateways: readonly Program[]): Promise<string[]> {
    for (const program of this.programs) {
      await this.#untilUp(program);
    }
    // What it wanted to spend meanwhile shall not stand in the way.
    this.#budget += 100;
    await this.#putBudget();
    if (!this.#rotating.current) {
      await this.#rotating.rotate();
    }
    const { current, before } = this.#rotating;
    return checkGateways(gateways, {
      portal: this.#portal,
      open: [MODELS.always, ...MODELS.sometimes].filter(model =>
        this.#permits.isOpen(model),
      ),
      shut: [MODELS.never, ...MODELS.sometimes].filter(
        model => !this.#permits.isOpen(model),
      ),
      good: [this.#steady.current, current, this.#poor.current],
      dead: before,
    });
  }

  async evidence() {
    this.#usage = await readUsage(
      this.#databases.of('model-usage'),
      `key:${this.#poor.id}`,
      readBatches(this.#batches),
    );
    return {
      permits: this.#permits.all,
      ingested: this.#usage.ingested.filter(
        ({ trace }) => trace !== AFTERWARDS,
      ),
    };
  }

  async findings(evidence: Evidence): Promise<string[]> {
    return [
      ...(this.#usage?.disagreements ?? []),
      ...overspent(evidence, {
        credential: this.#poor.current?.credential ?? '',
        budgetMicros: (this.#budget - 100) * 1_000_000,
      }),
    ];
  }

  async close(): Promise<void> {
    await this.#databases.close();
  }

  async #raise(): Promise<void> {
    this.#budget += BUDGET.more;
    await this.#putBudget();
  }

  async #putBudget(): Promise<void> {
    await this.#portal.call(
      'ada',
      'PUT',
      `model-usage/budgets/key/${this.#poor.id}`,
      { amount: this.#budget, currency: 'EUR' },
    );
  }

  #urlOf(program: Program): string {
    return this.urls[this.programs.indexOf(program)];
  }

  async #untilUp(program: Program): Promise<void> {
    const end = Date.now() + START_MS;
    while (!(await PortalClient.isUp(this.#urlOf(program)))) {
      if (Date.now() > end) {
        throw new Error(`${program.name} does not start: see its log`);
      }
      await delay(100);
    }
  }
}
