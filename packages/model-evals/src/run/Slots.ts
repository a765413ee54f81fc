/** So many places for work at once; whoever brings work waits for a place only. */
export class Slots {
  #free: number;
  readonly #queue: Array<() => void> = [];
  readonly #underWay = new Set<Promise<void>>();

  constructor(places: number) {
    this.#free = places;
  }

  /** Returns when the work has begun. It must not reject. */
  async run(work: () => Promise<void>): Promise<void> {
    if (this.#free === 0) {
      await new Promise<void>(resolve => {
        this.#queue.push(resolve);
      });
    } else {
      this.#free -= 1;
    }
    const done = work().finally(() => {
      this.#underWay.delete(done);
      const next = this.#queue.shift();
      if (next) next();
      else this.#free += 1;
    });
    this.#underWay.add(done);
  }

  /** Returns when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }
}
