import { FakeEngine } from '../../plugins/model-serving-backend/src/__testUtils__/FakeEngine';
import { governanceOfAll, member, openDatabase, startReplica } from './hub';

const TEAMS = 40;

const eventually = async (is: () => boolean): Promise<void> => {
  while (!is()) await new Promise(resolve => setTimeout(resolve, 10));
};

/** What became of many endpoints, in s and of one look in ms. */
export interface ReconcileFigures {
  asked: number;
  ready: number;
  ended: number;
}

/**
 * Many endpoints asked for, begun and ended, over an engine in memory that does
 * at once what it is told: what the room itself costs.
 */
export async function measureReconcile(
  url: string | undefined,
  endpoints: number,
): Promise<ReconcileFigures> {
  const { knex, drop } = await openDatabase(url);
  const engine = new FakeEngine('bench', { totalGpus: endpoints });
  const governance = governanceOfAll();
  const hub = await startReplica({ knex, engine, governance });
  hub.start();
  const started = performance.now();
  const since = (from: number) => (performance.now() - from) / 1000;
  for (let n = 0; n < endpoints; n++) {
    await hub.endpoints.start(member(`team-${n % TEAMS}`), {
      entityRef: 'model:acme/talker',
    });
  }
  const asked = since(started);
  const isBound = () =>
    [...governance.keys.values()].filter(key => key.boundTo).length;
  await eventually(() => isBound() === endpoints);
  const ready = since(started);
  // All of them are over in the same moment.
  const over = performance.now();
  await knex('endpoints').update({ deadline_ms: 0, due_ms: 0 });
  hub.reconciler.wake();
  await eventually(() => engine.running.size === 0);
  const ended = since(over);
  await hub.stop();
  await drop();
  return { asked, ready, ended };
}
