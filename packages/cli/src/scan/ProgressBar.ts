import { formatBytes, type ScanProgress } from '@modelhub/scanner';
import { Presets, SingleBar } from 'cli-progress';

/** How far a scan is, on a terminal; nothing elsewhere. */
export class ProgressBar {
  readonly #bar: SingleBar | undefined;
  #isRunning = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#bar = stream.isTTY
      ? new SingleBar(
          {
            stream,
            format: '{bar} {percentage}%  {done} of {all}  {files}  {path}',
            clearOnComplete: true,
            hideCursor: true,
            noTTYOutput: false,
            etaBuffer: 50,
            fps: 8,
          },
          Presets.shades_classic,
        )
      : undefined;
  }

  update(progress: ScanProgress): void {
    if (!this.#bar) return;
    const { path, bytes, bytesDone, files, filesDone } = progress;
    const total = Math.max(bytes, bytesDone, 1);
    const payload = {
      done: formatBytes(bytesDone),
      all: formatBytes(total),
      files: `${filesDone}/${files} files`,
      // What is in a name must not move the cursor.
      path: path.replace(/[^\x20-\x7e]/g, '?').slice(-40),
    };
    if (!this.#isRunning) {
      this.#bar.start(total, bytesDone, payload);
      this.#isRunning = true;
    } else {
      this.#bar.setTotal(total);
      this.#bar.update(bytesDone, payload);
    }
  }

  /** Takes it away, so that something else can be written. */
  clear(): void {
    if (this.#isRunning) this.#bar?.stop();
    this.#isRunning = false;
  }
}
