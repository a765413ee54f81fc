import { createHash } from 'node:crypto';
import type { Calendar } from '../calendar';
import { TASKS, type SimulatedModel, type SimulatedTask } from '../models';
import type { CatalogEntity } from './types';

/** As the model hub's Hugging Face task ids say it. */
const TASK_IDS: Record<SimulatedTask, string[]> = {
  chat: ['text-generation', 'question-answering'],
  summarization: ['summarization'],
  'text-classification': ['text-classification'],
  code: ['text-generation'],
  'feature-extraction': ['feature-extraction'],
  'text-ranking': ['text-ranking'],
  'automatic-speech-recognition': ['automatic-speech-recognition'],
};

const OUTPUT: Partial<Record<SimulatedTask, string>> = {
  'text-classification': 'label',
  'feature-extraction': 'embedding',
  'text-ranking': 'score',
};

/** Bytes of a parameter in 16 bits. */
const BYTES = 2;
const GIB = 1024 ** 3;

const round = (value: number) => Math.max(1, Math.ceil(value));

function versionOf(
  model: SimulatedModel,
  version: string,
  date: string,
): object {
  if (model.hosted) {
    return { name: version, providerModelId: model.name, snapshot: date };
  }
  const digest = createHash('sha256')
    .update(`${model.id}@${version}`)
    .digest('hex');
  return {
    name: version,
    artifact: {
      uri: `oci://registry.example.com/models/${model.id}:${version}`,
      revision: version,
      format: 'safetensors',
      digest: `sha256:${digest}`,
      ...(model.parameters && { sizeBytes: model.parameters * BYTES }),
    },
  };
}

function originOf({ hosted, baseModel }: SimulatedModel): string {
  if (hosted) return 'hosted';
  return baseModel === undefined ? 'open-weights' : 'fine-tuned';
}

function hardwareOf({ parameters }: SimulatedModel): object | undefined {
  if (parameters === undefined) return undefined;
  const minGpuMemoryGiB = round(((parameters * BYTES) / GIB) * 1.2);
  return {
    minGpuMemoryGiB,
    recommendedGpu: minGpuMemoryGiB > 80 ? '4x L40S 48GB' : '1x H100 80GB',
    cpu: 8,
    memoryGiB: round(minGpuMemoryGiB * 1.5),
  };
}

/** Models as the catalog knows them, on the last day of the year. */
export function modelEntities(
  models: SimulatedModel[],
  calendar: Calendar,
): CatalogEntity[] {
  const refs = new Map(models.map(it => [it.id, it.ref]));
  return models.map(model => {
    const { task } = model;
    const isSpeech = task === 'automatic-speech-recognition';
    const hardware = hardwareOf(model);
    return {
      apiVersion: 'modelhub.dev/v1alpha1',
      kind: 'Model',
      metadata: {
        namespace: model.namespace,
        name: model.name,
        title: model.title,
        description: model.description,
        tags: ['simulated', originOf(model)],
      },
      spec: {
        type: TASKS[task].type,
        lifecycle: model.deprecatedOn === undefined ? 'active' : 'deprecated',
        owner: model.owner,
        curation: model.baseModel ? 'community' : 'base',
        provider: model.provider,
        gatewayId: model.id,
        license: model.license,
        ...(model.baseModel && { baseModel: refs.get(model.baseModel) }),
        ...(model.successor && { supersededBy: refs.get(model.successor) }),
        modalities: {
          input: [isSpeech ? 'audio' : 'text'],
          output: [OUTPUT[task] ?? 'text'],
        },
        languages: model.languages,
        tasks: TASK_IDS[task],
        data: { regions: ['eu'], retentionDays: 0 },
        useCases: {
          intended: [`What the simulated year calls it for: ${task}`],
          outOfScope: ['Decisions about people without a person in the loop'],
        },
        limitations: ['It is made up, and nothing runs behind it.'],
        ...(model.parameters && { parameters: model.parameters }),
        context: { maxTokens: task === 'text-classification' ? 512 : 32768 },
        ...(hardware && { hardware }),
        ...(model.pricing && { pricing: model.pricing }),
        versions: model.versions
          .filter(it => it.fromDay < calendar.days)
          .map(it =>
            versionOf(model, it.name, calendar.dateOf(Math.round(it.fromDay))),
          )
          .reverse(),
      },
    };
  });
}
