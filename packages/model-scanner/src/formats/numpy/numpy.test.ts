import { harmless, payload, rulesOf, scan } from '../../__testUtils__/scans';
import { zip } from '../../__testUtils__/zips';

function npy(descr: string, shape: string, data: Buffer, version = 1): Buffer {
  const header = `{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }\n`;
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  length.writeUIntLE(header.length, 0, length.length);
  return Buffer.concat([
    Buffer.from('\x93NUMPY', 'latin1'),
    Buffer.from([version, 0]),
    length,
    Buffer.from(header),
    data,
  ]);
}

describe('an array of numpy', () => {
  it.each<[string, Buffer]>([
    ['floats', npy("'<f8'", '(2, 3)', Buffer.alloc(48, 0x80))],
    ['a scalar', npy("'<i4'", '()', Buffer.alloc(4), 2)],
    ['texts', npy("'<U5'", '(2,)', Buffer.alloc(40), 3)],
    [
      'records',
      npy("[('a', '<f4', (2,)), ('b', '|u1')]", '(3,)', Buffer.alloc(27)),
    ],
    ['dates', npy("'<M8[ns]'", '(1L,)', Buffer.alloc(8))],
    [
      'two arrays',
      Buffer.concat([
        npy("'|u1'", '(1,)', Buffer.alloc(1)),
        npy("'|u1'", '(1,)', Buffer.alloc(1)),
      ]),
    ],
  ])('of %s is clean', async (_, bytes) => {
    expect(await scan(bytes, 'a.npy')).toMatchObject({
      format: 'npy',
      findings: [],
    });
    const npz = zip([{ name: 'a.npy', data: bytes, deflate: true }]);
    expect(await scan(npz, 'a.npz')).toMatchObject({
      format: 'zip',
      findings: [],
    });
  });

  it('is counted as it comes when it is too large to be held', async () => {
    const of = (length: number) =>
      zip([
        {
          name: 'a.npy',
          data: npy("'|u1'", '(90000,)', Buffer.alloc(length)),
          deflate: true,
        },
      ]);
    const limits = { maxHeldBytes: 1000 };
    expect(await rulesOf(of(90_000), 'a.npz', limits)).toEqual([]);
    expect(await rulesOf(of(90_001), 'a.npz', limits)).toEqual([
      'numpy-corrupt',
    ]);
  });

  it.each([["'|O'"], ["[('a', '<f4'), ('b', 'O', (2,))]"], ["('|O', (2,))"]])(
    'of objects is a pickle: %s',
    async descr => {
      expect(await rulesOf(npy(descr, '(1,)', payload()), 'a.npy')).toEqual([
        'numpy-object-array',
        'pickle-dangerous-import',
      ]);
      expect(
        (await scan(npy(descr, '(1,)', harmless()), 'a.npy')).verdict,
      ).toBe('suspicious');
    },
  );

  it.each<[string, string, Buffer]>([
    [
      'that ends too soon',
      'numpy-corrupt',
      npy("'<f8'", '(2,)', Buffer.alloc(8)),
    ],
    [
      'with code for a header',
      'numpy-corrupt',
      npy("__import__('os')", '(1,)', Buffer.alloc(8)),
    ],
    [
      'with a field twice',
      'numpy-corrupt',
      npy("'<f8', 'descr': '|O'", '(1,)', Buffer.alloc(8)),
    ],
    [
      'with a negative shape',
      'numpy-corrupt',
      npy("'<f8'", '(-1,)', Buffer.alloc(8)),
    ],
    [
      'with an unknown type',
      'numpy-corrupt',
      npy("'lambda'", '(1,)', Buffer.alloc(8)),
    ],
    [
      'of an unknown version',
      'numpy-corrupt',
      npy("'<f8'", '(1,)', Buffer.alloc(8), 9),
    ],
    [
      'with something behind it',
      'archive-hidden-data',
      npy("'<f8'", '(1,)', Buffer.alloc(30, 1)),
    ],
    [
      'with a pickle behind it',
      'pickle-dangerous-import',
      npy("'|u1'", '(1,)', Buffer.concat([Buffer.alloc(1), payload()])),
    ],
  ])('%s is %s', async (_, rule, bytes) => {
    expect(await rulesOf(bytes, 'a.npy')).toContain(rule);
    expect((await scan(bytes, 'a.npy')).verdict).not.toBe('clean');
  });
});
