import type {
  EvaluationFailure,
  EvaluationResult,
} from '@modelhub/governance-protocol';
import type { PackCriterion } from '../pack/types';
import { RUN_METRICS } from '../pack/runMetrics';
import { judgeCriteria, metricOf } from '../run/criteria';
import {
  compareGroups,
  compareResults,
  ComparisonError,
  type FairnessComparison,
  type MetricComparison,
} from '../statistics';
import { summaryOf } from './summary';
import type { ReportInput, ReportPack } from './types';

/** A number beside what it has to reach and what the incumbent has. */
export interface MetricRow {
  name: string;
  title: string;
  unit: string;
  direction: 'higher' | 'lower';
  value: number;
  samples?: number;
  interval?: [number, number];
  criterion?: { atLeast?: number; atMost?: number };
  /** By value, and whether the interval leaves no doubt. */
  verdict?: { isMet: boolean; isSure: boolean };
  incumbent?: { value: number; interval?: [number, number] };
}

/** How many cases scored so much. */
export interface Distribution {
  metric: string;
  title: string;
  unit: string;
  samples: number;
  bins: Array<{ from: number; to: number; count: number; incumbent?: number }>;
}

export interface AttributeView extends FairnessComparison {
  title: string;
}

export interface ResultView {
  result: EvaluationResult;
  incumbent?: EvaluationResult;
  pack?: ReportPack;
  heading: string;
  counts: { asked: number; scored: number; unscored: number; failed: number };
  quality: MetricRow[];
  /** Others of the same scorers, which only a table shows. */
  more: MetricRow[];
  /** Criteria whose number was not measured. */
  notMeasured: PackCriterion[];
  comparisons: Array<MetricComparison & { title: string }>;
  /** Why there are none. */
  notCompared?: string;
  distributions: Distribution[];
  fairness: AttributeView[];
  /** Of safety packs. */
  categories: CategoryRow[];
  speed: MetricRow[];
  cost: MetricRow[];
  failures: EvaluationFailure[];
}

/** The cases of one category, and the means of their scores, in the order of the measures. */
export interface CategoryRow {
  category: string;
  cases: number;
  means: Array<number | undefined>;
}

export interface ReportView {
  title: string;
  confidence: number;
  sections: ResultView[];
  /** The most important, a sentence each. */
  summary: string[];
}

/** Attributes of safety cases, which are no groups of people. */
const NO_GROUPS = new Set(['category', 'behaviour']);

/** Attributes with more groups are ids of something. */
const MOST_GROUPS = 24;

const SPEED: Array<[name: string, title: string, PackCriterion['statistic']]> =
  [
    [RUN_METRICS.requestLatency, 'End of the answer, p50', 'p50'],
    [RUN_METRICS.requestLatency, 'End of the answer, p95', 'p95'],
    [RUN_METRICS.requestLatency, 'End of the answer, p99', 'p99'],
    [RUN_METRICS.ttft, 'First token, p50', 'p50'],
    [RUN_METRICS.ttft, 'First token, p95', 'p95'],
    [RUN_METRICS.ttft, 'First token, p99', 'p99'],
    [RUN_METRICS.errorRate, 'Cases without an answer', 'rate'],
  ];

const COST: typeof SPEED = [
  [RUN_METRICS.costPerCase, 'Cost of a case', undefined],
  [RUN_METRICS.costTotal, 'Cost of the run', undefined],
  [RUN_METRICS.inputTokens, 'Tokens of a question', undefined],
  [RUN_METRICS.outputTokens, 'Tokens of an answer', undefined],
];

/** Titles of what every run has. */
const OF_EVERY_RUN: Record<string, string> = {
  [RUN_METRICS.requestLatency]: 'End of the answer',
  [RUN_METRICS.ttft]: 'First token',
  [RUN_METRICS.errorRate]: 'Cases without an answer',
  [RUN_METRICS.costPerCase]: 'Cost of a case',
  [RUN_METRICS.costTotal]: 'Cost of the run',
};

/** What a pack asks for, and the first number of each scorer. */
const isMain = ({ name, verdict }: MetricRow) =>
  verdict !== undefined || !name.includes('.');

/** Everything that a report says, before it is written down. */
export function viewOf(input: ReportInput): ReportView {
  if (input.results.length === 0) {
    throw new ComparisonError('A report needs at least one result.');
  }
  const { confidence = 0.95 } = input;
  const sections = input.results.map(result => sectionOf(result, input));
  const models = [...new Set(input.results.map(it => it.model))];
  return {
    title: input.title ?? `Evaluation of ${models.join(', ')}`,
    confidence,
    sections,
    summary: sections.flatMap(it => summaryOf(it, sections.length > 1)),
  };
}

function sectionOf(result: EvaluationResult, input: ReportInput): ResultView {
  const incumbent = input.incumbents?.find(
    it => it.pack.digest === result.pack.digest,
  );
  const pack = input.packs?.find(it => it.digest === result.pack.digest);
  const rows = (from: typeof SPEED) =>
    from.flatMap(([name, title, statistic]) =>
      rowOf(result, incumbent, { metric: name, statistic }, title, 'lower'),
    );
  const count = (outcome: string) =>
    result.cases.outcomes.filter(it => it === outcome).length;
  const outcomes = judgeCriteria(pack?.criteria ?? [], result.metrics);
  const quality = withCriteria(
    Object.entries(result.measures).flatMap(([name, { title, direction }]) =>
      rowOf(result, incumbent, { metric: name }, title, direction),
    ),
    outcomes,
    result,
    incumbent,
  );
  const version = result.suite.version;
  return {
    result,
    incumbent,
    pack,
    heading: `${pack?.title ?? result.suite.name}${
      version ? ` ${version}` : ''
    }${
      input.results.some(it => it.model !== result.model)
        ? `: ${result.model}`
        : ''
    }`,
    counts: {
      asked: result.cases.ids.length,
      scored: count('scored'),
      unscored: count('unscored'),
      failed: count('failed'),
    },
    quality: quality.filter(isMain),
    more: quality.filter(it => !isMain(it)),
    notMeasured: outcomes.flatMap(it => (it.metric ? [] : [it.criterion])),
    ...comparisonsOf(result, incumbent, input),
    distributions: distributionsOf(result, incumbent),
    fairness: fairnessOf(result, pack, input.confidence),
    categories: categoriesOf(result),
    speed: rows(SPEED),
    cost: rows(COST),
    failures: result.failures ?? [],
  };
}

function rowOf(
  result: EvaluationResult,
  incumbent: EvaluationResult | undefined,
  criterion: PackCriterion,
  title: string,
  direction: 'higher' | 'lower',
): MetricRow[] {
  const metric = metricOf(criterion, result.metrics);
  if (!metric) return [];
  const other = incumbent && metricOf(criterion, incumbent.metrics);
  return [
    {
      name: metric.name,
      title,
      unit: metric.unit,
      direction,
      value: metric.value,
      samples: metric.samples,
      interval: metric.interval,
      ...(other && {
        incumbent: { value: other.value, interval: other.interval },
      }),
    },
  ];
}

/** Rows with what they have to reach; criteria of slices and percentiles are rows of their own. */
function withCriteria(
  rows: MetricRow[],
  outcomes: ReturnType<typeof judgeCriteria>,
  result: EvaluationResult,
  incumbent: EvaluationResult | undefined,
): MetricRow[] {
  const found = rows.map(row => ({ ...row }));
  const isPlain = ({ slice, statistic }: PackCriterion) =>
    slice === undefined && (statistic === undefined || statistic === 'mean');
  for (const { criterion, metric, isMet, isSure } of outcomes) {
    if (!metric) continue;
    const judged = {
      criterion: {
        ...(criterion.atLeast !== undefined && { atLeast: criterion.atLeast }),
        ...(criterion.atMost !== undefined && { atMost: criterion.atMost }),
      },
      verdict: { isMet, isSure },
    };
    const known = found.find(
      row =>
        isPlain(criterion) &&
        row.name === criterion.metric &&
        row.verdict === undefined,
    );
    if (known) {
      Object.assign(known, judged);
      continue;
    }
    const measure = result.measures[criterion.metric];
    const title = [
      measure?.title ?? OF_EVERY_RUN[criterion.metric] ?? criterion.metric,
      ...(criterion.statistic ? [criterion.statistic] : []),
      ...(criterion.slice ? [`of ${criterion.slice}`] : []),
    ].join(' ');
    found.push(
      ...rowOf(
        result,
        incumbent,
        criterion,
        title,
        measure?.direction ??
          (criterion.atMost === undefined ? 'higher' : 'lower'),
      ).map(row => ({ ...row, ...judged })),
    );
  }
  return found;
}

function comparisonsOf(
  result: EvaluationResult,
  incumbent: EvaluationResult | undefined,
  { margin = 0, confidence, incumbents = [] }: ReportInput,
): Pick<ResultView, 'comparisons' | 'notCompared'> {
  if (!incumbent) {
    return {
      comparisons: [],
      ...(incumbents.length > 0 && {
        notCompared:
          "None of the incumbent's results is of this version of the pack. Run the incumbent on it to compare.",
      }),
    };
  }
  const metrics = Object.keys(result.measures)
    .filter(
      name =>
        result.cases.scores[name] !== undefined &&
        incumbent.cases.scores[name] !== undefined,
    )
    .map(metric => ({ metric, margin }));
  try {
    return {
      comparisons: compareResults(result, incumbent, {
        metrics,
        confidence,
      }).map(it => ({
        ...it,
        title: result.measures[it.metric]?.title ?? it.metric,
      })),
    };
  } catch (error) {
    if (!(error instanceof ComparisonError)) throw error;
    return { comparisons: [], notCompared: error.message };
  }
}

function distributionsOf(
  result: EvaluationResult,
  incumbent: EvaluationResult | undefined,
): Distribution[] {
  return Object.entries(result.cases.scores).flatMap(([metric, column]) => {
    const values = column.filter((it): it is number => it !== null);
    const measure = result.measures[metric];
    // Of right and wrong, the share says everything.
    if (!measure || values.length < 2 || new Set(values).size < 3) return [];
    const others = (incumbent?.cases.scores[metric] ?? []).filter(
      (it): it is number => it !== null,
    );
    const all = [...values, ...others];
    const within = measure.unit === 'ratio' && all.every(it => it <= 1);
    const low = within ? 0 : all.reduce((a, b) => Math.min(a, b));
    const high = within ? 1 : all.reduce((a, b) => Math.max(a, b));
    const width = (high - low) / 10;
    if (width === 0) return [];
    const bin = (value: number) =>
      Math.min(9, Math.max(0, Math.floor((value - low) / width + 1e-9)));
    const bins = Array.from({ length: 10 }, (_, index) => ({
      from: low + index * width,
      to: low + (index + 1) * width,
      count: values.filter(it => bin(it) === index).length,
      ...(others.length > 0 && {
        incumbent: others.filter(it => bin(it) === index).length,
      }),
    }));
    const { title, unit } = measure;
    return [{ metric, title, unit, samples: values.length, bins }];
  });
}

function fairnessOf(
  result: EvaluationResult,
  pack: ReportPack | undefined,
  confidence: number | undefined,
): AttributeView[] {
  const slices = result.cases.slices ?? {};
  const metric = pack?.fairness?.metric ?? Object.keys(result.cases.scores)[0];
  const attributes =
    pack?.fairness?.attributes ??
    Object.keys(slices).filter(
      name => !NO_GROUPS.has(name) && new Set(slices[name]).size <= MOST_GROUPS,
    );
  if (!metric) return [];
  return attributes.flatMap(attribute => {
    try {
      return [
        {
          ...compareGroups(result, {
            attribute,
            metric,
            confidence,
            positiveLabel: pack?.fairness?.positiveLabel,
            minimumCases: pack?.fairness?.minimumCases,
          }),
          title: result.measures[metric]?.title ?? metric,
        },
      ];
    } catch (error) {
      if (error instanceof ComparisonError) return [];
      throw error;
    }
  });
}

function categoriesOf({ cases }: EvaluationResult): CategoryRow[] {
  const column = cases.slices?.category;
  if (!column) return [];
  const categories = [...new Set(column)].filter(
    (it): it is string => it !== null,
  );
  return categories.sort().map(category => {
    const places = column.flatMap((it, place) =>
      it === category ? place : [],
    );
    return {
      category,
      cases: places.length,
      means: Object.values(cases.scores).map(scores => {
        const known = places.flatMap(place => scores[place] ?? []);
        return known.length === 0
          ? undefined
          : known.reduce((sum, it) => sum + it, 0) / known.length;
      }),
    };
  });
}
