/** The first Ctrl-C lets cases under way finish, the second ends them, the third ends the program. */
export class Stops {
  readonly #draining = new AbortController();
  readonly #aborting = new AbortController();
  readonly #onStop: () => void;
  readonly #handler = () => this.#stop();

  constructor(onStop: () => void) {
    this.#onStop = onStop;
    process.on('SIGINT', this.#handler).on('SIGTERM', this.#handler);
  }

  get draining(): AbortSignal {
    return this.#draining.signal;
  }

  get aborting(): AbortSignal {
    return this.#aborting.signal;
  }

  get isStopped(): boolean {
    return this.#draining.signal.aborted;
  }

  end(): void {
    process.off('SIGINT', this.#handler).off('SIGTERM', this.#handler);
  }

  #stop(): void {
    if (!this.#draining.signal.aborted) {
      this.#draining.abort();
      this.#onStop();
      process.stderr.write(
        'Waiting for the answers that are under way; Ctrl-C again does not.\n',
      );
    } else {
      this.#aborting.abort();
      this.end();
    }
  }
}
