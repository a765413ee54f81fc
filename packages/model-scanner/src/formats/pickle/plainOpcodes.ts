import { mayBeDisguised } from './disguises';
import { OP } from './opcodes';
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
  let isPlain = !memo.isFull;
  while (isPlain && at < last) {
    let next = at + 1;
    switch (bytes[at]) {
      case OP.MARK:
        marks.push(height);
        floor = height;
        break;
      case OP.PROTO:
        if (bytes[next] <= 5) next += 1;
        else isPlain = false;
        break;
      case OP.NONE:
        items[height++] = Opaque.none;
        break;
      case OP.NEWTRUE:
        items[height++] = true;
        break;
      case OP.NEWFALSE:
        items[height++] = false;
        break;
      case OP.BININT1:
        items[height++] = bytes[next];
        next += 1;
        break;
      case OP.BININT2:
        items[height++] = bytes[next] | (bytes[next + 1] << 8);
        next += 2;
        break;
      case OP.BININT:
        items[height++] =
          bytes[next] |
          (bytes[next + 1] << 8) |
          (bytes[next + 2] << 16) |
          (bytes[next + 3] << 24);
        next += 4;
        break;
      case OP.BINFLOAT:
        items[height++] = Opaque.something;
        next += 8;
        break;
      case OP.MEMOIZE:
        if (height > floor && !memo.isFull) {
          memo.set(memo.size, items[height - 1]);
        } else isPlain = false;
        break;
      case OP.BINPUT:
        if (height > floor && !memo.isFull) {
          memo.set(bytes[next], items[height - 1]);
          next += 1;
        } else isPlain = false;
        break;
      case OP.BINGET: {
        const value = memo.get(bytes[next]);
        if (value !== undefined) {
          items[height++] = value;
          next += 1;
        } else isPlain = false;
        break;
      }
      case OP.LONG_BINGET: {
        const value = memo.get(bytes.readUInt32LE(next));
        if (value !== undefined) {
          items[height++] = value;
          next += 4;
        } else isPlain = false;
        break;
      }
      case OP.LONG_BINPUT: {
        const index = bytes.readUInt32LE(next);
        if (height > floor && index <= memo.size && !memo.isFull) {
          memo.set(index, items[height - 1]);
          next += 4;
        } else isPlain = false;
        break;
      }
      case OP.SHORT_BINUNICODE:
      case OP.BINUNICODE: {
        const isShort = bytes[at] === OP.SHORT_BINUNICODE;
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
      case OP.EMPTY_LIST:
        items[height++] = Items.list;
        break;
      case OP.EMPTY_TUPLE:
        items[height++] = Items.nothing;
        break;
      case OP.EMPTY_DICT:
        items[height++] = Entries.empty;
        break;
      case OP.TUPLE1:
        if (height > floor) {
          items[height - 1] = new Items('tuple', [items[height - 1]]);
        } else isPlain = false;
        break;
      case OP.TUPLE2:
        if (height - 2 >= floor) {
          height -= 1;
          items[height - 1] = new Items('tuple', [
            items[height - 1],
            items[height],
          ]);
        } else isPlain = false;
        break;
      case OP.TUPLE3:
        if (height - 3 >= floor) {
          height -= 2;
          items[height - 1] = new Items('tuple', [
            items[height - 1],
            items[height],
            items[height + 1],
          ]);
        } else isPlain = false;
        break;
      case OP.TUPLE:
        if (marks.length > 0) {
          const tuple = new Items('tuple', items.slice(floor, height));
          height = marks.pop() as number;
          floor = marks.length > 0 ? marks[marks.length - 1] : 0;
          items[height++] = tuple;
        } else isPlain = false;
        break;
      case OP.APPEND:
        if (height - 2 >= floor && items[height - 2] === Items.list) {
          height -= 1;
        } else isPlain = false;
        break;
      case OP.APPENDS:
        if (marks.length > 0 && items[floor - 1] === Items.list) {
          height = marks.pop() as number;
          floor = marks.length > 0 ? marks[marks.length - 1] : 0;
        } else isPlain = false;
        break;
      case OP.SETITEM:
        if (height - 3 >= floor && items[height - 3] instanceof Entries) {
          height -= 2;
          setItems(items, height - 1, height, height + 2);
        } else isPlain = false;
        break;
      case OP.SETITEMS:
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
      case OP.REDUCE:
      case OP.NEWOBJ:
        if (height - 2 >= floor && items[height - 2] instanceof Imported) {
          height -= 1;
          items[height - 1] = new Made(items[height - 1], items[height]);
        } else isPlain = false;
        break;
      case OP.BUILD:
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
