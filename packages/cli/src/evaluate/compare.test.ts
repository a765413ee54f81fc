import type { EvaluationResult } from '@modelhub/governance-protocol';
import { Command } from 'commander';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { addCompareCommands } from './addCompareCommands';
import * as compare from './compare';
import * as report from './report';

let folder: string;
let said: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'evaluate-compare-'));
  said = '';
  const keep = (text: string | Uint8Array) => {
    said += text;
    return true;
  };
  jest.spyOn(process.stdout, 'write').mockImplementation(keep);
  jest.spyOn(process.stderr, 'write').mockImplementation(keep);
});
afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(folder, { recursive: true });
  process.exitCode = undefined;
});

const many = <T>(of: (index: number) => T) =>
  Array.from({ length: 60 }, (_, index) => of(index));

/** A result in which so many of ten cases are wrong. */
function file(name: string, wrong: number, changes = {}): string {
  const exact = many(i => (i % 10 < wrong ? 0 : 1));
  const expected = many(i => (i % 2 ? 'yes' : 'no'));
  const result: EvaluationResult = {
    suite: { name: 'tickets', version: '1.0.0' },
    startedAt: '2026-11-21T10:00:00.000Z',
    finishedAt: '2026-11-21T10:01:00.000Z',
    target: {},
    settings: {},
    metrics: [
      {
        name: 'label',
        value: 1 - wrong / 10,
        unit: 'ratio',
        statistic: 'mean',
        samples: 60,
      },
    ],
    tool: { name: 'modelhub', version: '0.1.0' },
    pack: { type: 'quality', digest: `sha256:${'a'.repeat(64)}`, cases: 60 },
    model: `acme/${name}`,
    inputDigest: `sha256:${'b'.repeat(64)}`,
    measures: {
      label: {
        scorer: 'classification',
        title: 'Accuracy',
        direction: 'higher',
        unit: 'ratio',
        aggregate: 'mean',
      },
    },
    cases: {
      ids: many(i => `c${i}`),
      outcomes: many(() => 'scored'),
      scores: { label: exact },
      labels: {
        expected,
        predicted: expected.map((it, i) => {
          if (exact[i] === 1) return it;
          return it === 'yes' ? 'no' : 'yes';
        }),
      },
    },
    ...changes,
  };
  const at = path.join(folder, `${name}.json`);
  fs.writeFileSync(at, JSON.stringify(result));
  return at;
}

async function evaluate(...args: string[]) {
  const program = new Command('evaluate').exitOverride();
  addCompareCommands(program, {
    compare: async () => compare,
    report: async () => report,
  });
  program.commands.forEach(it => it.exitOverride());
  await program.parseAsync(args, { from: 'user' });
  return { said, code: process.exitCode };
}

describe('evaluate compare', () => {
  it('ends with 1 where the candidate is worse', async () => {
    const { said: text, code } = await evaluate(
      'compare',
      file('new', 4),
      file('old', 1),
    );
    expect(text).toContain('acme/new beside acme/old');
    expect(text).toMatch(/label +60\.0 % +90\.0 % +−30\.0 points/);
    expect(text).toContain('✗ significantly worse');
    expect(code).toBe(1);
  });

  it('ends with 0 where a loss is within the margin, as JSON', async () => {
    const { said: text, code } = await evaluate(
      ...['compare', file('new', 2), file('old', 1), '--json'],
      ...['--metric', 'label=0.3', '--metric', 'label.f1', '--margin', '0.4'],
    );
    const { candidate, comparisons } = JSON.parse(text);
    expect(candidate.model).toBe('acme/new');
    expect(
      comparisons.map(
        (it: { metric: string; margin: number; basis: string }) => [
          it.metric,
          it.margin,
          it.basis,
        ],
      ),
    ).toEqual([
      ['label', 0.3, 'cases'],
      ['label.f1', 0.4, 'labels'],
    ]);
    expect(code).toBe(0);
  });

  it.each([
    [['--metric', 'rouge'], "has no metric 'rouge'. It has: label"],
    [['--margin', '-1'], '0 or more'],
    [['--metric', 'a=b=c'], 'name=margin'],
    [['--confidence', '95'], '0.95'],
  ])('cannot tell with %j', async (args, message) => {
    await expect(
      evaluate('compare', file('new', 1), file('old', 1), ...args),
    ).rejects.toThrow(message);
  });

  it('refuses what is no result, or of another pack', async () => {
    const broken = path.join(folder, 'broken.json');
    fs.writeFileSync(broken, '{"model": 1}');
    await expect(evaluate('compare', broken, file('old', 1))).rejects.toThrow(
      /broken\.json is no result of an evaluation pack: .*evaluate run --output/,
    );
    const pack = {
      type: 'quality',
      digest: `sha256:${'c'.repeat(64)}`,
      cases: 60,
    };
    await expect(
      evaluate('compare', file('new', 1, { pack }), file('old', 1)),
    ).rejects.toThrow('the pack was not the same');
  });
});

describe('evaluate report', () => {
  it('writes HTML and Markdown', async () => {
    const html = path.join(folder, 'report.html');
    const markdown = path.join(folder, 'report.md');
    const { said: text, code } = await evaluate(
      ...['report', file('new', 4), '--incumbent', file('old', 1)],
      ...['--html', html, '--markdown', markdown, '--title', 'Tickets & more'],
    );
    expect(code).toBe(0);
    expect(text).toBe(`Wrote ${html}\nWrote ${markdown}\n`);
    expect(fs.readFileSync(html, 'utf8')).toContain(
      '<h1>Tickets &amp; more</h1>',
    );
    expect(fs.readFileSync(markdown, 'utf8')).toContain(
      'Significantly worse than the incumbent: Accuracy.',
    );
  });

  it('prints Markdown without a file', async () => {
    const { said: text } = await evaluate('report', file('new', 1));
    expect(text).toMatch(/^# Evaluation of acme\/new\n/);
  });

  it('says so where a pack is another one than was run, or a file cannot be written', async () => {
    fs.writeFileSync(
      path.join(folder, 'pack.yaml'),
      'apiVersion: modelhub.dev/v1alpha1\nkind: EvaluationPack\nmetadata: { name: tickets, title: Tickets }\nspec: { type: quality, version: 2.0.0, owner: group:default/x, lifecycle: active, task: chat, scorers: [{ name: same, type: exact-match }], criteria: [], cases: ./cases.jsonl }\n',
    );
    fs.writeFileSync(
      path.join(folder, 'cases.jsonl'),
      '{"id":"a","input":"b","expected":"c"}\n',
    );
    await expect(
      evaluate('report', file('new', 1), '--pack', folder),
    ).rejects.toThrow(
      /None of the results is of the pack in .*tickets 2\.0\.0/,
    );
    await expect(
      evaluate('report', file('new', 1), '--html', path.join(folder, 'no/x')),
    ).rejects.toThrow('Cannot write');
  });
});
