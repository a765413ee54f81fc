import { ResponseError } from '@backstage/errors';
import { mockServices } from '@backstage/backend-test-utils';
import type { ModelEntityV1alpha1 } from '@modelhub/backstage-plugin-models-common';
import { gateContext } from '../__testUtils__/gateContext';
import { subject } from '../__testUtils__';
import { UsageBudgets, type BudgetAnswer } from './Budgets';
import { costEnvelopeGate } from './costEnvelopeGate';

const USE = { inputTokensPerMonth: 20e6, outputTokensPerMonth: 4e6 };

const hosted = (pricing: object | undefined, more: object = {}) =>
  subject({
    entity: {
      apiVersion: 'modelhub.dev/v1alpha1',
      kind: 'Model',
      metadata: { name: 'm' },
      spec: {
        type: 'llm',
        lifecycle: 'active',
        owner: 'group:default/ml',
        provider: 'openai',
        gatewayId: 'openai/m',
        pricing,
      },
    } as ModelEntityV1alpha1,
    version: { name: '1', providerModelId: 'm', snapshot: '2026-01-01' },
    expectedUse: USE,
    ...more,
  });

const selfRun = (hardware: object | undefined, expectedUse?: object) => {
  const one = hosted(undefined, { expectedUse });
  return {
    ...one,
    entity: {
      ...one.entity,
      spec: {
        ...one.entity.spec,
        parameters: 8.03e9,
        hardware,
      },
    } as ModelEntityV1alpha1,
    version: { name: 'q4-k-m', artifact: { uri: 'hf://a/B.gguf' } },
  };
};

const budget = (amount: number, changes: object = {}): BudgetAnswer => ({
  state: 'set',
  budget: { amount, currency: 'USD', month: '2026-11', spent: 0, ...changes },
});

const run = (
  asked: Parameters<ReturnType<typeof costEnvelopeGate>['evaluate']>[0],
  answer: BudgetAnswer = budget(200),
  params = {},
) =>
  costEnvelopeGate({ ofProfile: async () => answer }).evaluate(
    asked,
    params,
    gateContext(),
  );

const ids = (findings: Array<{ id: string }>) => findings.map(({ id }) => id);

describe('cost envelope', () => {
  it('multiplies tokens by the list price and holds it against the budget', async () => {
    const outcome = await run(
      hosted({ inputPerMTok: 2, outputPerMTok: 10, currency: 'USD' }),
    );
    expect(outcome.verdict).toBe('pass');
    expect(outcome.findings).toEqual([]);
    expect(outcome.summary).toBe(
      'It is expected to cost about USD 80.00 a month; together with what team spends already, that is 40 % of its budget of USD 200.',
    );
    expect(outcome.evidence).toMatchObject({
      kind: 'cost-envelope',
      verdict: 'within',
      percentOfBudget: 40,
      cost: {
        basis: 'tokens',
        amount: 80,
        parts: [
          { label: 'Input tokens', quantity: 20, price: 2, amount: 40 },
          { label: 'Output tokens', quantity: 4, price: 10, amount: 40 },
        ],
      },
    });
  });

  const priced = hosted({ inputPerMTok: 2, outputPerMTok: 10 });

  it.each<[string, BudgetAnswer, object, string, string[]]>([
    ['near', budget(95), {}, 'warn', ['near-budget']],
    [
      'near, said earlier',
      budget(200),
      { warnAtPercent: 40 },
      'warn',
      ['near-budget'],
    ],
    ['over', budget(79), {}, 'fail', ['over-budget']],
    [
      'over, as advice',
      budget(79),
      { overBudget: 'warn' },
      'warn',
      ['over-budget'],
    ],
    [
      'with what is spent',
      budget(100, { spent: 30 }),
      {},
      'fail',
      ['over-budget'],
    ],
    [
      'with the forecast',
      budget(100, { spent: 5, forecast: 30 }),
      {},
      'fail',
      ['over-budget'],
    ],
    ['within a budget of nothing', budget(0), {}, 'fail', ['over-budget']],
    [
      'above what one model may cost',
      budget(9999),
      { atMostPerMonth: 50 },
      'fail',
      ['over-limit'],
    ],
    ['no budget', { state: 'none' }, {}, 'warn', ['no-budget']],
    [
      'no budget, which is asked for',
      { state: 'none' },
      { withoutBudget: 'fail' },
      'fail',
      ['no-budget'],
    ],
    [
      'no budgets at all',
      { state: 'not-installed' },
      {},
      'warn',
      ['no-budget'],
    ],
    [
      'another currency',
      budget(100, { currency: 'EUR' }),
      {},
      'warn',
      ['other-currency'],
    ],
  ])('%s', async (_, answer, params, verdict, expected) => {
    const outcome = await run(priced, answer, params);
    expect(outcome.verdict).toBe(verdict);
    expect(ids(outcome.findings)).toEqual(expected);
    for (const { howToFix } of outcome.findings) expect(howToFix).toBeTruthy();
  });

  it('says which budget would do', async () => {
    const { findings } = await run(priced, budget(70, { spent: 20 }));
    expect(findings[0]).toMatchObject({
      message: expect.stringContaining('USD 30.00 more'),
      howToFix: expect.stringContaining('USD 100'),
    });
  });

  it.each([
    ['nothing was said', { expectedUse: undefined }, ['unknown-use']],
    [
      'nothing is expected',
      { expectedUse: { inputTokensPerMonth: 0, outputTokensPerMonth: 0 } },
      ['unknown-use'],
    ],
  ])('cannot tell where %s', async (_, more, expected) => {
    const outcome = await run(
      hosted({ inputPerMTok: 2, outputPerMTok: 1 }, more),
    );
    expect(outcome.verdict).toBe('warn');
    expect(ids(outcome.findings)).toEqual(expected);
    expect(outcome.summary).toMatch(/cannot be told/);
    const strict = await run(hosted({ inputPerMTok: 2 }, more), budget(1), {
      unknownCost: 'fail',
    });
    expect(strict.verdict).toBe('fail');
  });

  it('asks for the price of what is expected, and only that', async () => {
    const both = await run(hosted(undefined));
    expect(both.findings.map(({ field }) => field)).toEqual([
      'spec.pricing.inputPerMTok',
      'spec.pricing.outputPerMTok',
    ]);
    const embedding = await run(
      hosted(
        { inputPerMTok: 0.13 },
        { expectedUse: { inputTokensPerMonth: 1e9, outputTokensPerMonth: 0 } },
      ),
    );
    expect(embedding.evidence).toMatchObject({ cost: { amount: 130 } });
  });

  it('counts GPU hours of what the organisation runs, at list price or its own', async () => {
    const asked = selfRun({ recommendedGpu: '2x L4 24GB' });
    const list = await run(asked, budget(2000));
    expect(list.evidence).toMatchObject({
      cost: {
        basis: 'gpu-hours',
        gpus: '2x L4 24GB',
        replicas: 1,
        amount: 2 * 730 * 0.8,
        parts: [{ quantity: 1460, unit: 'GPU hours', price: 0.8 }],
      },
    });
    const own = await run(asked, budget(2000), {
      gpuPricesPerHour: { 'L4 24GB': 0.5 },
      hoursPerMonth: 200,
      replicas: 2,
    });
    expect(own.evidence).toMatchObject({
      cost: { amount: 2 * 2 * 200 * 0.5, parts: [{ source: 'the policy' }] },
    });
  });

  it('takes as many replicas as the peak asks for', async () => {
    const architecture = { layers: 32, kvHeads: 8, headDim: 128 };
    const asked = selfRun(
      { recommendedGpu: '1x L4 24GB', architecture },
      { ...USE, peakConcurrent: 60 },
    );
    const { evidence } = await run(asked, budget(99_999));
    const { replicas } = (evidence as { cost: { replicas: number } }).cost;
    expect(replicas).toBeGreaterThan(1);
    expect(evidence).toMatchObject({ cost: { amount: replicas * 730 * 0.8 } });
  });

  it.each([
    [undefined, {}, ['unknown-gpu']],
    [{ recommendedGpu: '1x Gaudi9 100GB' }, {}, ['unknown-gpu-price']],
    [
      { recommendedGpu: '1x Gaudi9 100GB' },
      { gpuPricesPerHour: { 'Gaudi9 100GB': 1 } },
      [],
    ],
    [undefined, { gpus: '1x T4 16GB' }, []],
    [{ recommendedGpu: 'none, a CPU is enough' }, {}, []],
  ])('of the GPUs %j with %j', async (hardware, params, expected) => {
    const { findings } = await run(selfRun(hardware), budget(9999), params);
    expect(ids(findings)).toEqual(expected);
    for (const { howToFix } of findings) expect(howToFix).toBeTruthy();
  });

  it('has no answer while nobody knows the budgets', async () => {
    const gate = costEnvelopeGate({
      ofProfile: async () => {
        throw new Error('away');
      },
    });
    await expect(gate.evaluate(priced, {}, gateContext())).rejects.toThrow(
      'away',
    );
  });

  it.each([
    [{ overBudget: 'pass' }, /overBudget/],
    [{ warnAtPercent: 0 }, /warnAtPercent/],
    [{ gpuPricesPerHour: { fast: 3 } }, /'fast' names no GPU/],
    [{ gpuPricesPerHour: { L4: 'much' } }, /gpuPricesPerHour/],
    [{ gpus: 'some' }, /'some' names no GPU/],
  ])('refuses the parameters %j', (params, message) => {
    const gate = costEnvelopeGate({ ofProfile: async () => budget(1) });
    expect(() => gate.validateParams?.(params)).toThrow(message);
    expect(() =>
      gate.validateParams?.({ gpuPricesPerHour: { L4: 0.7 } }),
    ).not.toThrow();
  });

  it('asks again for another profile, use or price', () => {
    const gate = costEnvelopeGate({ ofProfile: async () => budget(1) });
    const key = (one: object) => gate.cacheKey?.({ ...priced, ...one });
    expect(key({})).toBe(key({ tier: 'regulated' }));
    expect(key({ profile: 'other' })).not.toBe(key({}));
    expect(key({ expectedUse: undefined })).not.toBe(key({}));
    expect(gate.cacheKey?.(hosted({ inputPerMTok: 3 }))).not.toBe(key({}));
  });
});

describe('budgets of the room of usage', () => {
  const budgets = (listBudgets: () => Promise<never>) =>
    UsageBudgets.create({
      auth: mockServices.auth(),
      usage: { listBudgets },
    });
  const item = (kind: string, subjectId: string) => ({
    kind,
    subject: subjectId,
    amount: 10,
    currency: 'EUR',
    month: '2026-11',
    spent: 4,
    forecast: 9,
    notify: [],
  });

  it('finds that of the profile, and no other', async () => {
    const list = budgets(
      async () =>
        ({
          items: [item('key', 'care'), item('profile', 'care')],
        } as never),
    );
    expect(await list.ofProfile('care')).toEqual({
      state: 'set',
      budget: {
        amount: 10,
        currency: 'EUR',
        month: '2026-11',
        spent: 4,
        forecast: 9,
      },
    });
    expect(await list.ofProfile('other')).toEqual({ state: 'none' });
  });

  it('knows a portal without that room, and passes other failures on', async () => {
    const failing = (status: number) =>
      budgets(async () => {
        throw await ResponseError.fromResponse(
          new Response('{}', { status }) as never,
        );
      });
    expect(await failing(404).ofProfile('care')).toEqual({
      state: 'not-installed',
    });
    await expect(failing(503).ofProfile('care')).rejects.toThrow('503');
  });
});
