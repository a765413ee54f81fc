import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

export const sha256 = (bytes: Buffer) =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

const uint16 = (value: number) => {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(value);
  return buffer;
};
const uint32 = (value: number) => {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
};

/** A model of one tensor of float32 zeros. */
export function safetensors(values = 16): Buffer {
  const header = JSON.stringify({
    weight: { dtype: 'F32', shape: [values], data_offsets: [0, values * 4] },
  });
  const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([length, Buffer.from(padded), Buffer.alloc(values * 4)]);
}

/** A pickle that calls an import with one text. */
export const calling = (module: string, name: string, argument: string) =>
  Buffer.concat([
    Buffer.from([0x80, 2]),
    Buffer.from(`c${module}\n${name}\nX`),
    uint32(argument.length),
    Buffer.from(argument),
    Buffer.from([0x85]),
    Buffer.from('R.'),
  ]);

/** An archive whose members are stored as they are, as torch writes them. */
export function zip(members: Record<string, Buffer>): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, bytes] of Object.entries(members)) {
    const common = Buffer.concat([
      uint16(20),
      uint16(0),
      uint16(0),
      uint32(0x00210000),
      uint32(crc32(bytes)),
      uint32(bytes.length),
      uint32(bytes.length),
      uint16(name.length),
      uint16(0),
    ]);
    const entry = Buffer.concat([
      Buffer.from('PK\x03\x04', 'latin1'),
      common,
      Buffer.from(name),
      bytes,
    ]);
    central.push(
      Buffer.from('PK\x01\x02', 'latin1'),
      uint16(20),
      common,
      uint16(0),
      uint16(0),
      uint16(0),
      uint32(0),
      uint32(offset),
      Buffer.from(name),
    );
    local.push(entry);
    offset += entry.length;
  }
  const directory = Buffer.concat(central);
  const count = Object.keys(members).length;
  return Buffer.concat([
    ...local,
    directory,
    Buffer.from('PK\x05\x06', 'latin1'),
    uint16(0),
    uint16(0),
    uint16(count),
    uint16(count),
    uint32(directory.length),
    uint32(offset),
    uint16(0),
  ]);
}
