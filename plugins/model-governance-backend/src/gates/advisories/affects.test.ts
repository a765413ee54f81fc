import { affects, fixesOf, type KnownVersion } from './affects';
import type { OsvAffected, OsvEvent } from './osv';

const COMMIT = 'a'.repeat(40);
const OTHER = 'b'.repeat(40);

const range = (
  type: string,
  ecosystem: string,
  events: OsvEvent[],
  versions?: string[],
): OsvAffected => ({
  package: { ecosystem, name: 'x' },
  ranges: [{ type, events }],
  ...(versions && { versions }),
});
const python = (...events: OsvEvent[]) => range('ECOSYSTEM', 'PyPI', events);
const semantic = (...events: OsvEvent[]) => range('SEMVER', 'npm', events);

describe('whether a version is affected', () => {
  it.each<[string, OsvAffected, KnownVersion, string]>([
    // PEP 440
    [
      'before',
      python({ introduced: '0.5' }, { fixed: '0.8.5' }),
      { version: '0.4.9' },
      'no',
    ],
    [
      'at the start',
      python({ introduced: '0.5' }, { fixed: '0.8.5' }),
      { version: '0.5.0' },
      'yes',
    ],
    [
      'within',
      python({ introduced: '0' }, { fixed: '0.10.1' }),
      { version: '0.9.9' },
      'yes',
    ],
    [
      'at the end',
      python({ introduced: '0' }, { fixed: '0.8.5' }),
      { version: '0.8.5' },
      'no',
    ],
    [
      '0.10 is after 0.9',
      python({ introduced: '0' }, { fixed: '0.9' }),
      { version: '0.10.0' },
      'no',
    ],
    [
      'a candidate is before the release',
      python({ introduced: '0' }, { fixed: '1.0' }),
      { version: '1.0rc1' },
      'yes',
    ],
    [
      'a post release is after it',
      python({ introduced: '0' }, { fixed: '1.0' }),
      { version: '1.0.post1' },
      'no',
    ],
    [
      'an epoch is after all',
      python({ introduced: '0' }, { fixed: '2.0' }),
      { version: '1!0.1' },
      'no',
    ],
    [
      'the last one is meant',
      python({ introduced: '0' }, { last_affected: '1.2' }),
      { version: '1.2.0' },
      'yes',
    ],
    [
      'after the last one',
      python({ introduced: '0' }, { last_affected: '1.2' }),
      { version: '1.2.1' },
      'no',
    ],
    [
      'between two holes',
      python(
        { introduced: '1' },
        { fixed: '1.5' },
        { introduced: '2' },
        { fixed: '2.1' },
      ),
      { version: '1.7' },
      'no',
    ],
    [
      'in the second, in any order',
      python(
        { introduced: '2' },
        { fixed: '2.1' },
        { introduced: '1' },
        { fixed: '1.5' },
      ),
      { version: '2.0.4' },
      'yes',
    ],
    [
      'a version that is none',
      python({ introduced: '0' }, { fixed: '1' }),
      { version: 'nightly' },
      'unknown',
    ],
    [
      'a bound that is none',
      python({ introduced: '0' }, { fixed: 'soon' }),
      { version: '1' },
      'unknown',
    ],
    ['no version', python({ introduced: '0' }, { fixed: '1' }), {}, 'unknown'],
    ['no end, no version needed', python({ introduced: '0' }), {}, 'yes'],
    [
      'a limit that is passed',
      python({ introduced: '0' }, { limit: '2' }),
      { version: '2.0' },
      'no',
    ],
    [
      'within a limit',
      python({ introduced: '0' }, { limit: '2' }),
      { version: '1.9' },
      'yes',
    ],
    [
      'without limit',
      python({ introduced: '1' }, { limit: '*' }),
      { version: '1.9' },
      'yes',
    ],
    // Semantic Versioning
    [
      'a prerelease is before',
      semantic({ introduced: '1.0.0' }),
      { version: '1.0.0-rc.1' },
      'no',
    ],
    [
      'numbers, not letters',
      semantic({ introduced: '0' }, { fixed: '1.10.0' }),
      { version: '1.9.0' },
      'yes',
    ],
    [
      'a tag',
      semantic({ introduced: '0' }, { fixed: '1.10.0' }),
      { version: 'v1.10.0' },
      'no',
    ],
    [
      'short',
      semantic({ introduced: '0' }, { fixed: '1.10.0' }),
      { version: '1.10' },
      'no',
    ],
    [
      'Go by its ecosystem',
      range('ECOSYSTEM', 'Go', [{ introduced: '0' }, { fixed: '0.12.4' }]),
      { version: '0.12.3' },
      'yes',
    ],
    // Without a known order
    [
      'listed',
      range(
        'ECOSYSTEM',
        'Debian:12',
        [{ introduced: '0' }, { fixed: '2-1' }],
        ['1-1', '1-2'],
      ),
      { version: '1-2' },
      'yes',
    ],
    [
      'not listed',
      range(
        'ECOSYSTEM',
        'Debian:12',
        [{ introduced: '0' }, { fixed: '2-1' }],
        ['1-1'],
      ),
      { version: '2-1' },
      'no',
    ],
    [
      'nothing listed',
      range('ECOSYSTEM', 'Debian:12', [{ introduced: '0' }, { fixed: '2-1' }]),
      { version: '1-1' },
      'unknown',
    ],
    // Commits
    [
      'the commit that brought it',
      range('GIT', 'GIT', [{ introduced: COMMIT }, { fixed: OTHER }]),
      { commit: COMMIT },
      'yes',
    ],
    [
      'the commit that mended it',
      range('GIT', 'GIT', [{ introduced: '0' }, { fixed: OTHER }]),
      { commit: OTHER },
      'no',
    ],
    [
      'a commit in between',
      range('GIT', 'GIT', [{ introduced: '0' }, { fixed: OTHER }]),
      { commit: COMMIT },
      'unknown',
    ],
    [
      'a tag that is listed',
      range('GIT', 'GIT', [{ introduced: '0' }, { fixed: OTHER }], ['b4000']),
      { version: 'b4000' },
      'yes',
    ],
    [
      'a tag that is not',
      range('GIT', 'GIT', [{ introduced: '0' }, { fixed: OTHER }], ['b4000']),
      { version: 'b5000' },
      'no',
    ],
    [
      'a repository without an end',
      range('GIT', 'GIT', [{ introduced: '0' }]),
      {},
      'yes',
    ],
    // Lists only
    ['a digest', { versions: ['sha256:aa'] }, { digest: 'sha256:aa' }, 'yes'],
    ['another revision', { versions: [COMMIT] }, { commit: OTHER }, 'no'],
    [
      'one spelling of Python for another',
      { package: { ecosystem: 'PyPI', name: 'x' }, versions: ['1.0'] },
      { version: '1.0.0' },
      'yes',
    ],
    [
      'the package as a whole',
      { package: { ecosystem: 'PyPI', name: 'x' } },
      {},
      'yes',
    ],
  ])('%s', (_, affected, known, expected) => {
    expect(affects(affected, known).is).toBe(expected);
  });

  it('takes one range of several', () => {
    const affected: OsvAffected = {
      package: { ecosystem: 'PyPI', name: 'x' },
      ranges: [
        { type: 'GIT', events: [{ introduced: '0' }, { fixed: OTHER }] },
        { type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2' }] },
      ],
    };
    expect(affects(affected, { version: '1' }).is).toBe('yes');
    expect(fixesOf(affected)).toEqual([OTHER.slice(0, 12), '2']);
  });
});
