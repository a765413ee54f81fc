import type { PerformanceProgress } from '@modelhub/evals';
import { Presets, SingleBar } from 'cli-progress';

/** How far a measurement is, on a terminal; nothing elsewhere. */
export class PerformanceBar {
  readonly #bar: SingleBar | undefined;
  #isRunning = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#bar = stream.isTTY
      ? new SingleBar(
          {
            stream,
            format: '{bar} {value}/{total} requests  {load}  {words}',
            clearOnComplete: true,
            hideCursor: true,
            noTTYOutput: false,
            fps: 8,
          },
          Presets.shades_classic,
        )
      : undefined;
  }

  update(progress: PerformanceProgress): void {
    if (!this.#bar) return;
    const { load, phase, requests, requestsDone, errors } = progress;
    const payload = {
      load:
        load.kind === 'closed'
          ? `${load.concurrency} at once`
          : `${load.requestsPerSecond} a second`,
      words: phase === 'warm-up' ? 'warming up' : `${errors} failed`,
    };
    if (!this.#isRunning) {
      this.#bar.start(requests, requestsDone, payload);
      this.#isRunning = true;
    } else {
      this.#bar.update(requestsDone, payload);
    }
  }

  /** Takes it away, so that something else can be written. */
  clear(): void {
    if (this.#isRunning) this.#bar?.stop();
    this.#isRunning = false;
  }
}
