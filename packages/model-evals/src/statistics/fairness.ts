import type { EvaluationResult } from '@modelhub/governance-protocol';
import { ComparisonError } from './ComparisonError';
import { levelOf, readingOf, type Member, type Reading } from './groupReading';
import { normalQuantile } from './normal';
import { shareInterval } from './shares';
import { largestGap, type GroupEstimate } from './simultaneous';
import type {
  FairnessComparison,
  GroupGap,
  GroupMeasure,
  ResamplingOptions,
} from './types';

/** @public */
export interface CompareGroupsOptions extends ResamplingOptions {
  /** Attribute of the cases' slices: `language`. */
  attribute: string;
  /** As in {@link CompareMetricOptions}. */
  metric: string;
  /** Of classifications: the label that is to people's advantage. */
  positiveLabel?: string;
  /** Groups with fewer scored cases are shown and not compared. Default 20. */
  minimumCases?: number;
}

const defined = <T extends object>(of: T): T =>
  Object.fromEntries(
    Object.entries(of).filter(([, value]) => value !== undefined),
  ) as T;

/**
 * How differently a model treats the groups of an attribute: the metric of each
 * group, the largest gap, and where the cases have labels and one of them is to
 * people's advantage, demographic parity and equalised odds as Fairlearn
 * defines them. Intervals hold as often as they say also where all groups are
 * treated alike. Groups with fewer cases than the minimum are listed and take
 * no part.
 *
 * @throws ComparisonError where the result has no such attribute or metric
 * @public
 */
export function compareGroups(
  result: EvaluationResult,
  options: CompareGroupsOptions,
): FairnessComparison {
  const { attribute, metric, minimumCases = 20, confidence = 0.95 } = options;
  const slices = result.cases.slices?.[attribute];
  if (!slices) {
    const known = Object.keys(result.cases.slices ?? {});
    throw new ComparisonError(
      `The cases of ${result.suite.name} have no attribute '${attribute}'. ${
        known.length > 0
          ? `They have: ${known.join(', ')}.`
          : 'They have none: give the cases of the pack slices, { language: de }.'
      }`,
    );
  }
  const reading = readingOf(result, metric, options.positiveLabel);
  const groups = new Map<string, Member[]>();
  let unassigned = 0;
  slices.forEach((group, index) => {
    const member = reading.member(index);
    if (group === null) {
      if (reading.counts(member)) unassigned += 1;
      return;
    }
    groups.set(group, [...(groups.get(group) ?? []), member]);
  });
  const all = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, members]) => {
      const counted = members.filter(reading.counts);
      return {
        group,
        members: counted,
        isTooSmall: counted.length < minimumCases,
      };
    });
  const compared = all.filter(it => !it.isTooSmall);
  const measured = compared.flatMap(({ group, members }) => {
    const value = reading.value(members);
    return value === undefined
      ? []
      : [{ group, value, interval: reading.intervals(members, options) }];
  });
  const { positiveLabel } = options;
  const rates =
    positiveLabel === undefined
      ? undefined
      : ratesOf(compared, positiveLabel, confidence);
  return {
    attribute,
    metric,
    unit: reading.unit,
    confidence,
    groups: all.map(({ group, members, isTooSmall }) =>
      measureOf(group, members, isTooSmall, reading, options),
    ),
    unassigned,
    ...defined({ gap: largestGap(measured, confidence), ...rates }),
  };
}

/** Hits and members of a group that a rate is about. */
type Rate = (
  members: Member[],
  positive: string,
) => { hits: number; samples: number };

const said = ({ labels }: Member, positive: string) =>
  labels?.predicted === positive;

const among =
  (belongs: (member: Member, positive: string) => boolean): Rate =>
  (members, positive) => {
    const base = members.filter(
      it => it.labels !== undefined && belongs(it, positive),
    );
    return {
      hits: base.filter(it => said(it, positive)).length,
      samples: base.length,
    };
  };

const selection = among(() => true);
const truePositive = among((it, label) => it.labels?.expected === label);
const falsePositive = among((it, label) => it.labels?.expected !== label);

const shareOf = ({ hits, samples }: { hits: number; samples: number }) =>
  samples === 0 ? undefined : hits / samples;

function measureOf(
  group: string,
  members: Member[],
  isTooSmall: boolean,
  reading: Reading,
  options: CompareGroupsOptions,
): GroupMeasure {
  const value = reading.value(members);
  const { positiveLabel: label } = options;
  const measure: GroupMeasure = {
    group,
    samples: members.length,
    ...(value !== undefined && {
      value,
      interval: reading.intervals(
        members,
        options,
      )(normalQuantile((1 + (options.confidence ?? 0.95)) / 2)),
    }),
    ...(isTooSmall && { isTooSmall }),
  };
  if (label === undefined) return measure;
  return defined({
    ...measure,
    selectionRate: shareOf(selection(members, label)),
    truePositiveRate: shareOf(truePositive(members, label)),
    falsePositiveRate: shareOf(falsePositive(members, label)),
  });
}

/** Demographic parity and equalised odds, as far as there are labels for them. */
function ratesOf(
  groups: Array<{ group: string; members: Member[] }>,
  positive: string,
  confidence: number,
): Pick<FairnessComparison, 'demographicParity' | 'equalisedOdds'> {
  const gapOf = (rate: Rate, level: number): GroupGap | undefined =>
    largestGap(
      groups.flatMap(({ group, members }): GroupEstimate[] => {
        const { hits, samples } = rate(members, positive);
        if (samples === 0) return [];
        return [
          {
            group,
            value: hits / samples,
            interval: deviations =>
              shareInterval(hits, samples, levelOf(deviations)),
          },
        ];
      }),
      level,
    );
  // Two rates, either of which may be wrong: half of the doubt for each.
  const both = (1 + confidence) / 2;
  const odds = [gapOf(truePositive, both), gapOf(falsePositive, both)].flatMap(
    it => it ?? [],
  );
  return {
    demographicParity: gapOf(selection, confidence),
    equalisedOdds:
      odds.length === 0
        ? undefined
        : {
            ...odds.reduce((a, b) => (b.value > a.value ? b : a)),
            interval: [
              Math.max(...odds.map(it => it.interval[0])),
              Math.max(...odds.map(it => it.interval[1])),
            ],
          },
  };
}
