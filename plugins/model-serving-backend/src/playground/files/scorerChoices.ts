import type {
  PlaygroundScorer,
  PlaygroundScorerChoice,
} from '@modelhub/backstage-plugin-models-common';
import { scorerOf, type Json, type PackScorer } from '@modelhub/evals';

/** Which scorers people choose from for their own rows. */
const OFFERED: Array<{ type: string; needsExpected: boolean }> = [
  { type: 'exact-match', needsExpected: true },
  { type: 'normalised-match', needsExpected: true },
  { type: 'contains', needsExpected: true },
  { type: 'token-f1', needsExpected: true },
  { type: 'rouge-l', needsExpected: true },
  { type: 'numeric', needsExpected: true },
  { type: 'regex', needsExpected: false },
  { type: 'json-schema', needsExpected: false },
];

const BY_DEFAULT = ['exact-match', 'normalised-match', 'contains', 'token-f1'];

/** For people, with what they do. */
export const SCORER_CHOICES: readonly PlaygroundScorer[] = OFFERED.flatMap(
  ({ type, needsExpected }) => {
    const scorer = scorerOf(type);
    return scorer
      ? [
          {
            type,
            title: scorer.title,
            about: scorer.about,
            needsExpected,
            byDefault: BY_DEFAULT.includes(type),
          },
        ]
      : [];
  },
);

const isNumber = (value: Json) =>
  typeof value === 'number' ||
  (typeof value === 'string' &&
    value.trim() !== '' &&
    Number.isFinite(Number(value)));

/** Types that fit what rows expect: of numbers only their value counts. */
export function fittingScorers(expected: Array<Json | undefined>): string[] {
  const there = expected.filter(it => it !== undefined);
  if (there.length === 0 || there.length < expected.length) return [];
  return there.every(isNumber) ? ['numeric', 'exact-match'] : BY_DEFAULT;
}

/**
 * Scorers as a pack has them: each metric is called as its scorer, with a number
 * behind where one comes twice.
 */
export function packScorers(chosen: PlaygroundScorerChoice[]): PackScorer[] {
  const seen = new Map<string, number>();
  return chosen.map(({ type, params }) => {
    const times = (seen.get(type) ?? 0) + 1;
    seen.set(type, times);
    return {
      name: times === 1 ? type : `${type}-${times}`,
      type,
      ...(params && { params: params as Record<string, Json> }),
    };
  });
}
