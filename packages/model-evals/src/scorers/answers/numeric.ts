import type { Json } from '../../pack/types';
import {
  aNumber,
  isText,
  numberOf,
  oneOfTexts,
  paramsProblem,
  textOf,
  wordOf,
  type Params,
} from '../params';
import { EXTRACT, answerText, quoted } from '../text/answer';
import { isLocale, numbersIn } from '../text/numbers';
import type { Scorer } from '../types';

/** Differences that come from writing a number in binary. */
const ROUNDING = 1e-9;

/** Numbers of a text as the parameters ask to read them. */
function readNumbers(text: string, params: Params): number[] {
  const isFraction = params.percent === 'fraction';
  return numbersIn(text, textOf(params, 'locale')).map(({ value, isPercent }) =>
    isPercent && isFraction ? value / 100 : value,
  );
}

/** The numbers that are all right. */
function expectedNumbers(expected: Json | undefined, params: Params): number[] {
  const list = Array.isArray(expected) ? expected : [expected];
  return list.flatMap(it => {
    if (typeof it === 'number') return it;
    return isText(it) ? readNumbers(it, params).slice(-1) : [];
  });
}

/** Whether a number is near enough, as NumPy's `isclose` has it, but either tolerance is enough. */
export const isNear = (got: number, wanted: number, params: Params) => {
  const off = Math.abs(got - wanted);
  return (
    off <= numberOf(params, 'absolute', 0) ||
    off <= numberOf(params, 'relative', ROUNDING) * Math.abs(wanted)
  );
};

const takes = {
  last: (all: number[]) => all.slice(-1),
  first: (all: number[]) => all.slice(0, 1),
  any: (all: number[]) => all,
  only: (all: number[]) => (new Set(all).size === 1 ? all.slice(0, 1) : []),
};

/** The answer's number is near the expected one. */
export const numeric: Scorer = {
  type: 'numeric',
  title: 'Number within tolerance',
  about:
    'The number in the answer (the last one, where nothing else is said) is at most so far from the expected one, absolutely or in proportion to it.',
  unit: 'ratio',
  direction: 'higher',
  problem: paramsProblem('numeric', {
    ...EXTRACT,
    absolute: aNumber(0),
    relative: aNumber(0),
    locale: value =>
      isText(value) && isLocale(value)
        ? undefined
        : 'must be a locale, such as en or de-CH',
    percent: oneOfTexts('keep', 'fraction'),
    take: oneOfTexts('last', 'first', 'any', 'only'),
  }),
  caseProblem: ({ expected }, params) =>
    expectedNumbers(expected, params).length > 0
      ? undefined
      : 'expected must be a number, or a list of numbers that are all right',
  score(input) {
    const { params } = input;
    const wanted = expectedNumbers(input.case.expected, params);
    const text = answerText(input);
    const take = wordOf<keyof typeof takes>(params, 'take', 'last');
    const got = takes[take](readNumbers(text, params));
    const isRight = got.some(it =>
      wanted.some(each => isNear(it, each, params)),
    );
    const [first] = got;
    const off =
      first === undefined
        ? undefined
        : Math.min(...wanted.map(it => Math.abs(first - it)));
    const parts = off === undefined || got.length > 1 ? {} : { parts: { off } };
    return isRight
      ? { value: 1, ...parts }
      : {
          value: 0,
          ...parts,
          failure: `Expected ${wanted.join(' or ')}, got ${
            first === undefined ? `no number: ${quoted(text)}` : first
          }.`,
        };
  },
  aggregates: [
    {
      suffix: 'mae',
      title: 'Mean absolute error',
      unit: '1',
      direction: 'lower',
      of(scores) {
        const offs = scores.flatMap(({ parts }) =>
          typeof parts?.off === 'number' ? parts.off : [],
        );
        return offs.length > 0
          ? offs.reduce((sum, it) => sum + it, 0) / offs.length
          : undefined;
      },
    },
  ],
};
