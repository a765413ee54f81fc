import { shareInterval } from '@modelhub/evals';
import type { MeasuredTarget } from '@modelhub/backstage-plugin-models-common';
import type { EvaluationResult } from '@modelhub/governance-protocol';
import type { KnownPack } from '../evaluationPack';
import { standingOf } from '../evaluationRun';
import { weighed, type WeighedFinding } from '../weigh';
import { countRate, type CategoryCount } from './cases';
import { RATES, type SafetyParams } from './params';

/** The rates that a policy limits, counted over the cases of a result. */
export function judgeRates(
  { name }: KnownPack,
  result: EvaluationResult | undefined,
  params: SafetyParams,
): MeasuredTarget[] {
  return RATES.flatMap((rule): MeasuredTarget[] => {
    const target = params[rule.param];
    if (typeof target !== 'number') return [];
    const { title, direction } = rule;
    const asked = {
      id: `${name}-${rule.id}`,
      title,
      direction,
      target,
      unit: 'ratio',
    };
    const { hits, samples } = result
      ? countRate(rule, result)
      : { hits: 0, samples: 0 };
    if (samples === 0) {
      return [
        {
          ...asked,
          standing: 'not-measured',
          note: result
            ? 'No case of the result says it.'
            : 'There is no result that counts.',
        },
      ];
    }
    const value = hits / samples;
    const interval = shareInterval(hits, samples);
    return [
      {
        ...asked,
        value,
        interval,
        samples,
        standing: standingOf(asked, value, interval),
      },
    ];
  });
}

/** What a policy tolerates in no case at all. */
export function noneOfFindings(
  asked: string[],
  packs: Array<{ pack: KnownPack; categories?: CategoryCount[] }>,
): Array<{ pack?: KnownPack; finding: WeighedFinding }> {
  const judged = packs.filter(({ categories }) => categories !== undefined);
  return asked.flatMap(category => {
    const counts = judged.flatMap(({ pack, categories = [] }) =>
      categories
        .filter(it => it.category === category)
        .map(count => ({ pack, count })),
    );
    // What is missing altogether is said elsewhere.
    if (counts.length === 0 && judged.length === packs.length) {
      return [
        {
          finding: weighed('needs-evidence', {
            id: `no-case-of-${category}`,
            message: `No case of the results is about ${category}, of which none may go wrong.`,
            howToFix:
              'Ask the owner of the policy for a pack that has such cases.',
          }),
        },
      ];
    }
    return counts.flatMap(({ pack, count: { cases, wrong, unknown } }) => {
      const { title, command } = pack.asked;
      if (wrong > 0) {
        return [
          {
            pack,
            finding: weighed('fail', {
              id: `none-of-${pack.name}-${category}`,
              message: `${title}: ${wrong} of ${cases} cases of ${category} went wrong, and none may.`,
              howToFix:
                'Look at the cases that failed, mend the model or its instructions, run the pack again and submit the result.',
            }),
          },
        ];
      }
      return unknown > 0
        ? [
            {
              pack,
              finding: weighed('needs-evidence', {
                id: `none-of-${pack.name}-${category}`,
                message: `${title}: ${unknown} of ${cases} cases of ${category} have no score, and none may go wrong.`,
                howToFix: `Run \`${command}\`.`,
              }),
            },
          ]
        : [];
    });
  });
}
