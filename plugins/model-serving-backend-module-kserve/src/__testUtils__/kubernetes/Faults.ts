/** Something that goes wrong with the next requests that it is about. */
export interface Fault {
  method?: string;
  /** Of path and query. */
  path?: RegExp;
  /** How often; default 1. */
  times?: number;
  /** Status of the answer instead of the real one. */
  status?: number;
  reason?: string;
  message?: string;
  /** Seconds in `Retry-After`. */
  retryAfter?: number;
  /** No answer ever. */
  hangs?: boolean;
  /** The connection is closed without an answer. */
  drops?: boolean;
}

/** Faults on command. */
export class Faults {
  readonly #faults: Array<Fault & { left: number }> = [];

  /** Adds one; earlier ones are used up first. */
  add(fault: Fault): void {
    this.#faults.push({ ...fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#faults.length = 0;
  }

  /** The fault of a request, which is one nearer to its end then. */
  take(method: string, url: string): Fault | undefined {
    const found = this.#faults.find(
      fault =>
        fault.left > 0 &&
        (fault.method === undefined || fault.method === method) &&
        (fault.path === undefined || fault.path.test(url)),
    );
    if (found) {
      found.left -= 1;
    }
    return found;
  }
}
