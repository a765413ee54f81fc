import { gzipSync } from 'node:zlib';
import { harmless, payload, rulesOf, scan } from '../../__testUtils__/scans';
import { pax, tar, type TarMember } from '../../__testUtils__/tars';

const good: TarMember = { name: 'a.pkl', data: harmless() };
const bad: TarMember = { name: 'b.pkl', data: payload() };

describe('a tar', () => {
  it('of harmless files is clean', async () => {
    const bytes = tar([
      { name: 'm/', type: '5' },
      good,
      { name: 'x', type: 'x', data: pax('path', 'm/long.pkl') },
      { name: 'm/lo', data: harmless() },
      { name: 'l', type: 'L', data: `m/${'l'.repeat(200)}.pkl\0` },
      { name: 'm/ll', data: harmless() },
    ]);
    expect(await scan(bytes, 'm.tar')).toMatchObject({
      format: 'tar',
      verdict: 'clean',
      findings: [],
    });
    expect(await scan(gzipSync(bytes), 'm.tar.gz')).toMatchObject({
      format: 'gzip',
      verdict: 'clean',
      findings: [],
    });
  });

  it.each<[string, Buffer]>([
    ['a member', tar([good, bad])],
    ['a gzip of it', gzipSync(tar([good, bad]))],
    ['what follows its end', tar([good], { after: tar([bad]) })],
    ['plain data behind its end', tar([good], { after: payload() })],
    [
      'a member with a wrong checksum',
      tar([good, { ...bad, hasBadChecksum: true }]),
    ],
    ['a folder', tar([good, { name: 'd', type: '5', data: payload() }])],
  ])('with a payload in %s is malicious', async (_, bytes) => {
    expect((await scan(bytes, 'm.tar')).findings).toContainEqual(
      expect.objectContaining({ rule: 'pickle-dangerous-import' }),
    );
  });

  it('that is too large to be held is read as it comes', async () => {
    const bytes = tar([{ name: 'a.pkl', data: harmless() }, bad]);
    const report = await scan(gzipSync(bytes), 'm.tgz', { maxHeldBytes: 600 });
    expect(report.findings).toEqual([
      expect.objectContaining({ location: 'm.tar!b.pkl@2' }),
    ]);
  });

  it.each<[string, string, Buffer]>([
    ['a climbing name', 'archive-climbs-out', tar([{ ...good, name: '../a' }])],
    ['an absolute name', 'archive-climbs-out', tar([{ ...good, name: '/a' }])],
    [
      'a climbing name of pax',
      'archive-climbs-out',
      tar([{ name: 'x', type: 'x', data: pax('path', '../../a') }, good]),
    ],
    [
      'a climbing name of GNU',
      'archive-climbs-out',
      tar([{ name: 'x', type: 'L', data: '../../a\0' }, good]),
    ],
    [
      'a link that climbs',
      'archive-climbs-out',
      tar([{ name: 'd/l', type: '2', link: '../../etc' }]),
    ],
    [
      'a member behind a link',
      'archive-climbs-out',
      tar([
        { name: 'd', type: '2', link: 'e' },
        { ...good, name: 'd/a.pkl' },
      ]),
    ],
    [
      'a link',
      'archive-link',
      tar([good, { name: 'l', type: '2', link: 'a.pkl' }]),
    ],
    ['a device', 'archive-odd-member', tar([{ name: 'd', type: '3' }])],
    ['a sparse member', 'archive-unsupported', tar([{ ...good, type: 'S' }])],
    ['a name twice', 'archive-duplicate-name', tar([good, good])],
    [
      'two sizes',
      'archive-disagreement',
      tar([{ name: 'x', type: 'x', data: pax('size', '512') }, good]),
    ],
    ['no end', 'archive-corrupt', tar([good], { hasNoEnd: true })],
    [
      'a member beyond the file',
      'archive-corrupt',
      tar([{ ...good, size: 9999 }], { hasNoEnd: true }),
    ],
    [
      'data in the padding',
      'archive-hidden-data',
      tar([good]).fill(1, 600, 700),
    ],
    [
      'a corrupt extended header',
      'archive-corrupt',
      tar([{ name: 'x', type: 'x', data: '99 a=b\n' }, good]),
    ],
  ])('with %s is %s', async (_, rule, bytes) => {
    expect(await rulesOf(bytes, 'm.tar')).toContain(rule);
  });
});
