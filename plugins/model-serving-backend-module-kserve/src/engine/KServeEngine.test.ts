import {
  clusterConfig,
  deploymentRequest,
  testEngine,
  until,
} from '../__testUtils__/cluster';
import { TestKubernetes } from '../__testUtils__/kubernetes';
import { loadClient } from '../__testUtils__/kubernetes/nativeClient';
import {
  INFERENCE_SERVICES,
  LLM_INFERENCE_SERVICES,
  NAMESPACES,
  NETWORK_POLICIES,
  PODS,
  RESOURCE_QUOTAS,
  SECRETS,
} from '../kubernetes/resources';

const NAMESPACE = 'models-search-discovery';

describe('KServeEngine', () => {
  let server: TestKubernetes;

  beforeEach(async () => {
    server = await TestKubernetes.start({
      token: 'secret',
      nodes: [{ name: 'gpu-1', gpus: 2, labels: { gpu: 'l4' } }],
    });
  });

  afterEach(() => server.stop());

  // The client's 900 modules are loaded once, which takes seconds on a busy machine.
  beforeAll(async () => {
    await loadClient();
  }, 60_000);

  const ready = (engine: ReturnType<typeof testEngine>, id = 'eval-1') =>
    until(
      () => engine.status(id),
      ({ phase }) => phase === 'ready',
    );

  it('makes what a team needs, the token and the model, and says when it answers', async () => {
    const engine = testEngine(server, {
      quotas: { default: { gpus: 2, endpoints: 3 } },
      storage: { egress: [{ cidr: '18.0.0.0/8' }] },
    });

    await engine.provision(deploymentRequest());

    expect(await ready(engine)).toEqual({
      id: 'eval-1',
      phase: 'ready',
      team: 'group:default/search-discovery',
      kind: 'evaluation',
      expiresAt: '2026-12-01T12:00:00.000Z',
      gpus: 1,
      replicas: { wanted: 1, ready: 1 },
      servedModel: 'qwen/qwen3-8b',
      url: `http://eval-1-predictor.${NAMESPACE}.svc.cluster.local/v1`,
      revisions: [
        { name: 'eval-1-predictor-00001', percent: 100, ready: true },
      ],
    });
    const namespace = server.store.get(NAMESPACES, NAMESPACE);
    expect(namespace?.metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'baseline',
    });
    expect(
      server.store.get(RESOURCE_QUOTAS, 'modelhub-quota', NAMESPACE)?.spec,
    ).toEqual({
      hard: {
        'requests.nvidia.com/gpu': '2',
        'count/inferenceservices.serving.kserve.io': '3',
      },
    });
    expect(
      server.store.get(NETWORK_POLICIES, 'modelhub-boundary', NAMESPACE)?.spec,
    ).toMatchObject({
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [
            {
              namespaceSelector: {
                matchLabels: { 'kubernetes.io/metadata.name': 'model-gateway' },
              },
            },
          ],
        },
      ],
      egress: [{}, { to: [{ ipBlock: { cidr: '18.0.0.0/8' } }] }],
    });
    const main = server.store.get(INFERENCE_SERVICES, 'eval-1', NAMESPACE);
    expect(main?.metadata.annotations).toMatchObject({
      'modelhub.dev/model-ref': 'model:qwen/qwen3-8b',
      'modelhub.dev/model-version': 'bf16',
      'modelhub.dev/owner-ref': 'user:default/dana',
      'modelhub.dev/expires-at': '2026-12-01T12:00:00.000Z',
    });
    expect(main?.spec).toMatchObject({
      predictor: {
        nodeSelector: { gpu: 'l4' },
        model: {
          storageUri:
            'hf://Qwen/Qwen3-8B:0123456789abcdef0123456789abcdef01234567',
          env: [
            {
              name: 'VLLM_API_KEY',
              valueFrom: { secretKeyRef: { name: 'eval-1-token' } },
            },
          ],
        },
      },
    });
    expect(JSON.stringify(main)).not.toContain('the-token');
    const secret = server.store.get(SECRETS, 'eval-1-token', NAMESPACE);
    expect(secret?.data).toEqual({
      token: Buffer.from('the-token').toString('base64'),
    });
    expect(secret?.metadata.ownerReferences).toEqual([
      expect.objectContaining({ uid: main?.metadata.uid }),
    ]);
  });

  it('changes nothing when it is asked for the same again', async () => {
    const engine = testEngine(server);
    await engine.provision(deploymentRequest());
    await ready(engine);
    const { version } = server.store;

    const other = testEngine(server);
    expect(await other.provision(deploymentRequest())).toMatchObject({
      phase: 'ready',
    });

    const main = server.store.get(INFERENCE_SERVICES, 'eval-1', NAMESPACE);
    expect(main?.metadata.generation).toBe(1);
    expect(server.store.since(version)).toEqual([]);
  });

  it('is gone only when the object and its pods are', async () => {
    const engine = testEngine(server);
    await engine.provision(deploymentRequest());
    await ready(engine);
    server.kserve.holdEnds();

    await engine.stop('eval-1');
    await engine.stop('eval-1');

    expect(await engine.status('eval-1')).toMatchObject({
      phase: 'stopping',
      gpus: 1,
    });
    expect(await engine.list()).toHaveLength(1);
    server.kserve.letEnd();
    await until(
      () => engine.status('eval-1'),
      ({ phase, gpus }) => phase === 'gone' && gpus === 0,
    );
    expect(await engine.list()).toEqual([]);
    expect(server.store.list(SECRETS)).toEqual([]);
    expect(server.store.list(PODS)).toEqual([]);
    expect(await engine.status('never-there')).toMatchObject({ phase: 'gone' });
  });

  it('ends pods that nobody owns any more', async () => {
    const engine = testEngine(server);
    await engine.provision(deploymentRequest());
    await ready(engine);
    const [pod] = server.store.list(PODS);
    server.edit(PODS, pod.metadata.name, NAMESPACE, copy => {
      copy.metadata.ownerReferences = [];
    });
    server.store.delete(INFERENCE_SERVICES, 'eval-1', NAMESPACE);
    expect(await engine.status('eval-1')).toMatchObject({
      phase: 'stopping',
      gpus: 1,
    });

    await engine.stop('eval-1');

    await until(
      () => engine.status('eval-1'),
      ({ phase }) => phase === 'gone',
    );
  });

  describe('with Knative', () => {
    const knative = { deploymentMode: 'Knative' };
    const newVersion = () => {
      const request = deploymentRequest();
      return {
        ...request,
        model: { ...request.model, contextTokens: 16_384 },
        settings: { canaryPercent: 10 },
      };
    };

    it('shares calls between two revisions, promotes and rolls back', async () => {
      const engine = testEngine(server, knative);
      await engine.provision(deploymentRequest());
      await ready(engine);

      await engine.provision(newVersion());
      const shares = (percents: number[]) =>
        until(
          () => engine.status('eval-1'),
          ({ revisions = [] }) =>
            JSON.stringify(revisions.map(({ percent }) => percent)) ===
            JSON.stringify(percents),
        );
      await shares([10, 90]);
      await engine.setCanary('eval-1', 50);
      await shares([50, 50]);
      await engine.rollBack('eval-1');
      await shares([0, 100]);
      await engine.promote('eval-1');
      expect(await shares([100])).toMatchObject({
        phase: 'ready',
        revisions: [{ name: 'eval-1-predictor-00002' }],
      });
    });

    it('scales, also to nothing', async () => {
      const engine = testEngine(server, knative);
      await engine.provision(deploymentRequest());
      await ready(engine);
      await engine.scale('eval-1', { min: 2, max: 3 });
      await until(
        () => engine.status('eval-1'),
        ({ replicas, gpus }) => replicas.ready === 2 && gpus === 2,
      );
      await engine.scale('eval-1', { min: 0, max: 3 });
      await until(
        () => engine.status('eval-1'),
        ({ replicas, gpus }) => replicas.ready === 0 && gpus === 0,
      );
      await expect(engine.scale('unknown', { min: 1, max: 1 })).rejects.toThrow(
        /does not run on Europe/,
      );
    });
  });

  it('has no canaries and no scaling to nothing without Knative', async () => {
    const engine = testEngine(server);
    await engine.provision(deploymentRequest());
    await expect(engine.setCanary('eval-1', 10)).rejects.toThrow(
      /need an InferenceService in the deploymentMode Knative/,
    );
    await expect(engine.scale('eval-1', { min: 0, max: 1 })).rejects.toThrow(
      /cannot scale them to nothing/,
    );
  });

  it('runs transformer and explainer beside the predictor', async () => {
    const engine = testEngine(server);
    const companion = { image: 'acme/tokens:1', args: ['--fast'], cpu: 1 };
    await engine.provision(
      deploymentRequest({
        settings: { transformer: companion, explainer: companion },
      }),
    );
    const main = server.store.get(INFERENCE_SERVICES, 'eval-1', NAMESPACE);
    expect(main?.spec).toMatchObject({
      transformer: { containers: [{ image: 'acme/tokens:1' }] },
      explainer: { containers: [{ args: ['--fast'] }] },
    });
    expect(
      server.store.get(NETWORK_POLICIES, 'eval-1-parts', NAMESPACE)?.spec,
    ).toMatchObject({
      podSelector: { matchLabels: { 'modelhub.dev/id': 'eval-1' } },
    });
    await expect(
      engine.provision(deploymentRequest({ settings: { hostNetwork: true } })),
    ).rejects.toThrow(/settings.hostNetwork is not known/);
  });

  it('runs LLMInferenceServices', async () => {
    const engine = testEngine(server, {
      runtime: 'LLMInferenceService',
      urlTemplate: 'https://{name}.{namespace}.models.example/',
    });
    await engine.provision(deploymentRequest());
    expect(await ready(engine)).toMatchObject({
      url: `https://eval-1.${NAMESPACE}.models.example/v1`,
      gpus: 1,
    });
    expect(
      server.store.get(LLM_INFERENCE_SERVICES, 'eval-1', NAMESPACE)?.spec,
    ).toMatchObject({
      model: { name: 'qwen/qwen3-8b' },
      template: { containers: [{ name: 'main' }] },
    });
    await engine.stop('eval-1');
    await until(
      () => engine.status('eval-1'),
      ({ phase }) => phase === 'gone',
    );
  });

  it('gives logs, and goes on with them until it is told to stop', async () => {
    const engine = testEngine(server);
    await engine.provision(deploymentRequest());
    await ready(engine);
    const lines: string[] = [];
    for await (const line of engine.logs('eval-1', { tail: 1 })) {
      lines.push(line);
    }
    expect(lines).toEqual(['Application startup complete.']);

    const [pod] = server.store.list(PODS);
    const stop = new AbortController();
    for await (const line of engine.logs('eval-1', {
      tail: 1,
      follow: true,
      signal: stop.signal,
    })) {
      lines.push(line);
      if (line === 'a call') {
        stop.abort();
      } else {
        server.logs.write(
          NAMESPACE,
          pod.metadata.name,
          'kserve-container',
          'a call',
        );
      }
    }
    expect(lines.at(-1)).toBe('a call');
  });

  it('counts the GPUs of its nodes', async () => {
    const engine = testEngine(server);
    await engine.provision(deploymentRequest());
    await ready(engine);
    expect(await engine.health()).toMatchObject({
      state: 'up',
      gpus: { total: 2, free: 1 },
    });
  });

  it('takes back what others change in its objects, and leaves objects of others alone', async () => {
    const engine = testEngine(server);
    await engine.provision(deploymentRequest());
    server.edit(INFERENCE_SERVICES, 'eval-1', NAMESPACE, object => {
      (
        object.spec as { predictor: { maxReplicas: number } }
      ).predictor.maxReplicas = 9;
    });
    await engine.provision(deploymentRequest());
    expect(
      server.store.get(INFERENCE_SERVICES, 'eval-1', NAMESPACE)?.spec,
    ).toMatchObject({ predictor: { maxReplicas: 1 } });

    server.create(
      {
        kind: 'Namespace',
        apiVersion: 'v1',
        metadata: { name: 'models-checkout', labels: { app: 'checkout' } },
      },
      'argocd',
    );
    const { version } = server.store;
    await expect(
      engine.provision(
        deploymentRequest({ id: 'eval-2', team: 'group:default/checkout' }),
      ),
    ).rejects.toThrow(
      'Namespace models-checkout on Europe is not the hub\'s but managed by "argocd"',
    );
    expect(server.store.since(version)).toEqual([]);
  });

  it('keeps teams apart whose names differ only in letters that namespaces do not have', async () => {
    const engine = testEngine(server);
    await engine.provision(deploymentRequest());
    await engine.provision(
      deploymentRequest({
        id: 'eval-2',
        team: 'group:default/search.discovery',
      }),
    );
    const namespaces = server.store
      .list(INFERENCE_SERVICES)
      .map(({ metadata }) => metadata.namespace);
    expect(new Set(namespaces).size).toBe(2);
  });

  it('is not taken in by a cluster of another engine', async () => {
    await testEngine(server).provision(deploymentRequest());
    const other = testEngine(server, { id: 'other' });
    expect(await other.list()).toEqual([]);
    expect(clusterConfig(server.url).id).toBe('kserve-eu');
  });
});
