import { zstdCompressSync } from 'node:zlib';
import { pickle } from '../../__testUtils__/pickles';
import { harmless, payload, scan } from '../../__testUtils__/scans';
import { zip } from '../../__testUtils__/zips';

const bad = (name = 'archive/data.pkl') => ({ name, data: payload() });
const good = (name = 'archive/data.pkl') => ({ name, data: harmless() });

/** Gives the one member of a zip its sizes in a field of zip64, or other ones. */
function zip64(told: number): Buffer {
  const data = payload();
  const extra = Buffer.alloc(20);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(16, 2);
  extra.writeBigUInt64LE(BigInt(told), 4);
  extra.writeBigUInt64LE(BigInt(data.length), 12);
  const bytes = zip([{ name: 'a.pkl', data, extra }]);
  for (const mark of ['PK\x03\x04', 'PK\x01\x02']) {
    const at =
      bytes.indexOf(mark, 0, 'latin1') + (mark[2] === '\x03' ? 18 : 20);
    bytes.writeUInt32LE(0xffffffff, at);
    bytes.writeUInt32LE(0xffffffff, at + 4);
  }
  return bytes;
}

/** `xz` of a pickle that runs something. */
const XZ = Buffer.from(
  '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAWgAJjb3MKc3lzdGVtClgCAAAAaWSFUi4AAKkv8K7IcPy4AAEvF4EISbEftvN9AQAAAAAEWVo=',
  'base64',
);

describe('a payload in a zip is found', () => {
  it.each<[string, string, Buffer]>([
    ['with sizes of zip64', 'm.pt', zip64(payload().length)],
    ['with sizes of zip64 that lie', 'm.pt', zip64(1)],
    [
      'packed by zstd',
      'm.pt',
      zip([{ ...bad(), method: 93, packed: zstdCompressSync(payload()) }]),
    ],
    ['packed by xz', 'm.pt', zip([{ ...bad(), method: 95, packed: XZ }])],
    [
      'that is a model of Keras',
      'm.keras',
      zip([
        { name: 'metadata.json', data: '{"keras_version": "3.0.0"}' },
        { name: 'config.json', data: '{"class_name": "Functional"}' },
        bad('assets/vocabulary.txt'),
      ]),
    ],
    [
      'that is an archive for TorchServe',
      'm.mar',
      zip([
        {
          name: 'MAR-INF/MANIFEST.json',
          data: '{"model": {"serializedFile": "model.pt"}}',
        },
        { name: 'model.pt', data: zip([bad()]) },
      ]),
    ],
    [
      'that stands before the one that is listed',
      'm.pt',
      Buffer.concat([zip([bad()]), zip([good()])]),
    ],
    [
      'that stands behind the one that is listed first',
      'm.pt',
      Buffer.concat([zip([good()]), zip([bad()])]),
    ],
    [
      'that is the comment of another',
      'm.pt',
      zip([good()], { comment: zip([bad()]) }),
    ],
    [
      'whose end is told twice',
      'm.pt',
      zip([good(), { ...bad('b.pkl'), isUnlisted: true }], {
        after: zip([]).subarray(-22),
      }),
    ],
    [
      'behind a picture',
      'm.png',
      zip([bad()], { before: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') }),
    ],
    [
      'twice under one name, of which the second runs it',
      'm.pt',
      zip([good(), bad()]),
    ],
    [
      'twice under one name, of which the first runs it',
      'm.pt',
      zip([bad(), good()]),
    ],
    [
      'under a name that differs before the member',
      'm.pt',
      zip([{ ...bad('notes.txt'), local: { name: 'archive/data.pkl' } }]),
    ],
    [
      'as base64 in a value of a pickle in a zip in a zip',
      'm.pt',
      zip([
        {
          name: 'inner.zip',
          deflate: true,
          data: zip([
            {
              name: 'x',
              data: pickle(4).longText(payload().toString('base64')).stop(),
            },
          ]),
        },
      ]),
    ],
  ])('%s', async (_, name, bytes) => {
    const { verdict, findings } = await scan(bytes, name);
    expect(findings).toContainEqual(
      expect.objectContaining({ rule: 'pickle-dangerous-import' }),
    );
    expect(verdict).toBe('malicious');
  });
});

it.each(['7z\xbc\xaf\x27\x1c', 'Rar!\x1a\x07\x00', 'Rar!\x1a\x07\x01\x00'])(
  'an archive that is recognised and not read is an error: %j',
  async mark => {
    const bytes = Buffer.concat([
      Buffer.from(mark, 'latin1'),
      Buffer.alloc(64),
    ]);
    for (const name of ['m.pt', 'm.7z', 'm']) {
      expect(await scan(bytes, name)).toMatchObject({
        verdict: 'error',
        findings: expect.arrayContaining([
          expect.objectContaining({ rule: 'archive-unsupported' }),
        ]),
      });
    }
  },
);
