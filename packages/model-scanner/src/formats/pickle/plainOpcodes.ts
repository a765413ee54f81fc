import { mayBeDisguised } from './disguises';
import { MOST_STACKED } from './PickleStack';
import type { PickleState } from './PickleState';
import { LEAST_PICKLE, LONGEST_TEXT, type ShortTexts } from './shortText';
import { Entries, Imported, Items, Made, Opaque, type Value } from './values';

/** No opcode of a fixed length is longer. */
const LONGEST = 9;

/** What it is built with makes a difference for arrays of joblib only. */
const isPlainObject = (value: Value) =>
  value instanceof Made &&
  value.callee instanceof Imported &&
  !value.callee.mayBeArray;

/** Whether a text is one that nobody needs to look into. */
const isPlainText = (length: number, first: number) =>
  length < LEAST_PICKLE || (first < 0x80 && !mayBeDisguised(first));

/**
 * Follows opcodes of which nothing can come but data, for speed: whatever else
 * there is, or is odd, is left to {@link PickleMachine}, which does all of them.
 *
 * @returns where it stopped: at an opcode for the machine, or before `end`
 */
export function followPlain(
  state: PickleState,
  texts: ShortTexts,
  bytes: Buffer,
  from: number,
  end: number,
): number {
  const { items, marks, memo } = state;
  let { height, floor } = state;
  const highest = Math.max(height, marks.length) + (end - from);
  if (highest > MOST_STACKED || state.isWaiting) return from;
  const last = end - LONGEST;
  let at = from;
  let opcodes = 0;
  let isPlain = true;
  while (isPlain && at < last) {
    let next = at + 1;
    switch (bytes[at]) {
      case 0x28 /* MARK */:
        marks.push(height);
        floor = height;
        break;
      case 0x80 /* PROTO */:
        if (bytes[next] <= 5) next += 1;
        else isPlain = false;
        break;
      case 0x4e /* NONE */:
        items[height++] = Opaque.none;
        break;
      case 0x88 /* NEWTRUE */:
        items[height++] = true;
        break;
      case 0x89 /* NEWFALSE */:
        items[height++] = false;
        break;
      case 0x4b /* BININT1 */:
        items[height++] = bytes[next];
        next += 1;
        break;
      case 0x4d /* BININT2 */:
        items[height++] = bytes[next] | (bytes[next + 1] << 8);
        next += 2;
        break;
      case 0x4a /* BININT */:
        items[height++] =
          bytes[next] |
          (bytes[next + 1] << 8) |
          (bytes[next + 2] << 16) |
          (bytes[next + 3] << 24);
        next += 4;
        break;
      case 0x47 /* BINFLOAT */:
        items[height++] = Opaque.something;
        next += 8;
        break;
      case 0x94 /* MEMOIZE */:
        if (height > floor) {
          memo.set(memo.size, items[height - 1]);
        } else isPlain = false;
        break;
      case 0x71 /* BINPUT */:
        if (height > floor) {
          memo.set(bytes[next], items[height - 1]);
          next += 1;
        } else isPlain = false;
        break;
      case 0x68 /* BINGET */: {
        const value = memo.get(bytes[next]);
        if (value !== undefined) {
          items[height++] = value;
          next += 1;
        } else isPlain = false;
        break;
      }
      case 0x6a /* LONG_BINGET */: {
        const value = memo.get(bytes.readUInt32LE(next));
        if (value !== undefined) {
          items[height++] = value;
          next += 4;
        } else isPlain = false;
        break;
      }
      case 0x72 /* LONG_BINPUT */: {
        const index = bytes.readUInt32LE(next);
        if (height > floor && index <= memo.size) {
          memo.set(index, items[height - 1]);
          next += 4;
        } else isPlain = false;
        break;
      }
      case 0x30 /* POP */:
        if (height > floor) height -= 1;
        else isPlain = false;
        break;
      case 0x8c /* SHORT_BINUNICODE */:
      case 0x58 /* BINUNICODE */: {
        const isShort = bytes[at] === 0x8c;
        const length = isShort ? bytes[next] : bytes.readUInt32LE(next);
        const start = next + (isShort ? 1 : 4);
        if (
          length <= LONGEST_TEXT &&
          start + length < end &&
          isPlainText(length, bytes[start])
        ) {
          next = start + length;
          items[height++] = texts.decode(bytes, start, next);
        } else isPlain = false;
        break;
      }
      case 0x5d /* EMPTY_LIST */:
        items[height++] = Items.list;
        break;
      case 0x29 /* EMPTY_TUPLE */:
        items[height++] = Items.nothing;
        break;
      case 0x7d /* EMPTY_DICT */:
        items[height++] = Entries.empty;
        break;
      case 0x85 /* TUPLE1 */:
        if (height > floor) {
          items[height - 1] = new Items('tuple', [items[height - 1]]);
        } else isPlain = false;
        break;
      case 0x86 /* TUPLE2 */:
        if (height - 2 >= floor) {
          height -= 1;
          items[height - 1] = new Items('tuple', [
            items[height - 1],
            items[height],
          ]);
        } else isPlain = false;
        break;
      case 0x87 /* TUPLE3 */:
        if (height - 3 >= floor) {
          height -= 2;
          items[height - 1] = new Items('tuple', [
            items[height - 1],
            items[height],
            items[height + 1],
          ]);
        } else isPlain = false;
        break;
      case 0x74 /* TUPLE */:
        if (marks.length > 0) {
          const tuple = new Items('tuple', items.slice(floor, height));
          height = marks.pop() as number;
          floor = marks.length > 0 ? marks[marks.length - 1] : 0;
          items[height++] = tuple;
        } else isPlain = false;
        break;
      case 0x61 /* APPEND */:
        if (height - 2 >= floor && items[height - 2] === Items.list) {
          height -= 1;
        } else isPlain = false;
        break;
      case 0x65 /* APPENDS */:
        if (marks.length > 0 && items[floor - 1] === Items.list) {
          height = marks.pop() as number;
          floor = marks.length > 0 ? marks[marks.length - 1] : 0;
        } else isPlain = false;
        break;
      case 0x73 /* SETITEM */:
        if (height - 3 >= floor && items[height - 3] instanceof Entries) {
          height -= 2;
          setItems(items, height - 1, height, height + 2);
        } else isPlain = false;
        break;
      case 0x75 /* SETITEMS */:
        if (
          marks.length > 0 &&
          (height - floor) % 2 === 0 &&
          items[floor - 1] instanceof Entries
        ) {
          setItems(items, floor - 1, floor, height);
          height = marks.pop() as number;
          floor = marks.length > 0 ? marks[marks.length - 1] : 0;
        } else isPlain = false;
        break;
      case 0x52 /* REDUCE */:
      case 0x81 /* NEWOBJ */:
        if (height - 2 >= floor && items[height - 2] instanceof Imported) {
          height -= 1;
          items[height - 1] = new Made(items[height - 1], items[height]);
        } else isPlain = false;
        break;
      case 0x62 /* BUILD */:
        if (height - 2 >= floor && isPlainObject(items[height - 2])) {
          height -= 1;
        } else isPlain = false;
        break;
      default:
        isPlain = false;
    }
    if (isPlain) {
      at = next;
      opcodes += 1;
    }
  }
  state.height = height;
  state.floor = floor;
  state.opcodes += opcodes;
  return at;
}

/** Puts the pairs between two places into the dictionary at another. */
function setItems(items: Value[], at: number, from: number, to: number): void {
  const before = items[at] as Entries;
  let dict = before;
  for (let pair = from; pair < to; pair += 2) {
    const key = items[pair];
    if (typeof key === 'string') dict = dict.with(key, items[pair + 1]);
  }
  if (dict !== before) items[at] = dict;
}
