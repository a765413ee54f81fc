/** `75000` → `1:15`. */
export function clock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const thousands = (value: number) =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');

/** Tells how fast something goes, and when it will be done. */
export class Pace {
  readonly #total: number;
  readonly #begun: number;
  readonly #now: () => number;
  readonly #from: number;

  /** @param total - calls of the whole year; @param from - those of earlier runs */
  constructor(
    total: number,
    from: number,
    now: () => number = () => performance.now(),
  ) {
    this.#total = total;
    this.#from = from;
    this.#now = now;
    this.#begun = now();
  }

  /** One line about what was sent in this run. */
  line(sent: { calls: number; records: number }, date: string): string {
    const ms = Math.max(1, this.#now() - this.#begun);
    const there = this.#from + sent.calls;
    const percent = Math.floor((100 * there) / this.#total);
    const left =
      sent.calls > 0 ? ((this.#total - there) * ms) / sent.calls : undefined;
    return [
      `Simulated year: ${percent} % (until ${date})`,
      `${thousands(there)} calls`,
      `${thousands((1000 * sent.records) / ms)} records/s`,
      ...(left === undefined || there >= this.#total
        ? []
        : [`about ${clock(left)} left`]),
    ].join(', ');
  }
}
