import type {
  EvaluationFailure,
  EvaluationMeasure,
} from '@modelhub/governance-protocol';
import { digestOfJson, type ImportedCase } from '../resultOf';
import { EvaluationImportError, type ImportOptions } from '../types';
import {
  counted,
  finiteOf,
  isRecord,
  known,
  listed,
  may,
  must,
  recordOf,
  textOf,
} from '../values';

/** promptfoo's `ResultFailureReason.ERROR`: the provider gave no answer. */
const ERROR = 2;

/** Longer values are texts, and no groups. */
const LONGEST_SLICE = 64;

/** Metadata that names what a red team tries. */
const CATEGORY = 'pluginId';

/** One verdict of one assertion on one answer. */
interface Verdict {
  name: string;
  type: string;
  pass: boolean;
}

/** Assertions of a set too; one whose grader failed has no verdict. */
function verdictsOf(
  value: unknown,
  where: string,
  unread: { count: number },
): Verdict[] {
  return may.list(value, where).flatMap((it, at) => {
    const component = isRecord(it) ? it : {};
    const inner = component.componentResults;
    const assertion = recordOf(component.assertion);
    const type = textOf(assertion.type);
    if (Array.isArray(inner) && inner.length > 0) {
      return verdictsOf(inner, `${where}[${at}].componentResults`, unread);
    }
    if (
      recordOf(component.metadata).graderError === true ||
      typeof component.pass !== 'boolean'
    ) {
      unread.count++;
      return [];
    }
    return [
      {
        name: `assert.${textOf(assertion.metric) ?? type ?? 'other'}`,
        type: type ?? 'other',
        pass: component.pass,
      },
    ];
  });
}

const asText = (value: unknown) =>
  typeof value === 'string' ? value : JSON.stringify(value) ?? '';

function slicesOf(testCase: Record<string, unknown>): Record<string, string> {
  const metadata = recordOf(testCase.metadata);
  return Object.fromEntries(
    Object.entries(metadata).flatMap(([name, value]) => {
      const isShort =
        ['string', 'number', 'boolean'].includes(typeof value) &&
        String(value).trim() !== '' &&
        String(value).length <= LONGEST_SLICE;
      return isShort && !/[\n\r]/.test(String(value))
        ? [[name === CATEGORY ? 'category' : name, String(value).trim()]]
        : [];
    }),
  );
}

/** More attributes are no groups any more. */
const MOST_ATTRIBUTES = 50;

/** Attributes that group cases; one that is another for each of them does not. */
function withoutIds(cases: ImportedCase[], notes: string[]): ImportedCase[] {
  const names = [...new Set(cases.flatMap(it => Object.keys(it.slices ?? {})))];
  const groups = names.filter(name => {
    const values = cases.flatMap(it => it.slices?.[name] ?? []);
    return values.length < 3 || new Set(values).size < values.length;
  });
  const kept = groups.slice(0, MOST_ATTRIBUTES);
  const leftOut = names.filter(name => !kept.includes(name));
  if (leftOut.length === 0) return cases;
  notes.push(`Metadata that groups no cases is left out: ${listed(leftOut)}.`);
  return cases.map(({ slices = {}, ...it }) => {
    const own = Object.entries(slices).filter(([name]) => kept.includes(name));
    return own.length > 0 ? { ...it, slices: Object.fromEntries(own) } : it;
  });
}

export interface PromptfooCases {
  cases: ImportedCase[];
  failures: EvaluationFailure[];
  measures: Record<string, EvaluationMeasure>;
  /** What makes two sets of tests the same. */
  identity: Array<[id: string, hash: string]>;
}

function tokensOf(row: Record<string, unknown>, where: string) {
  const usage = may.record(
    row.tokenUsage ?? recordOf(row.response).tokenUsage,
    `${where}.tokenUsage`,
  );
  const of = (name: string) =>
    may.number(usage[name], `${where}.tokenUsage.${name}`) || undefined;
  return { inputTokens: of('prompt'), outputTokens: of('completion') };
}

const share = (verdicts: Verdict[]) =>
  verdicts.filter(it => it.pass).length / verdicts.length;

/** Cases of one column of a comparison. */
export function casesOf(
  rows: Array<Record<string, unknown>>,
  options: ImportOptions,
  notes: string[],
): PromptfooCases {
  const cases: ImportedCase[] = [];
  const failures: EvaluationFailure[] = [];
  const identity: PromptfooCases['identity'] = [];
  const measures: Record<string, EvaluationMeasure> = {};
  const unread = { count: 0 };
  const measure = (
    name: string,
    scorer: string,
    title: string,
    unit: string,
  ) => {
    measures[name] ??= {
      ...{ scorer, title, unit },
      direction: 'higher',
      aggregate: 'mean',
    };
  };
  measure('pass', 'promptfoo', 'Tests passed', 'ratio');
  measure('score', 'promptfoo', 'Score', '1');
  const seen = new Map<string, number>();
  rows.forEach((row, at) => {
    const where = `results.results[${at}]`;
    if (typeof row.success !== 'boolean') {
      throw new EvaluationImportError(`${where}.success must be true or false`);
    }
    const place = may.number(row.testIdx, `${where}.testIdx`) ?? at;
    const times = (seen.get(`${place}`) ?? 0) + 1;
    seen.set(`${place}`, times);
    const id = `test-${place + 1}${times > 1 ? `#${times}` : ''}`;
    const testCase = may.record(row.testCase, `${where}.testCase`);
    const grading = may.record(row.gradingResult, `${where}.gradingResult`);
    const verdicts = verdictsOf(
      grading.componentResults,
      `${where}.gradingResult.componentResults`,
      unread,
    );
    const hasFailed =
      row.failureReason === ERROR ||
      (textOf(row.error) !== undefined && row.gradingResult === undefined);
    const scores: Record<string, number> = {};
    if (!hasFailed) {
      scores.pass = row.success ? 1 : 0;
      scores.score = must.number(row.score, `${where}.score`);
      for (const name of new Set(verdicts.map(it => it.name))) {
        const own = verdicts.filter(it => it.name === name);
        scores[name] = share(own);
        measure(name, own[0].type, name.slice('assert.'.length), 'ratio');
      }
      const named = may.record(row.namedScores, `${where}.namedScores`);
      for (const [name, value] of Object.entries(named)) {
        const number = finiteOf(value);
        if (number === undefined) continue;
        scores[`score.${name}`] = number;
        measure(`score.${name}`, 'promptfoo', name, '1');
      }
    }
    const slices = slicesOf(testCase);
    identity.push([
      id,
      digestOfJson({
        vars: testCase.vars ?? row.vars ?? null,
        assert: testCase.assert ?? null,
      }),
    ]);
    cases.push(
      known({
        id,
        outcome: hasFailed ? ('failed' as const) : ('scored' as const),
        scores,
        ...(Object.keys(slices).length > 0 && { slices }),
        latencyMs: may.number(row.latencyMs, `${where}.latencyMs`),
        ...tokensOf(row, where),
        cost: may.number(row.cost, `${where}.cost`),
      }),
    );
    if (!row.success && !hasFailed) {
      const wrong = verdicts.find(it => !it.pass);
      failures.push({
        caseId: id,
        metric: wrong?.name ?? 'pass',
        reason:
          (options.withContent && textOf(grading.reason)) ||
          (wrong
            ? `The assertion '${wrong.name.slice('assert.'.length)}' failed.`
            : 'The test did not pass.'),
        ...(slices.category && { category: slices.category }),
        ...(options.withContent && {
          input: asText(recordOf(row.prompt).raw ?? ''),
          output: asText(recordOf(row.response).output ?? ''),
        }),
      });
    }
  });
  if (unread.count > 0) {
    notes.push(
      `${counted(
        unread.count,
        'verdict is',
        'verdicts are',
      )} left out, for the grader failed or said neither pass nor fail.`,
    );
  }
  return { cases: withoutIds(cases, notes), failures, measures, identity };
}
