import {
  fitOn,
  gpusText,
  hardwareFactsOf,
  parseGpus,
  type GpuSet,
  type HardwareFacts,
  type HardwareFit,
  type HardwareFitEvidence,
  type ModelEntityV1alpha1,
  type ModelVersion,
} from '@modelhub/backstage-plugin-models-common';

export interface HardwareDemand {
  /** Tokens of one sequence. */
  contextTokens: number;
  /** That one replica has to take at once. */
  sequences: number;
  /** Share of a GPU's memory that engines use. */
  utilization: number;
  /** Of one number in the KV cache. */
  kvBits: number;
  /** GPUs to judge by where the card names none, the smallest first. */
  gpus: string[];
  peakConcurrent?: number;
}

interface Place {
  gpus: GpuSet;
  from: 'card' | 'policy';
  isCpu?: boolean;
}

/** Where a version is to run: what its card names, or what the policy offers. */
function placesOf({ spec }: ModelEntityV1alpha1, offered: string[]): Place[] {
  const named = spec.hardware?.recommendedGpu;
  const gpus = named && parseGpus(named);
  if (gpus) return [{ gpus, from: 'card' }];
  const memoryGiB = spec.hardware?.memoryGiB;
  if (named && memoryGiB) {
    const gpu = { id: 'cpu', name: 'CPU', memoryGiB };
    return [{ gpus: { count: 1, gpu }, from: 'card', isCpu: true }];
  }
  return offered.flatMap(text => {
    const set = parseGpus(text);
    return set ? [{ gpus: set, from: 'policy' as const }] : [];
  });
}

function conditionsOf(
  { spec }: ModelEntityV1alpha1,
  demand: HardwareDemand,
  isCpu = false,
) {
  const window = spec.context?.maxTokens ?? Infinity;
  return {
    contextTokens: Math.min(demand.contextTokens, window),
    sequences: demand.sequences,
    kvBytes: demand.kvBits / 8,
    utilization: demand.utilization,
    ...(isCpu && { runtimeGiBPerGpu: 0.5 }),
  };
}

function partsOf(
  { estimate }: HardwareFit,
  hasCache: boolean,
): HardwareFitEvidence['parts'] {
  return [
    { id: 'weights', gib: estimate.weightsGiB },
    ...(hasCache
      ? [
          {
            id: 'kv-cache' as const,
            gib: estimate.kvCacheGiB ?? 0,
            ...(estimate.kvCacheGiB === undefined && { isUnknown: true }),
          },
        ]
      : []),
    { id: 'activations', gib: estimate.activationsGiB },
    { id: 'runtime', gib: estimate.runtimeGiB },
  ];
}

const rounded = (gib: number) => Math.round(gib * 100) / 100;

function known({
  facts,
  formatFrom,
}: HardwareFacts): Partial<HardwareFitEvidence> {
  return (
    (facts && {
      format: facts.format.id,
      formatTitle: facts.format.title,
      bitsPerWeight: rounded(facts.format.bits),
      formatFrom,
      parameters: facts.parameters,
      ...(facts.activeParameters && {
        activeParameters: facts.activeParameters,
      }),
    }) ??
    {}
  );
}

/** What the gate finds of a version, without what the policy makes of it. */
export function judgeHardware(
  entity: ModelEntityV1alpha1,
  version: ModelVersion,
  demand: HardwareDemand,
): { evidence: HardwareFitEvidence; unevenSplit: boolean; place?: Place } {
  const told = hardwareFactsOf(entity, version);
  const { facts } = told;
  const isText = entity.spec.type === 'llm';
  const declared = entity.spec.hardware?.minGpuMemoryGiB;
  const places = placesOf(entity, demand.gpus);
  const evidence: HardwareFitEvidence = {
    kind: 'hardware-fit',
    verdict: 'unknown',
    parts: [],
    contextTokens: conditionsOf(entity, demand).contextTokens,
    sequences: demand.sequences,
    missing: [
      ...told.missing,
      ...told.missingForCache,
      ...(places.length > 0
        ? []
        : [
            {
              field: 'spec.hardware.recommendedGpu',
              title: 'the GPUs that one replica runs on',
              howToAdd: 'Add it as count and kind, such as "2x H100 80GB".',
            },
          ]),
    ],
    assumptions: [],
    ...known(told),
    ...(declared !== undefined && { declaredGiB: declared }),
    ...(demand.peakConcurrent && { peakConcurrent: demand.peakConcurrent }),
  };
  if (!facts) return { evidence, unevenSplit: false };
  // Without GPUs the need is told for one, so that somebody can choose some.
  const candidates = places.length > 0 ? places : [undefined];
  const tried = candidates.map(place => ({
    place,
    fit: fitOn(
      facts,
      place?.gpus ?? {
        count: 1,
        gpu: { id: 'any', name: 'one GPU', memoryGiB: 0 },
      },
      conditionsOf(entity, demand, place?.isCpu),
    ),
  }));
  const { place, fit } = tried.find(one => one.fit.fits) ?? tried.at(-1)!;
  const cacheUnknown = isText && fit.estimate.kvCacheGiB === undefined;
  const replicas =
    place && demand.peakConcurrent && fit.mostSequences
      ? Math.ceil(demand.peakConcurrent / fit.mostSequences)
      : undefined;
  const verdict = () => {
    if (!place) return 'unknown';
    if (!fit.fits) return 'does-not-fit';
    return cacheUnknown ? 'unknown' : 'fits';
  };
  return {
    place,
    unevenSplit: Boolean(place && fit.unevenSplit),
    evidence: {
      ...evidence,
      verdict: verdict(),
      parts: partsOf(fit, isText).map(part => ({
        ...part,
        gib: rounded(part.gib),
      })),
      totalGiB: rounded(fit.estimate.totalGiB),
      neededGiBPerGpu: rounded(fit.estimate.perGpuGiB),
      assumptions: fit.estimate.assumptions,
      ...(place && {
        gpus: place.isCpu
          ? `CPU with ${place.gpus.gpu.memoryGiB} GiB of memory`
          : gpusText(place.gpus),
        gpusFrom: place.from,
        gpuCount: place.gpus.count,
        memoryGiBPerGpu: place.gpus.gpu.memoryGiB,
        usableGiBPerGpu: rounded(fit.usableGiBPerGpu),
        ...(place.isCpu && { isCpu: true }),
        ...(fit.mostSequences !== undefined && {
          mostSequences: fit.mostSequences,
        }),
        ...(!place.isCpu &&
          fit.gpusNeeded !== undefined && { gpusNeeded: fit.gpusNeeded }),
        ...(replicas && { replicasForPeak: replicas }),
      }),
    },
  };
}
