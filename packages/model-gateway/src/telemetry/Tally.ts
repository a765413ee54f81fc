import { Counter, Registry } from 'prom-client';

/** Beyond so many, label sets are counted together: memory must not be for callers to take. */
const MOST_SERIES = 5_000;
const OTHER = 'other';

interface Cell<Label extends string> {
  labels: Record<Label, string>;
  value: number;
}

/**
 * A counter of prom-client that costs one look-up in a `Map` where it is
 * counted, and is handed over when somebody asks for it.
 */
export class Tally<Label extends string = never> {
  readonly #labelNames: readonly Label[];
  readonly #cells = new Map<string, Cell<Label>>();

  constructor(
    registry: Registry,
    name: string,
    help: string,
    labelNames: readonly Label[],
  ) {
    this.#labelNames = labelNames;
    const cells = this.#cells;
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
    let key = '';
    for (const name of this.#labelNames) {
      key += `${labels[name]}\n`;
    }
    let cell = this.#cells.get(key);
    if (!cell) {
      cell = this.#added(key, labels);
    }
    cell.value += amount;
  }

  #added(key: string, labels: Record<Label, string>): Cell<Label> {
    if (this.#cells.size < MOST_SERIES) {
      const cell = { labels: { ...labels }, value: 0 };
      this.#cells.set(key, cell);
      return cell;
    }
    const others = this.#cells.get(OTHER);
    if (others) {
      return others;
    }
    const cell = {
      labels: Object.fromEntries(
        this.#labelNames.map(name => [name, OTHER]),
      ) as Record<Label, string>,
      value: 0,
    };
    this.#cells.set(OTHER, cell);
    return cell;
  }
}
