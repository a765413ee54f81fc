import type { EvaluationFailure } from '@modelhub/governance-protocol';
import type { ImportDocument } from '../readDocument';
import type { ImportedCase } from '../resultOf';
import { EvaluationImportError, type ImportOptions } from '../types';
import { isRecord, listed, recordOf } from '../values';
import { directionOf, metricName } from './results';

/** Fields of a line that are no metrics. */
const NO_METRICS = new Set([
  ...['doc_id', 'doc', 'target', 'arguments', 'resps', 'filtered_resps'],
  ...['filter', 'metrics', 'doc_hash', 'prompt_hash', 'target_hash'],
  ...['raw_resps', 'index', 'task_name', 'native_id', 'schema_version'],
]);

/** Whether a line is one of `--log_samples`. */
export const isLmEvalSample = (it: unknown): it is Record<string, unknown> =>
  isRecord(it) && 'doc_id' in it && ('filtered_resps' in it || 'resps' in it);

/** Lines of one task, with where they come from. */
export interface TaskSamples {
  task: string;
  where: string;
  lines: Array<Record<string, unknown>>;
}

/** The task in `samples_<task>_<moment>.jsonl`: the longest name that fits. */
function taskOf(name: string, tasks: string[]): string {
  const found = tasks
    .filter(task => name.startsWith(`samples_${task}_`))
    .sort((a, b) => b.length - a.length)[0];
  if (found) return found;
  if (tasks.length === 1) return tasks[0];
  throw new EvaluationImportError(
    `${name} does not say which task it is of; keep the name that lm-evaluation-harness gave it, samples_<task>_<moment>.jsonl. The results have ${listed(
      tasks,
    )}`,
  );
}

/** The samples of all files, and of the results themselves where they hold some. */
export function taskSamples(
  results: Record<string, unknown>,
  files: ImportDocument[],
): TaskSamples[] {
  const tasks = Object.keys(recordOf(results.results));
  const inside = Object.entries(recordOf(results.samples)).map(
    ([task, lines]) => ({ task, where: `samples.${task}`, lines }),
  );
  const beside = files.map(file => ({
    task: taskOf(file.name, tasks),
    where: file.name,
    lines: file.kind === 'lines' ? file.lines : file.value,
  }));
  return [...inside, ...beside].map(({ task, where, lines }) => {
    const list = Array.isArray(lines) ? lines : [lines];
    list.forEach((line, at) => {
      if (!isLmEvalSample(line)) {
        throw new EvaluationImportError(
          `${where}: entry ${
            at + 1
          } is no sample of lm-evaluation-harness; it needs doc_id and filtered_resps`,
        );
      }
    });
    return { task, where, lines: list as TaskSamples['lines'] };
  });
}

function metricsOf(
  line: Record<string, unknown>,
  task: string,
  leftOut: Set<string>,
): Record<string, number> {
  const names = Array.isArray(line.metrics)
    ? line.metrics.map(String)
    : Object.keys(line).filter(name => !NO_METRICS.has(name));
  const filter = typeof line.filter === 'string' ? line.filter : undefined;
  return Object.fromEntries(
    names.flatMap(name => {
      const value = line[name];
      const number = typeof value === 'boolean' ? Number(value) : value;
      if (typeof number === 'number' && Number.isFinite(number)) {
        return [[metricName(task, name, filter), number]];
      }
      leftOut.add(metricName(task, name, filter));
      return [];
    }),
  );
}

const asText = (value: unknown) =>
  typeof value === 'string' ? value : JSON.stringify(value) ?? '';

/** What the model was given, in the first of its requests. */
function inputOf({ arguments: given }: Record<string, unknown>): string {
  const first = Array.isArray(given)
    ? given[0]
    : Object.values(recordOf(given))[0];
  const prompt = Array.isArray(first) ? first[0] : recordOf(first).arg_0;
  return asText(Array.isArray(prompt) ? prompt[0] : prompt);
}

export interface SampleCases {
  cases: ImportedCase[];
  failures: EvaluationFailure[];
  /** What makes two sets of cases the same: task, id and hash of each. */
  identity: Array<[task: string, id: string, hash: unknown]>;
}

/** Cases of samples; a case that was filtered in several ways has a column for each. */
export function casesOf(
  results: Record<string, unknown>,
  samples: TaskSamples[],
  options: ImportOptions,
  notes: string[],
): SampleCases {
  const cases = new Map<string, ImportedCase>();
  const failures: EvaluationFailure[] = [];
  const identity: SampleCases['identity'] = [];
  const leftOut = new Set<string>();
  for (const { task, where, lines } of samples) {
    lines.forEach((line, at) => {
      const id = `${task}/${asText(line.doc_id)}`;
      const scores = metricsOf(line, task, leftOut);
      const there = cases.get(id);
      const twice = Object.keys(scores).find(
        name => there && Object.hasOwn(there.scores, name),
      );
      if (twice !== undefined) {
        throw new EvaluationImportError(
          `${where}: entry ${at + 1} has doc_id ${asText(
            line.doc_id,
          )} a second time`,
        );
      }
      if (!there) identity.push([task, id, line.doc_hash ?? null]);
      const outcome = Object.keys(scores).length > 0 ? 'scored' : 'unscored';
      cases.set(id, {
        id,
        outcome: there?.outcome === 'scored' ? 'scored' : outcome,
        scores: { ...there?.scores, ...scores },
        slices: { task },
      });
      if (!options.withContent) return;
      const wrong = Object.entries(scores).find(
        ([name, value]) =>
          value === 0 &&
          directionOf(results, task, name.slice(task.length + 1)) === 'higher',
      );
      if (wrong) {
        failures.push({
          caseId: id,
          metric: wrong[0],
          reason: `Expected ${asText(line.target).slice(0, 500)}.`,
          input: inputOf(line),
          output: asText(line.filtered_resps),
        });
      }
    });
  }
  if (leftOut.size > 0) {
    notes.push(
      `Not one number for each sample, and so not in the cases: ${listed([
        ...leftOut,
      ])}.`,
    );
  }
  return { cases: [...cases.values()], failures, identity };
}
