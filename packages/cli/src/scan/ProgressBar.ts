import { formatBytes, type ScanProgress } from '@modelhub/scanner';
import { TerminalBar } from '../TerminalBar';

/** How far a scan is, on a terminal; nothing elsewhere. */
export class ProgressBar {
  readonly #bar: TerminalBar;

  constructor(stream: NodeJS.WriteStream) {
    this.#bar = new TerminalBar(
      stream,
      '{bar} {percentage}%  {done} of {all}  {files}  {path}',
    );
  }

  update(progress: ScanProgress): void {
    const { path, bytes, bytesDone, files, filesDone } = progress;
    const total = Math.max(bytes, bytesDone, 1);
    this.#bar.update(bytesDone, total, {
      done: formatBytes(bytesDone),
      all: formatBytes(total),
      files: `${filesDone}/${files} files`,
      // What is in a name must not move the cursor.
      path: path.replace(/[^\x20-\x7e]/g, '?').slice(-40),
    });
  }

  /** Takes it away, so that something else can be written. */
  clear(): void {
    this.#bar.clear();
  }
}
