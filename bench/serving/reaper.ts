import { FakeEngine } from '../../plugins/model-serving-backend/src/__testUtils__/FakeEngine';
import type { MachineClocks } from '../../plugins/model-serving-backend/src/clock';
import { governanceOfAll, member, openDatabase, startReplica } from './hub';

const STEP_MS = 5_000;
const MINUTE_MS = 60_000;
const HOURS = 0.5;

/** The same numbers each time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** True time, and what the clocks make of it. */
class Universe {
  now = 0;
  wall = Date.parse('2026-11-25T09:00:00Z');

  pass(ms: number): void {
    this.now += ms;
    this.wall += ms;
  }

  machine(name: string): MachineClocks & { reboot(): void } {
    let boots = 0;
    let from = this.now - 7_000_000;
    const clocks = {
      boot: `${name}-0`,
      uptimeMs: () => this.now - from,
      wallMs: () => this.wall,
      reboot: () => {
        boots += 1;
        clocks.boot = `${name}-${boots}`;
        from = this.now - 20_000;
      },
    };
    return clocks;
  }
}

/** Knows when something was ready and when it was gone, by true time. */
class WatchedEngine extends FakeEngine {
  readonly ready = new Map<string, number>();
  readonly gone = new Map<string, number>();

  constructor(private readonly universe: Universe, gpus: number) {
    super('bench', { totalGpus: gpus });
  }

  override async provision(request: Parameters<FakeEngine['provision']>[0]) {
    if (!this.ready.has(request.id)) {
      this.ready.set(request.id, this.universe.now);
    }
    return super.provision(request);
  }

  override async stop(id: string): Promise<void> {
    await super.stop(id);
    this.gone.set(id, this.universe.now);
  }
}

export interface ReaperFigures {
  /** s */
  largestOverstay: number;
  /** s */
  largestUnderstay: number;
  left: number;
  clockSteps: number;
  crashes: number;
  failedStops: number;
}

/**
 * Endpoints of half an hour while clocks are set, replicas are killed in the
 * middle of looks, machines are booted, stops fail and the engine is away for
 * ten minutes of their life. Looks are five seconds apart, of true time.
 */
export async function measureReaper(
  url: string | undefined,
  endpoints: number,
  seed: number,
): Promise<ReaperFigures> {
  const { knex, drop } = await openDatabase(url);
  const random = generator(seed);
  const universe = new Universe();
  const engine = new WatchedEngine(universe, endpoints);
  const governance = governanceOfAll();
  const machines = ['a', ...(url ? ['b'] : [])].map(name =>
    universe.machine(name),
  );
  const replica = (n: number) =>
    startReplica({
      knex,
      engine,
      governance,
      clocks: machines[n],
      settings: { evaluation: { hours: HOURS } },
    });
  const replicas = await Promise.all(machines.map((_, n) => replica(n)));
  const figures = { clockSteps: 0, crashes: 0, failedStops: 0 };
  const step = async () => {
    universe.pass(STEP_MS);
    for (const { reconciler } of replicas) await reconciler.runDue();
  };
  for (let n = 0; n < endpoints; n++) {
    await replicas[0].endpoints.start(member(`team-${n % 7}`), {
      entityRef: 'model:acme/talker',
    });
    if (n % 4 === 0) await step();
  }
  const steps = (HOURS * 60 + 10) * (MINUTE_MS / STEP_MS);
  for (let n = 0; n < steps; n++) {
    if (random() < 0.05) {
      universe.wall += (random() - 0.5) * 48 * 60 * MINUTE_MS;
      figures.clockSteps += 1;
    } else if (random() < 0.05) {
      // It dies with some of them in its hands, and begins again.
      figures.crashes += 1;
      const at = Math.floor(random() * replicas.length);
      const { time_ms: now } = await knex('serving_hub').first('time_ms');
      await knex('endpoints')
        .whereNotNull('due_ms')
        .where('pk', '<=', Math.floor(random() * endpoints))
        .update({ leased_ms: Number(now) + 15_000, lessee: 'dead' });
      await replicas[at].stop();
      if (random() < 0.3) machines[at].reboot();
      replicas[at] = await replica(at);
      // A clock that is set before the first look after a boot shows to nobody.
      await step();
    }
    if (random() < 0.1) {
      figures.failedStops += 3 - engine.failingStops;
      engine.failingStops = 3;
    }
    const minute = (n * STEP_MS) / MINUTE_MS;
    engine.isAway = minute >= 8 && minute < 18;
    await step();
  }
  const overstays = [...engine.ready].map(
    ([id, ready]) =>
      ((engine.gone.get(id) ?? universe.now) - ready) / 1000 - HOURS * 3600,
  );
  await Promise.all(replicas.map(it => it.stop()));
  await drop();
  return {
    ...figures,
    largestOverstay: Math.max(...overstays),
    largestUnderstay: Math.max(0, -Math.min(...overstays)),
    left: engine.running.size,
  };
}
