import type { Scorer } from '../scorers/types';
import { RUN_METRIC_NAMES } from './runMetrics';
import type { Tell } from './rules';
import { slicesOf } from './slices';
import type { EvaluationPack, PackScorer } from './types';

/** Finds a scorer by its type. @public */
export type ScorerLookup = (type: string) => Scorer | undefined;

type Checked = Omit<EvaluationPack, 'digest'>;

/** Names of the numbers that the scorers of a pack make. */
export function metricNames(
  scorers: PackScorer[],
  scorerOf: ScorerLookup,
): Set<string> {
  return new Set(
    scorers.flatMap(({ name, type }) => [
      name,
      ...(scorerOf(type)?.aggregates ?? []).flatMap(({ suffix }) =>
        suffix === '' ? [] : [`${name}.${suffix}`],
      ),
    ]),
  );
}

const listed = (names: Iterable<string>) => [...names].sort().join(', ');

/** What scorers, criteria and fairness say about each other and about the cases. */
export function checkSpec(
  pack: Checked,
  scorerOf: ScorerLookup,
  tell: Tell,
): void {
  const seen = new Set<string>();
  pack.scorers.forEach(({ name, type, params = {} }, index) => {
    const at = ['spec', 'scorers', index];
    if (seen.has(name)) {
      tell([...at, 'name'], `comes twice: '${name}'; name it otherwise`);
    }
    seen.add(name);
    if (RUN_METRIC_NAMES.has(name)) {
      tell(
        [...at, 'name'],
        `'${name}' is what every run measures; name it otherwise`,
      );
    }
    const scorer = scorerOf(type);
    if (!scorer) {
      tell([...at, 'type'], `no scorer is called '${type}'`);
      return;
    }
    const problem = scorer.problem?.(params);
    if (problem) tell([...at, 'params'], problem);
  });

  const metrics = metricNames(pack.scorers, scorerOf);
  const slices = new Set(
    pack.cases.flatMap(it =>
      Object.entries(slicesOf(it)).map(([name, value]) => `${name}=${value}`),
    ),
  );
  pack.criteria.forEach(({ metric, slice }, index) => {
    const at = ['spec', 'criteria', index];
    if (!metrics.has(metric) && !RUN_METRIC_NAMES.has(metric)) {
      tell(
        [...at, 'metric'],
        `no scorer makes '${metric}'; there are ${listed([
          ...metrics,
          ...RUN_METRIC_NAMES,
        ])}`,
      );
    }
    if (
      slice !== undefined &&
      !slices.has(slice) &&
      !slice.startsWith('concurrency=')
    ) {
      tell([...at, 'slice'], `no case belongs to '${slice}'`);
    }
  });

  const { fairness } = pack;
  if (pack.type === 'fairness' && !fairness) {
    tell(['spec', 'fairness'], 'must say which groups are compared');
  }
  if (!fairness) return;
  if (!metrics.has(fairness.metric)) {
    tell(
      ['spec', 'fairness', 'metric'],
      `no scorer makes '${fairness.metric}'; there are ${listed(metrics)}`,
    );
  }
  fairness.attributes.forEach((attribute, index) => {
    const groups = new Set(
      pack.cases.flatMap(it => slicesOf(it)[attribute] ?? []),
    );
    if (groups.size < 2) {
      tell(
        ['spec', 'fairness', 'attributes', index],
        `the cases have ${
          groups.size === 0 ? 'no' : 'only one'
        } group of '${attribute}'; there is nothing to compare`,
      );
    }
  });
}

/** What each case lacks for the scorers. */
export function checkCase(
  pack: Pick<Checked, 'scorers' | 'cases'>,
  index: number,
  scorerOf: ScorerLookup,
  tell: Tell,
): void {
  const it = pack.cases[index];
  const names = new Set(pack.scorers.map(({ name }) => name));
  for (const name of Object.keys(it.scorers ?? {})) {
    if (!names.has(name)) {
      tell(['scorers', name], `the pack has no metric '${name}'`);
    }
  }
  for (const { name, type, params } of pack.scorers) {
    const scorer = scorerOf(type);
    if (scorer) {
      const own = it.scorers?.[name];
      const all = { ...params, ...own };
      const problem =
        (own && scorer.problem?.(all)) ?? scorer.caseProblem?.(it, all);
      if (problem) tell([], `for ${name}: ${problem}`);
    }
  }
}
