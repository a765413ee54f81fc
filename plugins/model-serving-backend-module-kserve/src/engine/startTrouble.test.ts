import { deploymentRequest, testEngine, until } from '../__testUtils__/cluster';
import { TestKubernetes } from '../__testUtils__/kubernetes';
import { loadClient } from '../__testUtils__/kubernetes/nativeClient';

describe('what keeps a model from starting', () => {
  let server: TestKubernetes;

  beforeAll(async () => {
    await loadClient();
  }, 60_000);

  beforeEach(async () => {
    server = await TestKubernetes.start({
      token: 'secret',
      nodes: [{ name: 'gpu-1', gpus: 2, labels: { gpu: 'l4' } }],
    });
  });

  afterEach(() => server.stop());

  const ready = (engine: ReturnType<typeof testEngine>) =>
    until(
      () => engine.status('eval-1'),
      ({ phase }) => phase === 'ready',
    );

  it.each([
    ['image-pull', 'starting', 'ImagePullBackOff', /registry/],
    ['image-missing', 'failed', 'ImagePullBackOff', /manifest unknown/],
    ['out-of-memory', 'failed', 'OOMKilled', /more main memory/],
    ['crash', 'failed', 'CrashLoopBackOff', /look at its logs/],
    ['unfetched', 'failed', 'ModelNotFetched', /404 from the hub/],
  ] as const)('%s', async (behaviour, phase, reason, words) => {
    const engine = testEngine(server);
    server.kserve.behave(behaviour);
    await engine.provision(deploymentRequest());

    const status = await until(
      () => engine.status('eval-1'),
      ({ reason: told }) => told === reason,
    );
    expect(status.phase).toBe(phase);
    expect(status.message).toMatch(words);

    server.kserve.behave('ready');
    await ready(engine);
  });

  it('waits for a node, and starts when there is one', async () => {
    const engine = testEngine(server);
    await engine.provision(
      deploymentRequest({
        resources: { gpus: 4, gpu: 'l4-24gb', cpu: 4, memoryGiB: 16 },
      }),
    );

    const waiting = await until(
      () => engine.status('eval-1'),
      ({ reason }) => reason === 'Unschedulable',
    );
    expect(waiting).toMatchObject({
      phase: 'pending',
      gpus: 0,
      message: expect.stringMatching(/Insufficient nvidia.com\/gpu/),
    });
    server.addNode({ name: 'gpu-2', gpus: 4, labels: { gpu: 'l4' } });
    expect(await ready(engine)).toMatchObject({ gpus: 4 });
  });

  it('says when the pods go beyond the quota', async () => {
    const engine = testEngine(server, { quotas: { default: { gpus: 1 } } });
    await engine.provision(deploymentRequest());
    await ready(engine);
    await engine.provision(deploymentRequest({ id: 'eval-2' }));

    const waiting = await until(
      () => engine.status('eval-2'),
      ({ reason }) => reason === 'QuotaExceeded',
    );
    expect(waiting).toMatchObject({
      phase: 'pending',
      message: expect.stringContaining(
        'requested: requests.nvidia.com/gpu=1, used: requests.nvidia.com/gpu=1, limited: requests.nvidia.com/gpu=1',
      ),
    });
    expect(await engine.events('eval-2')).toEqual([
      expect.objectContaining({ level: 'warning', reason: 'FailedCreate' }),
    ]);
    expect(await engine.events('eval-1')).toEqual([]);
  });

  it('refuses more objects than the quota has', async () => {
    const engine = testEngine(server, {
      quotas: {
        teams: [{ team: 'group:default/search-discovery', endpoints: 1 }],
      },
    });
    await engine.provision(deploymentRequest());
    await expect(
      engine.provision(deploymentRequest({ id: 'eval-2' })),
    ).rejects.toThrow(/ConflictError|quota "modelhub-quota".*is used up/);
    expect(await engine.status('eval-2')).toMatchObject({ phase: 'gone' });
  });
});
