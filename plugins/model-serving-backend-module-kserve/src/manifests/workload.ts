import type {
  DeploymentRequest,
  EngineResources,
} from '@modelhub/backstage-plugin-models-node';
import type { ClusterConfig } from '../config/ClusterConfig';
import {
  ANNOTATIONS,
  LABELS,
  MANAGER,
  teamLabel,
  teamNamespace,
  tokenSecretName,
} from './names';
import type { RuntimeName } from './runtimeChoice';
import type { KServeSettings } from './settings';
import type { StorageAddress } from './storageUri';

/** A request without its token, as it is kept beside the object. */
export type KeptRequest = Omit<DeploymentRequest, 'token'>;

/** Everything that an object is made from. */
export interface Workload {
  cluster: ClusterConfig;
  request: KeptRequest;
  settings: KServeSettings;
  runtime: RuntimeName;
  address: Exclude<StorageAddress, { reason: string }>;
}

/** Labels of the object and of its pods, by which everything is found again. */
export const labelsOf = ({
  cluster,
  request,
}: Pick<Workload, 'cluster' | 'request'>) => ({
  [LABELS.managedBy]: MANAGER,
  [LABELS.id]: request.id,
  [LABELS.kind]: request.kind,
  [LABELS.team]: teamLabel(request.team),
  [LABELS.cluster]: cluster.id,
});

export function annotationsOf({
  request,
}: Pick<Workload, 'request'>): Record<string, string> {
  const { digest } = request.model.artifact;
  return {
    [ANNOTATIONS.team]: request.team,
    [ANNOTATIONS.owner]: request.owner,
    [ANNOTATIONS.model]: request.model.entityRef,
    [ANNOTATIONS.version]: request.model.version,
    ...(digest && { [ANNOTATIONS.digest]: digest }),
    ...(request.expiresAt && { [ANNOTATIONS.expiresAt]: request.expiresAt }),
  };
}

export const metadataOf = (workload: Workload) => ({
  name: workload.request.id,
  namespace: teamNamespace(
    workload.cluster.namespacePrefix,
    workload.request.team,
  ),
  labels: labelsOf(workload),
  annotations: {
    ...annotationsOf(workload),
    [ANNOTATIONS.request]: JSON.stringify(workload.request),
  },
});

const gpuOf = (cluster: ClusterConfig, { gpu }: EngineResources) =>
  cluster.gpus.find(({ id }) => id === gpu) ?? cluster.gpus[0];

/** Requests and limits of one replica. */
export function resourcesOf({ cluster, request }: Workload) {
  const { gpus, cpu, memoryGiB } = request.resources;
  const amounts = {
    cpu: String(cpu),
    memory: `${memoryGiB}Gi`,
    ...(gpus > 0 && {
      [gpuOf(cluster, request.resources)?.resource ?? 'nvidia.com/gpu']:
        String(gpus),
    }),
  };
  return { requests: amounts, limits: amounts };
}

/** Where the pods may run. */
export function placementOf({ cluster, request }: Workload) {
  const { gpus } = request.resources;
  const gpu = gpus > 0 ? gpuOf(cluster, request.resources) : undefined;
  return {
    ...(gpu &&
      Object.keys(gpu.nodeSelector).length > 0 && {
        nodeSelector: gpu.nodeSelector,
      }),
    ...(gpu && gpu.tolerations.length > 0 && { tolerations: gpu.tolerations }),
  };
}

const pairs = (env: Record<string, string> = {}) =>
  Object.entries(env).map(([name, value]) => ({ name, value }));

/** Environment of the server: the token that it demands, and what was asked for. */
export function envOf({ request, runtime, address, settings }: Workload) {
  const variable = { vllm: 'VLLM_API_KEY', 'llama-cpp': 'LLAMA_API_KEY' };
  return [
    ...(runtime === 'hugging-face'
      ? []
      : [
          {
            name: variable[runtime],
            valueFrom: {
              secretKeyRef: { name: tokenSecretName(request.id), key: 'token' },
            },
          },
        ]),
    ...(address.file
      ? [{ name: 'MODEL_FILE', value: `/mnt/models/${address.file}` }]
      : []),
    ...(address.sha256
      ? [{ name: 'MODEL_SHA256', value: address.sha256 }]
      : []),
    ...pairs(settings.env),
  ];
}

/** Arguments of the server that depend on the model. */
export function argsOf({ request, runtime, settings }: Workload): string[] {
  const { model, resources } = request;
  const own: Record<RuntimeName, string[]> = {
    vllm: [
      `--served-model-name=${model.gatewayId}`,
      ...(resources.gpus > 1
        ? [`--tensor-parallel-size=${resources.gpus}`]
        : []),
      ...(model.contextTokens
        ? [`--max-model-len=${model.contextTokens}`]
        : []),
    ],
    'llama-cpp': [
      '--alias',
      model.gatewayId,
      '--ctx-size',
      String(Math.min(model.contextTokens ?? 8192, 8192)),
      ...(resources.gpus > 0 ? ['--n-gpu-layers', '999'] : []),
    ],
    'hugging-face': [],
  };
  return [...own[runtime], ...(settings.args ?? [])];
}

/** Shared memory through which the parts of one model on several GPUs speak. */
export const needsSharedMemory = ({ request }: Workload): boolean =>
  request.resources.gpus > 1;

export const SHARED_MEMORY = {
  volume: { name: 'shm', emptyDir: { medium: 'Memory' } },
  mount: { name: 'shm', mountPath: '/dev/shm' },
};
