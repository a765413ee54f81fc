import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';

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

/** `sha256:…`, as catalogs write it. */
export const digestOf = (bytes: Buffer) =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** Weights of one tensor, in a format that holds nothing else. */
export function safetensors(values: number): Buffer {
  const header = JSON.stringify({
    weight: { dtype: 'F32', shape: [values], data_offsets: [0, values * 4] },
  });
  const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([length, Buffer.from(padded), Buffer.alloc(values * 4)]);
}

const text = (value: string) =>
  Buffer.concat([Buffer.from('X'), uint32(value.length), Buffer.from(value)]);

/**
 * What `torch.save` writes of an empty state, with a call beside it whose result
 * is thrown away: loading gives the state, and nobody notices the call.
 */
export function withPayload(command: string): Buffer {
  const pickle = Buffer.concat([
    Buffer.from([0x80, 2]),
    Buffer.from('cposix\nsystem\n'),
    text(command),
    Buffer.from([0x85]),
    Buffer.from('R0'),
    Buffer.from('ccollections\nOrderedDict\n)R.'),
  ]);
  return storedZip({
    'helper/data.pkl': pickle,
    'helper/version': Buffer.from('3\n'),
  });
}

/** An archive whose members are stored as they are, as torch writes them. */
function storedZip(members: Record<string, Buffer>): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, bytes] of Object.entries(members)) {
    const facts = Buffer.concat([
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
    const part = Buffer.concat([
      Buffer.from('PK\x03\x04', 'latin1'),
      facts,
      Buffer.from(name),
      bytes,
    ]);
    central.push(
      Buffer.from('PK\x01\x02', 'latin1'),
      uint16(20),
      facts,
      Buffer.alloc(6),
      uint32(0),
      uint32(offset),
      Buffer.from(name),
    );
    parts.push(part);
    offset += part.length;
  }
  const directory = Buffer.concat(central);
  const count = uint16(Object.keys(members).length);
  return Buffer.concat([
    ...parts,
    directory,
    Buffer.from('PK\x05\x06', 'latin1'),
    uint32(0),
    count,
    count,
    uint32(directory.length),
    uint32(offset),
    uint16(0),
  ]);
}

/** Serves files by their path, whole or in part, on an address of this machine. */
export async function serveFiles(files: Record<string, Buffer>) {
  const server = createServer((request, response) => {
    const bytes = files[(request.url ?? '/').slice(1)];
    if (!bytes) {
      response.writeHead(404).end();
      return;
    }
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const start = range ? Number(range[1]) : 0;
    const end = range?.[2] ? Number(range[2]) + 1 : bytes.length;
    const part = bytes.subarray(start, end);
    response.writeHead(range ? 206 : 200, {
      'accept-ranges': 'bytes',
      'content-length': part.length,
      'content-type': 'application/octet-stream',
      etag: `"${digestOf(bytes)}"`,
      ...(range && {
        'content-range': `bytes ${start}-${start + part.length - 1}/${
          bytes.length
        }`,
      }),
    });
    response.end(request.method === 'HEAD' ? undefined : part);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}`,
    close: () =>
      new Promise(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
