import { amountText, fromMicros, toMicros } from './money';

describe('amounts', () => {
  it.each([
    [12_400_000, '12.40'],
    [1_234_567_890, '1,234.57'],
    [42, '0.000042'],
    [500_000, '0.50'],
    [0, '0.00'],
  ])('%s millionths are told as %s', (micros, text) => {
    expect(amountText(micros)).toBe(text);
  });

  it('are counted in millionths', () => {
    expect([toMicros(0.1 + 0.2), fromMicros(300_000)]).toEqual([300_000, 0.3]);
  });
});
