import { PickleError } from './PickleError';
import type { Value } from './values';

export const MOST_STACKED = 4 * 1024 * 1024;

const empty = () => new PickleError('the stack is empty');

/** The stack of an unpickler, with its marks. */
export class PickleStack {
  /** What lies above the height is no longer there. */
  readonly items: Value[] = [];
  height = 0;
  readonly marks: number[] = [];
  /** Where the last mark is: nothing below it may be taken. */
  floor = 0;

  push(value: Value): void {
    if (this.height >= MOST_STACKED) {
      throw new PickleError('the stack grows too high', 'pickle-too-complex');
    }
    this.items[this.height] = value;
    this.height += 1;
  }

  pop(): Value {
    if (this.height <= this.floor) throw empty();
    this.height -= 1;
    return this.items[this.height];
  }

  /** The last values, in the order in which they were pushed. */
  popLast(count: number): Value[] {
    if (this.height - count < this.floor) throw empty();
    this.height -= count;
    return this.items.slice(this.height, this.height + count);
  }

  get top(): Value {
    if (this.height === 0) throw empty();
    return this.items[this.height - 1];
  }

  mark(): void {
    if (this.marks.length >= MOST_STACKED) {
      throw new PickleError('there are too many marks', 'pickle-too-complex');
    }
    this.marks.push(this.height);
    this.floor = this.height;
  }

  popMark(): Value[] {
    const at = this.#dropMark();
    const values = this.items.slice(at, this.height);
    this.height = at;
    return values;
  }

  /** Opcode POP: an item, or the mark when that is on top. */
  drop(): void {
    if (this.marks.length > 0 && this.floor === this.height) this.#dropMark();
    else this.pop();
  }

  copyTo(other: PickleStack): void {
    for (let at = 0; at < this.height; at++) other.items[at] = this.items[at];
    other.height = this.height;
    for (const mark of this.marks) other.marks.push(mark);
    other.floor = this.floor;
  }

  #dropMark(): number {
    const at = this.marks.pop();
    if (at === undefined) throw new PickleError('there is no mark');
    this.floor = this.marks.at(-1) ?? 0;
    return at;
  }
}
