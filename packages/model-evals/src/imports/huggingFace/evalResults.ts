import {
  EVALUATION_RUN_TYPE,
  type EvaluationMetric,
} from '@modelhub/governance-protocol';
import {
  EvaluationImportError,
  type ImportOptions,
  type ImportedEvaluation,
} from '../types';
import { counted, isRecord, known, listed, may, must } from '../values';
import { momentOf, spanOf } from './moments';

/** Fields that the Hub's documents name. */
const KNOWN = [
  ...['dataset', 'value', 'verifyToken', 'date', 'source'],
  ...['evaluation_framework', 'notes'],
];

/** Whether a document is a file of a model repository's `.eval_results/`. */
export const isEvalResults = (it: unknown): it is unknown[] =>
  Array.isArray(it) &&
  it.length > 0 &&
  it.some(entry => isRecord(entry) && isRecord(entry.dataset));

interface Entry {
  metric: EvaluationMetric;
  moment?: Date;
  source?: { url: string; name?: string; user?: string };
  revision?: string;
  framework?: string;
  isVerifiable: boolean;
  unknown: string[];
}

/** Which benchmark: the data set with its task, or, as it was at first, its configuration. */
function benchmarkOf(dataset: Record<string, unknown>, where: string): string {
  const id = must.text(dataset.id, `${where}.id`);
  const task =
    may.text(dataset.task_id, `${where}.task_id`) ??
    may.text(dataset.config, `${where}.config`);
  if (task === undefined) {
    throw new EvaluationImportError(
      `${where}.task_id must be a text: the id of a task in the data set's eval.yaml`,
    );
  }
  const split = may.text(dataset.split, `${where}.split`);
  return [id, task, ...(split ? [split] : [])].join('.');
}

function readEntry(value: unknown, where: string): Entry {
  const entry = must.record(value, where);
  const dataset = must.record(entry.dataset, `${where}.dataset`);
  const notes = may.text(entry.notes, `${where}.notes`);
  const from = may.record(entry.source, `${where}.source`);
  return known({
    metric: known({
      name: benchmarkOf(dataset, `${where}.dataset`),
      value: must.number(entry.value, `${where}.value`),
      unit: '1',
      slice: notes && `notes=${notes.replace(/\s+/g, ' ').trim()}`,
    }),
    moment: momentOf(entry.date, `${where}.date`),
    source: isRecord(entry.source)
      ? known({
          url: must.text(from.url, `${where}.source.url`),
          name: may.text(from.name, `${where}.source.name`),
          user: may.text(from.user, `${where}.source.user`),
        })
      : undefined,
    revision: may.text(dataset.revision, `${where}.dataset.revision`),
    framework: may.text(
      entry.evaluation_framework,
      `${where}.evaluation_framework`,
    ),
    isVerifiable: entry.verifyToken !== undefined,
    unknown: Object.keys(entry).filter(name => !KNOWN.includes(name)),
  });
}

/** Benchmarks that come twice are told apart, as a run asks for it. */
function distinct(entries: Entry[], notes: string[]): EvaluationMetric[] {
  const seen = new Set<string>();
  return entries.flatMap(({ metric }) => {
    const key = JSON.stringify([metric.name, metric.slice]);
    if (seen.has(key)) {
      notes.push(
        `'${metric.name}'${
          metric.slice ? ` with ${metric.slice}` : ''
        } comes again with the value ${metric.value}, which is left out.`,
      );
      return [];
    }
    seen.add(key);
    return [metric];
  });
}

/**
 * The YAML files of a model repository's `.eval_results/`. A file does not say
 * how many cases its numbers rest on, nor whether they are shares or per cent.
 *
 * @see https://huggingface.co/docs/hub/eval-results
 */
export function importEvalResults(
  files: Array<{ name: string; value: unknown[] }>,
  options: ImportOptions,
): ImportedEvaluation {
  const notes: string[] = [];
  const entries = files.flatMap(({ name, value }) =>
    value.map((entry, at) =>
      readEntry(entry, files.length > 1 ? `${name}: [${at}]` : `[${at}]`),
    ),
  );
  const metrics = distinct(entries, notes);
  const verifiable = entries.filter(it => it.isVerifiable).length;
  if (verifiable > 0) {
    notes.push(
      `${counted(
        verifiable,
        'verifyToken is',
        'verifyTokens are',
      )} left out: only the Hub can check one.`,
    );
  }
  const unknown = [...new Set(entries.flatMap(it => it.unknown))];
  if (unknown.length > 0) {
    notes.push(`Unknown fields are left out: ${listed(unknown)}.`);
  }
  notes.push(
    'The format says neither how many cases a number rests on nor whether it is a share or per cent; the values are as they stand.',
  );
  const byName = <T>(of: (it: Entry) => T | undefined) =>
    Object.fromEntries(
      entries.flatMap(it => {
        const value = of(it);
        return value === undefined ? [] : [[it.metric.name, value]];
      }),
    );
  return {
    format: 'hugging-face-eval-results',
    predicateType: EVALUATION_RUN_TYPE,
    predicate: {
      suite: { name: 'hugging-face-eval-results' },
      ...spanOf(
        entries.flatMap(it => it.moment ?? []),
        options.at,
        notes,
      ),
      target: {},
      settings: {
        claimedBy: 'model repository',
        ...(options.model && { model: options.model }),
        sources: byName(it => it.source),
        datasetRevisions: byName(it => it.revision),
        frameworks: byName(it => it.framework),
      },
      metrics,
      tool: { name: 'hugging-face-hub', version: 'unknown' },
    },
    notes,
  };
}
