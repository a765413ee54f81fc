import { ARGUMENTS, TEXTS } from './arguments';
import { ARGUMENT, OP } from './opcodes';
import { PickleError } from './PickleError';
import { PickleState, type StateOptions } from './PickleState';
import { followPlain } from './plainOpcodes';
import { rules } from '../../rules';
import { mayBeDisguised } from './disguises';
import { compose, readLine } from './instructions';
import { arrayBytesOf } from './joblibArrays';
import { lineEnd, readLength } from './lengths';
import { isAlive, mayBeOpcodes } from './shadows';
import { LEAST_PICKLE, LONGEST_TEXT, ShortTexts } from './shortText';
import { beginsOldTorch } from './torchStorages';
import { Opaque, Payload, type Value } from './values';

/** Of longer lines there is no honest use. */
const LONGEST_LINE = 1024 * 1024;

const NOTHING = Buffer.alloc(0);

const texts = new ShortTexts();

/** More of them are no accident. */
const MOST_SHADOWS = 4;

/** Receives a value's bytes, piece by piece. */
export interface PayloadReader {
  push(bytes: Buffer): void;
  end(): void;
}

export interface PickleMachineOptions extends StateOptions {
  /** Goes without the short cut for opcodes of which only data comes. */
  isThorough?: boolean;
  /** Called with the first bytes of a value; may ask to see all of it. */
  openPayload?(head: Buffer, offset: number): PayloadReader | undefined;
}

/**
 * Follows one pickle as an unpickler would, but calls nothing. Takes the bytes
 * as they come and keeps no more of them than one opcode.
 */
export class PickleMachine {
  readonly #state: PickleState;
  readonly #options: PickleMachineOptions;
  #rest: Buffer = NOTHING;
  /** Offset of `#rest` in the pickle. */
  #base = 0;
  /** Bytes of a value that are passed over, and who reads them. */
  #skip = 0;
  #reader: PayloadReader | undefined;
  /** A pickle that lies raw within this one, as joblib writes object arrays. */
  #inner: PickleMachine | undefined;
  /** The next byte counts padding before so many bytes of an array. */
  #padded: number | undefined;
  /** Machines that take an array's bytes for opcodes, as unpicklers other than joblib's do. */
  #shadows: PickleMachine[] = [];
  #wantsShadow = false;
  #frameEnd = -1;
  #stopped = false;

  constructor(options: PickleMachineOptions) {
    this.#options = options;
    this.#state = new PickleState(options);
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Bytes that were taken and not followed yet. */
  get unread(): Buffer {
    return this.#rest;
  }

  /** Where the opcode begins that was followed last. */
  get offset(): number {
    return this.#state.offset;
  }

  get opcodes(): number {
    return this.#state.opcodes;
  }

  /**
   * @returns how many of these bytes belong to the pickle: all of them, until
   * it stops
   * @throws PickleError where an unpickler would raise
   */
  push(chunk: Buffer): number {
    this.#shadows = this.#shadows.filter(shadow => isAlive(shadow, chunk));
    const kept = this.#rest.length;
    const bytes = kept === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = NOTHING;
    const used = this.#run(bytes);
    if (this.#stopped) return used - kept;
    this.#rest =
      used === bytes.length ? NOTHING : Buffer.from(bytes.subarray(used));
    this.#base += used;
    return chunk.length;
  }

  /** @throws PickleError when the pickle did not stop */
  end(): void {
    this.#reader?.end();
    if (!this.#stopped) {
      this.#state.end();
      throw new PickleError('it ends before its STOP', 'pickle-truncated');
    }
  }

  /** Follows as many opcodes as there are whole ones; returns where it got to. */
  #run(bytes: Buffer): number {
    let at = 0;
    while (at < bytes.length && !this.#stopped) {
      const before = at;
      if (this.#skip > 0) at = this.#pass(bytes, at);
      else if (this.#inner) at = this.#follow(this.#inner, bytes, at);
      else if (this.#padded !== undefined) {
        this.#skip = bytes[at] + this.#padded;
        this.#padded = undefined;
        at += 1;
      } else {
        if (!this.#options.isThorough) at = this.#plain(bytes, at);
        at = this.#opcode(bytes, at);
        if (this.#wantsShadow) this.#cast(bytes, at);
      }
      if (at === before) break;
    }
    return at;
  }

  /** Up to the end of a frame, which is looked at where an opcode ends there. */
  #plain(bytes: Buffer, at: number): number {
    const end =
      this.#frameEnd < 0
        ? bytes.length
        : Math.min(bytes.length, this.#frameEnd - this.#base);
    return end > at ? followPlain(this.#state, texts, bytes, at, end) : at;
  }

  #pass(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#skip);
    this.#reader?.push(bytes.subarray(at, end));
    this.#skip -= end - at;
    if (this.#skip === 0) {
      this.#reader?.end();
      this.#reader = undefined;
    }
    return end;
  }

  /** Follows what comes as opcodes too, with the stack and memo as they are now. */
  #cast(bytes: Buffer, at: number): void {
    this.#wantsShadow = false;
    if (!mayBeOpcodes(bytes, at)) return;
    if (this.#shadows.length >= MOST_SHADOWS) {
      throw new PickleError(
        'too many arrays could be opcodes',
        'pickle-too-complex',
      );
    }
    const shadow = new PickleMachine({
      ...this.#options,
      report: (rule, offset, message) => {
        if (rules[rule].severity !== 'critical' && !/-import$/.test(rule)) {
          return;
        }
        this.#options.report(rule, offset, `${message}, in an array`);
      },
      openPayload: undefined,
    });
    shadow.#base = this.#base + at;
    this.#state.copyTo(shadow.#state);
    if (isAlive(shadow, bytes.subarray(at))) this.#shadows.push(shadow);
  }

  #follow(inner: PickleMachine, bytes: Buffer, at: number): number {
    const used = inner.push(bytes.subarray(at));
    if (inner.stopped) this.#inner = undefined;
    return at + used;
  }

  /** Follows the opcode at `at` when it is there as a whole. */
  #opcode(bytes: Buffer, at: number): number {
    const code = bytes[at];
    const argument = at + 1;
    this.#state.offset = this.#base + at;
    let end = argument;
    switch (ARGUMENTS[code]) {
      case ARGUMENT.NONE:
        break;
      case ARGUMENT.FIXED1:
        end += 1;
        break;
      case ARGUMENT.FIXED2:
        end += 2;
        break;
      case ARGUMENT.FIXED4:
        end += 4;
        break;
      case ARGUMENT.FIXED8:
        end += 8;
        break;
      case ARGUMENT.LINE:
      case ARGUMENT.LINES: {
        end = lineEnd(bytes, argument);
        if (end > 0 && ARGUMENTS[code] === ARGUMENT.LINES) {
          end = lineEnd(bytes, end);
        }
        if (end === 0) {
          if (bytes.length - at > LONGEST_LINE) {
            throw new PickleError('a line does not end', 'pickle-too-complex');
          }
          return at;
        }
        break;
      }
      case ARGUMENT.COUNTED1:
        return this.#counted(code, bytes, at, 1);
      case ARGUMENT.COUNTED4:
        return this.#counted(code, bytes, at, 4);
      case ARGUMENT.COUNTED8:
        return this.#counted(code, bytes, at, 8);
      default:
        throw new PickleError(`there is no opcode 0x${code.toString(16)}`);
    }
    if (end > bytes.length) return at;
    this.#state.opcodes += 1;
    if (code !== OP.FRAME) this.#withinFrame(this.#base + at, this.#base + end);
    this.#execute(code, bytes, argument, end);
    return end;
  }

  /** Opcodes with a length and so many bytes. */
  #counted(code: number, bytes: Buffer, at: number, width: 1 | 4 | 8): number {
    const start = at + 1 + width;
    if (start > bytes.length) return at;
    const length = readLength(bytes, at + 1, width);
    const isText = TEXTS.has(code);
    const wanted = Math.min(length, LONGEST_TEXT);
    if (bytes.length - start < wanted) return at;
    this.#state.opcodes += 1;
    const end = this.#base + start + length;
    this.#withinFrame(this.#base + at, end);
    if (code === OP.LONG1 || code === OP.LONG4) {
      this.#state.push(Opaque.something);
    } else if (isText && length <= LONGEST_TEXT) {
      this.#state.push(texts.decode(bytes, start, start + length));
    } else {
      const isTorch =
        code !== OP.BYTEARRAY8 &&
        bytes[start] === 0x80 &&
        beginsOldTorch(bytes.subarray(start, start + wanted));
      this.#state.push(new Payload(length, isText, isTorch));
    }
    if (length < LEAST_PICKLE) return start + length;
    if (
      bytes[start] >= 0x80 ||
      length > LONGEST_TEXT ||
      mayBeDisguised(bytes[start])
    ) {
      const head = bytes.subarray(start, start + wanted);
      this.#reader = this.#options.openPayload?.(head, this.#base + start);
    }
    // What is whole and concerns nobody is passed over at once.
    if (!this.#reader && length <= LONGEST_TEXT) return start + length;
    this.#skip = length;
    return start;
  }

  /** Python's unpicklers differ where an opcode does not end with its frame. */
  #withinFrame(start: number, end: number): void {
    if (this.#frameEnd < 0) return;
    if (end > this.#frameEnd) {
      // A large value may stand outside of frames, but not across an end.
      if (start < this.#frameEnd) this.#mismatch('reaches over its end');
      this.#frameEnd = -1;
    } else if (end === this.#frameEnd) {
      this.#frameEnd = -1;
    }
  }

  #frame(length: number, end: number): void {
    if (this.#frameEnd >= 0) this.#mismatch('holds another');
    this.#frameEnd = this.#base + end + length;
  }

  #mismatch(how: string): void {
    this.#options.report(
      'pickle-frame-mismatch',
      this.#state.offset,
      `a frame ${how}`,
    );
  }

  #execute(code: number, bytes: Buffer, at: number, end: number): void {
    const state = this.#state;
    switch (code) {
      case OP.PROTO:
        if (bytes[at] > 5) throw new PickleError(`protocol ${bytes[at]}`);
        return;
      case OP.FRAME:
        this.#frame(readLength(bytes, at, 8), end);
        return;
      case OP.STOP:
        state.pop();
        state.end();
        if (this.#frameEnd >= 0) this.#mismatch('goes on after the pickle');
        this.#stopped = true;
        return;
      case OP.MARK:
        state.mark();
        return;
      case OP.POP:
        state.drop();
        return;
      case OP.POP_MARK:
        state.popMark();
        return;
      case OP.DUP:
        state.push(state.top);
        return;
      case OP.NONE:
        state.push(Opaque.none);
        return;
      case OP.NEWTRUE:
        state.push(true);
        return;
      case OP.NEWFALSE:
        state.push(false);
        return;
      case OP.BININT1:
        state.push(bytes[at]);
        return;
      case OP.BININT2:
        state.push(bytes.readUInt16LE(at));
        return;
      case OP.BININT:
        state.push(bytes.readInt32LE(at));
        return;
      case OP.BINFLOAT:
        state.push(Opaque.something);
        return;
      case OP.MEMOIZE:
        state.memoize();
        return;
      case OP.BINPUT:
        state.memoize(bytes[at]);
        return;
      case OP.LONG_BINPUT:
        state.memoize(bytes.readUInt32LE(at));
        return;
      case OP.BINGET:
        state.get(bytes[at]);
        return;
      case OP.LONG_BINGET:
        state.get(bytes.readUInt32LE(at));
        return;
      case OP.EXT1:
        state.extension(bytes[at]);
        return;
      case OP.EXT2:
        state.extension(bytes.readUInt16LE(at));
        return;
      case OP.EXT4:
        state.extension(bytes.readInt32LE(at));
        return;
      case OP.BUILD:
        this.#built(state.build());
        return;
      default:
        if (ARGUMENTS[code] === ARGUMENT.NONE) compose(state, code);
        else readLine(state, code, bytes.toString('utf8', at, end - 1));
    }
  }

  #built(value: Value): void {
    const array = arrayBytesOf(value);
    if (array === undefined) return;
    this.#wantsShadow = array.kind === 'raw';
    if (array.kind === 'unclear') {
      throw new PickleError('an array of joblib is not understood');
    }
    if (array.kind === 'objects') {
      const { report, persistentIds } = this.#options;
      const base = this.#state.offset + 1;
      this.#inner = new PickleMachine({
        report: (rule, offset, message) => report(rule, base + offset, message),
        persistentIds,
      });
    } else if (array.isPadded) {
      this.#padded = array.bytes;
    } else {
      this.#skip = array.bytes;
    }
  }
}
