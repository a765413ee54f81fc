import type { EngineModel } from '@modelhub/backstage-plugin-models-node';
import { isGguf } from './storageUri';

/** Servers that KServe runs for the hub. */
export type RuntimeName = 'vllm' | 'llama-cpp' | 'hugging-face';

const VLLM_TASKS = new Set([
  'text-generation',
  'text2text-generation',
  'summarization',
  'question-answering',
  'translation',
  'conversational',
  'image-text-to-text',
  'any-to-any',
  'feature-extraction',
  'sentence-similarity',
  'text-ranking',
]);

const HUGGING_FACE_TASKS = new Set([
  'text-classification',
  'zero-shot-classification',
  'token-classification',
  'fill-mask',
]);

/** Which server runs a model, or why none does. */
export function runtimeChoice(
  model: EngineModel,
  kind: 'evaluation' | 'deployment',
): { runtime: RuntimeName } | { reason: string } {
  if (isGguf(model)) {
    return { runtime: 'llama-cpp' };
  }
  const tasks = model.tasks.join(', ') || 'none';
  if (model.tasks.some(task => VLLM_TASKS.has(task))) {
    const format = model.artifact.format;
    return format && !['safetensors', 'pytorch'].includes(format)
      ? {
          reason: `vLLM reads safetensors and this version is ${format}; pick a version in safetensors or GGUF`,
        }
      : { runtime: 'vllm' };
  }
  if (model.tasks.some(task => HUGGING_FACE_TASKS.has(task))) {
    return kind === 'deployment'
      ? { runtime: 'hugging-face' }
      : {
          reason: `A model for ${tasks} does not answer prompts, so there is nothing to try in an evaluation endpoint; deploy it instead`,
        };
  }
  return {
    reason: `No server for the tasks of this model (${tasks}) is set up; text generation, embeddings and reranking run`,
  };
}
