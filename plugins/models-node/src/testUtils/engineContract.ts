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
  const read: string[] = [];
  for await (const line of lines) {
    read.push(line);
  }
  return read;
}

/**
 * Tests that hold for every {@link DeploymentEngine}. Call it in a test file:
 * one place is started for all of them.
 *
 * @public
 */
export function engineContract(
  name: string,
  start: () => Promise<EngineUnderContract>,
): void {
  describe(`${name} as an engine`, () => {
    let place: EngineUnderContract;
    let engine: DeploymentEngine;

    beforeAll(async () => {
      place = await start();
      engine = place.engine();
    }, 60_000);

    afterAll(() => place.stop(), 60_000);

    it('says what it runs and what not, in words', () => {
      const { model, kind } = place.request('contract-0');
      expect(engine.fit(model, kind)).toMatchObject({
        fits: true,
        resources: { gpus: expect.any(Number) },
      });
      const fit = engine.fit(place.unfit, kind);
      expect(fit.fits).toBe(false);
      expect(!fit.fits && fit.reason.length).toBeGreaterThan(10);
    });

    it('can be reached', async () => {
      const health = await engine.health();
      expect(health.state).toBe('up');
      expect(isIso(health.since)).toBe(true);
      expect(health.gpus !== undefined).toBe(engine.hasGpus);
    });

    it('knows nothing of what was never there', async () => {
      expect(await engine.status('contract-never')).toMatchObject({
        id: 'contract-never',
        phase: 'gone',
        gpus: 0,
      });
      await engine.stop('contract-never');
      expect(await engine.events('contract-never')).toEqual([]);
      expect(await read(engine.logs('contract-never', { tail: 5 }))).toEqual(
        [],
      );
    });

    it('runs something once, however often it is asked and by whom', async () => {
      const request = place.request('contract-1');
      const first = await engine.provision(request);
      expect(first.id).toBe('contract-1');
      expect(['pending', 'starting', 'ready']).toContain(first.phase);
      await place.engine().provision(request);

      const ready = await phase(place.engine(), 'contract-1', 'ready');
      expect(ready.replicas).toEqual({ wanted: 1, ready: 1 });
      expect(ready.url).toMatch(/^https?:\/\/.+\/v1$/);
      expect(ready.servedModel).toBeTruthy();
      expect(ready.gpus).toBe(request.resources.gpus);
      expect(await engine.provision(request)).toMatchObject({
        phase: 'ready',
        url: ready.url,
      });
      const all = await place.engine().list();
      expect(all.map(({ id }) => id)).toEqual(['contract-1']);
      expect(all[0]).toMatchObject({ team: request.team, kind: request.kind });

      if (place.answers) {
        const ask = (token: string) =>
          fetch(`${ready.url}/models`, {
            headers: { authorization: `Bearer ${token}` },
          });
        expect((await ask('somebody-else')).status).toBe(401);
        expect((await ask(request.token)).status).toBe(200);
      }
    }, 60_000);

    it('keeps logs, which end, or go on until the signal', async () => {
      expect((await read(engine.logs('contract-1', { tail: 1 }))).length).toBe(
        1,
      );
      const stop = new AbortController();
      const followed = read(
        engine.logs('contract-1', {
          tail: 1,
          follow: true,
          signal: stop.signal,
        }),
      );
      stop.abort();
      await followed.catch(error => {
        expect(stop.signal.aborted && error).toBeTruthy();
      });
    });

    it('tells events in their order', async () => {
      const events = await engine.events('contract-1');
      const times = events.map(({ at }) => at);
      expect(times.every(isIso)).toBe(true);
      expect([...times].sort()).toEqual(times);
    });

    it('ends with everything, and says so only then', async () => {
      const stop = new AbortController();
      const changed: string[] = [];
      const watched = engine.watch?.(id => changed.push(id), stop.signal);

      await engine.stop('contract-1');
      await place.engine().stop('contract-1');
      const gone = await phase(place.engine(), 'contract-1', 'gone');
      expect(gone.gpus).toBe(0);
      expect(await engine.list()).toEqual([]);

      stop.abort();
      await watched;
      expect(changed.every(id => id === 'contract-1')).toBe(true);
    }, 60_000);
  });
}
