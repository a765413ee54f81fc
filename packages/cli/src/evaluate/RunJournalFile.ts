import { FileJournal, type RunJournal } from '@modelhub/evals';
import fs from 'node:fs';
import path from 'node:path';
import { UnableError } from '../exitCodes';

/** Where the answers of a run are kept, and how it goes on. */
export class RunJournalFile {
  readonly file: string;
  readonly journal: RunJournal;
  readonly #isNamed: boolean;

  /**
   * @param name - the file that was named, if any
   * @throws UnableError where a run would begin that another has begun
   */
  static of(options: {
    name?: string;
    isResumed: boolean;
    suite: string;
    inputDigest: string;
  }): RunJournalFile {
    const short = options.inputDigest.slice('sha256:'.length, 19);
    const file =
      options.name ??
      path.join('.modelhub', 'runs', `${options.suite}-${short}.jsonl`);
    const isThere = hasEntries(file);
    if (isThere && !options.isResumed) {
      throw new UnableError(
        `${file} has answers of this run already: go on with --resume, or delete the file to ask all cases again`,
      );
    }
    if (!isThere && options.isResumed) {
      throw new UnableError(
        `There is nothing to go on with: ${file} is not there. Leave --resume out, or name the journal with --journal`,
      );
    }
    return new RunJournalFile(file, options.name !== undefined);
  }

  private constructor(file: string, isNamed: boolean) {
    this.file = file;
    this.#isNamed = isNamed;
    this.journal = FileJournal.create(file);
  }

  /**
   * Whether there is something to go on with; a journal without an answer is
   * taken away.
   */
  keepAnswers(): boolean {
    const isKept = hasEntries(this.file);
    if (!isKept) this.#remove();
    return isKept;
  }

  /** A journal that nobody named has done its work. */
  finish(): void {
    if (!this.#isNamed) this.#remove();
  }

  #remove(): void {
    fs.rmSync(this.file, { force: true });
    if (this.#isNamed) return;
    for (const folder of [path.dirname(this.file), '.modelhub']) {
      try {
        fs.rmdirSync(folder);
      } catch {
        // There are others in it.
        return;
      }
    }
  }
}

/** Whether there is more than the header. */
function hasEntries(file: string): boolean {
  let handle: number | undefined;
  try {
    handle = fs.openSync(file, 'r');
    const begin = Buffer.alloc(64 * 1024);
    const length = fs.readSync(handle, begin);
    const header = begin.subarray(0, length).indexOf('\n');
    return header >= 0 && header < length - 1;
  } catch {
    return false;
  } finally {
    if (handle !== undefined) fs.closeSync(handle);
  }
}
