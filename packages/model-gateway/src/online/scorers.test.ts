import { createScore, repetitionOf } from './scorers';

const score = (
  scorer: Omit<Parameters<typeof createScore>[0], 'metric'>,
  text: string,
  isCut = false,
) => createScore({ metric: 'm', ...scorer })({ text, isCut });

describe('online scorers', () => {
  it('tells how much of a text came before', () => {
    expect(repetitionOf('one two three')).toBe(0);
    expect(repetitionOf('a b c d e f')).toBe(0);
    // Grams abcd bcda cdab dabc abcd: one of five came before.
    expect(repetitionOf('a b c d a b c d')).toBeCloseTo(1 / 5);
    expect(repetitionOf('no '.repeat(1000))).toBeGreaterThan(0.99);
  });

  it.each([
    ['I’m sorry, but I can’t help with that.', 1],
    ['As an AI, I am not able to do so', 1],
    ['Es tut mir leid, das geht nicht.', 1],
    ['Here is the summary: prices fell.', 0],
    [`${'The report says so. '.repeat(30)} I cannot say more.`, 0],
  ])('judges whether %j declines', (text, expected) => {
    expect(score({ type: 'refusal' }, text)).toBe(expected);
  });

  it('reads JSON in a fence too, and fits it to a schema', () => {
    const schema = '{"type":"object","properties":{"n":{"type":"integer"}}}';
    const fits = (text: string, isCut?: boolean) =>
      score({ type: 'json-schema', schema }, text, isCut);
    expect([
      fits('{"n": 1}'),
      fits('```json\n{"n": 1}\n```'),
      fits('{"n": 1.5}'),
      fits('It is {"n": 1}'),
      fits('{"n": 1}', true),
    ]).toEqual([1, 1, 0, 0, null]);
  });

  it('takes patterns in linear time and refuses costly schemas', () => {
    const text = `${'a'.repeat(50_000)}!`;
    const begun = performance.now();
    expect(score({ type: 'regex', pattern: '^(a+)+$' }, text)).toBe(0);
    const pattern = '{"type":"string","pattern":"^(a+)+$"}';
    expect(
      score({ type: 'json-schema', schema: pattern }, JSON.stringify(text)),
    ).toBe(0);
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(() =>
      createScore({
        metric: 'm',
        type: 'json-schema',
        schema: '{"uniqueItems": true}',
      }),
    ).toThrow(/uniqueItems/);
    expect(() =>
      createScore({ metric: 'm', type: 'regex', pattern: '(' }),
    ).toThrow();
  });
});
