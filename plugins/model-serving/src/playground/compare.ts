import type { Turn } from './session';
import type { Figures } from './types';

/** What one answer did better than all others of its turn. */
export type Mark = 'fastest' | 'firstWord' | 'cheapest';

/** In words, for colours alone say nothing to many. */
export const markTexts: Record<Mark, string> = {
  fastest: 'Fastest',
  firstWord: 'First to begin',
  cheapest: 'Cheapest',
};

/** The target with the one smallest value, where all targets have a value. */
function leastOf(values: Array<[string, number | undefined]>) {
  const known = values.filter(
    (entry): entry is [string, number] => entry[1] !== undefined,
  );
  if (known.length < 2 || known.length < values.length) return undefined;
  const least = Math.min(...known.map(([, value]) => value));
  const best = known.filter(([, value]) => value === least);
  return best.length === 1 ? best[0][0] : undefined;
}

/**
 * Who of a turn was fastest, first to begin and cheapest. Only whole answers
 * are compared, at least two, and costs only in one currency; a draw has no
 * winner.
 */
export function marksOf(turn: Turn): Record<string, Mark[]> {
  const whole = turn.targets.flatMap(target => {
    const answer = turn.answers[target];
    return answer?.state === 'done' && answer.figures
      ? [[target, answer.figures] as [string, Figures]]
      : [];
  });
  const by = (value: (figures: Figures) => number | undefined) =>
    leastOf(whole.map(([target, figures]) => [target, value(figures)]));
  const currencies = new Set(whole.map(([, { cost }]) => cost?.currency));
  const winners: Array<[Mark, string | undefined]> = [
    ['fastest', by(({ latencyMs }) => latencyMs)],
    ['firstWord', by(({ ttftMs }) => ttftMs)],
    [
      'cheapest',
      currencies.size === 1 ? by(({ cost }) => cost?.amount) : undefined,
    ],
  ];
  const marks: Record<string, Mark[]> = {};
  for (const [mark, target] of winners) {
    if (target !== undefined) (marks[target] ??= []).push(mark);
  }
  return marks;
}
