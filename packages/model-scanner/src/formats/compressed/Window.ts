import { PackedError } from '../archive/PackedError';

const FIRST = 64 * 1024;

/** What was unpacked last, to which matches refer, and what was not taken yet. */
export class Window {
  readonly #most: number;
  #bytes: Buffer = Buffer.allocUnsafe(FIRST);
  /** Everything that was ever put. */
  size = 0;
  /** Since when matches may refer back. */
  #begin = 0;
  #taken = 0;

  /** @param dictionary - how far matches may refer back */
  constructor(dictionary: number, mostHeld: number) {
    this.#most = Math.min(Math.max(dictionary, FIRST), mostHeld) + FIRST;
  }

  /** Nothing before may be referred to. */
  forget(): void {
    this.#begin = this.size;
  }

  put(byte: number): void {
    const room = this.#room();
    this.#bytes[this.size % room] = byte;
    this.size += 1;
  }

  back(distance: number): number {
    if (distance >= this.size - this.#begin || distance >= this.#most) {
      throw new PackedError('it refers to what is not there');
    }
    return this.#bytes[(this.size - 1 - distance) % this.#bytes.length];
  }

  copy(distance: number, length: number): void {
    for (let i = 0; i < length; i++) this.put(this.back(distance));
  }

  push(bytes: Buffer): void {
    for (const byte of bytes) this.put(byte);
  }

  /** What was put since the last time; no more than 64 KiB at once. */
  take(): Buffer {
    const taken = Buffer.allocUnsafe(this.size - this.#taken);
    const { length } = this.#bytes;
    const from = this.#taken % length;
    const first = Math.min(taken.length, length - from);
    this.#bytes.copy(taken, 0, from, from + first);
    this.#bytes.copy(taken, first, 0, taken.length - first);
    this.#taken = this.size;
    return taken;
  }

  /** Grows with its content up to what the dictionary needs. */
  #room(): number {
    const { length } = this.#bytes;
    if (this.size < length || length >= this.#most) return length;
    const grown = Buffer.allocUnsafe(Math.min(2 * length, this.#most));
    this.#bytes.copy(grown);
    this.#bytes = grown;
    return grown.length;
  }
}
