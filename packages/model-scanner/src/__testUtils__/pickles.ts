export const uint32 = (value: number) => {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
};

/** Writes pickles opcode by opcode, so that tests make the files they need. */
export class PickleWriter {
  readonly #parts: Buffer[] = [];

  raw(...bytes: Array<number | string | Buffer>): this {
    for (const part of bytes) {
      this.#parts.push(
        typeof part === 'number'
          ? Buffer.from([part])
          : Buffer.from(part as string),
      );
    }
    return this;
  }

  proto(version: number): this {
    return this.raw(0x80, version);
  }

  /** A short text (protocol 4). */
  text(value: string): this {
    const bytes = Buffer.from(value);
    return this.raw(0x8c, bytes.length, bytes);
  }

  /** A text (protocol 1). */
  longText(value: string): this {
    const bytes = Buffer.from(value);
    return this.raw('X', uint32(bytes.length), bytes);
  }

  bytes(value: Buffer): this {
    return this.raw('B', uint32(value.length), value);
  }

  global(module: string, name: string): this {
    return this.raw(`c${module}\n${name}\n`);
  }

  stackGlobal(module: string, name: string): this {
    return this.text(module).text(name).raw(0x93);
  }

  /** Calls what is on the stack with one text. */
  call(argument: string): this {
    return this.longText(argument).raw(0x85, 'R');
  }

  memoize(): this {
    return this.raw(0x94);
  }

  stop(): Buffer {
    this.raw('.');
    return Buffer.concat(this.#parts);
  }

  unfinished(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

export const pickle = (protocol = 4) => new PickleWriter().proto(protocol);

export const uint64 = (value: number) => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(value));
  return buffer;
};
