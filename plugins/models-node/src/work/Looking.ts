const POLL_MS = 1000;

/**
 * Looks for work in the database every second and at each `wake`, one look at a
 * time. A wake during a look makes it look once more.
 *
 * @public
 */
export class Looking {
  static create(options: {
    /** Looks once. */
    look(): Promise<void>;
    /** A look that nobody waits for failed. */
    failed(error: Error): void;
  }): Looking {
    return new Looking(options);
  }

  readonly #options: Parameters<typeof Looking.create>[0];
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;

  private constructor(options: Parameters<typeof Looking.create>[0]) {
    this.#options = options;
  }

  /** Ends when it is told to stop. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Look every second, and at each `wake`. */
  start(): void {
    this.#timer ??= setInterval(() => this.wake(), POLL_MS).unref();
    this.wake();
  }

  /** Resolves when no look is going on any more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#running;
  }

  /** Look now. */
  wake(): void {
    if (this.stopping.aborted) return;
    this.now().catch(this.#options.failed);
  }

  /** Look now; resolves when nothing asks for another look. */
  async now(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#untilQuiet().finally(() => {
      this.#running = undefined;
      if (this.#again) this.wake();
    });
    return this.#running;
  }

  /** Asks for another look; in a look it follows at once. */
  again(): void {
    this.#again = true;
  }

  async #untilQuiet(): Promise<void> {
    while (this.#again && !this.stopping.aborted) {
      this.#again = false;
      await this.#options.look();
    }
  }
}
