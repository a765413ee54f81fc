import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { pickle } from '../../__testUtils__/pickles';
import { harmless, payload, rulesOf, scan } from '../../__testUtils__/scans';

const base64 = (text: string) => Buffer.from(text, 'base64');

/** The payload, packed by Python's own modules and by lz4. */
const PACKED = {
  bzip2: base64(
    'QlpoOTFBWSZTWUUf7OoAAArTwFAQAAEQQA4ijCBCACAAIiaA9Rp6npChppgAd2woIkArnipEMp+LuSKcKEgij/Z1AA==',
  ),
  xz: base64(
    '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAWgAJjb3MKc3lzdGVtClgCAAAAaWSFUi4AAKkv8K7IcPy4AAEvF4EISbEftvN9AQAAAAAEWVo=',
  ),
  lzma: base64(
    'XQAAgAD//////////wBAAIgDvDC9NN4vXibQafs16B2HBjiolM3C/aj//+KwgAA=',
  ),
  lz4: base64('BCJNGGRApxcAAICAAmNvcwpzeXN0ZW0KWAIAAABpZIVSLgAAAABuvD8d'),
  gzip: gzipSync(payload()),
  zlib: deflateSync(payload()),
  zfile: Buffer.concat([
    Buffer.from('ZF0x17'.padEnd(21)),
    deflateSync(payload()),
  ]),
  zstd: zstdCompressSync(payload()),
};

const ZIPS = {
  bzip2: base64(
    'UEsDBC4AAAAMAAAAIQD233xUQwAAABcAAAAFAAAAYS5wa2xCWmg5MUFZJlNZRR/s6gAACtPAUBAAARBADiKMIEIAIAAiJoD1GnqekKGmmAB3bCgiQCueKkQyn4u5IpwoSCKP9nUAUEsBAi4DLgAAAAwAAAAhAPbffFRDAAAAFwAAAAUAAAAAAAAAAAAAAIABAAAAAGEucGtsUEsFBgAAAAABAAEAMwAAAGYAAAAAAA==',
  ),
  lzma: base64(
    'UEsDBD8AAgAOAAAAIQD233xUKwAAABcAAAAFAAAAYS5wa2wJBAUAXQAAgAAAQACIA7wwvTTeL14m0Gn7NegdhwY4qJTNwv2o///isIAAUEsBAj8DPwACAA4AAAAhAPbffFQrAAAAFwAAAAUAAAAAAAAAAAAAAIABAAAAAGEucGtsUEsFBgAAAAABAAEAMwAAAE4AAAAAAA==',
  ),
};

describe.each(Object.entries(PACKED))(
  'a compressed pickle (%s)',
  (format, bytes) => {
    it('is read as what it holds', async () => {
      const report = await scan(bytes, 'model.joblib');
      expect(report.format).toBe(format);
      expect(
        report.findings.filter(it => it.rule !== 'extension-mismatch'),
      ).toEqual([
        expect.objectContaining({
          rule: 'pickle-dangerous-import',
          location: 'model.joblib@2',
        }),
      ]);
    });

    it('that is cut off is an error, or malicious by what comes before', async () => {
      for (let length = 20; length < bytes.length; length += 3) {
        expect(
          (await scan(bytes.subarray(0, length), 'm.joblib')).verdict,
        ).not.toBe('clean');
      }
    });

    it('hides nothing behind it', async () => {
      const rules = await rulesOf(
        Buffer.concat([bytes, Buffer.alloc(40, 3)]),
        'm.pkl',
      );
      expect(rules).toContain('archive-hidden-data');
    });

    it('whose bytes are changed is not clean', async () => {
      for (let at = 0; at < bytes.length; at += 2) {
        const changed = Buffer.from(bytes);
        changed[at] ^= 0x55;
        expect((await scan(changed, 'm.joblib')).verdict).toMatch(
          /malicious|suspicious|error/,
        );
      }
    });
  },
);

it.each(Object.entries(ZIPS))(
  'a zip packed by %s is read',
  async (_, bytes) => {
    expect(await rulesOf(bytes, 'm.zip')).toEqual(['pickle-dangerous-import']);
  },
);

describe('members one after another', () => {
  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ])('are one content (%s)', async (_, pack) => {
    const whole = payload();
    const bytes = Buffer.concat([
      pack(whole.subarray(0, 9)),
      pack(whole.subarray(9)),
    ]);
    expect((await scan(bytes, 'm.pkl')).findings).toEqual([
      expect.objectContaining({ rule: 'pickle-dangerous-import' }),
    ]);
  });
});

it('a compressed model that is larger than what is held is followed as it comes', async () => {
  const model = Buffer.concat([
    pickle(3).bytes(Buffer.alloc(200_000)).raw('0').unfinished(),
    payload().subarray(2),
  ]);
  const report = await scan(gzipSync(model), 'model.pkl.gz', {
    maxHeldBytes: 10_000,
  });
  expect(report.findings).toEqual([
    expect.objectContaining({
      rule: 'pickle-dangerous-import',
      location: 'model.pkl@200008',
    }),
  ]);
});

it('a harmless one is clean', async () => {
  expect((await scan(gzipSync(harmless()), 'model.pkl.gz')).findings).toEqual(
    [],
  );
});

it.each([
  ['7z', '377abcaf271c0004'],
  ['rar', '526172211a070100'],
  ['cab', '4d53434600000000'],
  ['xar', '7861722100'],
])('%s is not read and says so', async (format, mark) => {
  const bytes = Buffer.concat([Buffer.from(mark, 'hex'), Buffer.alloc(64)]);
  expect(await scan(bytes, `m.${format}`)).toMatchObject({
    format,
    verdict: 'error',
    findings: [{ rule: 'archive-unsupported' }],
  });
});
