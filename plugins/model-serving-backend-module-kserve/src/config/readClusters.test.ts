import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readClusters } from './readClusters';

const read = (changes: JsonObject = {}, root: JsonObject = {}) =>
  readClusters(
    new ConfigReader({
      ...root,
      modelServing: {
        kserve: {
          clusters: [{ id: 'eu', auth: { type: 'in-cluster' }, ...changes }],
        },
      },
    }),
  );

describe('readClusters', () => {
  it('has none without configuration', () => {
    expect(readClusters(new ConfigReader({}))).toEqual([]);
  });

  it('fills in what is not said', () => {
    const [cluster] = read({ gpus: [{ id: 'l4-24gb' }] });
    expect(cluster).toMatchObject({
      title: 'eu',
      namespacePrefix: 'models-',
      runtime: 'InferenceService',
      deploymentMode: 'Standard',
      callers: [{ namespace: 'model-gateway' }],
      gpus: [
        {
          memoryGiB: 22.5,
          perNode: 8,
          resource: 'nvidia.com/gpu',
          nodeSelector: {},
          tolerations: [],
        },
      ],
      storage: { huggingFaceEndpoint: 'https://huggingface.co', egress: [] },
    });
  });

  it('takes a cluster of the Kubernetes plugin', () => {
    const kubernetes = {
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name: 'prod',
              url: 'https://k8s.example',
              authProvider: 'serviceAccount',
              serviceAccountToken: 'abc',
              caData: 'Q0E=',
            },
            { name: 'people', url: 'https://x', authProvider: 'google' },
          ],
        },
      ],
    };
    const auth = (cluster: string) => ({
      auth: { type: 'kubernetes-config', cluster },
    });
    expect(read(auth('prod'), { kubernetes })[0].auth).toMatchObject({
      type: 'token',
      url: 'https://k8s.example',
      token: 'abc',
      caData: 'Q0E=',
    });
    expect(() => read(auth('people'), { kubernetes })).toThrow(
      /only with the authProvider "serviceAccount"/,
    );
    expect(() => read(auth('none'), { kubernetes })).toThrow(
      /the cluster "none".*is not there/,
    );
  });

  it.each<[JsonObject, RegExp]>([
    [{ id: 'EU_1' }, /not a DNS label/],
    [{ namespacePrefix: '-x' }, /not the beginning of a DNS label/],
    [{ gpus: [{ id: 'made-up' }] }, /memory of the GPU "made-up" is not known/],
    [
      { runtime: 'Seldon' },
      /set it to InferenceService or LLMInferenceService/,
    ],
    [{ quotas: { default: { gpus: -1 } } }, /gpus is -1/],
    [{ auth: { type: 'magic' } }, /auth type "magic" of eu is not known/],
    [
      { auth: { type: 'token', url: 'https://x' } },
      /needs either token or tokenFile/,
    ],
  ])('refuses %j', (changes, words) => {
    expect(() => read(changes)).toThrow(words);
  });

  it('refuses an id that is there twice', () => {
    const cluster = { id: 'eu', auth: { type: 'in-cluster' } };
    expect(() =>
      readClusters(
        new ConfigReader({
          modelServing: { kserve: { clusters: [cluster, cluster] } },
        }),
      ),
    ).toThrow(/"eu" is there twice/);
  });
});
