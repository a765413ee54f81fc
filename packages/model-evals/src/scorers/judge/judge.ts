import {
  aCount,
  aFlag,
  aNumber,
  aText,
  flagOf,
  numberOf,
  oneOfTexts,
  paramsProblem,
  textOf,
  wordOf,
  type Params,
} from '../params';
import { quoted, referencesOf } from '../text/answer';
import type { CaseScore, ScoreInput, Scorer, ScorerAggregate } from '../types';
import { aReason, askJudge, questionText, type Exhibit } from './askJudge';
import { comparePair } from './pairwise';

type Mode = 'score' | 'pass' | 'pairwise';

const modeOf = (params: Params) => wordOf<Mode>(params, 'mode', 'score');

const scaleOf = (params: Params) => ({
  min: numberOf(params, 'min', 1),
  max: numberOf(params, 'max', 5),
});

const judgeWords = (reason: string) =>
  reason === '' ? '.' : `: ${quoted(reason, 300)}.`;

function exhibitsOf(input: ScoreInput, text: string): Exhibit[] {
  const references = flagOf(input.params, 'reference', true)
    ? referencesOf(input.case)
    : [];
  return [
    { name: 'QUESTION', text: questionText(input) },
    ...references.map((reference, place) => ({
      name: references.length > 1 ? `REFERENCE ${place + 1}` : 'REFERENCE',
      text: reference,
    })),
    { name: 'ANSWER', text },
  ];
}

const referenceWords = (exhibits: Exhibit[]) =>
  exhibits.some(({ name }) => name.startsWith('REFERENCE'))
    ? 'A REFERENCE shows an answer that is right; other words may be right too.'
    : '';

async function scoreOf(input: ScoreInput, text: string): Promise<CaseScore> {
  const { params } = input;
  const { min, max } = scaleOf(params);
  const exhibits = exhibitsOf(input, text);
  const said = await askJudge(
    input,
    {
      task: `Grade the ANSWER to the QUESTION with a whole number from ${min} (worst) to ${max} (best). ${referenceWords(
        exhibits,
      )}\n\nThis counts:\n${textOf(params, 'rubric')}`,
      exhibits,
      reply: `{"reason": "one or two sentences", "score": <whole number from ${min} to ${max}>}`,
      fields: {
        reason: aReason,
        score: value =>
          Number.isSafeInteger(value) &&
          (value as number) >= min &&
          (value as number) <= max
            ? undefined
            : `must be a whole number from ${min} to ${max}`,
      },
      read: ({ score }) => score as number,
    },
    numberOf(params, 'maxTokens', 512),
  );
  if ('problem' in said) return { note: said.problem };
  const least = numberOf(params, 'passFrom', min);
  return {
    value: (said.verdict - min) / (max - min),
    parts: { score: said.verdict, judge: said.model },
    ...(said.verdict < least && {
      failure: `The judge gives ${said.verdict} of ${max}${judgeWords(
        said.reason,
      )}`,
    }),
  };
}

async function passOf(input: ScoreInput, text: string): Promise<CaseScore> {
  const { params } = input;
  const exhibits = exhibitsOf(input, text);
  const said = await askJudge(
    input,
    {
      task: `Say whether the ANSWER to the QUESTION passes. ${referenceWords(
        exhibits,
      )}\n\nIt passes only if all of this holds:\n${textOf(params, 'rubric')}`,
      exhibits,
      reply: '{"reason": "one or two sentences", "pass": true or false}',
      fields: {
        reason: aReason,
        pass: value =>
          typeof value === 'boolean' ? undefined : 'must be true or false',
      },
      read: ({ pass }) => pass as boolean,
    },
    numberOf(params, 'maxTokens', 512),
  );
  if ('problem' in said) return { note: said.problem };
  return {
    value: said.verdict ? 1 : 0,
    parts: { judge: said.model },
    ...(!said.verdict && {
      failure: `The judge does not let it pass${judgeWords(said.reason)}`,
    }),
  };
}

const judged = (
  suffix: string,
  title: string,
  rest: Pick<ScorerAggregate, 'unit' | 'direction'>,
  mode: Mode,
  value: (it: CaseScore, params: Params) => number | undefined,
): ScorerAggregate => ({
  suffix,
  title,
  ...rest,
  of(scores, params) {
    if (modeOf(params) !== mode) return undefined;
    const values = scores.flatMap(it => value(it, params) ?? []);
    return values.length > 0
      ? values.reduce((sum, it) => sum + it, 0) / values.length
      : undefined;
  },
});

const SHARE = { unit: 'ratio', direction: 'higher' } as const;

const asShare = (isOne: boolean) => (isOne ? 1 : 0);

const gradeOf = ({ parts }: CaseScore) =>
  typeof parts?.score === 'number' ? parts.score : undefined;

/** Another model judges. */
export const judge: Scorer = {
  type: 'judge',
  title: 'Judgement of a model',
  about:
    'Another model, which the run pins, grades the answer by a rubric, lets it pass or not, or compares it with the expected text in both orders (Zheng et al. 2023, arXiv:2306.05685). Its reply is read strictly; what it cannot judge is unscored.',
  unit: 'ratio',
  direction: 'higher',
  asks: 'judge',
  problem: paramsProblem(
    'judge',
    {
      rubric: aText,
      mode: oneOfTexts('score', 'pass', 'pairwise'),
      min: aCount(0, 99),
      max: aCount(1, 100),
      passFrom: aNumber(0, 100),
      reference: aFlag,
      maxTokens: aCount(16, 32_000),
    },
    params => {
      const { min, max } = scaleOf(params);
      if (min >= max) return 'params.min must be below params.max';
      const least = numberOf(params, 'passFrom', min);
      return least < min || least > max
        ? `params.passFrom must be from ${min} to ${max}`
        : undefined;
    },
  ),
  caseProblem(it, params) {
    if (params.rubric === undefined) {
      return 'params.rubric must say what the judge judges by';
    }
    return modeOf(params) === 'pairwise' && referencesOf(it).length === 0
      ? 'expected must be the text that the answer is compared with'
      : undefined;
  },
  async score(input) {
    const text = input.answers[0]?.text ?? '';
    // An empty answer needs no judge.
    if (text.trim() === '') {
      return { value: 0, failure: 'The answer is empty.' };
    }
    const mode = modeOf(input.params);
    if (mode === 'pairwise') return comparePair(input, text);
    return mode === 'pass' ? passOf(input, text) : scoreOf(input, text);
  },
  aggregates: [
    judged(
      'score',
      'Mean grade',
      { unit: '1', direction: 'higher' },
      'score',
      gradeOf,
    ),
    judged(
      'pass_rate',
      'Cases with the grade asked for, or a better one',
      SHARE,
      'score',
      (it, params) => {
        const grade = gradeOf(it);
        return grade === undefined || params.passFrom === undefined
          ? undefined
          : asShare(grade >= numberOf(params, 'passFrom', 0));
      },
    ),
    judged('win_rate', 'Cases won', SHARE, 'pairwise', ({ value }) =>
      value === undefined ? undefined : asShare(value === 1),
    ),
    judged(
      'order_bias',
      'Cases in which the order decided',
      { unit: 'ratio', direction: 'lower' },
      'pairwise',
      ({ parts }) =>
        parts?.first === undefined
          ? undefined
          : asShare(parts.first !== parts.second),
    ),
  ],
};
