import { Presets, SingleBar } from 'cli-progress';

/** How far something is, on a terminal; nothing elsewhere. */
export class TerminalBar {
  readonly #bar: SingleBar | undefined;
  #phase: string | undefined;

  /** @param format - of `cli-progress`; names in braces are of the payload */
  constructor(stream: NodeJS.WriteStream, format: string) {
    this.#bar = stream.isTTY
      ? new SingleBar(
          {
            stream,
            format,
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

  /** @param phase - another one begins with a bar of its own */
  update(
    done: number,
    total: number,
    payload: Record<string, string>,
    phase = '',
  ): void {
    if (this.#phase === phase) {
      this.#bar?.setTotal(total);
      this.#bar?.update(done, payload);
      return;
    }
    this.clear();
    this.#bar?.start(total, done, payload);
    this.#phase = phase;
  }

  /** Takes it away, so that something else can be written. */
  clear(): void {
    if (this.#phase !== undefined) this.#bar?.stop();
    this.#phase = undefined;
  }
}
