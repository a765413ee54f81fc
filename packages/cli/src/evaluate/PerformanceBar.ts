import type { PerformanceProgress } from '@modelhub/evals';
import { TerminalBar } from '../TerminalBar';

/** How far a measurement is, on a terminal; nothing elsewhere. */
export class PerformanceBar {
  readonly #bar: TerminalBar;

  constructor(stream: NodeJS.WriteStream) {
    this.#bar = new TerminalBar(
      stream,
      '{bar} {value}/{total} requests  {load}  {words}',
    );
  }

  update(progress: PerformanceProgress): void {
    const { load, phase, requests, requestsDone, errors } = progress;
    this.#bar.update(requestsDone, requests, {
      load:
        load.kind === 'closed'
          ? `${load.concurrency} at once`
          : `${load.requestsPerSecond} a second`,
      words: phase === 'warm-up' ? 'warming up' : `${errors} failed`,
    });
  }

  /** Takes it away, so that something else can be written. */
  clear(): void {
    this.#bar.clear();
  }
}
