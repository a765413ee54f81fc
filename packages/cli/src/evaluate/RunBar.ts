import type { RunProgress } from '@modelhub/evals';
import { Presets, SingleBar } from 'cli-progress';

/** How far a run of a pack is, on a terminal; nothing elsewhere. */
export class RunBar {
  readonly #bar: SingleBar | undefined;
  #isRunning = false;
  #phase: RunProgress['phase'] | undefined;

  constructor(stream: NodeJS.WriteStream) {
    this.#bar = stream.isTTY
      ? new SingleBar(
          {
            stream,
            format: '{bar} {value}/{total} {phase}  {words}',
            clearOnComplete: true,
            hideCursor: true,
            noTTYOutput: false,
            fps: 8,
          },
          Presets.shades_classic,
        )
      : undefined;
  }

  update(progress: RunProgress): void {
    if (!this.#bar) return;
    const { phase, done, total } = progress;
    const payload = { phase, words: wordsOf(progress) };
    if (this.#isRunning && this.#phase === phase) {
      this.#bar.update(done, payload);
    } else {
      this.clear();
      this.#bar.start(total, done, payload);
      this.#isRunning = true;
      this.#phase = phase;
    }
  }

  /** Takes it away, so that something else can be written. */
  clear(): void {
    if (this.#isRunning) this.#bar?.stop();
    this.#isRunning = false;
  }
}

function wordsOf({ failed, retries, resumed, waitingMs }: RunProgress): string {
  return [
    `${failed} failed`,
    ...(retries > 0 ? [`${retries} asked again`] : []),
    ...(resumed > 0 ? [`${resumed} from before`] : []),
    ...(waitingMs
      ? [`the endpoint asks to wait ${Math.ceil(waitingMs / 1000)} s`]
      : []),
  ].join(', ');
}
