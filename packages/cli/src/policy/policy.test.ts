import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

// Each command starts a process.
jest.setTimeout(60_000);

const BIN = path.resolve(__dirname, '../../bin/modelhub');
const SHIPPED = path.resolve(__dirname, '../../../../policies');

let folder: string;
const put = (name: string, text: string) => {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), text);
};
function policyTest(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [BIN, 'policy', 'test', ...args],
    { cwd: folder, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-'));
  for (const tier of ['sandbox', 'internal', 'customer-facing', 'regulated']) {
    put(
      `policies/${tier}.yaml`,
      `tier: ${tier}
scope: { organisation: true }
expiresAfterDays: 30
checkDeadlineHours: 72
snapshotMaxAgeSeconds: 900
breakGlass: { allowed: false }
gates:
  model-card: { params: { minScore: 60 } }
`,
    );
  }
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const expected = (days: number) => `cases:
  - name: It lives
    input: { tier: internal }
    expect: { expiresAfterDays: ${days} }
`;

describe('modelhub policy test', () => {
  it('runs the tests of the policies that ship', () => {
    const { status, stdout } = policyTest(SHIPPED);
    expect(stdout).toMatch(/\d+ cases, 0 differ/);
    expect(status).toBe(0);
  });

  it('tells what differs, and what no case looks at', () => {
    put('policies/tests/a.yaml', expected(31));
    const { status, stdout } = policyTest();
    expect(stdout).toContain('differs tests/a.yaml: It lives');
    expect(stdout).toContain('expiresAfterDays: expected 31, got 30');
    expect(stdout).toContain(
      'untested internal.yaml: gates.model-card: no case looks at it',
    );
    expect(stdout).not.toContain('internal.yaml: expiresAfterDays');
    expect(status).toBe(1);
  });

  it('prints JSON', () => {
    put('policies/tests/a.yaml', expected(30));
    const { status, stdout } = policyTest('--json');
    expect(JSON.parse(stdout)).toMatchObject({
      version: expect.stringMatching(/^sha256:/),
      results: [{ file: 'tests/a.yaml', name: 'It lives', differences: [] }],
    });
    expect(status).toBe(0);
  });

  it('knows the built-in checks and their parameters, and others from a file', () => {
    put('policies/tests/a.yaml', expected(30));
    put(
      'policies/shop.yaml',
      'tier: internal\nscope: { system: system:default/shop }\ngates:\n  model-card: { params: { minScore: high } }\n  house-rules: {}\n',
    );
    const wrong = policyTest();
    expect(wrong.stderr).toContain(
      'shop.yaml:4:17: gates.model-card.params: minScore must be number',
    );
    expect(wrong.stderr).toContain('shop.yaml:5:3: gates.house-rules: no such');
    expect(wrong.status).toBe(2);

    put(
      'policies/shop.yaml',
      'tier: internal\nscope: { system: system:default/shop }\ngates:\n  house-rules: { params: { strict: true } }\n',
    );
    const items = [
      {
        id: 'house-rules',
        title: 'House rules',
        params: {
          type: 'object',
          properties: { strict: { type: 'boolean' } },
          additionalProperties: false,
        },
      },
    ];
    put('gates.json', JSON.stringify({ items }));
    expect(policyTest('--gates', 'gates.json').status).toBe(0);
  });

  it.each([
    [['nowhere'], 'Cannot read nowhere'],
    [['policies'], 'policies holds no tests'],
    [['policies', '--gates', 'gates.json'], 'Cannot read gates.json'],
  ])('ends with 2 for %j', (args, words) => {
    const { status, stderr } = policyTest(...args);
    expect(stderr).toContain(words);
    expect(status).toBe(2);
  });
});
