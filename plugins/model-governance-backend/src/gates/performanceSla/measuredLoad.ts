import type {
  EvaluationMetric,
  EvaluationRun,
} from '@modelhub/governance-protocol';
import type { TargetRule } from './params';

const LOAD = /^(concurrency=|rate=)(\d+(?:\.\d+)?)(?:\/s)?$/;

/** The kind and the size of a load, by the name of its slice. */
function parsed(slice: string): { kind: string; size: number } | undefined {
  const [, kind, size] = LOAD.exec(slice) ?? [];
  return kind ? { kind, size: Number(size) } : undefined;
}

/**
 * The metric of a target under a load. Where just that load was not measured,
 * the nearest one counts that is harder to meet: what holds for 32 callers holds
 * for 8.
 */
export function measuredUnder(
  run: EvaluationRun,
  rule: Pick<TargetRule, 'metric' | 'statistic' | 'otherLoad'>,
  load: string,
): EvaluationMetric | undefined {
  const found = run.metrics.filter(
    ({ name, statistic }) =>
      name === rule.metric && statistic === rule.statistic,
  );
  const same = found.find(({ slice }) => slice === load);
  const asked = parsed(load);
  if (same || !asked) return same;
  const others = found.flatMap(metric => {
    const under = metric.slice === undefined ? undefined : parsed(metric.slice);
    if (!under || under.kind !== asked.kind) return [];
    const by = under.size - asked.size;
    const isHarder = rule.otherLoad === 'heavier' ? by > 0 : by < 0;
    return isHarder ? [{ metric, distance: Math.abs(by) }] : [];
  });
  others.sort((a, b) => a.distance - b.distance);
  return others[0]?.metric;
}
