import { PickleMachine, type PayloadReader } from './PickleMachine';
import { PickleError, type PickleReport } from './PickleState';

/**
 * The number with which torch's format before 1.6 begins, as the long of ten
 * bytes that its first pickle holds.
 *
 * Source: torch, `serialization.py`, `MAGIC_NUMBER`.
 */
const TORCH_MAGIC = Buffer.from('80028a0a6cfc9c46f9206aa850192e', 'hex');
/** Magic number, protocol, system, objects, keys of the storages. */
const TORCH_PICKLES = 5;

/** Values that hold values: so deep are they followed. */
const DEEPEST = 8;

/** Follows pickles that stand one after another, and searches what follows them. */
export class PickleStream {
  readonly #report: PickleReport;
  readonly #depth: number;
  #torch: boolean;
  readonly #torchScript: boolean;
  #isOldTorch = false;
  #machine: PickleMachine | undefined;
  /** Where the present pickle begins. */
  #start = 0;
  #at = 0;
  #pickles = 0;
  #head = Buffer.alloc(0);
  #isOver = false;
  /** Whoever searches has told of the bytes already. */
  #isQuiet = false;
  #trailing = 0;
  /** A pickle in the data behind, while it is followed. */
  #found: PickleStream | undefined;

  constructor(options: {
    report: PickleReport;
    /** Persistent ids name storages. */
    torch: boolean;
    /** Classes below `__torch__` are the archive's own. */
    torchScript?: boolean;
    depth?: number;
  }) {
    this.#report = options.report;
    this.#torch = options.torch;
    this.#torchScript = options.torchScript ?? false;
    this.#depth = options.depth ?? 0;
  }

  /** Looks for pickles in bytes that are none, as they follow a pickle. */
  static searching(options: {
    report: PickleReport;
    torch: boolean;
  }): PickleStream {
    const stream = new PickleStream(options);
    stream.#isOver = true;
    stream.#isQuiet = true;
    return stream;
  }

  get pickles(): number {
    return this.#pickles;
  }

  push(chunk: Buffer): void {
    if (this.#at < TORCH_MAGIC.length) this.#recogniseTorch(chunk);
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#isOver) {
        this.#search(rest);
        this.#trailing += rest.length;
        this.#at += rest.length;
        return;
      }
      rest = rest.subarray(this.#feed(rest));
    }
  }

  end(): void {
    if (this.#machine) {
      try {
        this.#machine.end();
      } catch (error) {
        this.#fail(error);
      }
    }
    if (this.#trailing > 0 && !this.#isOldTorch && !this.#isQuiet) {
      this.#report(
        'pickle-trailing-data',
        this.#at - this.#trailing,
        `${this.#trailing} bytes follow the pickle`,
      );
    }
  }

  /** The format before torch 1.6 is several pickles and then raw tensors. */
  #recogniseTorch(chunk: Buffer): void {
    this.#head = Buffer.concat([
      this.#head,
      chunk.subarray(0, TORCH_MAGIC.length - this.#head.length),
    ]);
    if (this.#head.equals(TORCH_MAGIC)) {
      this.#torch = true;
      this.#isOldTorch = true;
    }
  }

  #feed(bytes: Buffer): number {
    if (!this.#machine && !this.#begins(bytes)) {
      this.#isOver = true;
      return 0;
    }
    this.#machine ??= this.#open();
    try {
      const used = this.#machine.push(bytes);
      this.#at += used;
      if (this.#machine.stopped) {
        this.#machine = undefined;
        this.#pickles += 1;
      }
      return used;
    } catch (error) {
      this.#fail(error);
      this.#isOver = true;
      return 0;
    }
  }

  /** After the first pickle, whether another one stands here. */
  #begins(bytes: Buffer): boolean {
    if (this.#pickles === 0) return true;
    if (this.#isOldTorch && this.#pickles >= TORCH_PICKLES) return false;
    return PLAUSIBLE.has(bytes[0]);
  }

  #open(): PickleMachine {
    this.#start = this.#at;
    const start = this.#at;
    return new PickleMachine({
      report: (rule, offset, message) =>
        this.#report(rule, start + offset, message),
      persistentIds: this.#torch,
      torchScript: this.#torchScript,
      openPayload: (head, offset) => this.#openPayload(head, start + offset),
    });
  }

  /** Looks for pickles in data that no format explains. */
  #search(bytes: Buffer): void {
    let from = 0;
    while (from < bytes.length) {
      if (!this.#found) {
        from = bytes.indexOf(0x80, from);
        if (from < 0) return;
        const head = bytes.subarray(from, from + 4);
        if (head.length === 4 && !looksLikePickle(head)) {
          from += 1;
          continue;
        }
        this.#found = this.#nested(this.#at + from);
      }
      const rest = bytes.subarray(from);
      this.#found.push(rest);
      if (!this.#found.#isOver && this.#found.#pickles === 0) return;
      // On behind its mark, so that one pickle cannot cover another.
      from += 2;
      this.#found = undefined;
    }
  }

  /** Values that begin as a pickle does are read as one. */
  #openPayload(head: Buffer, offset: number): PayloadReader | undefined {
    return this.#depth < DEEPEST && looksLikePickle(head)
      ? this.#nested(offset)
      : undefined;
  }

  #nested(offset: number): PickleStream {
    let isTold = false;
    return new PickleStream({
      torch: this.#torch,
      depth: this.#depth + 1,
      report: (rule, at, message) => {
        if (rule === 'pickle-corrupt' || rule === 'pickle-truncated') return;
        if (!isTold) {
          isTold = true;
          this.#report('pickle-nested', offset, 'a value is a pickle itself');
        }
        this.#report(rule, offset + at, message);
      },
    });
  }

  #fail(error: unknown): void {
    if (!(error instanceof PickleError)) throw error;
    // Behind a whole pickle it was no pickle, but data.
    if (this.#pickles > 0 && error.rule !== 'pickle-too-complex') {
      this.#trailing += this.#at - this.#start;
      return;
    }
    this.#report(error.rule, this.#at, error.message);
  }
}

/** The mark of protocols 2 to 5, and a code that may stand behind it. */
export const looksLikePickle = (head: Buffer) =>
  head.length >= 4 &&
  head[0] === 0x80 &&
  head[1] >= 2 &&
  head[1] <= 5 &&
  PLAUSIBLE.has(head[2]);

/** Codes with which a pickle may begin: anything that makes a value. */
const PLAUSIBLE = new Set(
  [...'\x80(c}])NIFKJMLSTUVXGBCi']
    .map(it => it.charCodeAt(0))
    .concat([0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0x95, 0x96]),
);
