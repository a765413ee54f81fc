import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import path from 'node:path';
import { PickleWriter } from '../../packages/model-scanner/src/__testUtils__/pickles';

const MIB = 1024 * 1024;

/** Rows of small values, as a tokenizer's vocabulary or a feature store keeps. */
function row(index: number): Buffer {
  const u16 = (value: number) =>
    Buffer.from([value & 0xff, (value >> 8) & 0xff]);
  return new PickleWriter()
    .raw('}', 0x94, '(')
    .text('id')
    .raw(0x94, 'M', u16(index))
    .text('name')
    .raw(0x94)
    .text(`item${index % 500}`)
    .raw(0x94)
    .text('tuple')
    .raw(0x94, 'M', u16(index), 'G', Buffer.alloc(8, index), 0x88, 0x87, 0x94)
    .text('tags')
    .raw(0x94, ']', 0x94, '(')
    .text('a')
    .raw(0x94, 'K', index % 256, 'N', 'e')
    .text('inner')
    .raw(0x94, '}', 0x94, '(')
    .text('x')
    .raw(0x94, 'K', 7, 'u', 'u')
    .unfinished();
}

/** A pickle of hardly more than two bytes an opcode. */
export async function makePickle(folder: string, mebibytes: number) {
  const file = path.join(folder, 'rows.pkl');
  const handle = await open(file, 'w');
  const rows = Buffer.concat([
    Buffer.from('('),
    ...Array.from({ length: 1000 }, (_, index) => row(index)),
    Buffer.from('e'),
  ]);
  await handle.write(Buffer.from([0x80, 4, 0x5d, 0x94]));
  for (let size = 0; size < mebibytes * MIB; size += rows.length) {
    await handle.write(rows);
  }
  await handle.write(Buffer.from('.'));
  await handle.close();
  return file;
}

/** Weights: a header and numbers. */
export async function makeSafetensors(folder: string, mebibytes: number) {
  const file = path.join(folder, 'model.safetensors');
  const handle = await open(file, 'w');
  const size = mebibytes * MIB;
  const header = Buffer.from(
    JSON.stringify({
      weight: { dtype: 'F32', shape: [size / 4], data_offsets: [0, size] },
    }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  await handle.write(Buffer.concat([length, header]));
  const chunk = Buffer.alloc(MIB);
  for (let at = 0; at < MIB; at += 4) chunk.writeFloatLE(Math.sin(at), at);
  for (let i = 0; i < mebibytes; i++) await handle.write(chunk);
  await handle.close();
  return file;
}

/** A tensor of so many bytes as torch saves it, which takes no room on the disk. */
export async function makeSparseTorch(folder: string, gibibytes: number) {
  const file = path.join(folder, 'model.pt');
  const handle = await open(file, 'w');
  const size = gibibytes * 1024 * MIB;
  const pickle = new PickleWriter()
    .proto(2)
    .global('torch._utils', '_rebuild_tensor_v2')
    .raw('((')
    .longText('storage')
    .global('torch', 'ByteStorage')
    .longText('0')
    .longText('cpu')
    .raw('K', 4, 't', 'Q', 'K', 0, 'K', 4, 0x85, 'K', 1, 0x85, 0x89)
    .global('collections', 'OrderedDict')
    .raw(')', 'R', 't', 'R')
    .stop();
  const members = [
    {
      name: 'model/data.pkl',
      data: pickle,
      size: pickle.length,
      crc: crc32(pickle),
    },
    {
      name: 'model/version',
      data: Buffer.from('3\n'),
      size: 2,
      crc: crc32('3\n'),
    },
    { name: 'model/data/0', data: undefined, size, crc: 0 },
  ];
  let at = 0;
  const put = async (bytes: Buffer) => {
    await handle.write(bytes, 0, bytes.length, at);
    at += bytes.length;
  };
  const central: Buffer[] = [];
  for (const { name, data, size: length, crc } of members) {
    const wide = Buffer.alloc(20);
    wide.writeUInt16LE(1, 0);
    wide.writeUInt16LE(16, 2);
    wide.writeBigUInt64LE(BigInt(length), 4);
    wide.writeBigUInt64LE(BigInt(length), 12);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(45, 0);
    fields.writeUInt32LE(crc, 10);
    fields.writeUInt32LE(0xffffffff, 14);
    fields.writeUInt32LE(0xffffffff, 18);
    fields.writeUInt16LE(name.length, 22);
    fields.writeUInt16LE(wide.length, 24);
    const offset = at;
    await put(
      Buffer.concat([
        Buffer.from('PK\x03\x04'),
        fields,
        Buffer.from(name),
        wide,
      ]),
    );
    if (data) await put(data);
    else at += length;
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    central.push(
      Buffer.concat([
        Buffer.from('PK\x01\x02'),
        Buffer.from([45, 0]),
        fields,
        rest,
        Buffer.from(name),
        wide,
      ]),
    );
  }
  const start = at;
  await put(Buffer.concat(central));
  const end64 = Buffer.alloc(56);
  end64.write('PK\x06\x06', 'latin1');
  end64.writeBigUInt64LE(44n, 4);
  end64.writeUInt16LE(45, 12);
  end64.writeUInt16LE(45, 14);
  end64.writeBigUInt64LE(BigInt(members.length), 24);
  end64.writeBigUInt64LE(BigInt(members.length), 32);
  end64.writeBigUInt64LE(BigInt(at - start), 40);
  end64.writeBigUInt64LE(BigInt(start), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(at), 8);
  locator.writeUInt32LE(1, 16);
  const end = Buffer.alloc(22, 0xff);
  end.write('PK\x05\x06', 'latin1');
  end.fill(0, 4, 8);
  end.fill(0, 20);
  await put(Buffer.concat([end64, locator, end]));
  await handle.close();
  return file;
}
