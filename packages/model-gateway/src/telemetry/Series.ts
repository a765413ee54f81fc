/** Cells, or cells by the value of the next label. */
interface Level<Cell> {
  next: Map<string, Level<Cell>>;
  cell: Cell | undefined;
}

const level = <Cell>(): Level<Cell> => ({ next: new Map(), cell: undefined });

/**
 * Cells by the values of their labels, found without making a text of them.
 */
export class Series<Label extends string, Cell> {
  readonly #labelNames: readonly Label[];
  readonly #first = level<Cell>();
  readonly #all: Cell[] = [];

  constructor(labelNames: readonly Label[]) {
    this.#labelNames = labelNames;
  }

  get size(): number {
    return this.#all.length;
  }

  values(): readonly Cell[] {
    return this.#all;
  }

  get(labels: Record<Label, string>): Cell | undefined {
    let at: Level<Cell> | undefined = this.#first;
    for (const name of this.#labelNames) {
      at = at.next.get(labels[name]);
      if (!at) {
        return undefined;
      }
    }
    return at.cell;
  }

  set(labels: Record<Label, string>, cell: Cell): void {
    let at = this.#first;
    for (const name of this.#labelNames) {
      let next = at.next.get(labels[name]);
      if (!next) {
        next = level();
        at.next.set(labels[name], next);
      }
      at = next;
    }
    at.cell = cell;
    this.#all.push(cell);
  }

  clear(): void {
    this.#first.next.clear();
    this.#first.cell = undefined;
    this.#all.length = 0;
  }
}
