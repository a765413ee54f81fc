import type {
  CaseOutcome,
  EvaluationCases,
  EvaluationFailure,
} from '@modelhub/governance-protocol';
import { slicesOf } from '../pack/slices';
import type { EvaluationCase, PackScorer } from '../pack/types';
import type { CaseAnswer, CaseScore } from '../scorers/types';
import type { TokenPrices } from './types';

/** What is kept of a case once it is scored: no contents. */
export interface CaseRow {
  outcome: CaseOutcome;
  scores: Record<string, CaseScore>;
  latencyMs?: number;
  ttftMs?: number;
  inputTokens?: number;
  outputTokens?: number;
  cost?: number;
}

const mean = (values: number[]) =>
  values.length > 0
    ? values.reduce((all, it) => all + it, 0) / values.length
    : undefined;

/** All samples together; nothing where one was not counted. */
const total = (values: Array<number | undefined>) =>
  values.reduce<number | undefined>(
    (all, it) => (all === undefined || it === undefined ? undefined : all + it),
    0,
  );

/** What a case's answers and scores come to. */
export function rowOf(
  answers: CaseAnswer[],
  scores: Record<string, CaseScore>,
  scorers: PackScorer[],
  prices: TokenPrices | undefined,
): CaseRow {
  const inputTokens = total(answers.map(it => it.inputTokens));
  const outputTokens = total(answers.map(it => it.outputTokens));
  const isScored = scorers.every(
    ({ name }) => scores[name]?.value !== undefined,
  );
  return {
    outcome: isScored ? 'scored' : 'unscored',
    scores,
    latencyMs: mean(answers.map(it => it.latencyMs)),
    ttftMs: mean(answers.flatMap(it => it.ttftMs ?? [])),
    inputTokens,
    outputTokens,
    ...(prices &&
      inputTokens !== undefined &&
      outputTokens !== undefined && {
        cost:
          (inputTokens * prices.inputPerMTok +
            outputTokens * prices.outputPerMTok) /
          1e6,
      }),
  };
}

const shortened = (value: number, digits = 6) =>
  Number(value.toPrecision(digits));

/** A label as it is in `parts`, on one line. */
const label = (value: number | string | undefined) =>
  shortText(String(value ?? '').replace(/\p{Cc}/gu, ' '), 256) || null;

/** The rows as columns; only columns that say something. */
export function columnsOf(
  cases: EvaluationCase[],
  rows: CaseRow[],
  scorers: PackScorer[],
): EvaluationCases {
  const column = (
    name: 'latencyMs' | 'ttftMs' | 'inputTokens' | 'outputTokens' | 'cost',
    round: (value: number) => number,
  ) => {
    const values = rows.map(row => {
      const value = row[name];
      return value === undefined ? null : round(value);
    });
    return values.some(it => it !== null) ? { [name]: values } : {};
  };
  const attributes = [
    ...new Set(cases.flatMap(it => Object.keys(slicesOf(it)))),
  ];
  // Also where no answer gave a label, which says a lot.
  const labelled = scorers.find(
    ({ name, type }) =>
      type === 'classification' ||
      rows.some(row => row.scores[name]?.parts?.predicted !== undefined),
  );
  const tenth = (value: number) => Math.round(value * 10) / 10;
  return {
    ids: cases.map(({ id }) => id),
    outcomes: rows.map(({ outcome }) => outcome),
    scores: Object.fromEntries(
      scorers.map(({ name }) => [
        name,
        rows.map(row => {
          const value = row.scores[name]?.value;
          return value === undefined ? null : shortened(value);
        }),
      ]),
    ),
    ...(attributes.length > 0 && {
      slices: Object.fromEntries(
        attributes.map(name => [
          name,
          cases.map(it => slicesOf(it)[name] ?? null),
        ]),
      ),
    }),
    ...(labelled && {
      labels: {
        expected: rows.map(row =>
          label(row.scores[labelled.name]?.parts?.expected),
        ),
        predicted: rows.map(row =>
          label(row.scores[labelled.name]?.parts?.predicted),
        ),
      },
    }),
    ...column('latencyMs', tenth),
    ...column('ttftMs', tenth),
    ...column('inputTokens', Math.round),
    ...column('outputTokens', Math.round),
    ...column('cost', shortened),
  };
}

export const MOST_FAILURES = 100;
export const LONGEST_CONTENT = 4_000;

/** Keeps the first failures in the order of the pack, whenever they come. */
export class FailureList {
  readonly #isContentLeftOut: boolean;
  #kept: Array<{ place: number; failure: EvaluationFailure }> = [];

  constructor(isContentLeftOut: boolean) {
    this.#isContentLeftOut = isContentLeftOut;
  }

  add(place: number, failure: EvaluationFailure): void {
    const { input, output, ...rest } = failure;
    this.#kept.push({
      place,
      failure: this.#isContentLeftOut
        ? {
            ...rest,
            // Reasons of scorers quote answers.
            reason: `It went wrong by ${rest.metric}; the content was left out`,
          }
        : {
            ...rest,
            reason: shortText(rest.reason, 1_000) || 'It went wrong',
            ...(input && { input: shortText(input, LONGEST_CONTENT) }),
            ...(output && { output: shortText(output, LONGEST_CONTENT) }),
          },
    });
    if (this.#kept.length > MOST_FAILURES * 2) this.#trim();
  }

  get list(): EvaluationFailure[] {
    this.#trim();
    return this.#kept.map(({ failure }) => failure);
  }

  #trim(): void {
    this.#kept.sort((a, b) => a.place - b.place);
    this.#kept = this.#kept.slice(0, MOST_FAILURES);
  }
}

/** Halves of characters have no canonical form, and are marked. */
const wellFormed = (text: string) => text.replace(/\p{Surrogate}/gu, '\ufffd');

/** Shortened to so many characters. */
export function shortText(text: string, most: number): string {
  return wellFormed(text.length <= most ? text : `${text.slice(0, most - 1)}…`);
}
