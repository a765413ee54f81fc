import { aFlag, flagOf, paramsProblem, textOf } from '../params';
import { EXTRACT, answerText, quoted, referencesOf } from '../text/answer';
import { aPattern, safeRegex, someFlags } from '../text/safeRegex';
import type { Scorer } from '../types';

/** The answer matches a pattern. */
export const regex: Scorer = {
  type: 'regex',
  title: 'Pattern',
  about:
    'A pattern of RE2 is found in the answer, or the whole answer is one. The pattern is a parameter, or what the case expects. Time is bounded whatever the pattern is.',
  unit: 'ratio',
  direction: 'higher',
  problem: paramsProblem('regex', {
    ...EXTRACT,
    pattern: aPattern,
    flags: someFlags,
    whole: aFlag,
    not: aFlag,
  }),
  caseProblem(it, params) {
    if (params.pattern !== undefined) return undefined;
    const patterns = referencesOf(it);
    if (patterns.length === 0) {
      return 'expected must be a pattern, where params.pattern is none';
    }
    const problem = patterns.map(aPattern).find(found => found !== undefined);
    return problem && `expected ${problem}`;
  },
  score(input) {
    const { params } = input;
    const given = textOf(params, 'pattern');
    const patterns = given === undefined ? referencesOf(input.case) : [given];
    const isWhole = flagOf(params, 'whole', false);
    const text = answerText(input);
    const found = patterns.some(it =>
      safeRegex(
        isWhole ? `^(?:${it})$` : it,
        textOf(params, 'flags') ?? '',
      ).test(isWhole ? text.trim() : text),
    );
    const isWrongWayRound = flagOf(params, 'not', false);
    if (found !== isWrongWayRound) return { value: 1 };
    return {
      value: 0,
      failure: `${patterns.map(it => quoted(it, 60)).join(', ')} ${
        isWrongWayRound ? 'must not match' : 'does not match'
      } ${quoted(text)}.`,
    };
  },
};
