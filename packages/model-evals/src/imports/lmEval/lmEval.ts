import {
  EVALUATION_RESULT_TYPE,
  EVALUATION_RUN_TYPE,
  type EvaluationMeasure,
} from '@modelhub/governance-protocol';
import type { ImportDocument } from '../readDocument';
import { columnMetrics, resultOf, type ImportedCase } from '../resultOf';
import {
  EvaluationImportError,
  type ImportOptions,
  type ImportedEvaluation,
} from '../types';
import { recordOf } from '../values';
import {
  directionOf,
  effectiveCases,
  isAskedFor,
  lmEvalRun,
  modelOf,
  taskResults,
  unitOf,
} from './results';
import { casesOf, taskSamples } from './samples';

/** More columns make no result. */
const MOST_COLUMNS = 200;

/** How to read each column. */
function measuresOf(
  it: Record<string, unknown>,
  cases: ImportedCase[],
): Record<string, EvaluationMeasure> {
  const columns = new Map<string, number[]>();
  for (const { scores } of cases) {
    for (const [name, value] of Object.entries(scores)) {
      const there = columns.get(name);
      if (there) there.push(value);
      else columns.set(name, [value]);
    }
  }
  const tasks = taskResults(it)
    .map(([task]) => task)
    .sort((a, b) => b.length - a.length);
  return Object.fromEntries(
    [...columns].map(([name, values]) => {
      const task = tasks.find(each => name.startsWith(`${each}.`)) ?? '';
      const [metric] = name.slice(task.length + 1).split('.');
      return [
        name,
        {
          scorer: metric,
          title: `${metric} of ${task}`,
          direction: directionOf(it, task, metric),
          unit: unitOf(metric, values),
          aggregate: 'mean',
        },
      ];
    }),
  );
}

/**
 * Results of lm-evaluation-harness, with the samples of `--log_samples` where
 * they are given.
 */
export function importLmEval(
  it: Record<string, unknown>,
  sampleFiles: ImportDocument[],
  options: ImportOptions,
): ImportedEvaluation {
  const notes: string[] = [];
  const run = lmEvalRun(it, options, notes);
  const asRun = (): ImportedEvaluation => ({
    format: 'lm-evaluation-harness',
    predicateType: EVALUATION_RUN_TYPE,
    predicate: run,
    notes,
  });
  const samples = taskSamples(it, sampleFiles).filter(({ task }) =>
    isAskedFor(it, task, options),
  );
  if (options.form === 'run') {
    if (samples.length > 0) notes.push('Single cases are left out.');
    return asRun();
  }
  if (samples.length === 0) {
    notes.push(
      'There are no single cases: run lm-evaluation-harness with --log_samples, and name its samples_….jsonl too.',
    );
    return asRun();
  }
  const { cases, failures, identity } = casesOf(it, samples, options, notes);
  const measures = measuresOf(it, cases);
  if (Object.keys(measures).length === 0) {
    throw new EvaluationImportError(
      'The samples hold no metric that is a number.',
    );
  }
  if (Object.keys(measures).length > MOST_COLUMNS) {
    notes.push(
      `Single cases are left out, for they have more than ${MOST_COLUMNS} metrics: choose tasks.`,
    );
    return asRun();
  }
  if (!options.withContent) {
    notes.push('Questions, answers and targets are left out.');
  }
  const tasks = [...new Set(samples.map(({ task }) => task))].sort();
  const wanted = tasks.map(
    task =>
      effectiveCases(it, task) ??
      cases.filter(({ slices }) => slices?.task === task).length,
  );
  const packCases = wanted.reduce((sum, count) => sum + count, 0);
  if (packCases > cases.length) {
    notes.push(
      `The results rest on ${packCases} cases, and the samples hold ${cases.length}; the result is marked partial.`,
    );
  }
  const of = (field: string) =>
    tasks.map(task => [task, recordOf(it[field])[task] ?? null]);
  const metrics = [
    ...run.metrics,
    ...columnMetrics(cases, measures, run.metrics),
  ];
  return {
    format: 'lm-evaluation-harness',
    predicateType: EVALUATION_RESULT_TYPE,
    predicate: resultOf(
      {
        run: { ...run, metrics },
        type: 'quality',
        model: options.model ?? modelOf(it) ?? 'unknown',
        packIdentity: {
          tool: 'lm-evaluation-harness',
          versions: of('versions'),
          shots: of('n-shot'),
          cases: identity,
        },
        packCases,
        asked: run.settings,
        measures,
        cases,
        failures,
      },
      notes,
    ),
    notes,
  };
}
