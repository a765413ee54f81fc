import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { parseGpus } from '@modelhub/backstage-plugin-models-common';
import type {
  ClusterConfig,
  ClusterGpu,
  ClusterStorage,
  RuntimeImage,
  TeamQuota,
} from './ClusterConfig';
import { readAuth } from './readAuth';

const KEY = 'modelServing.kserve.clusters';
const ID = /^[a-z0-9](?:[-a-z0-9]{0,38}[a-z0-9])?$/;

function strings(config: Config | undefined): Record<string, string> {
  return Object.fromEntries(
    (config?.keys() ?? []).map(key => [key, config!.getString(key)]),
  );
}

function numberFrom(
  config: Config,
  key: string,
  least: number,
): number | undefined {
  const value = config.getOptionalNumber(key);
  if (value !== undefined && !(value >= least)) {
    throw new InputError(
      `${KEY}: ${key} is ${value}; it has to be ${least} or more`,
    );
  }
  return value;
}

function oneOf<T extends string>(
  config: Config,
  key: string,
  values: [T, ...T[]],
): T {
  const value = config.getOptionalString(key);
  const found = value === undefined ? values[0] : values.find(v => v === value);
  if (!found) {
    throw new InputError(
      `${KEY}: ${key} is "${value}"; set it to ${values.join(' or ')}`,
    );
  }
  return found;
}

function readGpu(config: Config): ClusterGpu {
  const id = config.getString('id');
  const memoryGiB =
    numberFrom(config, 'memoryGiB', 1) ?? parseGpus(id)?.gpu.memoryGiB;
  if (memoryGiB === undefined) {
    throw new InputError(
      `${KEY}: the memory of the GPU "${id}" is not known; add memoryGiB`,
    );
  }
  return {
    id,
    memoryGiB,
    perNode: numberFrom(config, 'perNode', 1) ?? 8,
    resource: config.getOptionalString('resource') ?? 'nvidia.com/gpu',
    nodeSelector: strings(config.getOptionalConfig('nodeSelector')),
    tolerations: (config.getOptionalConfigArray('tolerations') ?? []).map(
      strings,
    ),
  };
}

function readQuota(config: Config | undefined): TeamQuota {
  if (!config) {
    return {};
  }
  const quota: TeamQuota = {};
  for (const key of ['gpus', 'endpoints', 'cpu', 'memoryGiB'] as const) {
    const value = numberFrom(config, key, 0);
    if (value !== undefined) {
      quota[key] = value;
    }
  }
  return quota;
}

function readStorage(config: Config | undefined): ClusterStorage {
  return {
    serviceAccountAnnotations: strings(
      config?.getOptionalConfig('serviceAccountAnnotations'),
    ),
    secrets: config?.getOptionalStringArray('secrets') ?? [],
    imagePullSecrets: config?.getOptionalStringArray('imagePullSecrets') ?? [],
    huggingFaceEndpoint: (
      config?.getOptionalString('huggingFaceEndpoint') ??
      'https://huggingface.co'
    ).replace(/\/+$/, ''),
    egress: (config?.getOptionalConfigArray('egress') ?? []).map(rule => ({
      cidr: rule.getString('cidr'),
      ports: (rule.getOptional<number[]>('ports') ?? [443]).map(Number),
    })),
  };
}

function readRuntime(
  config: Config | undefined,
  image: string,
  args: string[] = [],
): RuntimeImage {
  return {
    image: config?.getOptionalString('image') ?? image,
    args: config?.getOptionalStringArray('args') ?? args,
  };
}

function readCluster(config: Config, root: Config): ClusterConfig {
  const id = config.getString('id');
  if (!ID.test(id)) {
    throw new InputError(
      `${KEY}: the id "${id}" is not a DNS label of up to 40 characters; use lower-case letters, digits and "-"`,
    );
  }
  const title = config.getOptionalString('title') ?? id;
  const prefix = config.getOptionalString('namespacePrefix') ?? 'models-';
  if (!/^[a-z0-9][-a-z0-9]{0,29}$/.test(prefix)) {
    throw new InputError(
      `${KEY}: the namespacePrefix "${prefix}" of ${id} is not the beginning of a DNS label`,
    );
  }
  const quotas = config.getOptionalConfig('quotas');
  const runtimes = config.getOptionalConfig('runtimes');
  const callers = config.getOptionalConfigArray('callers')?.map(caller => {
    const podLabels = caller.getOptionalConfig('podLabels');
    return {
      namespace: caller.getString('namespace'),
      ...(podLabels && { podLabels: strings(podLabels) }),
    };
  });
  return {
    id,
    title,
    auth: readAuth(config.getConfig('auth'), root, id),
    namespacePrefix: prefix,
    runtime: oneOf(config, 'runtime', [
      'InferenceService',
      'LLMInferenceService',
    ]),
    deploymentMode: oneOf(config, 'deploymentMode', ['Standard', 'Knative']),
    urlTemplate: config.getOptionalString('urlTemplate'),
    gpus: (config.getOptionalConfigArray('gpus') ?? []).map(readGpu),
    cpuModelGiB: numberFrom(config, 'cpuModelGiB', 0) ?? 8,
    quota: readQuota(quotas?.getOptionalConfig('default')),
    quotas: Object.fromEntries(
      (quotas?.getOptionalConfigArray('teams') ?? []).map(team => [
        team.getString('team').toLocaleLowerCase('en-US'),
        readQuota(team),
      ]),
    ),
    storage: readStorage(config.getOptionalConfig('storage')),
    callers: callers ?? [{ namespace: 'model-gateway' }],
    runtimes: {
      vllm: readRuntime(
        runtimes?.getOptionalConfig('vllm'),
        'docker.io/vllm/vllm-openai:v0.11.0',
      ),
      llamaCpp: readRuntime(
        runtimes?.getOptionalConfig('llamaCpp'),
        'ghcr.io/ggml-org/llama.cpp:server',
      ),
      huggingFace: readRuntime(
        runtimes?.getOptionalConfig('huggingFace'),
        'docker.io/kserve/huggingfaceserver:v0.15.2',
      ),
    },
  };
}

/**
 * The clusters of `modelServing.kserve`; none without.
 *
 * @throws InputError when the configuration cannot be meant.
 */
export function readClusters(root: Config): ClusterConfig[] {
  const clusters = (root.getOptionalConfigArray(KEY) ?? []).map(config =>
    readCluster(config, root),
  );
  const ids = clusters.map(({ id }) => id);
  const double = ids.find((id, index) => ids.indexOf(id) !== index);
  if (double) {
    throw new InputError(`${KEY}: the id "${double}" is there twice`);
  }
  return clusters;
}
