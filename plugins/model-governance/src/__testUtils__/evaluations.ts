import type {
  EvaluationPackSummary,
  ModelEvaluation,
  PackRun,
  PackRunPreview,
} from '@modelhub/backstage-plugin-models-common';

export const MODEL = 'model:acme/ticket-router';
export const PACK = 'evaluationpack:acme/acme-tickets';

/** The entity whose page is open. */
export const routerEntity = {
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'Model',
  metadata: { namespace: 'acme', name: 'ticket-router' },
  spec: { versions: [{ name: '1.0' }, { name: '1.1' }, { name: '1.2' }] },
};

export function evaluation(
  rest: Partial<ModelEvaluation> = {},
): ModelEvaluation {
  return {
    id: 'r1',
    entityRef: MODEL,
    modelVersion: '1.2',
    pin: `sha256:${'a'.repeat(64)}`,
    predicateType: 'https://modelhub.dev/evidence/evaluation-result/v1',
    resultDigest: `sha256:${'b'.repeat(64)}`,
    pack: {
      name: 'acme-tickets',
      version: '1.0.0',
      entityRef: PACK,
      title: 'Support tickets',
      type: 'quality',
      digest: `sha256:${'c'.repeat(64)}`,
      standing: 'current',
    },
    source: 'hub',
    model: 'acme/ticket-router',
    startedAt: '2026-11-02T08:59:00Z',
    finishedAt: '2026-11-02T09:00:00Z',
    submittedAt: '2026-11-02T09:00:01Z',
    submittedBy: 'service:model-governance',
    startedBy: 'user:default/dana',
    partial: false,
    isWithdrawn: false,
    gates: [],
    metrics: [
      {
        name: 'label',
        title: 'Accuracy',
        value: 0.91,
        unit: 'ratio',
        direction: 'higher',
        samples: 198,
        interval: [0.86, 0.94],
      },
      {
        name: 'request_latency',
        statistic: 'p95',
        title: 'Request latency',
        value: 12.34,
        unit: 'ms',
        direction: 'lower',
        samples: 198,
      },
    ],
    criteria: [
      {
        metric: 'label',
        atLeast: 0.85,
        value: 0.91,
        interval: [0.86, 0.94],
        unit: 'ratio',
        standing: 'met',
      },
    ],
    outcome: 'met',
    cases: { asked: 200, scored: 198, unscored: 0, failed: 2 },
    hasCases: true,
    failures: 2,
    tool: { name: 'modelhub', version: '0.1.0' },
    ...rest,
  };
}

/** Of the version before, on the same pack. */
export const earlier = (rest: Partial<ModelEvaluation> = {}): ModelEvaluation =>
  evaluation({
    id: 'r0',
    modelVersion: '1.1',
    finishedAt: '2026-10-01T09:00:00Z',
    outcome: 'missed',
    failures: 0,
    criteria: [
      {
        metric: 'label',
        atLeast: 0.85,
        value: 0.74,
        unit: 'ratio',
        standing: 'missed',
      },
    ],
    metrics: [
      {
        name: 'label',
        title: 'Accuracy',
        value: 0.74,
        unit: 'ratio',
        direction: 'higher',
        samples: 200,
      },
    ],
    ...rest,
  });

export function packRun(rest: Partial<PackRun> = {}): PackRun {
  return {
    id: 'run1',
    entityRef: MODEL,
    modelVersion: '1.2',
    pin: `sha256:${'a'.repeat(64)}`,
    pack: {
      entityRef: PACK,
      name: 'acme-tickets',
      title: 'Support tickets',
      version: '1.0.0',
      digest: `sha256:${'c'.repeat(64)}`,
    },
    gates: ['evaluation'],
    state: 'running',
    requestedBy: 'user:default/dana',
    team: 'group:default/checkout',
    createdAt: '2026-11-02T08:59:00Z',
    attempts: 1,
    progress: { done: 50, failed: 1, total: 200, retries: 2 },
    mayCancel: true,
    mayRetry: false,
    ...rest,
  };
}

export function packRunPreview(
  rest: Partial<PackRunPreview> = {},
): PackRunPreview {
  return {
    may: true,
    command: `modelhub evaluate run ${PACK} --portal https://portal.example`,
    uploadCommand: 'modelhub evidence upload result.json --gate evaluation',
    cases: 200,
    requests: 200,
    estimatedTokens: { input: 20_000, output: 1_600 },
    gates: ['evaluation'],
    running: [],
    ...rest,
  };
}

export function packSummary(
  rest: Partial<EvaluationPackSummary> = {},
): EvaluationPackSummary {
  return {
    entityRef: PACK,
    name: 'acme-tickets',
    title: 'Support tickets',
    description: 'Which desk a ticket belongs to.',
    type: 'quality',
    version: '1.0.0',
    purposes: [],
    modelTasks: ['text-classification'],
    task: 'chat',
    cases: 200,
    problems: [],
    ...rest,
  };
}
