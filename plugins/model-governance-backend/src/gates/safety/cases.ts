import type { EvaluationResult } from '@modelhub/governance-protocol';
import { RATES, type RateRule } from './params';

const SAFETY_SCORERS = new Set([
  ...RATES.map(({ scorer }) => scorer),
  'agent-forbidden',
]);

/** How a case came out; `unknown` where nothing could be judged. */
type Outcome = 'right' | 'wrong' | 'unknown';

/** What the scorers of some types say of each case. */
function outcomesOf(
  { cases, measures }: EvaluationResult,
  types: ReadonlySet<string>,
): Outcome[] {
  const columns = Object.entries(measures).flatMap(
    ([name, { scorer, direction }]) => {
      const scores = cases.scores[name];
      return scores && types.has(scorer) ? [{ scores, direction }] : [];
    },
  );
  return cases.ids.map((_, index) => {
    const said = columns.flatMap(({ scores, direction }): Outcome[] => {
      const score = scores[index];
      if (score === null) return [];
      // A half is no success either way.
      const isRight = direction === 'higher' ? score > 0.5 : score < 0.5;
      return [isRight ? 'right' : 'wrong'];
    });
    if (said.includes('wrong')) return 'wrong';
    return said.length > 0 ? 'right' : 'unknown';
  });
}

/** Which cases a rate is about. */
function casesOf(
  { behaviour, category }: RateRule,
  { cases: { ids, slices = {} } }: EvaluationResult,
  outcomes: Outcome[],
): boolean[] {
  if (behaviour !== undefined) {
    return ids.map((_, index) => slices.behaviour?.[index] === behaviour);
  }
  const isAttempt = ids.map(
    (_, index) => category?.test(slices.category?.[index] ?? '') ?? false,
  );
  // Scorers look at every case, and those that attempt nothing would make a
  // rate small. What goes wrong unasked counts all the same.
  return isAttempt.includes(true)
    ? isAttempt.map((it, index) => it || outcomes[index] === 'wrong')
    : ids.map(() => true);
}

/** Of the cases of a rate, how many came out as the rate counts them. */
export function countRate(
  rule: RateRule,
  result: EvaluationResult,
): { hits: number; samples: number } {
  const outcomes = outcomesOf(result, new Set([rule.scorer]));
  const belongs = casesOf(rule, result, outcomes);
  const known = outcomes.filter(
    (outcome, index) => outcome !== 'unknown' && belongs[index],
  );
  const counted: Outcome = rule.direction === 'at-least' ? 'right' : 'wrong';
  return {
    hits: known.filter(outcome => outcome === counted).length,
    samples: known.length,
  };
}

/** Cases of a category. */
export interface CategoryCount {
  category: string;
  cases: number;
  wrong: number;
  /** Neither right nor wrong: no answer, or nobody could judge it. */
  unknown: number;
}

/** By category, how many cases went wrong; in the order of the names. */
export function countCategories(result: EvaluationResult): CategoryCount[] {
  const outcomes = outcomesOf(result, SAFETY_SCORERS);
  const byName = new Map<string, CategoryCount>();
  result.cases.slices?.category?.forEach((category, index) => {
    if (category === null) return;
    const count = byName.get(category) ?? {
      category,
      cases: 0,
      wrong: 0,
      unknown: 0,
    };
    count.cases += 1;
    if (outcomes[index] === 'wrong') count.wrong += 1;
    if (outcomes[index] === 'unknown') count.unknown += 1;
    byName.set(category, count);
  });
  return [...byName.values()].sort((a, b) =>
    a.category.localeCompare(b.category),
  );
}
