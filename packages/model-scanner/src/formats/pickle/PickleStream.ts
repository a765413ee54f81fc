import { disguiseOf, undisguise, type Disguise } from './disguises';
import { PickleMachine, type PayloadReader } from './PickleMachine';
import { PickleError } from './PickleError';
import type { PickleReport } from './PickleState';
import { beginsOldTorch, LONGEST_MAGIC, TorchStorages } from './torchStorages';

/** Magic number, protocol, system, objects, keys of the storages. */
const TORCH_PICKLES = 5;

/** Values that hold values: so deep are they followed. */
const DEEPEST = 8;

/** Codes with which a pickle may begin: anything that makes a value. */
const PLAUSIBLE = new Set(
  [...'\x80(c}])NIFKJMLSTUVXGBCi']
    .map(it => it.charCodeAt(0))
    .concat([0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0x95, 0x96]),
);

/** The mark of protocols 2 to 5, and a code that may stand behind it. */
export const looksLikePickle = (head: Buffer) =>
  head.length >= 4 &&
  head[0] === 0x80 &&
  head[1] >= 2 &&
  head[1] <= 5 &&
  PLAUSIBLE.has(head[2]);

/** Bytes by which a pickle is known. */
const MARK = 4;
/** So many may be open at once, and so many opcodes of theirs are followed. */
const MOST_FOUND = 64;
const MOST_WORK = 4_000_000;

/** A value that is held to be read as a file. */
const MOST_HIDDEN = 16 * 1024 * 1024;

/** Receives what a value is in disguise, and where it was. */
export type OnHidden = (
  bytes: Buffer,
  offset: number,
  disguise: Disguise,
) => void;

/** Follows pickles that stand one after another, and searches what follows them. */
export class PickleStream {
  readonly #report: PickleReport;
  readonly #depth: number;
  readonly #onHidden: OnHidden | undefined;
  #torch: boolean;
  readonly #torchScript: boolean;
  /** The tensors behind the pickles of torch's old format. */
  #storages: TorchStorages | undefined;
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
  /** What may be pickles in the data behind, while they are followed. */
  #found: PickleStream[] = [];
  #edge: Buffer = Buffer.alloc(0);
  #opcodes = 0;
  #work = 0;
  /** Follows pickles only; somebody else searches what comes after. */
  #isProbe = false;

  constructor(options: {
    report: PickleReport;
    /** Persistent ids name storages. */
    torch: boolean;
    /** Classes below `__torch__` are the archive's own. */
    torchScript?: boolean;
    depth?: number;
    /** Receives values that are files or pickles in disguise. */
    onHidden?: OnHidden;
  }) {
    this.#report = options.report;
    this.#torch = options.torch;
    this.#torchScript = options.torchScript ?? false;
    this.#depth = options.depth ?? 0;
    this.#onHidden = options.onHidden;
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
    if (this.#at < LONGEST_MAGIC) this.#recogniseTorch(chunk);
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#isOver) {
        if (this.#storages && this.#trailing === 0) {
          const passed = this.#storages.pass(rest);
          this.#at += passed;
          rest = rest.subarray(passed);
          if (rest.length === 0) return;
        }
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
        if (this.#pickles > 0) this.#searchUnread(this.#machine.unread);
      }
    }
    if (this.#trailing > 0 && !this.#isQuiet) {
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
      chunk.subarray(0, LONGEST_MAGIC - this.#head.length),
    ]);
    if (!this.#storages && beginsOldTorch(this.#head)) {
      this.#torch = true;
      this.#storages = new TorchStorages();
    }
  }

  #feed(bytes: Buffer): number {
    if (!this.#machine && !this.#begins(bytes)) {
      this.#isOver = true;
      return 0;
    }
    this.#machine ??= this.#open();
    try {
      const before = this.#machine.opcodes;
      const used = this.#machine.push(bytes);
      this.#opcodes += this.#machine.opcodes - before;
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
    if (this.#storages && this.#pickles >= TORCH_PICKLES) return false;
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
      onStorage: id => this.#storages?.add(id),
      openPayload: (head, offset) => this.#openPayload(head, start + offset),
    });
  }

  /** Looks for pickles in data that no format explains. */
  #search(bytes: Buffer): void {
    if (this.#isProbe) return;
    this.#found = this.#found.filter(candidate => this.#try(candidate, bytes));
    // A mark may lie across two pieces.
    const whole = Buffer.concat([this.#edge, bytes]);
    const base = this.#at - this.#edge.length;
    for (
      let at = whole.indexOf(0x80);
      at >= 0;
      at = whole.indexOf(0x80, at + 1)
    ) {
      if (at + MARK > whole.length) break;
      if (!looksLikePickle(whole.subarray(at, at + MARK))) continue;
      if (this.#found.length >= MOST_FOUND || this.#work > MOST_WORK) {
        this.#giveUp();
        return;
      }
      const candidate = this.#nested(base + at, true);
      if (this.#try(candidate, whole.subarray(at))) this.#found.push(candidate);
    }
    this.#edge = Buffer.from(
      whole.subarray(Math.max(0, whole.length - MARK + 1)),
    );
  }

  /** What seemed to be another pickle was data, of which a part was passed over. */
  #searchUnread(bytes: Buffer): void {
    this.#at -= bytes.length;
    this.#search(bytes);
    this.#at += bytes.length;
  }

  /** Whether the candidate may still become a pickle. */
  #try(candidate: PickleStream, bytes: Buffer): boolean {
    candidate.push(bytes);
    this.#work += candidate.#opcodes;
    candidate.#opcodes = 0;
    return !candidate.#isOver && candidate.#pickles === 0;
  }

  #giveUp(): void {
    this.#isProbe = true;
    this.#found = [];
    this.#report(
      'pickle-too-complex',
      this.#at,
      'too much in the data behind it begins as a pickle',
    );
  }

  /** Values that begin as a pickle does are read as one. */
  #openPayload(head: Buffer, offset: number): PayloadReader | undefined {
    const disguise = this.#onHidden && disguiseOf(head);
    if (disguise) return this.#collect(disguise, offset);
    if (looksLikePickle(head)) {
      if (this.#depth < DEEPEST) return this.#nested(offset);
      this.#report('too-deep', offset, 'pickles within pickles');
      return undefined;
    }
    if (this.#depth >= DEEPEST) return undefined;
    // After the first pickle it may be no value at all, but data.
    const isCertain = this.#pickles === 0 || this.#storages || this.#isProbe;
    if (isCertain) return undefined;
    const search = this.#nested(offset);
    search.#isOver = true;
    search.#isQuiet = true;
    return search;
  }

  /** Keeps a value whole, for whoever can read what it is in disguise. */
  #collect(disguise: Disguise, offset: number): PayloadReader {
    const parts: Buffer[] = [];
    let size = 0;
    return {
      push: bytes => {
        size += bytes.length;
        if (size <= MOST_HIDDEN) parts.push(Buffer.from(bytes));
      },
      end: () => {
        if (size <= MOST_HIDDEN) {
          this.#onHidden?.(
            undisguise(Buffer.concat(parts), disguise),
            offset,
            disguise,
          );
        } else {
          this.#report(
            'too-large',
            offset,
            `${size} bytes of a value are ${disguise}`,
          );
        }
      },
    };
  }

  #nested(offset: number, isProbe = false): PickleStream {
    let isTold = false;
    const stream = new PickleStream({
      torch: this.#torch,
      depth: this.#depth + 1,
      onHidden:
        this.#onHidden &&
        ((bytes, at, disguise) =>
          this.#onHidden?.(bytes, offset + at, disguise)),
      report: (rule, at, message) => {
        if (rule === 'pickle-corrupt' || rule === 'pickle-truncated') return;
        if (isProbe && rule === 'pickle-trailing-data') return;
        if (!isTold) {
          isTold = true;
          this.#report('pickle-nested', offset, 'a value is a pickle itself');
        }
        this.#report(rule, offset + at, message);
      },
    });
    stream.#isProbe = isProbe;
    return stream;
  }

  #fail(error: unknown): void {
    if (!(error instanceof PickleError)) throw error;
    // Behind a whole pickle it was no pickle, but data.
    if (this.#pickles > 0 && error.rule !== 'pickle-too-complex') {
      this.#trailing += this.#at - this.#start;
      return;
    }
    this.#report(
      error.rule,
      this.#start + (this.#machine?.offset ?? 0),
      error.message,
    );
  }
}
