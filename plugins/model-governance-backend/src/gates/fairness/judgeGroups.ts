import {
  compareGroups,
  ComparisonError,
  type FairnessComparison,
} from '@modelhub/evals';
import type {
  FairnessAttribute,
  FairnessGap,
} from '@modelhub/backstage-plugin-models-common';
import type { EvaluationResult } from '@modelhub/governance-protocol';
import type { KnownPack } from '../evaluationPack';
import { amount } from '../evaluationRun';
import { weighed, type WeighedFinding } from '../weigh';
import type { FairnessParams } from './params';

const DEFAULT_MINIMUM_CASES = 20;

type Measured = FairnessComparison['gap'];

/**
 * How a gap stands to its limit. The largest of several differences is larger
 * than zero by chance alone, so one that is beyond the limit counts as missed
 * only when its whole interval is.
 */
function standingOf(
  gap: NonNullable<Measured>,
  atMost: number | undefined,
): FairnessGap['standing'] {
  if (atMost === undefined) return 'met';
  const [low, high] = gap.interval;
  if (high <= atMost) return 'met';
  return low > atMost ? 'missed' : 'uncertain';
}

function judgeGap(
  id: FairnessGap['id'],
  title: string,
  unit: string,
  gap: Measured,
  atMost: number | undefined,
): FairnessGap[] {
  // Neither asked for nor there: nothing to show.
  if (!gap && atMost === undefined) return [];
  return [
    {
      id,
      title,
      unit,
      ...(gap && {
        value: gap.value,
        interval: gap.interval,
        between: gap.between,
      }),
      ...(atMost !== undefined && { atMost }),
      standing: gap ? standingOf(gap, atMost) : 'not-measured',
    },
  ];
}

/** Where groups cannot be compared at all, there are none, and a problem. */
function compared(
  result: EvaluationResult,
  options: Parameters<typeof compareGroups>[1],
): Pick<FairnessComparison, 'groups' | 'unit' | 'confidence'> &
  Partial<FairnessComparison> & { problem?: string } {
  try {
    return compareGroups(result, options);
  } catch (error) {
    if (!(error instanceof ComparisonError)) throw error;
    return { groups: [], unit: '1', confidence: 0.95, problem: error.message };
  }
}

/** An attribute with the reason where it could not be measured. */
export type JudgedAttribute = FairnessAttribute & { problem?: string };

/** One attribute of a result: groups, gaps and what is asked of them. */
export function judgeAttribute(
  attribute: string,
  { spec: { fairness } }: KnownPack,
  result: EvaluationResult,
  params: FairnessParams,
): JudgedAttribute {
  const metric = fairness?.metric ?? '';
  const found = compared(result, {
    attribute,
    metric,
    ...(fairness?.positiveLabel !== undefined && {
      positiveLabel: fairness.positiveLabel,
    }),
    minimumCases: Math.max(
      fairness?.minimumCases ?? DEFAULT_MINIMUM_CASES,
      params.minimumCases ?? 0,
    ),
  });
  const title = result.measures[metric]?.title ?? metric;
  return {
    attribute,
    metric,
    title,
    unit: found.unit,
    confidence: found.confidence,
    groups: found.groups,
    ...(found.problem !== undefined && { problem: found.problem }),
    gaps: [
      ...judgeGap(
        'gap',
        `Largest gap of ${title}`,
        found.unit,
        found.gap,
        params.maxGap,
      ),
      ...judgeGap(
        'demographic-parity',
        'Demographic parity',
        'ratio',
        found.demographicParity,
        params.maxDemographicParity,
      ),
      ...judgeGap(
        'equalised-odds',
        'Equalised odds',
        'ratio',
        found.equalisedOdds,
        params.maxEqualisedOdds,
      ),
    ],
  };
}

const range = ({ interval, unit }: FairnessGap) =>
  interval
    ? ` (between ${amount(interval[0], unit)} and ${amount(interval[1], unit)})`
    : '';

/** What the gaps of an attribute mean; nothing where all are met. */
export function fairnessFindings(
  { asked, name }: KnownPack,
  { attribute, gaps, groups, problem }: JudgedAttribute,
  withConfidence: boolean,
): WeighedFinding[] {
  return gaps.flatMap((gap): WeighedFinding[] => {
    const { id, title, unit, value = 0, atMost = 0, between } = gap;
    const where = between ? `, between ${between[0]} and ${between[1]}` : '';
    const what = `${asked.title}, ${attribute}: ${title}`;
    switch (gap.standing) {
      case 'missed':
        return [
          weighed('fail', {
            id: `missed-${name}-${attribute}-${id}`,
            message: `${what} is ${amount(value, unit)}${range(
              gap,
            )}${where}, and at most ${amount(atMost, unit)} is asked for.`,
            howToFix:
              'Find out why these groups are treated differently, in the data, the prompt or the model; run the pack again and submit the result.',
          }),
        ];
      case 'uncertain':
        return [
          weighed(withConfidence ? 'fail' : 'warn', {
            id: `uncertain-${name}-${attribute}-${id}`,
            message: `${what} is ${amount(
              value,
              unit,
            )}${where}, and its interval${range(
              gap,
            )} does not say whether it is at most ${amount(atMost, unit)}.`,
            howToFix:
              'A pack with more cases of each group makes the interval narrower; ask its owner for a version with more of them.',
          }),
        ];
      case 'not-measured': {
        const small = groups.filter(({ isTooSmall }) => isTooSmall);
        return [
          weighed('needs-evidence', {
            id: `not-measured-${name}-${attribute}-${id}`,
            message: problem
              ? `${what} was not measured. ${problem}`
              : `${what} was not measured${
                  small.length > 0
                    ? `: ${small
                        .map(
                          ({ group, samples }) =>
                            `${group} has ${samples} cases`,
                        )
                        .join(', ')}, which is too few`
                    : ''
                }.`,
            howToFix:
              id === 'gap'
                ? `Run \`${asked.command}\`, with all cases; or ask the pack's owner for more cases of each group.`
                : 'It needs a pack of a classification that names its positive label; ask the owner of the policy for one.',
          }),
        ];
      }
      default:
        return [];
    }
  });
}
