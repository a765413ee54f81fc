import { evaluationResultProblem } from '@modelhub/governance-protocol';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { importResults, type ImportFlags } from './importResults';

const samples = path.join(__dirname, '..', 'evidence', '__testUtils__');

let folder: string;
let said: { out: string; err: string };

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'import-'));
  said = { out: '', err: '' };
  jest.spyOn(process.stdout, 'write').mockImplementation(text => {
    said.out += text;
    return true;
  });
  jest.spyOn(process.stderr, 'write').mockImplementation(text => {
    said.err += text;
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(folder, { recursive: true });
});

const promptfoo = path.join(samples, 'promptfoo-results.json');

it('writes a result that can be submitted, and says what it left out', () => {
  const output = path.join(folder, 'result.json');
  const code = importResults([promptfoo], {
    suite: 'support@1.0.0',
    target: ['engine=vllm'],
    output,
  });
  const result = JSON.parse(fs.readFileSync(output, 'utf8'));
  expect(evaluationResultProblem(result)).toBeUndefined();
  expect(result).toMatchObject({
    suite: { name: 'support', version: '1.0.0' },
    target: { engine: 'vllm' },
    partial: true,
  });
  expect(said.err).toContain(
    'Note: The totals count 50 tests, and the file holds 1.',
  );
  expect(said.err).toContain('promptfoo: support 1.0.0');
  expect(said.err).toContain(`modelhub evidence upload ${output}`);
  expect(code).toBe(0);
});

it('prints the numbers alone where asked', () => {
  importResults([path.join(samples, 'lm-eval-results.json')], {
    numbersOnly: true,
  });
  const run = JSON.parse(said.out);
  expect(run.metrics).toHaveLength(5);
  expect(run.cases).toBeUndefined();
});

it.each<[ImportFlags, string]>([
  [{ suite: 'a@' }, '--suite a@: expected a name'],
  [{ prompt: '0' }, 'expected a number from 1 on'],
  [{ at: 'soon' }, 'expected a date'],
  [{ target: ['colour=red'] }, 'expected name=value'],
  [{ provider: 'nobody' }, "nothing of provider 'nobody'"],
])('cannot work with %j', (flags, problem) => {
  expect(() => importResults([promptfoo], flags)).toThrow(problem);
  expect(said.out).toBe('');
});

it('names the file that it cannot read', () => {
  expect(() => importResults([path.join(folder, 'none.json')], {})).toThrow(
    /Cannot read .*none\.json/,
  );
});
