import assert from 'node:assert/strict';
import type {
  DeploymentEngine,
  DeploymentRequest,
  DeploymentStatus,
  EngineModel,
} from '../deploymentEngines';

/**
 * An engine that is to keep the contract, with what it needs for it.
 *
 * @public
 */
export interface EngineUnderContract {
  /** Another object for the same place, as another replica of the backend has. */
  engine(): DeploymentEngine;
  /** A request that this engine can do; small. */
  request(id: string): DeploymentRequest;
  /** A model that it cannot run. */
  unfit: EngineModel;
  /** Whether what it starts answers over HTTP in the test. */
  answers: boolean;
  stop(): Promise<void>;
}

/** Asks until the phase is one of these; jest ends what takes too long. */
async function phase(
  engine: DeploymentEngine,
  id: string,
  ...wanted: DeploymentStatus['phase'][]
): Promise<DeploymentStatus> {
  for (;;) {
    const status = await engine.status(id);
    if (wanted.includes(status.phase)) {
      return status;
    }
    if (status.phase === 'failed') {
      throw new Error(`${id} failed: ${status.message}`);
    }
    await new Promise(resolve => setImmediate(resolve));
  }
}

const isIso = (text: string) => new Date(text).toISOString() === text;

async function read(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) {
    all.push(line);
  }
  return all;
}

const watches = async (engine: DeploymentEngine) => {
  const stop = new AbortController();
  const changed: string[] = [];
  const watched = engine.watch?.(id => changed.push(id), stop.signal);
  return async () => {
    stop.abort();
    await watched;
    return changed;
  };
};

/**
 * Something that holds for every {@link DeploymentEngine}; rejects where it
 * does not.
 *
 * @public
 */
export interface EngineContractClause {
  title: string;
  holds(place: EngineUnderContract): Promise<void>;
}

/**
 * What holds for every {@link DeploymentEngine}, in the order in which a place
 * is to be asked: `it.each([...engineContract])('$title', …)`.
 *
 * @public
 */
export const engineContract: readonly EngineContractClause[] = [
  {
    title: 'says what it runs and what not, in words',
    async holds(place) {
      const engine = place.engine();
      const { model, kind } = place.request('contract-0');
      const fit = engine.fit(model, kind);
      assert(fit.fits);
      assert.equal(typeof fit.resources.gpus, 'number');
      const other = engine.fit(place.unfit, kind);
      assert(!other.fits);
      assert(other.reason.length > 10, `'${other.reason}' tells nobody much`);
    },
  },
  {
    title: 'can be reached',
    async holds(place) {
      const engine = place.engine();
      const health = await engine.health();
      assert.equal(health.state, 'up');
      assert(isIso(health.since));
      assert.equal(health.gpus !== undefined, engine.hasGpus);
    },
  },
  {
    title: 'knows nothing of what was never there',
    async holds(place) {
      const engine = place.engine();
      const { id, phase: where, gpus } = await engine.status('contract-never');
      assert.deepEqual([id, where, gpus], ['contract-never', 'gone', 0]);
      await engine.stop('contract-never');
      assert.deepEqual(await engine.events('contract-never'), []);
      assert.deepEqual(
        await read(engine.logs('contract-never', { tail: 5 })),
        [],
      );
    },
  },
  {
    title: 'runs something once, however often it is asked and by whom',
    async holds(place) {
      const engine = place.engine();
      const request = place.request('contract-1');
      const first = await engine.provision(request);
      assert.equal(first.id, 'contract-1');
      assert(['pending', 'starting', 'ready'].includes(first.phase));
      await place.engine().provision(request);

      const ready = await phase(place.engine(), 'contract-1', 'ready');
      assert.deepEqual(ready.replicas, { wanted: 1, ready: 1 });
      assert.match(ready.url ?? '', /^https?:\/\/.+\/v1$/);
      assert(ready.servedModel);
      assert.equal(ready.gpus, request.resources.gpus);
      const again = await engine.provision(request);
      assert.deepEqual([again.phase, again.url], ['ready', ready.url]);
      const all = await place.engine().list();
      assert.deepEqual(
        all.map(({ id, team, kind }) => ({ id, team, kind })),
        [{ id: 'contract-1', team: request.team, kind: request.kind }],
      );

      if (place.answers) {
        const ask = async (token: string) => {
          const answer = await fetch(`${ready.url}/models`, {
            headers: { authorization: `Bearer ${token}` },
          });
          return answer.status;
        };
        assert.equal(await ask('somebody-else'), 401);
        assert.equal(await ask(request.token), 200);
      }
    },
  },
  {
    title: 'keeps logs, which end, or go on until the signal',
    async holds(place) {
      const engine = place.engine();
      const lines = await read(engine.logs('contract-1', { tail: 1 }));
      assert.equal(lines.length, 1);
      const stop = new AbortController();
      const followed = read(
        engine.logs('contract-1', {
          tail: 1,
          follow: true,
          signal: stop.signal,
        }),
      );
      stop.abort();
      // It may end, or say that it was ended.
      await followed.catch(() => {});
    },
  },
  {
    title: 'tells events in their order',
    async holds(place) {
      const events = await place.engine().events('contract-1');
      const times = events.map(({ at }) => at);
      assert(times.every(isIso));
      assert.deepEqual([...times].sort(), times);
    },
  },
  {
    title: 'ends with everything, and says so only then',
    async holds(place) {
      const engine = place.engine();
      const end = await watches(engine);
      await engine.stop('contract-1');
      await place.engine().stop('contract-1');
      const gone = await phase(place.engine(), 'contract-1', 'gone');
      assert.equal(gone.gpus, 0);
      assert.deepEqual(await engine.list(), []);
      const changed = await end();
      assert(changed.every(id => id === 'contract-1'));
    },
  },
];
