import { InputError } from '@backstage/errors';
import type { ReportedUsage } from '@modelhub/backstage-plugin-models-node';
import { reportedProblem } from '../sources';
import { csvRows, MOST_ROWS } from './csvRows';
import { modelOf, type OpenCostRule, type Workload } from './openCostRules';
import { microsOfText } from './decimals';
import type { ReadFile, ReadRow, RowProblem, Unmapped } from './types';

const DAY_MS = 24 * 3_600_000;

export interface OpenCostOptions {
  rules: OpenCostRule[];
  /** What OpenCost reckons in; it does not say. */
  currency: string;
}

/** What a workload cost from one moment to another. */
interface Allocation extends Workload {
  name: string;
  from: number;
  to: number;
  micros: number;
}

type Json = Record<string, unknown>;

const asRecord = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};

const asText = (value: unknown) =>
  typeof value === 'string' && value !== '' ? value : undefined;

const asTexts = (value: unknown) =>
  Object.fromEntries(
    Object.entries(asRecord(value)).filter(
      (it): it is [string, string] => typeof it[1] === 'string',
    ),
  );

/** Day by day in UTC: parts by time that add up to the whole. */
export function daysOf(
  from: number,
  to: number,
  micros: number,
): Array<{ at: number; micros: number }> {
  const days = [];
  let before = 0;
  for (let at = from; at < to; ) {
    const end = Math.min(to, (Math.floor(at / DAY_MS) + 1) * DAY_MS);
    const until = Math.round((micros * (end - from)) / (to - from));
    days.push({ at, micros: until - before });
    before = until;
    at = end;
  }
  return days;
}

/** Adds allocations up to what a file tells. */
class Reader {
  readonly #good: ReadRow[] = [];
  readonly #problems: RowProblem[] = [];
  readonly #unmapped = new Map<string, Unmapped>();
  #rows = 0;

  constructor(readonly options: OpenCostOptions) {}

  /** @param read - throws why the row makes no sense */
  take(line: number, read: () => Allocation): void {
    this.#rows += 1;
    try {
      const it = read();
      if (it.micros > 0) this.#add(line, it);
    } catch (error) {
      this.#problems.push({ line, message: (error as Error).message });
    }
  }

  file(): ReadFile {
    return {
      rows: this.#rows,
      good: this.#good,
      problems: this.#problems,
      unmapped: [...this.#unmapped.values()].sort(
        (a, b) => b.micros - a.micros,
      ),
    };
  }

  #add(line: number, it: Allocation): void {
    const { rules, currency } = this.options;
    const model = modelOf(rules, it);
    if (!model) {
      const { namespace = it.name, controller = '' } = it;
      const name = `${namespace}\n${controller}`;
      const sum = this.#unmapped.get(name) ?? {
        namespace,
        controller,
        rows: 0,
        micros: 0,
      };
      sum.rows += 1;
      sum.micros += it.micros;
      this.#unmapped.set(name, sum);
      return;
    }
    for (const day of daysOf(it.from, it.to, it.micros)) {
      const at = new Date(day.at).toISOString();
      const item: ReportedUsage = {
        id: [
          it.name,
          new Date(it.from).toISOString(),
          new Date(it.to).toISOString(),
          at,
        ].join(' '),
        at,
        model: model.model,
        version: model.version,
        caller: model.caller,
        calls: 0,
        costMicros: day.micros,
        currency,
      };
      const problem = reportedProblem(item);
      if (problem !== undefined) throw new Error(problem);
      this.#good.push({ line, item });
    }
  }
}

const momentOf = (value: unknown, name: string) => {
  const at = Date.parse(String(value));
  if (!Number.isFinite(at)) throw new Error(`${name} is no moment in ISO 8601`);
  return at;
};

function allocationOf(name: string, value: unknown): Allocation {
  const it = asRecord(value);
  const properties = asRecord(it.properties);
  const window = asRecord(it.window);
  const from = momentOf(it.start ?? window.start, 'start');
  const to = momentOf(it.end ?? window.end, 'end');
  if (to <= from) throw new Error('it ends before it begins');
  const cost = it.totalCost;
  if (typeof cost !== 'number' || !Number.isFinite(cost) || cost < 0) {
    throw new Error('totalCost is no number from 0 on');
  }
  const { cluster, namespace, controllerKind, controller, pod, container } =
    properties;
  const parts = [
    cluster,
    namespace,
    controllerKind,
    controller,
    pod,
    container,
  ];
  return {
    name: [...parts.map(part => asText(part) ?? ''), name].join('/'),
    cluster: asText(cluster),
    namespace: asText(namespace),
    controller: asText(controller),
    labels: asTexts(properties.labels),
    annotations: asTexts(properties.annotations),
    from,
    to,
    micros: Math.round(cost * 1_000_000),
  };
}

/**
 * What `/allocation` and `/allocation/compute` of OpenCost answer. Lines are
 * numbers of allocations.
 *
 * @throws InputError when it is no such answer
 */
export function readOpenCostJson(
  content: string,
  options: OpenCostOptions,
): ReadFile {
  let body: unknown;
  try {
    body = JSON.parse(content);
  } catch (error) {
    throw new InputError(
      `The file is not JSON: ${
        (error as Error).message
      }. Save what /allocation/compute of OpenCost answers.`,
    );
  }
  const { data } = asRecord(body);
  if (!Array.isArray(data)) {
    throw new InputError(
      "The file has no list 'data'. Save what /allocation/compute of OpenCost answers.",
    );
  }
  const entries = data.flatMap(set => Object.entries(asRecord(set)));
  if (entries.length > MOST_ROWS) {
    throw new InputError(
      `The file has ${entries.length} allocations. Ask OpenCost for a shorter window; ${MOST_ROWS} may be imported at once.`,
    );
  }
  const reader = new Reader(options);
  entries.forEach(([name, value], n) =>
    reader.take(n + 1, () => allocationOf(name, value)),
  );
  return reader.file();
}

/** Numbers of OpenCost may be written with an exponent. */
const costOf = (text: string | undefined) => {
  const micros =
    microsOfText(text ?? '') ?? Math.round(Number(text ?? NaN) * 1_000_000);
  if (!Number.isSafeInteger(micros) || micros < 0) {
    throw new Error(
      `'${text ?? ''}' in column TotalCost is no number from 0 on`,
    );
  }
  return micros;
};

function labelsOf(text: string | undefined): Record<string, string> {
  if (text === undefined) return {};
  try {
    return asTexts(JSON.parse(text));
  } catch {
    throw new Error('column Labels is no JSON');
  }
}

/**
 * The file that OpenCost exports every day.
 *
 * @throws InputError when it is no such file
 */
export function readOpenCostCsv(
  content: string,
  options: OpenCostOptions,
): ReadFile {
  const reader = new Reader(options);
  const rows = csvRows(content, {
    required: ['date', 'namespace', 'controllername', 'totalcost'],
  });
  for (const { line, cells, problem } of rows) {
    reader.take(line, () => {
      if (problem !== undefined) throw new Error(problem);
      const from = momentOf(`${cells.date}T00:00:00Z`, `Date '${cells.date}'`);
      const { namespace, controllerkind, controllername, pod, container } =
        cells;
      return {
        name: ['', namespace, controllerkind, controllername, pod, container]
          .map(part => part ?? '')
          .join('/'),
        namespace,
        controller: controllername,
        labels: labelsOf(cells.labels),
        annotations: {},
        from,
        to: from + DAY_MS,
        micros: costOf(cells.totalcost),
      };
    });
  }
  return reader.file();
}
