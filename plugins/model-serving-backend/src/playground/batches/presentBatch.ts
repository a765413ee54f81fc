import type {
  PlaygroundBatch,
  PlaygroundBatchTarget,
  PlaygroundCost,
  PlaygroundMetric,
  PlaygroundRunState,
} from '@modelhub/backstage-plugin-models-common';
import { RUN_METRICS } from '@modelhub/evals';
import type { EvaluationResult } from '@modelhub/governance-protocol';
import { costOf } from '../chat/figures';
import type { BatchRecord, BatchRunRecord } from './records';
import { OPEN_STATES } from './records';

const iso = (ms: number) => new Date(ms).toISOString();

/** Slices of many values say nothing that fits a page. */
const MOST_METRICS = 200;

const TITLES: Record<string, string> = {
  [RUN_METRICS.requestLatency]: 'Latency',
  [RUN_METRICS.ttft]: 'Time to first token',
  [RUN_METRICS.errorRate]: 'Rows without an answer',
  [RUN_METRICS.costPerCase]: 'Cost of a row',
  [RUN_METRICS.costTotal]: 'Cost',
  [RUN_METRICS.inputTokens]: 'Input tokens of a row',
  [RUN_METRICS.outputTokens]: 'Output tokens of a row',
};

const LESS_IS_BETTER = new Set<string>([
  RUN_METRICS.requestLatency,
  RUN_METRICS.ttft,
  RUN_METRICS.errorRate,
  RUN_METRICS.costPerCase,
  RUN_METRICS.costTotal,
]);

/** For people. */
export function titleOf(
  name: string,
  measures: EvaluationResult['measures'],
): string {
  return measures[name]?.title ?? TITLES[name] ?? name;
}

/** A batch runs at one load: figures of it are figures of the batch. */
const ofLoad = (slice?: string) => slice?.startsWith('concurrency=');

export function metricsOf({
  metrics,
  measures,
}: EvaluationResult): PlaygroundMetric[] {
  const shown = metrics.filter(
    it =>
      !ofLoad(it.slice) ||
      !metrics.some(
        ({ name, statistic, slice }) =>
          name === it.name && statistic === it.statistic && slice === undefined,
      ),
  );
  return shown.slice(0, MOST_METRICS).map(it => {
    const { name, value, unit, statistic, samples, interval } = it;
    const slice = ofLoad(it.slice) ? undefined : it.slice;
    const direction =
      measures[name]?.direction ??
      (LESS_IS_BETTER.has(name) ? ('lower' as const) : undefined);
    return {
      name,
      title: titleOf(name, measures),
      value,
      unit,
      ...(direction && { direction }),
      ...(statistic !== undefined && { statistic }),
      ...(slice !== undefined && { slice }),
      ...(samples !== undefined && { samples }),
      ...(interval && { interval: [...interval] }),
    };
  });
}

/** What the whole run cost, where the price is known. */
function totalCost({
  target: { price },
  result,
  startedAt,
  finishedAt,
}: BatchRunRecord): PlaygroundCost | undefined {
  if (price?.basis === 'time') {
    return startedAt === undefined || finishedAt === undefined
      ? undefined
      : costOf(price, {
          inputTokens: 0,
          outputTokens: 0,
          latencyMs: finishedAt - startedAt,
        });
  }
  const total = result?.metrics.find(
    ({ name, slice }) => name === RUN_METRICS.costTotal && slice === undefined,
  );
  return (
    total && { amount: total.value, currency: total.unit, basis: 'tokens' }
  );
}

function presentTarget(
  run: BatchRunRecord,
  total: number,
): PlaygroundBatchTarget {
  const { progress, result, problem, startedAt, finishedAt, resultId } = run;
  const cost = totalCost(run);
  return {
    place: run.place,
    target: run.target,
    state: run.state,
    done: progress?.done ?? 0,
    failed: progress?.failed ?? 0,
    total,
    ...(progress && progress.retries > 0 && { retries: progress.retries }),
    ...(problem !== undefined && { problem }),
    ...(startedAt !== undefined && { startedAt: iso(startedAt) }),
    ...(finishedAt !== undefined && { finishedAt: iso(finishedAt) }),
    metrics: result ? metricsOf(result) : [],
    ...(cost && { cost }),
    ...(resultId !== undefined && { resultId }),
    attachedTo: run.attached,
  };
}

/** What all targets together are. */
export function stateOf(states: PlaygroundRunState[]): PlaygroundRunState {
  if (states.includes('running')) return 'running';
  if (states.includes('queued')) {
    return states.every(it => it === 'queued') ? 'queued' : 'running';
  }
  if (states.includes('finished')) return 'finished';
  return states.includes('cancelled') ? 'cancelled' : 'failed';
}

/** @param runs - of the batch; without results no metrics are shown */
export function presentBatch(
  batch: BatchRecord,
  runs: BatchRunRecord[],
): PlaygroundBatch {
  const { fileName, profile, system } = batch;
  const state = stateOf(runs.map(run => run.state));
  const isOpen = runs.some(run => OPEN_STATES.includes(run.state));
  const ends = runs.flatMap(({ finishedAt }) => finishedAt ?? []);
  return {
    id: batch.id,
    name: batch.name,
    ...(fileName !== undefined && { fileName }),
    state,
    createdAt: iso(batch.createdAt),
    ...(!isOpen && ends.length > 0 && { finishedAt: iso(Math.max(...ends)) }),
    createdBy: batch.person,
    ...(profile !== undefined && { profile }),
    rows: batch.rowCount,
    format: batch.format,
    digest: batch.digest,
    columns: batch.columns,
    ...(system !== undefined && { system }),
    settings: batch.settings,
    scorers: batch.scorers,
    targets: runs.map(run => presentTarget(run, batch.rowCount)),
    eraseAt: iso(batch.eraseAt),
    mayCancel: isOpen,
    mayRetry:
      !isOpen && runs.some(run => ['failed', 'cancelled'].includes(run.state)),
  };
}
