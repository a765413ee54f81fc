import { ConfigReader } from '@backstage/config';
import type { DeploymentRequest } from '@modelhub/backstage-plugin-models-node';
import type { JsonObject } from '@backstage/types';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ClusterConfig } from '../config/ClusterConfig';
import { readClusters } from '../config/readClusters';
import { Availability } from '../engine/Availability';
import { KServeEngine } from '../engine/KServeEngine';
import { ClientNodeKubernetesApi } from '../kubernetes/ClientNodeKubernetesApi';
import { kubeConfig } from '../kubernetes/kubeConfig';
import type { TestKubernetes } from './kubernetes';
import { loadClient } from './kubernetes/nativeClient';

/** A cluster as its configuration says. */
export function clusterConfig(
  url: string,
  changes: JsonObject = {},
): ClusterConfig {
  return readClusters(
    new ConfigReader({
      modelServing: {
        kserve: {
          clusters: [
            {
              id: 'kserve-eu',
              title: 'Europe',
              auth: { type: 'token', url, token: 'secret' },
              gpus: [
                { id: 'l4-24gb', nodeSelector: { gpu: 'l4' }, perNode: 4 },
              ],
              ...changes,
            },
          ],
        },
      },
    }),
  )[0];
}

/** The real client on a test server, impatient. */
export const testApi = (cluster: ClusterConfig) =>
  ClientNodeKubernetesApi.create({
    title: cluster.title,
    load: loadClient,
    configure: client => kubeConfig(client, cluster.id, cluster.auth),
    times: { requestTimeout: 2000, retryDelay: 5, longestRetryAfter: 20 },
  });

const nothing = () => {};

const quiet: LoggerService = {
  error: nothing,
  warn: nothing,
  info: nothing,
  debug: nothing,
  child: () => quiet,
};

/** An engine on a test server. */
export function testEngine(
  server: TestKubernetes,
  changes: JsonObject = {},
): KServeEngine {
  const cluster = clusterConfig(server.url, changes);
  return KServeEngine.create({
    cluster,
    api: testApi(cluster),
    logger: quiet,
    availability: Availability.create({
      times: { firstDelay: 1, longestDelay: 5 },
    }),
    watchTimes: { firstDelay: 5, longestDelay: 20 },
  });
}

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

/** A request for a small model. */
export const deploymentRequest = (
  changes: Partial<DeploymentRequest> = {},
): DeploymentRequest => ({
  id: 'eval-1',
  kind: 'evaluation',
  team: 'group:default/search-discovery',
  owner: 'user:default/dana',
  model: {
    entityRef: 'model:qwen/qwen3-8b',
    gatewayId: 'qwen/qwen3-8b',
    version: 'bf16',
    artifact: {
      uri: 'hf://Qwen/Qwen3-8B',
      revision: COMMIT,
      format: 'safetensors',
      digest: `sha256:${'a'.repeat(64)}`,
      sizeBytes: 8e9,
    },
    tasks: ['text-generation'],
    contextTokens: 32_768,
  },
  resources: { gpus: 1, gpu: 'l4-24gb', cpu: 4, memoryGiB: 16 },
  replicas: { min: 1, max: 1 },
  token: 'the-token',
  expiresAt: '2026-12-01T12:00:00.000Z',
  ...changes,
});

/** Asks again until an answer is as wanted; a test that waits for ever is ended by jest. */
export async function until<T>(
  ask: () => Promise<T> | T,
  isWanted: (answer: T) => boolean,
): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) {
      return answer;
    }
    await new Promise(resolve => setImmediate(resolve));
  }
}
