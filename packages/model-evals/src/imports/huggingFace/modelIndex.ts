import {
  EVALUATION_RUN_TYPE,
  type EvaluationMetric,
} from '@modelhub/governance-protocol';
import {
  EvaluationImportError,
  type ImportOptions,
  type ImportedEvaluation,
} from '../types';
import { isRecord, known, listed, may, must, textOf } from '../values';
import { spanOf } from './moments';

/** Whether a document is the metadata of a card with results in it. */
export const isModelIndex = (it: unknown): it is Record<string, unknown> =>
  isRecord(it) && it['model-index'] !== undefined;

/** Numbers are often in quotes, and some with a sign of per cent. */
function valueOf(value: unknown): number | undefined {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : undefined;
  }
  const text = textOf(value)?.trim();
  return text !== undefined && /^[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/i.test(text)
    ? Number(text)
    : undefined;
}

interface Found {
  metrics: EvaluationMetric[];
  /** Of each metric, what stood around it. */
  about: Record<string, unknown>;
  leftOut: string[];
  repeated: string[];
  verified: string[];
}

function addResult(value: unknown, where: string, found: Found): void {
  const result = must.record(value, where);
  const dataset = must.record(result.dataset, `${where}.dataset`);
  const task = may.record(result.task, `${where}.task`);
  const type = must.text(dataset.type, `${where}.dataset.type`);
  const config = may.text(dataset.config, `${where}.dataset.config`);
  const split = may.text(dataset.split, `${where}.dataset.split`);
  const list = must.list(result.metrics, `${where}.metrics`);
  list.forEach((item, at) => {
    const path = `${where}.metrics[${at}]`;
    const metric = must.record(item, path);
    const kind = must.text(metric.type, `${path}.type`);
    const name = [type, ...(config ? [config] : []), kind].join('.');
    const number = valueOf(metric.value);
    if (metric.value === undefined) {
      throw new EvaluationImportError(`${path}.value is missing`);
    }
    if (number === undefined) {
      found.leftOut.push(name);
      return;
    }
    const title = may.text(metric.name, `${path}.name`);
    const slices = [
      undefined,
      split && `split=${split}`,
      title && `name=${title}`,
      split && title && `split=${split},name=${title}`,
    ].filter((slice, place) => place === 0 || slice !== undefined);
    const slice = slices.find(
      each => !found.metrics.some(it => it.name === name && it.slice === each),
    );
    if (found.metrics.some(it => it.name === name && it.slice === slice)) {
      found.repeated.push(name);
      return;
    }
    found.metrics.push(known({ name, value: number, unit: '1', slice }));
    if (metric.verified === true) found.verified.push(name);
    found.about[slice ? `${name} ${slice}` : name] = known({
      task: textOf(task.type),
      dataset: textOf(dataset.name),
      split,
      args: dataset.args,
      revision: textOf(dataset.revision),
      source: isRecord(result.source) ? textOf(result.source.url) : undefined,
    });
  });
}

/**
 * The `model-index` in the front matter of a model card, the Hub's older form.
 *
 * @see https://github.com/huggingface/hub-docs/blob/main/modelcard.md
 */
export function importModelIndex(
  card: Record<string, unknown>,
  options: ImportOptions,
): ImportedEvaluation {
  const notes: string[] = [];
  const models = must
    .list(card['model-index'], 'model-index')
    .map((it, at) => must.record(it, `model-index[${at}]`));
  const names = models.map((it, at) =>
    must.text(it.name, `model-index[${at}].name`),
  );
  const place =
    models.length === 1 ? 0 : names.findIndex(name => name === options.model);
  if (place < 0) {
    throw new EvaluationImportError(
      `model-index has results of ${listed(names)}; say which one is the model`,
    );
  }
  const found: Found = {
    ...{ metrics: [], about: {}, leftOut: [], repeated: [], verified: [] },
  };
  const path = `model-index[${place}].results`;
  must
    .list(models[place].results, path)
    .forEach((it, at) => addResult(it, `${path}[${at}]`, found));
  if (found.metrics.length === 0) {
    throw new EvaluationImportError(`${path} holds no metric that is a number`);
  }
  if (found.leftOut.length > 0) {
    notes.push(
      `Values that are no numbers are left out: ${listed(found.leftOut)}.`,
    );
  }
  if (found.repeated.length > 0) {
    notes.push(
      `Metrics that come again under the same names are left out: ${listed(
        found.repeated,
      )}.`,
    );
  }
  if (models.length > 1) {
    notes.push(
      `Results of other models are left out: ${listed(
        names.filter((_, at) => at !== place),
      )}.`,
    );
  }
  notes.push(
    'The format says neither how many cases a number rests on nor whether it is a share or per cent; the values are as they stand.',
  );
  return {
    format: 'hugging-face-model-index',
    predicateType: EVALUATION_RUN_TYPE,
    predicate: {
      suite: { name: 'hugging-face-model-index' },
      ...spanOf([], options.at, notes),
      target: {},
      settings: {
        claimedBy: 'model card',
        model: options.model ?? names[place],
        about: found.about,
        ...(found.verified.length > 0 && {
          verifiedByTheHub: found.verified,
        }),
      },
      metrics: found.metrics,
      tool: { name: 'hugging-face-hub', version: 'unknown' },
    },
    notes,
  };
}
