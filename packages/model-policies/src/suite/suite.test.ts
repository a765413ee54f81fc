import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { internalPolicy, organisation, testGates } from '../__testUtils__';
import { CelConditions } from '../conditions/CelConditions';
import { loadPolicies } from '../layers/loadPolicies';
import { runPolicyTests, testPolicies } from './testPolicies';

const layers = loadPolicies(
  organisation(internalPolicy),
  testGates,
  CelConditions.create(),
);
const run = (cases: string) =>
  runPolicyTests(layers, [{ file: 'tests/a.yaml', text: `cases:\n${cases}` }]);

describe('tests of policies', () => {
  it('tell what differs', () => {
    const { results } = run(`
  - name: fits
    input: { tier: internal }
    expect: { gates: { card: required }, waivers: { card: [lead, legal] } }
  - name: differs
    input: { tier: internal, model: { license: apache-2.0 } }
    expect: { gates: { card: required }, refusals: [region] }
`);
    expect(results).toEqual([
      { file: 'tests/a.yaml', name: 'fits', differences: [] },
      {
        file: 'tests/a.yaml',
        name: 'differs',
        differences: [
          'gates: expected {"card":"required"}, got {"card":"required","ownership":"advisory"}',
          'refusals: expected ["region"], got []',
        ],
      },
    ]);
  });

  it('tell what no case looks at, and which side of a condition', () => {
    const internal = (cases: string) =>
      run(cases)
        .uncovered.filter(({ file }) => file === 'internal.yaml')
        .map(({ field, message }) => `${field}: ${message}`);
    const first = `
  - name: one
    input: { tier: internal }
    expect: { gates: { card: required }, refusals: [] }
`;
    expect(internal(first)).toEqual([
      'expiresAfterDays: no case looks at it',
      'gates.card.params: no case looks at it',
      'gates.card.waiver: no case looks at it',
      'signOffs.lead: no case looks at it',
      'signOffs.security: no case looks at it',
      'gates.ownership.when: no case in which it holds',
      'refuse.0.when: no case in which it holds',
    ]);
    expect(
      internal(`${first}
  - name: two
    input: { tier: internal, model: { license: apache-2.0, hosted: true } }
    expect:
      gates: { card: required, ownership: advisory }
      params: { card: {} }
      waivers: { card: [lead] }
      signOffs: {}
      refusals: [region]
      expiresAfterDays: 1
`),
    ).toEqual([]);
  });

  it.each([
    ['  - { name: a }', 'input', 2],
    [
      '  - { name: a, input: { tier: moon }, expect: { refusals: [] } }',
      'sandbox',
      2,
    ],
    [
      '  - { name: a, input: { tier: internal, modl: {} }, expect: { refusals: [] } }',
      'modl',
      2,
    ],
    ['  - { name: a, input: { tier: internal }, expect: {} }', '1', 2],
  ])('are checked themselves: %s', (text, word, line) => {
    const { problems, results } = run(text);
    expect(results).toEqual([]);
    expect(problems[0]).toMatchObject({
      file: 'tests/a.yaml',
      line,
      message: expect.stringContaining(word),
    });
  });

  it('lie beside the policies', async () => {
    const path = await mkdtemp(join(tmpdir(), 'suite-'));
    for (const { file, text } of organisation(internalPolicy)) {
      await writeFile(join(path, file), text);
    }
    expect((await testPolicies({ path, gates: testGates })).results).toEqual(
      [],
    );
    await mkdir(join(path, 'tests'));
    await writeFile(join(path, 'tests/a.yaml'), 'cases: 1');
    await expect(testPolicies({ path, gates: testGates })).rejects.toThrow(
      'tests/a.yaml: cases: must be array',
    );
    await rm(path, { recursive: true });
  });
});
