import type {
  DeploymentRequest,
  EngineFit,
  EngineModel,
} from '@modelhub/backstage-plugin-models-node';
import type { ClusterConfig, ClusterGpu } from '../config/ClusterConfig';
import { runtimeChoice } from '../manifests/runtimeChoice';
import { storageAddress } from '../manifests/storageUri';

const GIB = 1024 ** 3;
/** Of a GPU's memory, what servers use (`gpu_memory_utilization` of vLLM). */
const USED_SHARE = 0.9;
/** Beside the weights: cache for some prompts, activations and the runtime on each GPU. */
const CACHE_SHARE = 0.15;
const RUNTIME_GIB = 2;
const COUNTS = [1, 2, 4, 8, 16];

const up = (value: number) => Math.max(1, Math.ceil(value));

/** The fewest GPUs of a kind that hold the weights; undefined where a node has not so many. */
function countFor(weightsGiB: number, gpu: ClusterGpu): number | undefined {
  const forWeights = gpu.memoryGiB * USED_SHARE - RUNTIME_GIB;
  return COUNTS.filter(count => count <= gpu.perNode).find(
    count => (weightsGiB * (1 + CACHE_SHARE)) / count <= forWeights,
  );
}

/**
 * What one replica of a model takes on a cluster, by the size of its artifact;
 * pure.
 */
export function fitOnCluster(
  cluster: ClusterConfig,
  model: EngineModel,
  kind: DeploymentRequest['kind'],
): EngineFit {
  const no = (reason: string): EngineFit => ({ fits: false, reason });
  const choice = runtimeChoice(model, kind);
  if ('reason' in choice) {
    return no(choice.reason);
  }
  if (cluster.runtime === 'LLMInferenceService' && choice.runtime !== 'vllm') {
    return no(
      `${cluster.title} runs models with vLLM only; pick a version in safetensors`,
    );
  }
  const address = storageAddress(model, cluster.storage);
  if ('reason' in address) {
    return no(address.reason);
  }
  const bytes = model.artifact.sizeBytes;
  if (bytes === undefined) {
    return no(
      'The size of this version is not known, so neither is the memory it takes; add artifact.sizeBytes to the model',
    );
  }
  const weightsGiB = bytes / GIB;
  if (
    choice.runtime !== 'vllm' &&
    weightsGiB <= cluster.cpuModelGiB &&
    (choice.runtime === 'hugging-face' || cluster.gpus.length === 0)
  ) {
    return {
      fits: true,
      resources: {
        gpus: 0,
        cpu: 4,
        memoryGiB: up(weightsGiB * 1.3 + RUNTIME_GIB),
      },
    };
  }
  if (cluster.gpus.length === 0) {
    return no(
      choice.runtime === 'vllm'
        ? `${cluster.title} has no GPUs, and vLLM needs one; pick a GGUF version or another cluster`
        : `${cluster.title} has no GPUs, and runs models of up to ${
            cluster.cpuModelGiB
          } GiB on processors; this one has ${weightsGiB.toFixed(1)} GiB`,
    );
  }
  const [best] = cluster.gpus
    .map(gpu => ({ gpu, count: countFor(weightsGiB, gpu) }))
    .filter(({ count }) => count !== undefined)
    .sort((a, b) => a.count! * a.gpu.memoryGiB - b.count! * b.gpu.memoryGiB);
  if (!best) {
    const largest = cluster.gpus.reduce((a, b) =>
      a.memoryGiB * a.perNode >= b.memoryGiB * b.perNode ? a : b,
    );
    return no(
      `This version has ${weightsGiB.toFixed(0)} GiB of weights, and ${
        cluster.title
      } has at most ${largest.perNode} × ${
        largest.id
      } in one node; pick a smaller or quantised version`,
    );
  }
  return {
    fits: true,
    resources: {
      gpus: best.count!,
      gpu: best.gpu.id,
      cpu: 4 * best.count!,
      memoryGiB: up(Math.max(16, weightsGiB * 1.25)),
    },
  };
}
