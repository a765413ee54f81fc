import { deflateRawSync } from 'node:zlib';
import { pickle } from '../../__testUtils__/pickles';
import { harmless, payload, rulesOf, scan } from '../../__testUtils__/scans';
import { zip, type ZipMember } from '../../__testUtils__/zips';

const bad = (options: Partial<ZipMember> = {}): ZipMember => ({
  name: 'archive/data.pkl',
  data: payload(),
  ...options,
});
const good = (options: Partial<ZipMember> = {}): ZipMember => ({
  name: 'archive/data.pkl',
  data: harmless(),
  ...options,
});

const storage = pickle(2)
  .global('torch._utils', '_rebuild_tensor_v2')
  .raw('((')
  .longText('storage')
  .global('torch', 'FloatStorage')
  .longText('0')
  .longText('cpu')
  .raw('K', 4, 't', 'Q', 'K', 0, 'K', 4, 0x85, 'K', 1, 0x85, 0x89)
  .global('collections', 'OrderedDict')
  .raw(')', 'R', 't', 'R')
  .stop();

describe('a torch archive', () => {
  it.each([false, true])(
    'is clean (sizes after the content: %s)',
    async isDescribedAfter => {
      const bytes = zip([
        { name: 'm/data.pkl', data: storage, isDescribedAfter },
        { name: 'm/byteorder', data: 'little', isDescribedAfter },
        {
          name: 'm/data/0',
          data: Buffer.alloc(16, 0x81),
          isDescribedAfter,
          extra: Buffer.from('FB\x04\0ZZZZ'),
        },
        { name: 'm/version', data: '3\n', isDescribedAfter },
        {
          name: 'm/.data/serialization_id',
          data: '1234567890',
          isDescribedAfter,
        },
      ]);
      expect(await scan(bytes, 'model.pt')).toMatchObject({
        format: 'zip',
        verdict: 'clean',
        findings: [],
      });
    },
  );

  it('names member and offset', async () => {
    expect((await scan(zip([bad()]), 'model.pt')).findings).toEqual([
      expect.objectContaining({
        rule: 'pickle-dangerous-import',
        location: 'archive/data.pkl@2',
      }),
    ]);
  });

  it('that is TorchScript holds code', async () => {
    const script = (code: string) =>
      zip([
        {
          name: 'm/data.pkl',
          data: pickle(2)
            .global('__torch__.net', 'Net')
            .raw(')', 0x81, '}', 'b')
            .stop(),
        },
        { name: 'm/constants.pkl', data: pickle(2).raw(')').stop() },
        { name: 'm/code/__torch__/net.py', data: code },
      ]);
    expect(await rulesOf(script('torch.add(a, b)'), 'm.pt')).toEqual([
      'torchscript-code',
    ]);
    expect(await rulesOf(script('torch.save(a, "/x")'), 'm.pt')).toContain(
      'torchscript-dangerous-code',
    );
    expect(
      await rulesOf(script('ops.image.write_file("/x", a)'), 'm.pt'),
    ).toContain('torchscript-dangerous-code');
  });

  it('that is a package holds Python', async () => {
    const bytes = zip([
      { name: 'p/.data/extern_modules', data: 'torch\n' },
      { name: 'p/model/model.pkl', data: payload() },
    ]);
    expect(await rulesOf(bytes, 'm.pt')).toEqual(
      expect.arrayContaining(['torch-package-code', 'pickle-dangerous-import']),
    );
  });

  it('cannot hide a pickle as a storage', async () => {
    const bytes = zip([good(), { name: 'archive/data/0', data: payload() }]);
    expect((await scan(bytes, 'm.pt')).verdict).toBe('malicious');
  });
});

describe('a payload in a zip is found', () => {
  it.each<[string, Buffer, string?]>([
    ['deflated', zip([bad({ deflate: true })])],
    ['under another name', zip([bad({ name: 'readme.txt' })])],
    ['marked as encrypted', zip([bad({ flags: 1 })]), 'archive-encrypted'],
    [
      'marked as encrypted before it only',
      zip([bad({ local: { flags: 1 } })]),
      'archive-disagreement',
    ],
    ['with a wrong checksum', zip([bad({ crc: 1 })]), 'archive-bad-checksum'],
    [
      'with a wrong checksum before it',
      zip([bad({ local: { crc: 1 } })]),
      'archive-disagreement',
    ],
    [
      'with another name before it',
      zip([bad({ local: { name: 'archive/data.txt' } })]),
      'archive-disagreement',
    ],
    [
      'with another method before it',
      zip([bad({ local: { method: 8 } })]),
      'archive-disagreement',
    ],
    [
      'with another method in the directory',
      zip([bad({ method: 8, local: { method: 0 } })]),
      'archive-disagreement',
    ],
    [
      'with another size before it',
      zip([bad({ local: { size: 3 } })]),
      'archive-disagreement',
    ],
    [
      'with a size that is too small',
      zip([bad({ size: 3, deflate: true })]),
      'archive-corrupt',
    ],
    [
      'beside one of the same name',
      zip([bad(), good()]),
      'archive-duplicate-name',
    ],
    [
      'beside one of another case',
      zip([bad({ name: 'archive/DATA.pkl' }), good()]),
      'archive-duplicate-name',
    ],
    [
      'behind a NUL in its name',
      zip([bad({ name: 'archive/data.pkl\0.txt' }), good()]),
      'archive-duplicate-name',
    ],
    [
      'before the zip',
      zip([good()], { before: payload() }),
      'archive-hidden-data',
    ],
    [
      'after the zip',
      zip([good()], { after: payload() }),
      'archive-hidden-data',
    ],
    [
      'between members',
      zip([good(), { name: 'a', data: harmless(), before: payload() }]),
      'archive-hidden-data',
    ],
    [
      'in a member that is not listed',
      zip([good(), bad({ isUnlisted: true, deflate: true })]),
      'archive-hidden-data',
    ],
    [
      'in a folder',
      zip([good(), bad({ name: 'archive/x/' })]),
      'archive-hidden-data',
    ],
    [
      'in a zip in a zip',
      zip([
        { name: 'a.zip', data: zip([bad({ deflate: true })]), deflate: true },
      ]),
    ],
    ['without a directory', zip([bad()]).subarray(0, -80), 'archive-corrupt'],
    [
      'in one zip after another',
      Buffer.concat([zip([bad({ deflate: true })]), zip([good()])]),
      'archive-hidden-data',
    ],
    [
      'that climbs out',
      zip([bad({ name: '../../x.pkl' })]),
      'archive-climbs-out',
    ],
    [
      'behind a pickle',
      Buffer.concat([harmless(), zip([bad({ deflate: true })])]),
      'several-formats',
    ],
  ])('%s', async (...[, bytes, rule]) => {
    const report = await scan(bytes, 'model.pt');
    const rules = report.findings.map(it => it.rule);
    expect(rules).toContain('pickle-dangerous-import');
    expect(rules).toEqual(expect.arrayContaining(rule ? [rule] : []));
    expect(report.verdict).toBe('malicious');
  });
});

describe('a zip is not clean', () => {
  it.each<[string, string, Buffer]>([
    ['an absolute name', 'archive-climbs-out', zip([good({ name: '/etc/x' })])],
    ['a drive', 'archive-climbs-out', zip([good({ name: 'C:\\x' })])],
    [
      'a climbing name with backslashes',
      'archive-climbs-out',
      zip([good({ name: 'a\\..\\..\\x' })]),
    ],
    [
      'a link',
      'archive-link',
      zip([good(), { name: 'a/l', data: 'b', externalAttributes: 0xa1ff }]),
    ],
    [
      'a link that climbs',
      'archive-climbs-out',
      zip([
        good(),
        { name: 'a/l', data: '../../b', externalAttributes: 0xa1ff },
      ]),
    ],
    ['an unknown method', 'archive-unsupported', zip([good({ method: 97 })])],
    [
      'broken deflate',
      'archive-corrupt',
      zip([good({ method: 8, packed: Buffer.from('ffffffff', 'hex') })]),
    ],
    [
      'bytes behind the deflated',
      'archive-hidden-data',
      zip([
        good({
          method: 8,
          packed: Buffer.concat([deflateRawSync(harmless()), payload()]),
        }),
      ]),
    ],
    ['a wrong count', 'archive-disagreement', zip([good()], { count: 0 })],
  ])('%s is %s', async (_, rule, bytes) => {
    expect(await rulesOf(bytes, 'x.pt')).toContain(rule);
    expect((await scan(bytes, 'x.pt')).verdict).not.toBe('clean');
  });

  it('when a member ends beyond the file', async () => {
    const bytes = zip([good({ name: 'a' })]);
    // Its packed size in the directory.
    bytes.writeUInt32LE(1_000_000, bytes.length - 22 - 47 + 20);
    expect(await rulesOf(bytes, 'x.zip')).toContain('archive-corrupt');
  });

  it('when members share their bytes', async () => {
    const one = zip([good({ name: 'a' })]);
    const two = zip([good({ name: 'a' }), good({ name: 'b' })]);
    // The directory of two members, both at the first.
    two.writeUInt32LE(0, two.length - 22 - 47 + 42);
    expect(one.length).toBeLessThan(two.length);
    expect(await rulesOf(two, 'x.zip')).toContain('archive-overlap');
  });

  it('when it has too many members', async () => {
    const bytes = zip(
      Array.from({ length: 20 }, (_, i) => good({ name: `${i}.pkl` })),
    );
    expect(await rulesOf(bytes, 'x.zip', { maxMembers: 10 })).toContain(
      'too-large',
    );
    expect((await scan(bytes, 'x.zip')).verdict).toBe('clean');
  });

  it('when it unpacks to far too much', async () => {
    const bytes = zip([
      { name: 'a.pkl', data: Buffer.alloc(4 * 1024 * 1024), deflate: true },
    ]);
    expect(await rulesOf(bytes, 'x.zip', { maxRatio: 100 })).toContain(
      'archive-bomb',
    );
    expect(await rulesOf(bytes, 'x.zip', { maxUnpackedBytes: 1000 })).toContain(
      'too-large',
    );
  });

  it('when it is too deep', async () => {
    let bytes = harmless();
    for (let i = 0; i < 7; i++) bytes = zip([{ name: 'a.zip', data: bytes }]);
    expect(await rulesOf(bytes, 'x.zip')).toContain('too-deep');
  });
});

describe('a skops file', () => {
  it('is judged by the types that it names', async () => {
    const skops = (module: string, name: string) =>
      zip([
        {
          name: 'schema.json',
          data: JSON.stringify({
            __module__: 'builtins',
            __class__: 'dict',
            __loader__: 'DictNode',
            content: {
              a: {
                __module__: module,
                __class__: name,
                __loader__: 'ObjectNode',
              },
            },
          }),
        },
      ]);
    expect(await rulesOf(skops('os', 'system'), 'm.skops')).toContain(
      'skops-dangerous-type',
    );
    expect(await rulesOf(skops('acme', 'Net'), 'm.skops')).toContain(
      'skops-unknown-type',
    );
    expect(
      await rulesOf(skops('sklearn.svm._classes', 'SVC'), 'm.skops'),
    ).not.toContain('skops-unknown-type');
  });
});

describe('a member too large to be held', () => {
  it('is followed as it comes when it is a pickle', async () => {
    const bytes = zip([
      bad({
        data: Buffer.concat([
          pickle(3).bytes(Buffer.alloc(100_000)).raw('0').unfinished(),
          payload().subarray(2),
        ]),
        deflate: true,
      }),
    ]);
    const report = await scan(bytes, 'm.pt', { maxHeldBytes: 5000 });
    expect(report.findings).toEqual([
      expect.objectContaining({
        rule: 'pickle-dangerous-import',
        location: 'archive/data.pkl@100008',
      }),
    ]);
  });

  it('is a finding when it is nothing that can be', async () => {
    const bytes = zip([
      { name: 'a', data: Buffer.alloc(10_000, 7), deflate: true },
    ]);
    expect(await rulesOf(bytes, 'm.zip', { maxHeldBytes: 5000 })).toEqual([
      'too-large',
    ]);
  });
});
