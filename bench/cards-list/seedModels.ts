import type { Ratings } from '../../plugins/model-cards-backend/src/database/ModelStore';
import type { ModelEntityV1alpha1 } from '@modelhub/backstage-plugin-models-common';

/** A small generator of repeatable random numbers (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const TASKS =
  'text-generation summarization translation feature-extraction text-ranking token-classification image-to-text automatic-speech-recognition text-to-image question-answering'.split(
    ' ',
  );
const DOMAINS =
  'legal finance customer-support health manufacturing marketing research software'.split(
    ' ',
  );
const PROVIDERS =
  'meta mistralai qwen google microsoft ibm deepseek openai anthropic cohere nvidia baai'.split(
    ' ',
  );
const LANGUAGES = 'en de fr es it pt nl pl ja zh ko ar'.split(' ');
const FRAMEWORKS = 'vllm sglang tgi llama.cpp onnxruntime'.split(' ');
const LICENCES = 'apache-2.0 mit llama3.3 gemma cc-by-nc-4.0 openrail'.split(
  ' ',
);
const TAGS = 'chat reasoning coding multilingual small quantised tools'.split(
  ' ',
);
const WORDS =
  'model for long documents with short answers tuned on public text and internal manuals fast careful robust compact general instruction following retrieval ranking grounded citations tables invoices contracts tickets'.split(
    ' ',
  );

/** As many made-up models as wanted, the same ones each time. */
export function seedModels(count: number): ModelEntityV1alpha1[] {
  const random = randomNumbers(20261121);
  const one = <T>(list: T[]) => list[Math.floor(random() * list.length)];
  const some = <T>(list: T[], most: number) => [
    ...new Set(
      Array.from({ length: 1 + Math.floor(random() * most) }, () => one(list)),
    ),
  ];
  const sentence = (length: number) =>
    Array.from({ length }, () => one(WORDS)).join(' ');

  return Array.from({ length: count }, (_, index) => {
    const provider = one(PROVIDERS);
    const billions = one([1, 3, 7, 8, 13, 32, 70, 120]);
    const name = `${provider}-${one(WORDS)}-${billions}b-${index}`;
    const owner = `group:default/team-${Math.floor(random() * 40)}`;
    return {
      apiVersion: 'modelhub.dev/v1alpha1',
      kind: 'Model',
      metadata: {
        name,
        namespace: provider,
        uid: `uid-${index}`,
        etag: `etag-${index}`,
        description: sentence(14),
        tags: some(TAGS, 3),
        annotations: { 'rhdh.io/ai-asset-category': 'ai-model' },
      },
      spec: {
        type: one(['llm', 'llm', 'llm', 'embedding', 'vision', 'speech']),
        lifecycle: one(['active', 'active', 'active', 'deprecated']),
        owner,
        provider,
        gatewayId: `${provider}/${name}`,
        curation: one(['community', 'base']),
        license: { id: one(LICENCES), commercialUse: 'conditional' },
        tasks: some(TASKS, 3),
        domains: some(DOMAINS, 2),
        languages: some(LANGUAGES, 6),
        useCases: { intended: [sentence(8), sentence(8)] },
        limitations: [sentence(12)],
        parameters: billions * 1e9,
        context: { maxTokens: one([8192, 32768, 131072]) },
        hardware: { minGpuMemoryGiB: billions * 2 },
        compatibility: { frameworks: some(FRAMEWORKS, 3) },
        versions: [
          {
            name: '1.0',
            artifact: {
              uri: `hf://${provider}/${name}`,
              digest: `sha256:${String(index).padStart(64, '0')}`,
            },
          },
        ],
      },
      relations: [{ type: 'ownedBy', targetRef: owner }],
    };
  });
}

/** What people gave two of three models. */
export function seedRatings(entityRefs: string[]): Ratings {
  const random = randomNumbers(7);
  const prior = { mean: 3.7, weight: 5 };
  return {
    prior,
    items: entityRefs
      .filter((_, index) => index % 3 !== 0)
      .map(entityRef => {
        const count = 1 + Math.floor(random() * 60);
        const mean = 1 + 4 * Math.sqrt(random());
        const { mean: m, weight: w } = prior;
        return {
          entityRef,
          count,
          mean,
          average: (w * m + count * mean) / (w + count),
          verifiedCount: 0,
          distribution: [],
        };
      }),
  };
}
