import fc from 'fast-check';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { pickle } from './__testUtils__/pickles';
import { harmless, payload, scan } from './__testUtils__/scans';
import { tar } from './__testUtils__/tars';
import { zip } from './__testUtils__/zips';

const members = [
  { name: 'm/data.pkl', data: harmless() },
  { name: 'm/data/0', data: Buffer.alloc(64, 7) },
  { name: 'm/x.pkl', data: payload(), deflate: true },
  { name: 'm/a.zip', data: zip([{ name: 'b', data: payload() }]) },
];

const SEEDS: Buffer[] = [
  zip(members),
  zip(members.map(it => ({ ...it, isDescribedAfter: true }))),
  tar([
    { name: 'a', data: payload() },
    { name: 'b', data: zip(members) },
  ]),
  gzipSync(tar([{ name: 'a', data: zip(members) }])),
  zstdCompressSync(zip(members)),
  Buffer.from(
    'QlpoOTFBWSZTWUUf7OoAAArTwFAQAAEQQA4ijCBCACAAIiaA9Rp6npChppgAd2woIkArnipEMp+LuSKcKEgij/Z1AA==',
    'base64',
  ),
  Buffer.from(
    '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAWgAJjb3MKc3lzdGVtClgCAAAAaWSFUi4AAKkv8K7IcPy4AAEvF4EISbEftvN9AQAAAAAEWVo=',
    'base64',
  ),
  Buffer.from(
    'BCJNGGRApxcAAICAAmNvcwpzeXN0ZW0KWAIAAABpZIVSLgAAAABuvD8d',
    'base64',
  ),
  pickle(3).bytes(payload()).raw('q', 1, '0').global('os', 'system').stop(),
];

const change = fc.record({
  kind: fc.constantFrom('set', 'remove', 'insert', 'repeat'),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
});

function apply(
  seed: Buffer,
  { kind, at, bytes }: { kind: string; at: number; bytes: Uint8Array },
): Buffer {
  const from = Math.floor(at * seed.length);
  const [before, after] = [seed.subarray(0, from), seed.subarray(from)];
  if (kind === 'insert') return Buffer.concat([before, bytes, after]);
  if (kind === 'remove') {
    return Buffer.concat([before, after.subarray(bytes.length)]);
  }
  if (kind === 'repeat') return Buffer.concat([before, after, after]);
  return Buffer.concat([before, bytes, after.subarray(bytes.length)]);
}

describe('whatever the bytes are', () => {
  it('the scan ends with a report', async () => {
    const before = process.memoryUsage().rss;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SEEDS),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        async (seed, changes) => {
          const bytes = changes.reduce(apply, seed);
          const report = await scan(bytes, 'model.pt');
          expect(report.sizeBytes).toBe(bytes.length);
          // What the scanner itself fails at is a fault of the scanner.
          expect(
            report.findings.filter(
              ({ rule, message }) =>
                rule === 'unreadable' && !message.includes('JSON'),
            ),
          ).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  }, 120_000);

  it('a change of a zip with a payload does not make it clean', async () => {
    const seed = zip([{ name: 'm/data.pkl', data: payload() }]);
    await fc.assert(
      fc.asyncProperty(change, async it => {
        const report = await scan(apply(seed, it), 'model.pt');
        expect(report.verdict).not.toBe('clean');
      }),
      { numRuns: 200 },
    );
  }, 120_000);
});
