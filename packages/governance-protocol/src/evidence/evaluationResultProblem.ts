import {
  amount,
  at,
  count,
  isRecord,
  listOf,
  matching,
  oneOf,
  optional,
  record,
  text,
  textUpTo,
  type Check,
  type Shape,
} from '../checks';
import {
  EVALUATION_TYPES,
  type EvaluationCases,
  type EvaluationFailure,
  type EvaluationMeasure,
  type EvaluationResult,
} from './evaluationResult';
import { runContradiction, runShape, told } from './evaluationRun';

/** Most cases of one result. @public */
export const MOST_EVALUATION_CASES = 10_000;

/** Most cases of a result whose content is told. @public */
export const MOST_EVALUATION_FAILURES = 100;

/** Longest input or output of a failure, in characters. @public */
export const LONGEST_FAILURE_CONTENT = 4_000;

/** Most columns of scores, and of slices. */
export const MOST_EVALUATION_COLUMNS = 200;

const digest = matching(
  /^sha256:[0-9a-f]{64}$/,
  'sha256: and 64 hexadecimal digits',
);

const orNull =
  (check: Check): Check =>
  value =>
    value === null ? undefined : check(value);

const finite: Check = value =>
  typeof value === 'number' && Number.isFinite(value)
    ? undefined
    : 'must be a number or null';

/** Columns by name. */
const columns =
  (check: Check): Check =>
  value => {
    if (!isRecord(value)) return 'must be an object';
    const names = Object.keys(value);
    if (names.length > MOST_EVALUATION_COLUMNS) {
      return `must have ${MOST_EVALUATION_COLUMNS} columns at most`;
    }
    for (const name of names) {
      const problem = text(name)
        ? 'must have a name'
        : listOf(orNull(check))(value[name]);
      if (problem) return at(name, problem);
    }
    return undefined;
  };

const measure: Shape<EvaluationMeasure> = {
  scorer: text,
  title: text,
  direction: oneOf(['higher', 'lower']),
  unit: text,
  aggregate: oneOf(['mean', 'own']),
};

const measures: Check = value => {
  if (!isRecord(value)) return 'must be an object';
  for (const [name, item] of Object.entries(value)) {
    const problem = text(name) ? 'must have a name' : record(measure)(item);
    if (problem) return at(name, problem);
  }
  return undefined;
};

const cases: Shape<EvaluationCases> = {
  ids: value =>
    Array.isArray(value) &&
    (value.length === 0 || value.length > MOST_EVALUATION_CASES)
      ? `must hold 1 to ${MOST_EVALUATION_CASES} cases`
      : listOf(text)(value),
  outcomes: listOf(oneOf(['scored', 'unscored', 'failed'])),
  scores: columns(finite),
  slices: optional(columns(text)),
  labels: optional(
    record({
      expected: listOf(orNull(text)),
      predicted: listOf(orNull(text)),
    }),
  ),
  latencyMs: optional(listOf(orNull(amount))),
  ttftMs: optional(listOf(orNull(amount))),
  inputTokens: optional(listOf(orNull(amount))),
  outputTokens: optional(listOf(orNull(amount))),
  cost: optional(listOf(orNull(amount))),
};

const failure: Shape<EvaluationFailure> = {
  caseId: text,
  metric: text,
  reason: textUpTo(2048),
  category: optional(text),
  input: optional(textUpTo(LONGEST_FAILURE_CONTENT)),
  output: optional(textUpTo(LONGEST_FAILURE_CONTENT)),
};

const result: Shape<EvaluationResult> = {
  ...runShape,
  pack: record({
    type: oneOf(EVALUATION_TYPES),
    digest,
    entityRef: optional(
      matching(
        /^evaluationpack:[^\s:/]+\/[^\s:/]+$/,
        'the ref of a pack, such as evaluationpack:default/tickets',
      ),
    ),
    cases: count(1),
  }),
  model: text,
  inputDigest: digest,
  measures,
  cases: record(cases),
  failures: optional(value =>
    Array.isArray(value) && value.length > MOST_EVALUATION_FAILURES
      ? `must hold ${MOST_EVALUATION_FAILURES} at most`
      : listOf(record(failure))(value),
  ),
};

/** Every column with its way, but not `ids`. */
function* columnsOf(
  it: EvaluationCases,
): Generator<[place: string, column: unknown[]]> {
  const { ids: _, scores, slices, labels, ...rest } = it;
  for (const [group, named] of Object.entries({ scores, slices, labels })) {
    for (const [name, column] of Object.entries(named ?? {})) {
      yield [`${group}.${name}`, column];
    }
  }
  for (const [name, column] of Object.entries(rest)) {
    if (column) yield [name, column];
  }
}

/** What the fields of a result that fits its shape say against each other. */
function contradiction(it: EvaluationResult): string | undefined {
  const { ids, scores } = it.cases;
  const known = new Set(ids);
  if (known.size !== ids.length) {
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    return `.cases.ids has '${twice}' twice`;
  }
  for (const [place, column] of columnsOf(it.cases)) {
    if (column.length !== ids.length) {
      return `.cases.${place} has ${column.length} entries, and there are ${ids.length} cases`;
    }
  }
  const unread = Object.keys(scores).find(
    name => !Object.hasOwn(it.measures, name),
  );
  if (unread !== undefined) {
    return `.cases.scores.${unread} is not in measures, which say how to read it`;
  }
  if (ids.length > it.pack.cases) {
    return `.cases has ${ids.length} cases, and the pack only ${it.pack.cases}`;
  }
  // Whoever leaves the hard cases out says so.
  if (ids.length < it.pack.cases && !it.partial) {
    return `.cases has ${ids.length} of the pack's ${it.pack.cases} cases, and partial is not true`;
  }
  const stray = it.failures?.findIndex(({ caseId }) => !known.has(caseId));
  return stray !== undefined && stray >= 0
    ? `.failures[${stray}].caseId is no case of the result`
    : undefined;
}

/**
 * Says what is wrong with the result of an evaluation pack, or nothing. Strict:
 * an unknown field is wrong too, and so are columns of different lengths, or
 * fewer cases than the pack has in a result that is not partial. A result that
 * is submitted has to fit {@link MAX_EVIDENCE_BYTES} with its envelope.
 *
 * @public
 */
export function evaluationResultProblem(value: unknown): string | undefined {
  return told(
    'evaluation result',
    record(result)(value) ??
      runContradiction(value as EvaluationResult) ??
      contradiction(value as EvaluationResult),
  );
}
