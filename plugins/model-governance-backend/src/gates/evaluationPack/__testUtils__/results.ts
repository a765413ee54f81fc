import { stringifyEntityRef } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import type { EvaluationPackEntityV1alpha1 } from '@modelhub/backstage-plugin-models-common';
import type {
  GateIncumbent,
  SubmittedEvidence,
} from '@modelhub/backstage-plugin-models-node';
import {
  EVALUATION_RESULT_TYPE,
  type EvaluationMeasure,
  type EvaluationResult,
} from '@modelhub/governance-protocol';
import { gateContext } from '../../__testUtils__/gateContext';

export const NOW = new Date('2026-11-20T12:00:00Z');

type Spec = EvaluationPackEntityV1alpha1['spec'];

/** A pack in the catalog. */
export const pack = (
  spec: Partial<Spec> = {},
  name = 'tickets',
): EvaluationPackEntityV1alpha1 => ({
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'EvaluationPack',
  metadata: { name, namespace: 'default', title: `Pack ${name}` },
  spec: {
    type: 'quality',
    version: '1.1.0',
    owner: 'group:default/ml',
    lifecycle: 'active',
    task: 'chat',
    scorers: [{ name: 'label', type: 'normalised-match' }],
    criteria: [{ metric: 'label', atLeast: 0.7 }],
    cases: './cases.jsonl',
    ...spec,
  },
});

/** The same numbers between 0 and 1 for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) % 2 ** 32;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Scores of 0 and 1 of a model that is right so often. Cases are as hard for one
 * model as for another, as real ones are: half of the luck is the case's own.
 */
export function simulated(
  cases: number,
  rightShare: number,
  seed: number,
): number[] {
  const hardness = random(4711);
  const luck = random(seed);
  return Array.from({ length: cases }, () => {
    const own = hardness();
    const drawn = luck() < 0.5 ? own : luck();
    return drawn < rightShare ? 1 : 0;
  });
}

export interface ResultChanges {
  cases?: Partial<EvaluationResult['cases']>;
  measures?: Record<string, Partial<EvaluationMeasure>>;
  pack?: Partial<EvaluationResult['pack']>;
  result?: Partial<EvaluationResult>;
}

/** What a model scored on a pack, by the name of the metric. */
export function resultOf(
  entity: EvaluationPackEntityV1alpha1,
  scores: Record<string, Array<number | null>>,
  changes: ResultChanges = {},
): EvaluationResult {
  const count = Object.values(scores)[0].length;
  return {
    suite: { name: entity.metadata.name, version: entity.spec.version },
    startedAt: '2026-11-19T11:00:00Z',
    finishedAt: '2026-11-19T12:00:00Z',
    target: { gatewayId: 'meta/m' },
    settings: {},
    metrics: Object.entries(scores).map(([name, column]) => {
      const known = column.filter((it): it is number => it !== null);
      return {
        name,
        value: known.reduce((sum, it) => sum + it, 0) / known.length,
        unit: 'ratio',
        statistic: 'mean' as const,
        samples: known.length,
      };
    }),
    tool: { name: 'modelhub', version: '0.1.0' },
    model: 'meta/m',
    inputDigest: `sha256:${'1'.repeat(64)}`,
    measures: Object.fromEntries(
      Object.keys(scores).map(name => [
        name,
        {
          scorer:
            entity.spec.scorers.find(it => it.name === name)?.type ??
            'normalised-match',
          title: `Share of right ${name}s`,
          direction: 'higher' as const,
          unit: 'ratio',
          aggregate: 'mean' as const,
          ...changes.measures?.[name],
        },
      ]),
    ),
    cases: {
      ids: Array.from({ length: count }, (_, index) => `c${index + 1}`),
      outcomes: Array.from({ length: count }, (_, index) =>
        Object.values(scores).some(column => column[index] !== null)
          ? ('scored' as const)
          : ('failed' as const),
      ),
      scores,
      ...changes.cases,
    },
    ...changes.result,
    pack: {
      type: entity.spec.type,
      digest: `sha256:${'a'.repeat(64)}`,
      entityRef: stringifyEntityRef(entity),
      cases: count,
      ...changes.pack,
    },
  };
}

/** A result that was submitted some days ago. */
export function submittedResult(
  result: EvaluationResult,
  changes: Partial<SubmittedEvidence> & { days?: number } = {},
): SubmittedEvidence {
  const { days = 1, ...rest } = changes;
  const at = new Date(NOW.getTime() - days * 86_400_000);
  return {
    id: 'e1',
    predicateType: EVALUATION_RESULT_TYPE,
    predicate: {
      ...result,
      startedAt: at.toISOString(),
      finishedAt: at.toISOString(),
    } as unknown as JsonObject,
    producedAt: at,
    submittedAt: at,
    submittedBy: 'group:default/ml',
    digest: `sha256:${'d'.repeat(64)}`,
    ...rest,
  };
}

/** What serves the purpose, with what was submitted of it. */
export const incumbentWith = (
  ...evidence: SubmittedEvidence[]
): GateIncumbent => ({
  entityRef: 'model:meta/old',
  version: '0.9',
  pin: 'sha256:old',
  gatewayId: 'meta/old',
  because: 'The model supersedes model:meta/old.',
  submittedEvidence: async () => evidence,
});

/** A gate's context with packs in the catalog and what was submitted. */
export const packContext = (options: {
  packs: EvaluationPackEntityV1alpha1[];
  submitted?: SubmittedEvidence[];
  incumbent?: GateIncumbent;
}) =>
  gateContext({
    now: NOW,
    catalog: Object.fromEntries(
      options.packs.map(entity => [stringifyEntityRef(entity), entity]),
    ),
    submittedEvidence: async () => options.submitted ?? [],
    incumbent: async () => options.incumbent,
  });
