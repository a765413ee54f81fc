import {
  type EvaluationFailure,
  type EvaluationResult,
} from '@modelhub/governance-protocol';
import { shownAddress } from '../endpoint/address';
import type { ModelClient } from '../endpoint/ModelClient';
import type { EvaluationCase } from '../pack/types';
import { columnsOf, type CaseRow } from './CaseTable';
import { fitted } from './fitted';
import { measuresOf, metricsOf } from './metrics';
import { others, type ScorerEndpoints } from './ScorerEndpoints';
import { shownSettings, type RunSettings } from './settings';
import type { RunProgress } from './types';

interface Parts {
  settings: RunSettings;
  startedAt: string;
  cases: EvaluationCase[];
  rows: CaseRow[];
  failures: EvaluationFailure[];
  client: ModelClient;
  models: ScorerEndpoints;
  progress: RunProgress;
}

/** The result of a run; it is frozen all through. */
export async function resultOf(parts: Parts): Promise<EvaluationResult> {
  const { settings, startedAt, cases, rows, failures } = parts;
  const { pack } = settings;
  const result: EvaluationResult = {
    suite: { name: pack.name, version: pack.version },
    startedAt,
    finishedAt: new Date(
      Math.max(Date.now(), Date.parse(startedAt)),
    ).toISOString(),
    target: { ...settings.target, endpoint: shownAddress(settings.endpoint) },
    settings: { ...shownSettings(settings), ...learnt(parts) },
    metrics: await metricsOf(settings, cases, rows),
    tool: settings.tool,
    ...(cases.length < pack.cases.length && { partial: true }),
    pack: {
      type: pack.type,
      digest: pack.digest,
      ...(pack.entityRef && { entityRef: pack.entityRef }),
      cases: pack.cases.length,
    },
    model: settings.model,
    inputDigest: settings.inputDigest,
    measures: measuresOf({ ...settings, scorers: settings.pack.scorers }),
    cases: columnsOf(cases, rows, pack.scorers),
    ...(failures.length > 0 && { failures }),
  };
  return frozen(fitted(result));
}

/** What is known only after the answers. */
function learnt({ client, models, rows, settings, progress }: Parts) {
  const isCounted = rows.some(({ outputTokens }) => outputTokens !== undefined);
  return {
    ...others('answeredBy', client),
    ...models.answeredBy,
    ...(client.notSent.length > 0 && { notSent: client.notSent }),
    ...(progress.retries > 0 && { retriesMade: progress.retries }),
    ...(progress.resumed > 0 && { resumedCases: progress.resumed }),
    ...(settings.isContentLeftOut && { content: 'left out' }),
    tokensCountedBy: isCounted ? 'server' : 'nobody',
    ...unscored(rows, settings),
  };
}

/** By metric, why cases could not be judged. */
function unscored(rows: CaseRow[], { pack }: RunSettings) {
  const reasons = pack.scorers.flatMap(({ name }) => {
    const scores = rows.flatMap(row => row.scores[name] ?? []);
    const without = scores.filter(({ value }) => value === undefined);
    return without.length > 0
      ? [
          {
            metric: name,
            count: without.length,
            example: (without[0].note ?? 'no reason was given').slice(0, 300),
          },
        ]
      : [];
  });
  return reasons.length > 0 ? { unscored: reasons } : {};
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
