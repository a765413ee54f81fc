import {
  EVALUATION_RESULT_TYPE,
  EVALUATION_RUN_TYPE,
} from '@modelhub/governance-protocol';
import { columnMetrics, resultOf } from '../resultOf';
import type { ImportOptions, ImportedEvaluation } from '../types';
import { counted, isRecord, may, must, recordOf } from '../values';
import { casesOf } from './cases';
import { chosen, columnsOf, labelsOf, promptfooRun, type Column } from './run';

function countsOf({ metrics }: Column): number {
  return ['testPassCount', 'testFailCount', 'testErrorCount'].reduce(
    (sum, name) => sum + may.count(metrics[name], `metrics.${name}`),
    0,
  );
}

/** Results of promptfoo: of one prompt with one provider with single cases. */
export function importPromptfoo(
  it: Record<string, unknown>,
  options: ImportOptions,
): ImportedEvaluation {
  const notes: string[] = [];
  const rows = may
    .list(recordOf(it.results).results, 'results.results')
    .map((row, at) => must.record(row, `results.results[${at}]`));
  const columns = chosen(columnsOf(it), options, labelsOf(rows));
  const run = promptfooRun(it, columns);
  const asRun = (): ImportedEvaluation => ({
    format: 'promptfoo',
    predicateType: EVALUATION_RUN_TYPE,
    predicate: run,
    notes,
  });
  const [column] = columns;
  const own = rows.filter(row => (row.promptIdx ?? 0) === column.promptIdx);
  if (options.form === 'run') return asRun();
  if (columns.length > 1) {
    notes.push(
      `Single cases are left out, for several were compared: choose one of ${columns
        .map(
          ({ promptIdx, provider }) =>
            `prompt ${promptIdx + 1} of '${provider}'`,
        )
        .join(', ')}.`,
    );
    return asRun();
  }
  if (own.length === 0) {
    notes.push('There are no single cases in the file.');
    return asRun();
  }
  const { cases, failures, measures, identity } = casesOf(own, options, notes);
  const total = countsOf(column);
  if (total !== cases.length) {
    notes.push(
      `The totals count ${counted(total, 'test')}, and the file holds ${
        cases.length
      }.`,
    );
  }
  if (!options.withContent) {
    notes.push('Prompts, variables, answers and reasons are left out.');
  }
  if (Array.isArray(it.traces) && it.traces.length > 0) {
    notes.push('Traces are left out.');
  }
  if (
    own.some(row => isRecord(row.gradingResult) && row.gradingResult.comment)
  ) {
    notes.push("People's comments are left out.");
  }
  const metrics = [
    ...run.metrics,
    ...columnMetrics(cases, measures, run.metrics),
  ];
  const isRedTeam = isRecord(recordOf(it.config).redteam);
  return {
    format: 'promptfoo',
    predicateType: EVALUATION_RESULT_TYPE,
    predicate: resultOf(
      {
        run: {
          ...run,
          metrics,
          settings: { ...run.settings, confidence: 0.95 },
        },
        type: isRedTeam ? 'safety' : 'quality',
        model: options.model ?? column.provider,
        packIdentity: { tool: 'promptfoo', tests: identity },
        packCases: Math.max(total, cases.length),
        asked: {
          provider: column.provider,
          prompt: column.label ?? column.promptIdx,
        },
        measures,
        cases,
        failures,
      },
      notes,
    ),
    notes,
  };
}
