import type { ModelEntityV1alpha1, ModelVersion } from '../model';
import { parseGpus } from '../hardware';
import { expectedCost, moneyText } from './expectedCost';
import { defaultGpuPrices, gpuPriceOf } from './gpuPrices';

describe('prices of GPUs', () => {
  it('are for kinds that are known, with source and date', () => {
    const entries = Object.entries(defaultGpuPrices);
    expect(entries.length).toBeGreaterThan(8);
    for (const [id, { perHour, source, asOf }] of entries) {
      expect(parseGpus(id.replace('-', ' '))?.gpu.id).toBe(id);
      expect(perHour).toBeGreaterThan(0);
      expect(source).toBeTruthy();
      expect(asOf).toMatch(/^\d{4}-\d{2}(-\d{2})?$/);
    }
  });

  it.each([
    ['H100 80GB', { 'h100-80gb': 3 }, 3],
    ['H100 80GB', { 'NVIDIA H100 80GB HBM3': 2 }, 2],
    ['H100 80GB', { 'H100 NVL 94GB': 9 }, 6.88],
    ['L4', { L4: 0 }, 0],
    ['Gaudi9 100GB', { 'Gaudi9 100GB': 1 }, 1],
    ['Gaudi9 100GB', {}, undefined],
  ] as Array<[string, Record<string, number>, number | undefined]>)(
    '%s with %j costs %s',
    (text, own, expected) =>
      expect(gpuPriceOf(parseGpus(text)!.gpu, own)?.perHour).toBe(expected),
  );
});

describe('expectedCost', () => {
  const entity = (spec: object) =>
    ({ spec: { type: 'llm', ...spec } } as ModelEntityV1alpha1);
  const hosted: ModelVersion = { name: '1', providerModelId: 'm' };
  const use = { inputTokensPerMonth: 3e6, outputTokensPerMonth: 1e6 };

  it('is in the currency of the price', () => {
    const { amount, currency } = expectedCost(
      entity({
        pricing: { inputPerMTok: 1, outputPerMTok: 4, currency: 'EUR' },
      }),
      hosted,
      use,
    );
    expect([amount, currency]).toEqual([7, 'EUR']);
  });

  it('is unknown with every reason', () => {
    const { amount, unknown } = expectedCost(entity({}), hosted, undefined);
    expect(amount).toBeUndefined();
    expect(unknown.map(({ code }) => code)).toEqual(['use', 'price']);
  });

  it('costs nothing per GPU hour without a GPU', () => {
    const { amount, parts } = expectedCost(
      entity({ hardware: { recommendedGpu: 'none, a CPU is enough' } }),
      { name: '1', artifact: { uri: 'x' } },
      use,
    );
    expect(amount).toBe(0);
    expect(parts).toEqual([]);
  });
});

describe('moneyText', () => {
  it.each([
    [0.5, 'USD 0.50'],
    [99.994, 'USD 99.99'],
    [1234.5, 'USD 1,235'],
    [-20, 'USD -20.00'],
  ])('%d', (amount, text) => expect(moneyText(amount, 'USD')).toBe(text));
});
