import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { internalPolicy, organisation, testGates } from '../__testUtils__';
import { CelConditions } from '../conditions/CelConditions';
import { checkPolicies } from '../layers/loadPolicies';
import { overlayFiles } from './overlay';
import {
  isPolicyFile,
  readPolicyFolder,
  readPolicyTests,
} from './readPolicyFolder';

const check = (...files: Array<{ file: string; text: string }>) =>
  checkPolicies(
    [...organisation(internalPolicy), ...files],
    testGates,
    CelConditions.create(),
  );

describe('every problem is told', () => {
  it('of every file, with its line', () => {
    const { layers, problems } = check(
      { file: 'a.yaml', text: 'tier: internal\nscope: { system: shop }' },
      { file: 'b.yaml', text: 'tier: [' },
      { file: 'c.yaml', text: 'tier: internal\nscopes: {}\n' },
    );
    expect(layers).toBeUndefined();
    expect(problems).toMatchObject([
      { file: 'a.yaml', field: 'scope.system', line: 2, column: 10 },
      { file: 'b.yaml', line: 1, message: expect.stringMatching(/^not YAML/) },
      { file: 'c.yaml', message: "field 'scope' is missing; add it" },
      { file: 'c.yaml', field: 'scopes', line: 2, column: 1 },
    ]);
  });

  it('of rules that do not fit together, too', () => {
    const shop = 'tier: internal\nscope: { system: system:default/shop }\n';
    expect(
      check({
        file: 'shop.yaml',
        text: `${shop}expiresAfterDays: 400\ngates:\n  scan: {}\n  card:\n    params: { minScore: 50 }\nrefuse:\n  - { code: a, when: tier, message: No. }\n`,
      }).problems.map(({ field, line }) => [field, line]),
    ).toEqual([
      ['refuse.0.when', 9],
      ['gates.scan', 5],
      ['expiresAfterDays', 3],
      ['gates.card.params.minScore', 7],
    ]);
  });
});

describe('a hostile file is refused at once', () => {
  const deep = `${'['.repeat(20_000)}`;
  const blocks = Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`);
  it.each([
    ['brackets', `tier: ${deep}`, /nested too deeply/],
    ['blocks', blocks.join('\n').slice(0, 60_000), /nested too deeply/],
    ['sequences', `${'- '.repeat(5000)}a`, /nested too deeply/],
    ['size', 'a'.repeat(65_537), /65536 are the most/],
    ['parts', `a: [${Array(2100).fill('1')}]`, /2000 are the most/],
    [
      'aliases',
      [
        'a: &a [x, x, x, x, x, x, x, x, x, x]',
        ...'bcdefgh'
          .split('')
          .map(
            (name, i) =>
              `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[i]}`)}]`,
          ),
      ].join('\n'),
      /not YAML: Excessive alias count/,
    ],
    [
      'keys that are there twice',
      Array(1900).fill('a: 1').join('\n'),
      /'a' is there twice/,
    ],
    [
      'keys that nobody knows',
      Array.from({ length: 1900 }, (_, i) => `k${i}: 1`).join('\n'),
      /not known here/,
    ],
  ])('%s', (_, text, message) => {
    const start = performance.now();
    const { problems } = check({ file: 'x.yaml', text });
    expect(performance.now() - start).toBeLessThan(1000);
    expect(problems.some(it => message.test(it.message))).toBe(true);
  });
});

describe('a folder', () => {
  let path: string;
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'policies-'));
    for (const folder of ['tests', 'packs', 'teams/tests', 'teams']) {
      await mkdir(join(path, folder), { recursive: true });
      await writeFile(join(path, folder, 'a.yaml'), folder);
    }
    await writeFile(join(path, 'b.yml'), 'b');
    await writeFile(join(path, 'README.md'), '');
  });
  afterEach(() => rm(path, { recursive: true }));

  it('holds policies, tests and packs', async () => {
    const { sources, stamp } = await readPolicyFolder(path);
    expect(sources).toEqual([
      { file: 'b.yml', text: 'b' },
      { file: 'teams/a.yaml', text: 'teams' },
    ]);
    expect(await readPolicyTests(path)).toEqual([
      { file: 'tests/a.yaml', text: 'tests' },
    ]);
    await writeFile(join(path, 'b.yml'), 'c');
    expect((await readPolicyFolder(path)).stamp).not.toBe(stamp);
    expect(await readPolicyTests(join(path, 'packs'))).toEqual([]);
  });

  it.each([
    ['a.yaml', true],
    ['teams/a.yml', true],
    ['tests/a.yaml', false],
    ['packs/a.yaml', false],
    ['a.json', false],
  ])('says whether %s is a policy', (name, expected) => {
    expect(isPolicyFile(name)).toBe(expected);
  });

  it('is laid over another', () => {
    expect(
      overlayFiles(
        [
          { file: 'b', text: '1' },
          { file: 'c', text: '2' },
        ],
        [
          { name: 'c' },
          { name: 'a', content: '3' },
          { name: 'b', content: '' },
        ],
      ),
    ).toEqual([
      { file: 'a', text: '3' },
      { file: 'b', text: '' },
    ]);
  });
});
