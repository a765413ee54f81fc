import { deploymentRequest, testEngine, until } from '../__testUtils__/cluster';
import { TestKubernetes } from '../__testUtils__/kubernetes';
import { loadClient } from '../__testUtils__/kubernetes/nativeClient';
import { INFERENCE_SERVICES, PODS, SECRETS } from '../kubernetes/resources';

const NAMESPACE = 'models-search-discovery';
const MAIN = /\/inferenceservices/;

describe('KServeEngine on a cluster in trouble', () => {
  let server: TestKubernetes;
  let watching: AbortController;

  beforeAll(async () => {
    await loadClient();
  }, 60_000);

  beforeEach(async () => {
    server = await TestKubernetes.start({
      token: 'secret',
      nodes: [{ name: 'gpu-1', gpus: 2, labels: { gpu: 'l4' } }],
      pageSize: 2,
    });
    watching = new AbortController();
  });

  afterEach(async () => {
    watching.abort();
    await server.stop();
  });

  const watched = (engine: ReturnType<typeof testEngine>) => {
    const seen: string[] = [];
    const ended = engine.watch(id => seen.push(id), watching.signal);
    return { seen, ended };
  };

  const touch = (id: string) =>
    server.edit(INFERENCE_SERVICES, id, NAMESPACE, object => {
      object.metadata.annotations = {
        ...object.metadata.annotations,
        touched: `${server.store.version}`,
      };
    });

  it('asks again after 429, 500 and a connection that breaks off', async () => {
    const engine = testEngine(server);
    server.faults.add({ method: 'PATCH', status: 429, retryAfter: 1 });
    server.faults.add({ method: 'PATCH', path: MAIN, status: 500, times: 2 });
    await engine.provision(deploymentRequest());
    await until(
      () => engine.status('eval-1'),
      ({ phase }) => phase === 'ready',
    );
    expect(server.store.list(INFERENCE_SERVICES)).toHaveLength(1);
  });

  it('goes on where it was when it was broken off in the middle', async () => {
    const engine = testEngine(server);
    server.faults.add({ method: 'PATCH', path: MAIN, drops: true });
    await expect(engine.provision(deploymentRequest())).rejects.toThrow(
      /Europe does not answer/,
    );
    expect(server.store.list(SECRETS)).toHaveLength(1);

    const status = await until(
      () =>
        testEngine(server)
          .provision(deploymentRequest())
          .catch(() => undefined),
      answer => answer !== undefined,
    );
    expect(status?.id).toBe('eval-1');
    expect(server.store.list(SECRETS)).toHaveLength(1);
  });

  it('gives up on a server that never answers', async () => {
    const engine = testEngine(server);
    server.faults.add({ path: /\/version/, hangs: true });
    expect(await engine.health()).toMatchObject({
      state: 'away',
      message: expect.stringMatching(/took too long/),
    });
  });

  it('shows a cluster that is away, and that it is back', async () => {
    const engine = testEngine(server);
    await engine.provision(deploymentRequest());
    await server.goAway();

    const away = await engine.health();
    expect(away).toMatchObject({
      state: 'away',
      message: expect.stringMatching(
        /Europe does not answer \(.+\); check that its API server can be reached/,
      ),
    });
    await expect(engine.status('eval-1')).rejects.toThrow(
      expect.objectContaining({ name: 'ServiceUnavailableError' }),
    );

    await server.comeBack();
    await until(
      () => engine.health(),
      ({ state }) => state === 'up',
    );
    await until(
      () => engine.status('eval-1'),
      ({ phase }) => phase === 'ready',
    );
  });

  it('says which rights are missing', async () => {
    const engine = testEngine(server);
    server.faults.add({
      status: 403,
      reason: 'Forbidden',
      message:
        'namespaces is forbidden: User "system:serviceaccount:backstage:hub" cannot patch resource "namespaces"',
      method: 'PATCH',
    });
    await expect(engine.provision(deploymentRequest())).rejects.toThrow(
      /cannot patch resource.*docs\/serving\/kserve\.md/,
    );
  });

  it('repeats a change that met another at the same moment', async () => {
    const engine = testEngine(server, { deploymentMode: 'Knative' });
    await engine.provision(deploymentRequest());
    server.faults.add({
      method: 'PATCH',
      path: MAIN,
      status: 409,
      reason: 'Conflict',
      message: 'the object has been modified',
    });
    await engine.scale('eval-1', { min: 2, max: 4 });
    expect(
      server.store.get(INFERENCE_SERVICES, 'eval-1', NAMESPACE)?.spec,
    ).toMatchObject({ predictor: { minReplicas: 2, maxReplicas: 4 } });
  });

  it('lets two replicas of the portal change the same deployment', async () => {
    const engine = testEngine(server, { deploymentMode: 'Knative' });
    const other = testEngine(server, { deploymentMode: 'Knative' });
    await engine.provision(deploymentRequest());
    await Promise.all([
      engine.scale('eval-1', { min: 2, max: 2 }),
      other.setCanary('eval-1', 20),
    ]);
    expect(
      server.store.get(INFERENCE_SERVICES, 'eval-1', NAMESPACE)?.spec,
    ).toMatchObject({
      predictor: { minReplicas: 2, canaryTrafficPercent: 20 },
    });
  });

  it('hears of changes, also after watches broke off and after 410', async () => {
    const engine = testEngine(server);
    for (const id of ['eval-1', 'eval-2', 'eval-3']) {
      await engine.provision(
        deploymentRequest({
          id,
          resources: { gpus: 0, cpu: 1, memoryGiB: 1 },
        }),
      );
    }
    const { seen, ended } = watched(engine);
    await until(
      () => new Set(seen),
      ids => ids.size === 3,
    );
    await until(
      () => server.watches,
      count => count === 2,
    );

    server.dropWatches();
    seen.length = 0;
    touch('eval-1');
    await until(
      () => seen,
      ids => ids.includes('eval-1'),
    );

    await until(
      () => server.watches,
      count => count === 2,
    );
    server.bookmark();
    await server.goAway();
    seen.length = 0;
    touch('eval-2');
    server.store.compact();
    await server.comeBack();
    await until(
      () => seen,
      ids => ids.includes('eval-2'),
    );

    seen.length = 0;
    await server.goAway();
    server.store.list(PODS).forEach(pod => server.store.remove(PODS, pod));
    server.store.delete(INFERENCE_SERVICES, 'eval-3', NAMESPACE);
    server.store.compact();
    await server.comeBack();
    await until(
      () => seen,
      ids => ids.includes('eval-3'),
    );

    watching.abort();
    await ended;
    expect(
      await until(
        () => server.watches,
        count => count === 0,
      ),
    ).toBe(0);
  });

  it('lists page by page, and again when a page came too late', async () => {
    const engine = testEngine(server);
    for (const id of ['eval-1', 'eval-2', 'eval-3']) {
      await engine.provision(
        deploymentRequest({
          id,
          resources: { gpus: 0, cpu: 1, memoryGiB: 1 },
        }),
      );
    }
    server.faults.add({
      path: /inferenceservices\?.*continue=/,
      status: 410,
      reason: 'Expired',
      message: 'The provided continue parameter is too old',
    });
    expect(await engine.list()).toHaveLength(3);
  });
});
