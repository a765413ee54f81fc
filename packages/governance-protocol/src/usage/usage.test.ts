import fc from 'fast-check';
import { costMicros } from './price';
import { monthOf } from './month';
import { isPlainRecord } from './plainRecord';
import {
  leaseRequestProblem,
  shapeProblem,
  usageBatchProblem,
  usageFeedbackProblem,
  usageRecordProblem,
} from './structure';
import type { LeaseRequest, UsageRecord } from './types';

const ID = '0b6f1f0e-3f0a-4a51-9c7e-0d6a1c3b5e77';
const OTHER = '1b6f1f0e-3f0a-4a51-9c7e-0d6a1c3b5e77';

const record = (fields: object = {}) => ({
  id: ID,
  at: '2026-11-21T12:00:00.000Z',
  route: 'chat',
  keyId: 'k',
  profile: 'p',
  purpose: 'u',
  tier: 'internal',
  model: 'acme/chat',
  status: 200,
  mode: 'enforce',
  streamed: false,
  attempts: 1,
  latencyMs: 12.5,
  promptBytes: 10,
  responseBytes: 20,
  ...fields,
});

const full: UsageRecord = {
  ...(record() as UsageRecord),
  team: 'group:default/checkout',
  version: '1.0',
  grantId: 'g',
  provider: 'acme',
  providerModel: 'chat-1',
  code: 'x',
  uncovered: 'not-approved',
  trace: 't',
  cacheHit: true,
  inputTokens: 4,
  outputTokens: 2,
  cachedInputTokens: 3,
  tokensEstimated: true,
  costMicros: 5,
  currency: 'EUR',
  firstByteMs: 3,
  calls: 2,
  until: '2026-11-21T12:00:09.000Z',
};

const lease: LeaseRequest = {
  session: 1,
  sequence: 1,
  budgetsVersion: 'v',
  limits: [
    {
      subject: 'key:a',
      limit: 'tokensPerMinute',
      total: 100,
      held: 33.3,
      demand: 12,
    },
  ],
  budgets: [
    {
      budget: 'team:group:default/checkout',
      month: '2026-11',
      heldMicros: 1,
      unreportedMicros: 0,
      wantedMicros: 2,
      neededMicros: 2,
    },
  ],
};

describe('usage records', () => {
  it('are taken with and without what is optional', () => {
    expect(usageRecordProblem(record())).toBeUndefined();
    expect(usageRecordProblem(full)).toBeUndefined();
    expect(
      usageRecordProblem(
        record({
          declined: false,
          language: 'und',
          topic: 31,
          confidence: 0.93,
        }),
      ),
    ).toBeUndefined();
  });

  it.each([
    [undefined, 'record must be an object'],
    [record({ id: 'ABC' }), 'record.id must be a UUID in lower case'],
    [record({ at: 'today' }), 'record.at must be an ISO 8601 date'],
    [record({ tier: 'moon' }), 'record.tier must be one of sandbox'],
    [record({ mode: 'off' }), 'record.mode must be one of'],
    [record({ uncovered: 'maybe' }), 'record.uncovered must be one of'],
    [record({ prompt: 'x' }), "record has an unknown field 'prompt'"],
    [record({ inputTokens: 1.5 }), 'record.inputTokens must be an integer'],
    [record({ costMicros: 1 }), 'costMicros and currency come together'],
    [record({ currency: 'EUR' }), 'costMicros and currency come together'],
    [
      record({ inputTokens: 1, cachedInputTokens: 2 }),
      'cachedInputTokens is a part of inputTokens',
    ],
    [record({ status: 700 }), 'status must be an HTTP status'],
    [record({ calls: 0 }), 'record.calls must be an integer of at least 1'],
    [record({ latencyMs: -1 }), 'record.latencyMs must be a number'],
    [record({ model: 'a\nb' }), 'record.model must be a text'],
    [record({ declined: 1 }), 'record.declined must be true or false'],
    [record({ language: 'German' }), 'record.language must be an ISO 639'],
    [record({ topic: 32 }), 'record.topic must be an integer from 0 to 31'],
    [record({ confidence: 1.1 }), 'record.confidence must be a number from 0'],
    [record({ calls: 2, declined: false }), 'are of single calls'],
    [
      record({ model: 'a'.repeat(513) }),
      'record.model must be of at most 512 characters',
    ],
  ])('%#: are refused with words', (value, words) => {
    expect(usageRecordProblem(value)).toContain(words);
  });

  it('are refused without any field that is not optional', () => {
    for (const name of Object.keys(record())) {
      expect(usageRecordProblem(record({ [name]: undefined }))).toContain(name);
    }
  });
});

describe('feedback', () => {
  const item = {
    call: ID,
    at: '2026-11-21T12:00:00.000Z',
    keyId: 'k',
    model: 'acme/chat',
    version: '1.0',
    score: 1,
  };

  it.each([
    [[item, { ...item, version: undefined, score: 0 }], 'taken'],
    [[{ ...item, score: -1 }], 'feedback.items[0].score must be a number'],
    [[{ ...item, call: 'x' }], 'feedback.items[0].call must be a UUID'],
    [[{ ...item, words: 'bad' }], "has an unknown field 'words'"],
    [Array.from({ length: 1001 }, () => item), 'at most 1000 items'],
  ])('%#: is taken or refused with words', (items, words) => {
    expect(usageFeedbackProblem({ items }) ?? 'taken').toContain(words);
  });
});

describe('usage batches', () => {
  it('hold records with different ids', () => {
    const both = [record(), record({ id: OTHER })];
    expect(usageBatchProblem({ batchId: ID, records: both })).toBeUndefined();
    expect(
      usageBatchProblem({ batchId: ID, records: [record(), record()] }),
    ).toBe('batch.records[1].id comes twice');
    expect(
      usageBatchProblem({ batchId: ID, records: [record({ costMicros: 1 })] }),
    ).toBe('batch.records[0]: costMicros and currency come together');
    expect(
      usageBatchProblem({ batchId: ID, records: [record({ status: 1 })] }),
    ).toBe('batch.records[0].status must be an integer of at least 100');
  });

  it('are bounded', () => {
    const records = Array.from({ length: 1001 }, (_, n) =>
      record({ id: ID.replace(/^.{8}/, String(n).padStart(8, '0')) }),
    );
    expect(usageBatchProblem({ batchId: ID, records })).toBe(
      'batch.records must hold at most 1000 items',
    );
    expect(
      usageBatchProblem({ batchId: ID, records: records.slice(1) }),
    ).toBeUndefined();
  });
});

describe('lease requests', () => {
  const [limit] = lease.limits;
  const [budget] = lease.budgets;
  it.each([
    [lease, undefined],
    ['no', 'lease must be an object'],
    [{ ...lease, more: 1 }, "lease has an unknown field 'more'"],
    [
      { ...lease, limits: [{ ...limit, subject: 'team:a' }] },
      'lease.limits[0].subject must be key:<id> or profile:<id>',
    ],
    [
      { ...lease, budgets: [{ ...budget, heldMicros: -1 }] },
      'lease.budgets[0].heldMicros must be an integer of at least 0',
    ],
    [
      { ...lease, budgets: [{ ...budget, month: '2026-13' }] },
      'lease.budgets[0].month must be a month, YYYY-MM',
    ],
  ])('%#', (value, problem) => {
    expect(leaseRequestProblem(value)).toBe(problem);
  });
});

describe('prices', () => {
  const pricing = { currency: 'USD', inputPerMTok: 3, outputPerMTok: 15 };
  it.each([
    [pricing, { inputTokens: 1000, outputTokens: 100 }, 4500],
    [
      { ...pricing, cachedInputPerMTok: 0.3 },
      { inputTokens: 1000, outputTokens: 0, cachedInputTokens: 900 },
      570,
    ],
    [
      pricing,
      { inputTokens: 1000, outputTokens: 0, cachedInputTokens: 900 },
      3000,
    ],
    [
      { currency: 'USD', inputPerMTok: 0.02 },
      { inputTokens: 10, outputTokens: 0 },
      0,
    ],
    [
      { currency: 'USD', inputPerMTok: 1 },
      { inputTokens: 1, outputTokens: 1 },
      undefined,
    ],
    [{ currency: 'USD' }, { inputTokens: 0, outputTokens: 0 }, 0],
  ])('%#', (prices, usage, micros) => {
    expect(costMicros(prices, usage)).toBe(micros);
  });

  it('never cost less for more tokens', () => {
    const tokens = fc.integer({ min: 0, max: 1e7 });
    fc.assert(
      fc.property(tokens, tokens, tokens, (inputTokens, outputTokens, more) => {
        const one = costMicros(pricing, { inputTokens, outputTokens })!;
        const two = costMicros(pricing, {
          inputTokens: inputTokens + more,
          outputTokens,
        })!;
        expect(two).toBeGreaterThanOrEqual(one);
        expect(Number.isSafeInteger(one)).toBe(true);
      }),
    );
  });
});

describe('months', () => {
  it.each([
    ['2026-11-30T23:59:59.999Z', '2026-11'],
    ['2026-12-01T00:30:00+02:00', '2026-11'],
    [new Date('2026-12-01T00:00:00Z'), '2026-12'],
  ])('%s is of %s', (at, month) => {
    expect(monthOf(at)).toBe(month);
  });
});

describe('records of the usual form', () => {
  const strange = fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    'x\n',
    'ä',
    'EUR',
    'eur',
    '2026-02-30T00:00:00.000Z',
    '2026-11-21',
    ID,
    ID.toUpperCase(),
    'internal',
    'x'.repeat(513),
    -1,
    0,
    1.5,
    99,
    NaN,
    Infinity,
    2 ** 53,
    true,
    [],
    {},
  );
  const names = fc.constantFrom(
    ...Object.keys(full),
    'declined',
    'language',
    'topic',
    'confidence',
    'prompt',
  );

  it('are seen at once, and never where the check of each field finds something', () => {
    const { calls: _calls, uncovered: _uncovered, ...plain } = full;
    expect(isPlainRecord(plain)).toBe(true);
    expect(isPlainRecord(record())).toBe(true);
    fc.assert(
      fc.property(fc.array(fc.tuple(names, strange)), changes => {
        const it = { ...plain, ...Object.fromEntries(changes) };
        const found = isPlainRecord(it) ? shapeProblem(it) : undefined;
        expect(found).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(Object.keys(record()))('have a field %s', name => {
    const { [name]: _gone, ...rest } = record() as Record<string, unknown>;
    expect(isPlainRecord(rest)).toBe(false);
    expect(usageRecordProblem(rest)).toContain(name);
  });
});
