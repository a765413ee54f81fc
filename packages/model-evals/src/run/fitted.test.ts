import {
  evaluationResultProblem,
  MAX_EVIDENCE_BYTES,
  type EvaluationResult,
} from '@modelhub/governance-protocol';
import { FailureList } from './CaseTable';
import { fitted } from './fitted';

const SHA = `sha256:${'a'.repeat(64)}`;

/** As it comes of a pack of so many cases with a score, times, tokens and cost. */
function resultWith(cases: number, content: string): EvaluationResult {
  const column = <T>(value: (n: number) => T) =>
    Array.from({ length: cases }, (_, n) => value(n));
  const failures = new FailureList(false);
  for (let n = 150; n > 0; n--) {
    failures.add(n, {
      caseId: `case-${n}`,
      metric: 'f1',
      reason: 'wrong',
      input: content,
      output: content,
    });
  }
  return {
    suite: { name: 'large', version: '1.0.0' },
    startedAt: '2026-11-01T10:00:00Z',
    finishedAt: '2026-11-01T10:05:00Z',
    target: {},
    settings: {},
    metrics: [{ name: 'f1', value: 0.5, unit: 'ratio' }],
    tool: { name: 'modelhub', version: '0.1.0' },
    pack: { type: 'quality', digest: SHA, cases },
    model: 'acme/m',
    inputDigest: SHA,
    measures: {
      f1: {
        scorer: 'token-f1',
        title: 'F1',
        direction: 'higher',
        unit: 'ratio',
        aggregate: 'mean',
      },
    },
    cases: {
      ids: column(n => `case-${n}`),
      outcomes: column(() => 'scored' as const),
      scores: { f1: column(n => Number((n / cases).toPrecision(6))) },
      latencyMs: column(n => 100.5 + n),
      ttftMs: column(n => 20.5 + n),
      inputTokens: column(() => 1200),
      outputTokens: column(() => 250),
      cost: column(() => 0.000123),
    },
    failures: failures.list,
  };
}

/** What an envelope makes of it, about. */
const bytes = (it: object) => (Buffer.byteLength(JSON.stringify(it)) * 4) / 3;

it('keeps contents where there is room', () => {
  const result = resultWith(200, 'short');
  expect(fitted(result)).toBe(result);
  expect(result.failures).toHaveLength(100);
  expect(result.failures?.[0].caseId).toBe('case-1');
});

it('shortens contents, and says so, until the result can be submitted', () => {
  const fit = fitted(resultWith(1_000, 'ä'.repeat(5_000)));
  expect(bytes(fit)).toBeLessThan(MAX_EVIDENCE_BYTES);
  expect(fit.settings.content).toBe('shortened to 1000 characters');
  expect(fit.failures).toHaveLength(100);
  expect(fit.failures?.[0].input).toHaveLength(1_000);
  expect(evaluationResultProblem(fit)).toBeUndefined();
});

it('has room for the largest pack', () => {
  const fit = fitted(resultWith(10_000, 'x'.repeat(5_000)));
  expect(bytes(fit)).toBeLessThan(MAX_EVIDENCE_BYTES);
  expect(evaluationResultProblem(fit)).toBeUndefined();
});

it('takes a half of a character out of what it shortens', () => {
  const failures = new FailureList(false);
  failures.add(0, {
    caseId: 'a',
    metric: 'm',
    reason: 'said \ud83d',
    input: `${'x'.repeat(3_998)}😀😀`,
  });
  const [{ reason, input }] = failures.list;
  expect(reason).toBe('said \ufffd');
  expect(input).toBe(`${'x'.repeat(3_998)}\ufffd…`);
});
