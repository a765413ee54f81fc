import type { RunProgress } from '@modelhub/evals';
import { TerminalBar } from '../TerminalBar';

/** How far a run of a pack is, on a terminal; nothing elsewhere. */
export class RunBar {
  readonly #bar: TerminalBar;

  constructor(stream: NodeJS.WriteStream) {
    this.#bar = new TerminalBar(
      stream,
      '{bar} {value}/{total} {phase}  {words}',
    );
  }

  update(progress: RunProgress): void {
    const { phase, done, total } = progress;
    this.#bar.update(done, total, { phase, words: wordsOf(progress) }, phase);
  }

  /** Takes it away, so that something else can be written. */
  clear(): void {
    this.#bar.clear();
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
