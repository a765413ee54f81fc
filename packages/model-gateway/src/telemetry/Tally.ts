import { Counter, Registry } from 'prom-client';
import { Series } from './Series';

/** Beyond so many, label sets are counted together: memory must not be for callers to take. */
const MOST_SERIES = 5_000;
const OTHER = 'other';

interface Cell<Label extends string> {
  labels: Record<Label, string>;
  value: number;
}

/**
 * A counter of prom-client that costs a look-up or two where it is counted, and is
 * handed over when somebody asks for it.
 */
export class Tally<Label extends string = never> {
  readonly #labelNames: readonly Label[];
  readonly #cells: Series<Label, Cell<Label>>;
  #others: Cell<Label> | undefined;

  constructor(
    registry: Registry,
    name: string,
    help: string,
    labelNames: readonly Label[],
  ) {
    this.#labelNames = labelNames;
    const cells = new Series<Label, Cell<Label>>(labelNames);
    this.#cells = cells;
    const counter = new Counter({
      name,
      help,
      labelNames: [...labelNames],
      registers: [registry],
      collect() {
        this.reset();
        for (const { labels, value } of cells.values()) {
          this.inc(labels, value);
        }
      },
    });
    if (labelNames.length === 0) {
      counter.inc(0);
    }
  }

  add(labels: Record<Label, string>, amount = 1): void {
    const cell = this.#cells.get(labels) ?? this.#added(labels);
    cell.value += amount;
  }

  #added(labels: Record<Label, string>): Cell<Label> {
    if (this.#cells.size < MOST_SERIES) {
      const cell = { labels: { ...labels }, value: 0 };
      this.#cells.set(labels, cell);
      return cell;
    }
    if (!this.#others) {
      const others = Object.fromEntries(
        this.#labelNames.map(name => [name, OTHER]),
      ) as Record<Label, string>;
      this.#others = { labels: others, value: 0 };
      this.#cells.set(others, this.#others);
    }
    return this.#others;
  }
}
