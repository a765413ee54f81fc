import { csvCell } from '@modelhub/backstage-plugin-models-node';
import { focusColumns, PLAIN_COLUMNS, type Charge } from './columns';
import { csvHeader, csvLine, decimalOf } from './csv';

/** Those that FOCUS 1.2 asks of every file. */
const MANDATORY = [
  'BilledCost',
  'BillingAccountId',
  'BillingAccountName',
  'BillingCurrency',
  'BillingPeriodEnd',
  'BillingPeriodStart',
  'ChargeCategory',
  'ChargeClass',
  'ChargeDescription',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'ContractedCost',
  'EffectiveCost',
  'InvoiceIssuerName',
  'ListCost',
  'PricingQuantity',
  'PricingUnit',
  'ProviderName',
  'PublisherName',
  'ServiceCategory',
  'ServiceName',
];

const charge: Charge = {
  from: '2026-11-02T00:00:00Z',
  to: '2026-11-03T00:00:00Z',
  billingFrom: '2026-11-01T00:00:00Z',
  billingTo: '2026-12-01T00:00:00Z',
  team: 'group:default/care',
  component: 'component:default/bot',
  profile: 'care',
  model: 'meta/llama-3.3-70b',
  version: '1.0',
  tier: 'internal',
  source: 'gateway',
  currency: 'EUR',
  calls: 3,
  refused: 0,
  unavailable: 0,
  clientErrors: 0,
  throttled: 0,
  serverErrors: 0,
  declined: 0,
  cached: 0,
  unpricedCalls: 0,
  estimatedCalls: 0,
  inputTokens: 1000,
  outputTokens: 234,
  cachedInputTokens: 10,
  costMicros: 1_234_567,
};

const focus = focusColumns({ name: 'Acme' });

const cell = (name: string, row: Charge) => {
  const column = focus.find(it => it.name === name);
  return column?.number?.(row) ?? column?.text?.(row);
};

describe('a cell', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ['a,b', '"a,b"'],
    ['two\nlines', '"two\nlines"'],
    [' =1', "' =1"],
    [' a', '" a"'],
    ['plain', 'plain'],
    ['', ''],
  ])('%j is %j', (text, expected) => {
    expect(csvCell(text)).toBe(expected);
  });

  it('has amounts to the millionth without floats', () => {
    expect(
      [0, 1, 42, 1_000_000, 12_500_000, -1_500_000, 9_007_199_254_740_991].map(
        decimalOf,
      ),
    ).toEqual([
      '0',
      '0.000001',
      '0.000042',
      '1',
      '12.5',
      '-1.5',
      '9007199254.740991',
    ]);
  });

  it('keeps numbers numbers, also those below nothing', () => {
    const line = csvLine(PLAIN_COLUMNS, { ...charge, costMicros: -1 });
    expect(line).toContain(',EUR,-0.000001,3,');
  });
});

describe('FOCUS 1.2', () => {
  it('has every mandatory column, each once, and a cell for each', () => {
    const names = focus.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(MANDATORY));
    expect(new Set(names).size).toBe(names.length);
    expect(csvHeader(focus)).toBe(`${names.join(',')}\r\n`);
    for (const name of MANDATORY.filter(it => it !== 'ChargeClass')) {
      expect([name, cell(name, charge)]).not.toEqual([name, undefined]);
      expect([name, cell(name, charge)]).not.toEqual([name, '']);
    }
  });

  it('says when, who, what and how much', () => {
    expect(cell('BillingPeriodStart', charge)).toBe('2026-11-01T00:00:00Z');
    expect(cell('ChargePeriodEnd', charge)).toBe('2026-11-03T00:00:00Z');
    expect(cell('SubAccountId', charge)).toBe('group:default/care');
    expect(cell('PublisherName', charge)).toBe('meta');
    expect(cell('ServiceCategory', charge)).toBe('AI and Machine Learning');
    expect(cell('ChargeDescription', charge)).toBe(
      'meta/llama-3.3-70b@1.0: 1234 tokens',
    );
    for (const name of [
      'BilledCost',
      'ContractedCost',
      'EffectiveCost',
      'ListCost',
    ]) {
      expect(cell(name, charge)).toBe('1.234567');
    }
    expect(JSON.parse(cell('Tags', charge) ?? '')).toEqual({
      'modelhub/component': 'component:default/bot',
      'modelhub/profile': 'care',
      'modelhub/source': 'gateway',
      'modelhub/tier': 'internal',
      'modelhub/version': '1.0',
    });
  });

  it('counts calls where there are no tokens, and days where there are no calls', () => {
    const none = { ...charge, inputTokens: 0, outputTokens: 0 };
    expect([
      cell('ConsumedQuantity', none),
      cell('ConsumedUnit', none),
    ]).toEqual(['3', 'Requests']);
    const idle = { ...none, calls: 0 };
    expect([cell('PricingQuantity', idle), cell('PricingUnit', idle)]).toEqual([
      '1',
      'Days',
    ]);
  });

  it('has no team where nobody knows one', () => {
    expect(cell('SubAccountType', { ...charge, team: '' })).toBeUndefined();
  });
});
