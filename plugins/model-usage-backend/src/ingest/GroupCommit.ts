interface Waiting<T, R> {
  item: T;
  weight: number;
  resolve: (answer: R) => void;
  reject: (error: unknown) => void;
}

/**
 * Does together what comes while something is being done, as databases do with
 * commits: one thing at a time when there is little to do, many at once when
 * there is much. A group that fails is done again one by one, so that nobody
 * fails because of another.
 */
export class GroupCommit<T, R> {
  /**
   * @param options.take - all of them or none; answers in the same order
   * @param options.most - weight that a group does not exceed, unless one alone does
   * @param options.gather - waits for those that come with the first of a group
   */
  static create<T, R>(options: {
    take: (items: T[]) => Promise<R[]>;
    weightOf: (item: T) => number;
    most: number;
    gather?: () => Promise<void>;
  }): GroupCommit<T, R> {
    return new GroupCommit(options);
  }

  readonly #options: Parameters<typeof GroupCommit.create<T, R>>[0];
  readonly #waiting: Array<Waiting<T, R>> = [];
  #isRunning = false;

  private constructor(options: Parameters<typeof GroupCommit.create<T, R>>[0]) {
    this.#options = options;
  }

  /** Answers when it is done. @throws what `take` throws for this item alone */
  add(item: T): Promise<R> {
    const weight = this.#options.weightOf(item);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, weight, resolve, reject });
      if (!this.#isRunning) {
        this.#isRunning = true;
        void this.#run();
      }
    });
  }

  async #run(): Promise<void> {
    const { gather } = this.#options;
    while (this.#waiting.length > 0) {
      if (gather) await gather();
      await this.#do(this.#next());
    }
    this.#isRunning = false;
  }

  #next(): Array<Waiting<T, R>> {
    let weight = 0;
    const end = this.#waiting.findIndex((it, n) => {
      weight += it.weight;
      return n > 0 && weight > this.#options.most;
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }

  async #do(group: Array<Waiting<T, R>>): Promise<void> {
    try {
      const answers = await this.#options.take(group.map(({ item }) => item));
      group.forEach(({ resolve }, n) => resolve(answers[n]));
    } catch (error) {
      if (group.length === 1) {
        group[0].reject(error);
      } else {
        for (const one of group) await this.#do([one]);
      }
    }
  }
}
