import type { JsonObject } from '@backstage/types';
import type { SubmittedEvidence } from '@modelhub/backstage-plugin-models-node';
import {
  EVALUATION_RUN_TYPE,
  type EvaluationMetric,
  type EvaluationRun,
} from '@modelhub/governance-protocol';
import { gateContext } from '../../__testUtils__/gateContext';

export const NOW = new Date('2026-11-20T12:00:00Z');

const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

/** A run that was submitted some days ago, on the day that it ended. */
export function submitted(
  metrics: EvaluationMetric[],
  changes: {
    id?: string;
    days?: number;
    finishedAt?: string;
    run?: Partial<EvaluationRun>;
  } = {},
): SubmittedEvidence {
  const at = daysAgo(changes.days ?? 1);
  const run: EvaluationRun = {
    suite: { name: 'modelhub-performance', version: '1' },
    startedAt: daysAgo((changes.days ?? 1) + 1).toISOString(),
    finishedAt: changes.finishedAt ?? at.toISOString(),
    target: { gatewayId: 'meta/m' },
    settings: {},
    metrics,
    tool: { name: 'modelhub', version: '0.1.0' },
    ...changes.run,
  };
  return {
    id: changes.id ?? 'e1',
    predicateType: EVALUATION_RUN_TYPE,
    predicate: run as unknown as JsonObject,
    producedAt: at,
    submittedAt: at,
    submittedBy: 'group:default/ml',
    digest: `sha256:${'d'.repeat(64)}`,
  };
}

/** A gate's context with what was submitted to it. */
export const contextWith = (...evidence: SubmittedEvidence[]) =>
  gateContext({ now: NOW, submittedEvidence: async () => evidence });
