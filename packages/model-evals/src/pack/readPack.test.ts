import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  packOf,
  packTexts,
  sums,
  type PackParts,
} from '../__testUtils__/packOf';
import { PackError, readPack, readPackFolder, type EvaluationCase } from '.';

const YAML = `# A pack
apiVersion: modelhub.dev/v1alpha1
kind: EvaluationPack
metadata:
  namespace: acme
  name: Tickets
  title: Tickets
spec:
  type: quality
  version: 1.0.0
  owner: group:default/support
  lifecycle: active
  task: chat
  scorers:
    - name: label
      type: exact-match
  criteria:
    - metric: label
      slice: language=de
      atLeast: 0.8
  cases: ./data/cases.jsonl
`;

const ONE = JSON.stringify({
  id: 'a',
  input: 'x',
  expected: 'y',
  slices: { language: 'de' },
});

const problemsOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    it => it,
  );
  expect(error).toBeInstanceOf(PackError);
  return (error as PackError).message.split('\n');
};

const broken = (parts: Partial<PackParts>) =>
  problemsOf(readPack(packTexts({ cases: sums(2), ...parts })));

it('reads a pack as it is written, and asks for its files below it', async () => {
  const asked: string[] = [];
  const pack = await readPack({
    packYaml: YAML,
    read: async file => {
      asked.push(file);
      return `${ONE}\n\n`;
    },
  });
  expect(asked).toEqual(['data/cases.jsonl']);
  expect(pack).toMatchObject({
    name: 'Tickets',
    entityRef: 'evaluationpack:acme/tickets',
    version: '1.0.0',
    purposes: [],
    request: {},
    criteria: [{ metric: 'label', slice: 'language=de', atLeast: 0.8 }],
    cases: [{ id: 'a' }],
    digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
  });
});

it('has a digest of what makes the numbers only', async () => {
  const digest = async (parts: Partial<PackParts>) =>
    (await packOf({ cases: sums(3), ...parts })).digest;
  const one = await digest({});
  expect(
    await digest({
      metadata: { name: 'other', title: 'T', description: 'D' },
      spec: { owner: 'user:default/dana', purposes: ['p'], version: '2.0.0' },
    }),
  ).toBe(one);
  const others = await Promise.all([
    digest({ cases: sums(4) }),
    digest({ cases: [...sums(3)].reverse() }),
    digest({ spec: { request: { temperature: 0.1 } } }),
    digest({ spec: { criteria: [{ metric: 'right', atLeast: 0.1 }] } }),
    digest({
      spec: { scorers: [{ name: 'right', type: 'normalised-match' }] },
    }),
  ]);
  expect(new Set([one, ...others]).size).toBe(6);
  // The order of the fields says nothing.
  const turned = sums(3).map(
    it =>
      Object.fromEntries(
        Object.entries(it).reverse(),
      ) as unknown as EvaluationCase,
  );
  expect(await digest({ cases: turned })).toBe(one);
});

it('tells all problems at once, with file, line and field', async () => {
  const packYaml = YAML.replace('version: 1.0.0', 'version: one\n  licences: x')
    .replace('kind: EvaluationPack', 'kind: Pack')
    .replace('atLeast: 0.8', 'atLeast: 0.8\n      atMost: 1');
  const lines = [
    ONE,
    '{"id":"b"}',
    '{"id":"a","input":"x","sample":1}',
    '{"id":"c","input":[{"role":"user","content":"x"},{"role":"assistant","content":"y"}]}',
    'no json',
  ];
  expect(
    await problemsOf(
      readPack({ packYaml, read: async () => lines.join('\n') }),
    ),
  ).toEqual([
    expect.stringMatching(/^pack\.yaml:3: kind: must be EvaluationPack/),
    expect.stringMatching(/^pack\.yaml:11: spec\.licences: is not known here/),
    expect.stringMatching(
      /^pack\.yaml:10: spec\.version: must be a semantic version/,
    ),
    expect.stringMatching(
      /^pack\.yaml:19: spec\.criteria\[0\]: needs exactly one/,
    ),
    expect.stringMatching(/^data\/cases\.jsonl:5: is not JSON/),
    expect.stringMatching(/^data\/cases\.jsonl:2: input: must be a text/),
    expect.stringMatching(/^data\/cases\.jsonl:3: sample: is not known here/),
    expect.stringMatching(
      /^data\/cases\.jsonl:3: id: comes twice: 'a' is in line 1 too/,
    ),
    expect.stringMatching(
      /^data\/cases\.jsonl:4: input: must end with the user/,
    ),
  ]);
});

it('tells fifty problems at most, and how many there are more', async () => {
  const cases = Array.from({ length: 80 }, (_, n) => ({ id: `c${n}` }));
  const problems = await broken({ cases });
  expect(problems).toHaveLength(50);
  expect(problems[49]).toBe(
    'cases.jsonl: and 31 further problems; mend these first',
  );
});

it.each<[string, Partial<PackParts>, RegExp]>([
  [
    'a scorer that nobody knows',
    { spec: { scorers: [{ name: 'x', type: 'magic' }] } },
    /spec\.scorers\[0\]\.type: no scorer is called 'magic'/,
  ],
  [
    'two metrics of one name',
    {
      spec: {
        scorers: [
          { name: 'x', type: 'exact-match' },
          { name: 'x', type: 'contains' },
        ],
      },
    },
    /spec\.scorers\[1\]\.name: comes twice: 'x'/,
  ],
  [
    'parameters that a scorer does not take',
    {
      spec: {
        scorers: [{ name: 'x', type: 'regex', params: { pattern: '(' } }],
      },
    },
    /spec\.scorers\[0\]\.params: /,
  ],
  [
    'a case that lacks what a scorer needs',
    { cases: [{ id: 'a', input: 'x' }] },
    /cases\.jsonl:1: for right: /,
  ],
  [
    'a criterion about nothing',
    { spec: { criteria: [{ metric: 'rigth', atLeast: 1 }] } },
    /spec\.criteria\[0\]\.metric: no scorer makes 'rigth'; there are .*right/,
  ],
  [
    'a criterion about no case',
    {
      spec: {
        criteria: [{ metric: 'right', slice: 'parity=both', atLeast: 1 }],
      },
    },
    /spec\.criteria\[0\]\.slice: no case belongs to 'parity=both'/,
  ],
  [
    'fairness between one group',
    {
      spec: { fairness: { attributes: ['parity'], metric: 'right' } },
      cases: sums(1),
    },
    /fairness\.attributes\[0\]: the cases have only one group of 'parity'/,
  ],
  [
    'a fairness pack without groups',
    { spec: { type: 'fairness' } },
    /spec\.fairness: must say which groups/,
  ],
  [
    'several samples of one answer',
    { spec: { request: { samples: 5 } } },
    /request\.samples: above 1 needs a temperature/,
  ],
  [
    'documents of a chat',
    { documents: [{ id: 'd', text: 'x' }] },
    /spec\.documents: is for the task retrieval/,
  ],
  [
    'a query whose document is not there',
    {
      spec: { task: 'retrieval', scorers: [{ name: 'r', type: 'retrieval' }] },
      documents: [{ id: 'd', text: 'x' }],
      cases: [{ id: 'q', input: 'x', relevant: { e: 1 } }],
    },
    /cases\.jsonl:1: relevant\.e: is no document of the pack/,
  ],
  ['no case', { cases: [] }, /cases\.jsonl: holds no case/],
  [
    'a text without a canonical form',
    { cases: [{ id: 'a', input: 'x', expected: 'half \ud800' }] },
    /has no digest: .*lone surrogate/,
  ],
])('refuses %s', async (_, parts, problem) => {
  expect((await broken(parts)).join('\n')).toMatch(problem);
});

it.each(['../cases.jsonl', '/etc/passwd', 'a/../../b', 'https://x/y', 'a\\b'])(
  'never reads %s',
  async cases => {
    const read = jest.fn();
    const { packYaml } = packTexts({ spec: { cases }, cases: [] });
    const problems = await problemsOf(readPack({ packYaml, read }));
    expect(problems[0]).toContain('must be a file in the folder of the pack');
    expect(read).not.toHaveBeenCalled();
  },
);

it.each([
  [
    'an anchor that multiplies',
    `a: &a [x]\nb: &b [${'*a,'.repeat(60)}]\nc: [${'*b,'.repeat(60)}]`,
  ],
  ['endless depth', '['.repeat(20_000)],
  ['a file that is too long', '#'.repeat(300_000)],
  ['a key twice', 'kind: a\nkind: b'],
])('tells what is wrong with %s', async (_, packYaml) => {
  const [problem] = await problemsOf(
    readPack({ packYaml, read: async () => '' }),
  );
  expect(problem).toMatch(/^pack\.yaml/);
});

it('bounds cases and lines', async () => {
  const long = JSON.stringify({ id: 'a', input: 'x'.repeat(300_000) });
  const { packYaml } = packTexts({ cases: [] });
  const read = (content: string) => async () => content;
  expect(await problemsOf(readPack({ packYaml, read: read(long) }))).toEqual([
    'cases.jsonl:1: is larger than 256 KiB, which is the most for one line',
  ]);
  const many = Array.from({ length: 10_001 }, (_, n) =>
    JSON.stringify({ id: `${n}`, input: 'x', expected: 'y' }),
  ).join('\n');
  expect(
    (await problemsOf(readPack({ packYaml, read: read(many) })))[0],
  ).toContain('cases.jsonl:10001: is one line too many: 10000 are the most');
});

describe('a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'pack-'));
    await fs.mkdir(path.join(folder, 'pack', 'data'), { recursive: true });
    await fs.writeFile(path.join(folder, 'pack', 'pack.yaml'), YAML);
  });
  afterEach(() => fs.rm(folder, { recursive: true }));

  it('is read, by its name or that of its pack.yaml', async () => {
    await fs.writeFile(path.join(folder, 'pack/data/cases.jsonl'), ONE);
    const one = await readPackFolder(path.join(folder, 'pack'));
    expect(await readPackFolder(path.join(folder, 'pack/pack.yaml'))).toEqual(
      one,
    );
  });

  it('does not follow a link out of itself', async () => {
    await fs.writeFile(path.join(folder, 'secret'), ONE);
    await fs.symlink(
      path.join(folder, 'secret'),
      path.join(folder, 'pack/data/cases.jsonl'),
    );
    expect(await problemsOf(readPackFolder(path.join(folder, 'pack')))).toEqual(
      [
        'data/cases.jsonl: cannot be read: it lies outside of the folder of the pack',
      ],
    );
  });

  it('says it when it is not there', async () => {
    const [problem] = await problemsOf(
      readPackFolder(path.join(folder, 'none')),
    );
    expect(problem).toMatch(/none\/pack\.yaml: cannot be read: ENOENT/);
  });
});
