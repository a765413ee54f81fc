import type { Metric, Registry } from 'prom-client';
import { Series } from './Series';

/** Beyond so many, label sets are not counted: memory must not be for callers to take. */
const MOST_SERIES = 1_000;

interface Cell {
  labels: Record<string, string>;
  counts: number[];
  sum: number;
  count: number;
}

/**
 * A histogram of a prom-client registry that costs one look-up in a `Map` where
 * something is observed; prom-client's own costs as much as parsing a call.
 */
export class Bars<Label extends string = never> {
  readonly #bounds: readonly number[];
  readonly #cells: Series<Label, Cell>;

  constructor(
    registry: Registry,
    options: {
      name: string;
      help: string;
      /** Upper, ascending. */
      bounds: readonly number[];
      labelNames: readonly Label[];
    },
  ) {
    const { name, help } = options;
    this.#bounds = options.bounds;
    this.#cells = new Series(options.labelNames);
    if (options.labelNames.length === 0) {
      this.#added({} as Record<Label, string>);
    }
    const metric = {
      name,
      type: 'histogram',
      get: async () => ({
        name,
        help,
        type: 'histogram',
        aggregator: 'sum',
        values: [...this.#cells.values()].flatMap(cell =>
          this.#values(name, cell),
        ),
      }),
      reset: () => this.#cells.clear(),
    };
    registry.registerMetric(metric as unknown as Metric);
  }

  observe(labels: Record<Label, string>, value: number): void {
    const cell = this.#cells.get(labels) ?? this.#added(labels);
    cell.sum += value;
    cell.count += 1;
    let bar = 0;
    while (bar < this.#bounds.length && value > this.#bounds[bar]) {
      bar += 1;
    }
    cell.counts[bar] += 1;
  }

  #added(labels: Record<Label, string>): Cell {
    const counts = new Array(this.#bounds.length + 1).fill(0);
    const cell = { labels: { ...labels }, counts, sum: 0, count: 0 };
    if (this.#cells.size < MOST_SERIES) {
      this.#cells.set(labels, cell);
    }
    return cell;
  }

  /** As Prometheus wants them: each bar counts those below it, too. */
  #values(name: string, { labels, counts, sum, count }: Cell) {
    let total = 0;
    const bars = this.#bounds.map((le, index) => {
      total += counts[index];
      const value = total;
      return { metricName: `${name}_bucket`, labels: { le, ...labels }, value };
    });
    return [
      ...bars,
      {
        metricName: `${name}_bucket`,
        labels: { le: '+Inf', ...labels },
        value: count,
      },
      { metricName: `${name}_sum`, labels, value: sum },
      { metricName: `${name}_count`, labels, value: count },
    ];
  }
}
