import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rulesOf, scan } from '../../__testUtils__/scans';
import { oneTensor, safetensors } from '../../__testUtils__/safetensors';
import { zip } from '../../__testUtils__/zips';
import { FileSource, MemorySource, type ByteSource } from '../../source';
import { scanSource } from '../../scanSource';
import { BITS } from './dataTypes';

const info = (data_offsets: number[], more: object = {}) => ({
  dtype: 'U8',
  shape: [data_offsets[1] - data_offsets[0]],
  data_offsets,
  ...more,
});
const file = safetensors(oneTensor(16), Buffer.alloc(16, 0x80));

describe('a safetensors file', () => {
  it.each<[string, Buffer]>([
    ['one tensor', file],
    ['no tensor', safetensors({})],
    [
      'tensors in any order, empty ones and metadata',
      safetensors(
        {
          __metadata__: { format: 'pt', note: '{"a": 1}' },
          b: info([4, 8]),
          a: info([0, 4], { dtype: 'F32', shape: [] }),
          none: info([4, 4], { shape: [3, 0] }),
          last: info([8, 8], { shape: [0] }),
        },
        Buffer.alloc(8),
      ),
    ],
    ['no metadata at all', safetensors('{"__metadata__": null}')],
    [
      'blanks, lines and escapes',
      safetensors(
        '{ "\\u00e9\\ud83d\\ude00" :\n{"shape" : [ 1 ],"dtype":"U8", "data_offsets":[0,1] } }',
        Buffer.alloc(1),
      ),
    ],
    [
      'a header that is aligned with blanks',
      safetensors(`${JSON.stringify(oneTensor(4))}    `, Buffer.alloc(4)),
    ],
    [
      'four bits an item',
      safetensors(
        { a: info([0, 3], { dtype: 'F4', shape: [2, 3] }) },
        Buffer.alloc(3),
      ),
    ],
  ])('with %s is clean', async (_, bytes) => {
    expect(await scan(bytes, 'model.safetensors')).toMatchObject({
      format: 'safetensors',
      verdict: 'clean',
      findings: [],
    });
  });

  it.each(Object.entries(BITS))('of %s is clean', async (dtype, bits) => {
    const header = { a: info([0, 2 * bits], { dtype, shape: [4, 4] }) };
    const bytes = safetensors(header, Buffer.alloc(2 * bits));
    expect(await rulesOf(bytes, 'a.safetensors')).toEqual([]);
  });

  it('is nothing else, whatever the length of its header begins', async () => {
    const plain = { ...oneTensor(4), __metadata__: { a: '' } };
    const least = JSON.stringify(plain).length;
    const some = Array.from({ length: 1500 }, (_, i) => least + i);
    // 0x0480 and 0x280480: protocol 4 of pickles, and a code behind it.
    for (const length of [...some, 0x8b1f, 0x28_0480]) {
      const a = 'x'.repeat(length - least);
      const bytes = safetensors(
        { ...plain, __metadata__: { a } },
        Buffer.alloc(4),
      );
      expect(bytes.readUInt32LE(0)).toBe(length);
      expect(await scan(bytes, 'model.safetensors')).toMatchObject({
        format: 'safetensors',
        findings: [],
      });
    }
  }, 60_000);

  it('reads the header only where the digest is known', async () => {
    const bytes = safetensors(
      oneTensor(4 * 1024 * 1024),
      Buffer.alloc(4 * 1024 * 1024),
    );
    const reads: number[] = [];
    const memory = new MemorySource('model.safetensors', bytes);
    const source: ByteSource = {
      name: memory.name,
      size: memory.size,
      read: (offset, length) => {
        reads.push(length);
        return memory.read(offset, length);
      },
      stream: () => {
        throw new Error('reads it all');
      },
      close: async () => {},
    };
    const report = await scanSource(source, { sha256: 'known' });
    expect(report).toMatchObject({ verdict: 'clean', sha256: 'known' });
    expect(reads.reduce((sum, length) => sum + length)).toBeLessThan(200_000);
  });

  it('is counted as it comes when it is packed and too large to be held', async () => {
    const limits = { maxHeldBytes: 1000 };
    const of = (bytes: number) =>
      zip([
        {
          name: 'a.safetensors',
          data: safetensors(oneTensor(9000), Buffer.alloc(bytes, 1)),
          deflate: true,
        },
      ]);
    expect(await rulesOf(of(9000), 'a.zip', limits)).toEqual([]);
    expect(await rulesOf(of(9001), 'a.zip', limits)).toEqual([
      'safetensors-gap',
    ]);
    expect(await rulesOf(of(8999), 'a.zip', limits)).toEqual([
      'safetensors-corrupt',
    ]);
  });
});

it('a GiB of tensors is read in seconds', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'scan-'));
  const path = join(folder, 'model.safetensors');
  try {
    const size = 1024 ** 3;
    const head = safetensors(oneTensor(size));
    const handle = await open(path, 'w');
    await handle.write(head);
    await handle.truncate(head.length + size);
    await handle.close();
    const source = await FileSource.open(path);
    const before = process.cpuUsage();
    const report = await scanSource(source);
    await source.close();
    expect(report.verdict).toBe('clean');
    expect(report.sizeBytes).toBe(head.length + size);
    // Seconds of this process, however busy the machine is.
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(20);
  } finally {
    await rm(folder, { recursive: true });
  }
}, 240_000);
