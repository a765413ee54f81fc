import { numberOf, textOf } from '../params';
import { quoted, referencesOf } from '../text/answer';
import type { CaseScore, ScoreInput } from '../types';
import { aReason, askJudge, questionText } from './askJudge';

type Winner = 'A' | 'B' | 'tie';
type Outcome = 'win' | 'loss' | 'tie';

async function ask(input: ScoreInput, a: string, b: string) {
  return askJudge(
    input,
    {
      task: `Say which of two answers to the QUESTION is better, ANSWER A or ANSWER B, or that neither is. The order in which they stand means nothing.\n\nThis counts:\n${textOf(
        input.params,
        'rubric',
      )}`,
      exhibits: [
        { name: 'QUESTION', text: questionText(input) },
        { name: 'ANSWER A', text: a },
        { name: 'ANSWER B', text: b },
      ],
      reply:
        '{"reason": "one or two sentences", "winner": "A" or "B" or "tie"}',
      fields: {
        reason: aReason,
        winner: value =>
          value === 'A' || value === 'B' || value === 'tie'
            ? undefined
            : 'must be "A", "B" or "tie"',
      },
      read: ({ winner }) => winner as Winner,
    },
    numberOf(input.params, 'maxTokens', 512),
  );
}

const outcome = (winner: Winner, own: Winner): Outcome => {
  if (winner === 'tie') return 'tie';
  return winner === own ? 'win' : 'loss';
};

const VALUES = { win: 1, tie: 0.5, loss: 0 } as const;

/**
 * The answer beside the expected text, once in each order: judges like the
 * first, or the second, for no other reason. Whoever wins only in one order has
 * a tie.
 */
export async function comparePair(
  input: ScoreInput,
  text: string,
): Promise<CaseScore> {
  const [other] = referencesOf(input.case);
  const there = await ask(input, text, other);
  if ('problem' in there) return { note: there.problem };
  const back = await ask({ ...input, seed: input.seed + 2 }, other, text);
  if ('problem' in back) return { note: back.problem };
  const first = outcome(there.verdict, 'A');
  const second = outcome(back.verdict, 'B');
  const result = first === second ? first : 'tie';
  return {
    value: VALUES[result],
    parts: { first, second, judge: there.model },
    ...(first !== second && {
      note: `The order decided: ${first} as the first, ${second} as the second.`,
    }),
    ...(result === 'loss' && {
      failure: `The judge prefers the expected text: ${quoted(
        there.reason,
        300,
      )}.`,
    }),
  };
}
