import type { EvaluationCase, Json } from '../../pack/types';
import { scorerOf } from '../registry';
import { scored } from '../__testUtils__/scored';

const value = async (
  type: string,
  expected: Json | undefined,
  text: string,
  params: Record<string, Json> = {},
) => (await scored(type, { expected, text, params })).value;

describe('exact-match', () => {
  it.each<[Json, string, Record<string, Json>, number]>([
    ['Paris', 'Paris', {}, 1],
    ['Paris', ' Paris\n', {}, 1],
    ['Paris', ' Paris', { trim: false }, 0],
    ['Paris', 'paris', {}, 0],
    ['Paris', 'paris', { ignoreCase: true }, 1],
    [['Paris', 'Lutetia'], 'Lutetia', {}, 1],
    [42, '42', {}, 1],
    [true, 'true', {}, 1],
    ['Paris', 'So: Paris.\nAnswer: Paris', { extract: 'Answer: (\\w+)' }, 1],
    ['Paris', 'Answer: Rome. Answer: Paris', { extract: 'Answer: (\\w+)' }, 1],
    ['Paris', 'Paris', { extract: 'Answer: (\\w+)' }, 0],
  ])('%j and %j with %j', async (expected, text, params, wanted) => {
    expect(await value('exact-match', expected, text, params)).toBe(wanted);
  });

  it('says what was expected and what came', async () => {
    expect(
      await scored('exact-match', { expected: ['a', 'b'], text: 'c\nd' }),
    ).toEqual({ value: 0, failure: 'Expected “a” or “b”, got “c d”.' });
    expect(
      (await scored('exact-match', { expected: 'a', text: '' })).failure,
    ).toBe('Expected “a”, got nothing.');
  });
});

describe('normalised-match', () => {
  // Of ASCII as compute_exact of SQuAD's evaluate-v2.0.py says, which 400 drawn
  // pairs were compared with; the rest is what Unicode adds.
  it.each<[string, string, Record<string, Json>, number]>([
    ['The Eiffel Tower', 'eiffel tower!', {}, 1],
    ['The  Eiffel-Tower', 'eiffeltower', {}, 1],
    ['an apple', 'Apple', {}, 1],
    ['theatre', 'atre', {}, 0],
    ['don’t', 'dont', {}, 1],
    ['ﬁne', 'fine', {}, 1],
    ['ﬁne', 'fine', { unicode: false }, 0],
    ['Über', 'uber', {}, 0],
    ['Über', 'uber', { ignoreAccents: true }, 1],
    ['der Hund', 'Hund', { articles: ['der', 'die', 'das'] }, 1],
    ['der Hund', 'Hund', {}, 0],
    ['the Hund', 'Hund', { articles: false }, 0],
    ['A.B.', 'ab', { ignorePunctuation: false }, 0],
    ['A', 'a', { ignoreCase: false, articles: false }, 0],
    ['a b', 'a  b', { ignoreSpace: false, articles: false }, 0],
  ])('%j and %j with %j', async (expected, text, params, wanted) => {
    expect(await value('normalised-match', expected, text, params)).toBe(
      wanted,
    );
  });
});

describe('contains', () => {
  it.each<[Json | undefined, string, Record<string, Json>, number]>([
    ['paris', 'It is Paris, of course.', {}, 1],
    ['paris', 'It is Paris.', { ignoreCase: false }, 0],
    ['art', 'A party', {}, 1],
    ['art', 'A party', { wholeWords: true }, 0],
    ['art', 'A party of art', { wholeWords: true }, 1],
    [['a', 'z'], 'abc', {}, 1],
    [['a', 'z'], 'abc', { mode: 'all' }, 0],
    [undefined, 'abc', { values: ['z'], mode: 'none' }, 1],
    [undefined, 'xyz', { values: ['z'], mode: 'none' }, 0],
  ])('%j in %j with %j', async (expected, text, params, wanted) => {
    expect(await value('contains', expected, text, params)).toBe(wanted);
  });

  it('names what is missing', async () => {
    expect(
      await scored('contains', {
        expected: ['one', 'two'],
        text: 'just one',
        params: { mode: 'all' },
      }),
    ).toEqual({ value: 0, failure: 'The answer lacks “two”: “just one”.' });
  });
});

describe('regex', () => {
  it.each<[Json | undefined, string, Record<string, Json>, number]>([
    ['\\d{4}', 'in 1984', {}, 1],
    ['\\d{4}', 'in 1984', { whole: true }, 0],
    ['\\d{4}', ' 1984\n', { whole: true }, 1],
    [['x', 'in'], 'in 1984', {}, 1],
    [undefined, 'HELLO', { pattern: 'hello', flags: 'i' }, 1],
    [undefined, 'a\nb', { pattern: 'a.b', flags: 's' }, 1],
    [undefined, 'a\nb', { pattern: '^b$', flags: 'm' }, 1],
    [undefined, 'sorry', { pattern: 'sorry', not: true }, 0],
  ])('%j in %j with %j', async (expected, text, params, wanted) => {
    expect(await value('regex', expected, text, params)).toBe(wanted);
  });

  it('ends in time, whatever pattern and answer are', async () => {
    const started = performance.now();
    // With RegExp, thirty letters take a minute, and each further one doubles it.
    expect(
      await value('regex', undefined, `${'a'.repeat(100_000)}b`, {
        pattern: '^(a+)+$',
      }),
    ).toBe(0);
    expect(
      await value('exact-match', 'x', 'x'.repeat(100_000), {
        extract: '(x+x+)+y',
      }),
    ).toBe(0);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('says what is wrong with a pattern', () => {
    const problem = (params: Record<string, Json>) =>
      scorerOf('regex')?.problem?.(params);
    expect(problem({ pattern: '(' })).toMatch(/^params\.pattern is no pattern/);
    expect(problem({ pattern: '(?=a)' })).toContain('no look-around');
    expect(problem({ pattern: '(a)\\1' })).toContain('no back references');
    expect(problem({ pattern: 'a'.repeat(2_001) })).toContain('longer than');
    expect(problem({ pattern: 'a', flags: 'g' })).toContain('params.flags');
    expect(problem({ patern: 'a' })).toBe(
      'params.patern is unknown; regex takes extract, pattern, flags, whole, not',
    );
    const caseProblem = (it: Partial<EvaluationCase>) =>
      scorerOf('regex')?.caseProblem?.({ id: '1', input: '', ...it }, {});
    expect(caseProblem({})).toContain('expected must be a pattern');
    expect(caseProblem({ expected: '[' })).toContain('expected is no pattern');
    expect(caseProblem({ expected: '[a]' })).toBeUndefined();
  });
});

it('says what a case lacks', () => {
  const problem = (expected?: Json) =>
    scorerOf('exact-match')?.caseProblem?.(
      { id: '1', input: '', expected },
      {},
    );
  expect(problem()).toBe('expected is missing');
  expect(problem({ a: 1 })).toContain('a list of texts');
  expect(problem([])).toContain('a list of texts');
  expect(problem(['a', null])).toContain('a list of texts');
  expect(problem('')).toBeUndefined();
});
