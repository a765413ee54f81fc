import {
  aFlag,
  aText,
  isObject,
  oneOfTexts,
  paramsProblem,
  someTexts,
  textOf,
  type ParamCheck,
  type Params,
} from '../params';
import { quoted } from '../text/answer';
import { aPattern, someFlags } from '../text/safeRegex';
import type { CaseScore, Scorer, ScorerAggregate } from '../types';
import {
  averaged,
  cellsOf,
  labelMeasure,
  labelTable,
  matthews,
  type Averaging,
  type LabelCells,
  type LabelMeasure,
  type LabelPair,
} from './confusion';
import { labelsOf, readLabel } from './readLabel';

const someAliases: ParamCheck = value =>
  isObject(value) &&
  Object.values(value).every(
    it => aText(it) === undefined || someTexts(it) === undefined,
  )
    ? undefined
    : 'must be an object of labels with the words that mean them';

const expectedLabel = (value: unknown): string | undefined =>
  typeof value === 'string' ||
  typeof value === 'number' ||
  typeof value === 'boolean'
    ? String(value)
    : undefined;

const pairOf = ({ parts }: CaseScore): LabelPair | undefined =>
  parts?.expected === undefined
    ? undefined
    : {
        expected: String(parts.expected),
        ...(parts.predicted !== undefined && {
          predicted: String(parts.predicted),
        }),
      };

/** A number of cells with so many cases. */
type OfCells = (
  cells: LabelCells['cells'],
  params: Params,
) => (counts: ArrayLike<number>) => number | undefined;

/** Of scores, and of counts of them. */
const ofCells = (of: OfCells): Pick<ScorerAggregate, 'of' | 'counted'> => ({
  of(scores, params) {
    const { cells, counts } = cellsOf(scores.map(pairOf));
    return of(cells, params)(counts);
  },
  counted(scores, params) {
    const { kinds, cells } = cellsOf(scores.map(pairOf));
    return { kinds, size: cells.length, of: of(cells, params) };
  },
});

const MEASURES: Array<[LabelMeasure, string]> = [
  ['precision', 'Precision'],
  ['recall', 'Recall'],
  ['f1', 'F1'],
];

const RATIO = { unit: 'ratio', direction: 'higher' } as const;

const averages = (averaging: Averaging): ScorerAggregate[] =>
  MEASURES.map(([measure, title]) => ({
    suffix: averaging === 'macro' ? measure : `${measure}_${averaging}`,
    title: `${title}, ${averaging} average`,
    ...RATIO,
    ...ofCells((cells, params) => {
      const table = labelTable(cells, labelsOf(params));
      return counts => averaged(table(counts), measure, averaging);
    }),
  }));

const ofPositiveLabel =
  (measure: LabelMeasure): OfCells =>
  (cells, params) => {
    const label = textOf(params, 'positiveLabel');
    if (label === undefined) return () => undefined;
    const table = labelTable(cells, [label]);
    return all => {
      const [counts] = table(all);
      return counts.support + counts.said > 0
        ? labelMeasure(counts, measure)
        : undefined;
    };
  };

const withoutLabel: OfCells = cells => counts => {
  let known = 0;
  let without = 0;
  cells.forEach((it, cell) => {
    if (!it) return;
    known += counts[cell];
    if (it.predicted === undefined) without += counts[cell];
  });
  return known > 0 ? without / known : undefined;
};

/** One label of a few. */
export const classification: Scorer = {
  type: 'classification',
  title: 'Accuracy',
  about:
    "The label in the answer is the expected one. An answer without a known label, or with several, is wrong. Precision, recall and F1 are scikit-learn's (zero_division=0); Matthews' correlation is Gorodkin's (2004).",
  ...RATIO,
  problem: paramsProblem(
    'classification',
    {
      labels: someTexts,
      aliases: someAliases,
      positiveLabel: aText,
      path: aText,
      pattern: aPattern,
      flags: someFlags,
      ignoreCase: aFlag,
      take: oneOfTexts('only', 'first', 'last'),
    },
    params => {
      const labels = labelsOf(params);
      if (labels.length === 0) return 'params.labels is missing';
      if (new Set(labels).size < labels.length) {
        return 'params.labels has a label twice';
      }
      const positive = textOf(params, 'positiveLabel');
      if (positive !== undefined && !labels.includes(positive)) {
        return `params.positiveLabel '${positive}' is none of params.labels`;
      }
      const alien = Object.keys(
        isObject(params.aliases) ? params.aliases : {},
      ).find(label => !labels.includes(label));
      return alien === undefined
        ? undefined
        : `params.aliases.${alien} is none of params.labels`;
    },
  ),
  caseProblem({ expected }, params) {
    const label = expectedLabel(expected);
    if (label === undefined) return 'expected must be a label';
    return labelsOf(params).includes(label)
      ? undefined
      : `expected '${label}' is none of params.labels`;
  },
  score({ case: asked, answers, params }) {
    const expected = expectedLabel(asked.expected) ?? '';
    const predicted = readLabel(answers[0], labelsOf(params), params);
    const parts = { expected, ...(predicted !== undefined && { predicted }) };
    return predicted === expected
      ? { value: 1, parts }
      : {
          value: 0,
          parts,
          failure:
            predicted === undefined
              ? `Expected the label “${expected}”, and the answer gives none of the labels: ${quoted(
                  answers[0]?.text ?? '',
                )}.`
              : `Expected the label “${expected}”, got “${predicted}”.`,
        };
  },
  aggregates: [
    ...averages('macro'),
    ...averages('micro'),
    ...averages('weighted'),
    {
      suffix: 'mcc',
      title: "Matthews' correlation",
      unit: '1',
      direction: 'higher',
      ...ofCells(matthews),
    },
    ...MEASURES.map(
      ([measure, title]): ScorerAggregate => ({
        suffix: `positive_${measure}`,
        title: `${title} of the positive label`,
        ...RATIO,
        ...ofCells(ofPositiveLabel(measure)),
        isAbout: ({ parts }, { positiveLabel }) =>
          (measure !== 'precision' && parts?.expected === positiveLabel) ||
          (measure !== 'recall' && parts?.predicted === positiveLabel),
      }),
    ),
    {
      suffix: 'no_label',
      title: 'Answers without a label',
      unit: 'ratio',
      direction: 'lower',
      ...ofCells(withoutLabel),
    },
  ],
};
