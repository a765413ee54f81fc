import fc from 'fast-check';
import type { Json } from '../../pack/types';
import { aggregated, scored } from '../__testUtils__/scored';
import { scorerOf } from '../registry';
import { jsonIn } from '../text/json';
import { cosine } from './embeddingSimilarity';
import { passAtK } from './passAtK';

describe('pass-at-k', () => {
  // 1 - C(n-c, k)/C(n, k) of Chen et al. 2021, in whole numbers.
  it.each([
    [5, 2, 1, 2 / 5],
    [5, 2, 2, 1 - 3 / 10],
    [10, 3, 5, 1 - 21 / 252],
    [200, 1, 100, 0.5],
    [3, 0, 3, 0],
    [3, 3, 1, 1],
    [4, 2, 3, 1],
  ])('of %i answers, %i right, k %i', (n, c, k, wanted) => {
    expect(passAtK(n, c, k)).toBeCloseTo(wanted, 12);
  });

  it('is what drawing k of n gives on average', () => {
    const drawn = (n: number, c: number, k: number) => {
      let all = 0;
      let good = 0;
      for (let mask = 0; mask < 1 << n; mask++) {
        const chosen = Array.from({ length: n }, (_, at) => at).filter(
          at => mask & (1 << at),
        );
        if (chosen.length === k) {
          all++;
          if (chosen.some(at => at < c)) good++;
        }
      }
      return good / all;
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.nat(8),
        fc.integer({ min: 1, max: 8 }),
        (n, c, k) => {
          fc.pre(c <= n && k <= n);
          expect(passAtK(n, c, k)).toBeCloseTo(drawn(n, c, k), 10);
        },
      ),
    );
  });

  it('compares each sample with the expected output', async () => {
    expect(
      await scored('pass-at-k', {
        expected: '4',
        texts: ['4', 'It is 4', '5'],
        params: { k: 2, compare: 'numeric' },
      }),
    ).toEqual({ value: 1, parts: { n: 3, correct: 2 } });
    expect(
      await scored('pass-at-k', { expected: '4', texts: ['5', '6'] }),
    ).toEqual({
      value: 0,
      parts: { n: 2, correct: 0 },
      failure: 'None of 2 answers is right. Expected “4”, got “5”.',
    });
  });

  it('is unscored with too few samples', async () => {
    const score = await scored('pass-at-k', {
      expected: '4',
      texts: ['4'],
      params: { k: 5 },
    });
    expect(score.value).toBeUndefined();
    expect(score.note).toContain('set request.samples to 5');
  });

  it('checks the parameters of its comparison', () => {
    const problem = scorerOf('pass-at-k')?.problem;
    expect(problem?.({ k: 0 })).toContain('params.k');
    expect(problem?.({ compare: 'guess' })).toContain('params.compare');
    expect(problem?.({ compare: 'regex', pattern: '(' })).toContain('RE2');
    expect(problem?.({ compare: 'exact', pattern: 'a' })).toContain('unknown');
  });
});

describe('json-schema', () => {
  const schema = {
    type: 'object',
    required: ['name', 'age'],
    additionalProperties: false,
    properties: {
      name: { type: 'string', pattern: '^(a+)+$' },
      age: { type: 'integer', minimum: 0 },
      mail: { type: 'string', format: 'email' },
    },
  };

  it.each<[string, number]>([
    ['{"name": "aa", "age": 1}', 1],
    ['Here it is:\n```json\n{"name": "aa", "age": 1}\n```\nDone.', 1],
    ['Sure! {"name": "aa", "age": 1} as you asked.', 1],
    ['A set {x} and {"name": "aa", "age": 1}', 1],
    ['{"name": "aa"}', 0],
    ['{"name": "aa", "age": -1}', 0],
    ['{"name": "aa", "age": 1, "more": 1}', 0],
    ['{"name": "aa", "age": 1, "mail": "nobody"}', 0],
    [`{"name": "${'a'.repeat(50_000)}!", "age": 1}`, 0],
    ['none', 0],
    ['', 0],
  ])('of %.60j', async (text, wanted) => {
    const score = await scored('json-schema', { text, params: { schema } });
    expect(score.value).toBe(wanted);
  });

  it('says what is wrong, field by field', async () => {
    const score = await scored('json-schema', {
      text: '{"age": "old", "colour": 1}',
      params: { schema },
    });
    expect(score.failure).toContain(
      "the document must have required property 'name'",
    );
    expect(score.note).toContain('/age must be integer');
    expect(score.note).toContain("('colour')");
  });

  it('takes nothing but JSON where asked, and any JSON without a schema', async () => {
    const fenced = '```\n[1]\n```';
    expect((await scored('json-schema', { text: fenced })).value).toBe(1);
    expect(
      (await scored('json-schema', { text: fenced, params: { whole: true } }))
        .value,
    ).toBe(0);
    expect(
      (await scored('json-schema', { text: '[1]', params: { whole: true } }))
        .value,
    ).toBe(1);
  });

  it('knows 2020-12, and refuses what is no schema', async () => {
    const tuple = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      prefixItems: [{ type: 'number' }],
    };
    const of = (text: string) =>
      scored('json-schema', { text, params: { schema: tuple } });
    expect((await of('[1]')).value).toBe(1);
    expect((await of('["a"]')).value).toBe(0);
    const problem = scorerOf('json-schema')?.problem;
    expect(problem?.({ schema: { type: 'colour' } })).toContain(
      'no JSON Schema',
    );
    expect(problem?.({ schema: { $ref: 'https://elsewhere/x' } })).toContain(
      'no JSON Schema',
    );
    expect(problem?.({ schema: { pattern: '(?=a)' } })).toContain('RE2');
  });

  it('finds the JSON that was written, whatever stands around', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }),
          fc.array(fc.jsonValue()),
        ),
        fc.constantFrom('', 'Well: ', 'Here:\n```json\n'),
        (value, before) => {
          const json = JSON.stringify(value);
          const text = before.endsWith('\n')
            ? `${before}${json}\n\`\`\`\nThere.`
            : `${before}${json} So be it.`;
          expect(jsonIn(text)?.value).toEqual(JSON.parse(json));
        },
      ),
    );
    expect(jsonIn('['.repeat(100_000))).toBeUndefined();
  });
});

describe('embedding-similarity', () => {
  const embed = async ({ texts }: { texts: string[] }) =>
    texts.map(text => [
      text.includes('cat') ? 1 : 0,
      text.includes('dog') ? 1 : 0,
    ]);
  const of = (
    expected: Json,
    text: string,
    params: Record<string, Json> = {},
  ) =>
    scored('embedding-similarity', {
      expected,
      text,
      params,
      models: { embed },
    });

  it('is the cosine with the nearest reference', async () => {
    expect((await of('a cat', 'cats')).value).toBeCloseTo(1, 12);
    expect((await of('a cat', 'cats and dogs')).value).toBeCloseTo(
      Math.SQRT1_2,
      12,
    );
    expect((await of(['a dog', 'a cat'], 'cats')).value).toBeCloseTo(1, 12);
  });

  it('says which cases are below the threshold', async () => {
    const params = { threshold: 0.9 };
    const scores = [
      await of('a cat', 'cats', params),
      await of('a cat', 'cats and dogs', params),
    ];
    expect(scores[0].failure).toBeUndefined();
    expect(scores[1].failure).toContain('0.71 is below 0.9');
    expect(aggregated('embedding-similarity', 'reached', scores, params)).toBe(
      0.5,
    );
    expect(
      aggregated('embedding-similarity', 'reached', scores),
    ).toBeUndefined();
  });

  it('does not score what cannot be compared', async () => {
    expect(await of('a cat', 'nothing of it')).toEqual({
      note: expect.stringContaining('cannot be compared'),
    });
    expect((await of('a cat', ' ')).value).toBe(0);
  });

  it('leaves it to the run to ask again when no model answers', async () => {
    await expect(
      scored('embedding-similarity', { expected: 'a', text: 'b' }),
    ).rejects.toThrow('No embedding model');
  });

  it('keeps to its bounds, and does not care for length or side', () => {
    const vector = fc.array(fc.integer({ min: -50, max: 50 }), {
      minLength: 3,
      maxLength: 3,
    });
    fc.assert(
      fc.property(
        vector,
        vector,
        fc.integer({ min: 1, max: 9 }),
        (a, b, by) => {
          const found = cosine(a, b);
          fc.pre(found !== undefined);
          expect(Math.abs(found!)).toBeLessThanOrEqual(1);
          expect(cosine(b, a)).toBeCloseTo(found!, 12);
          expect(
            cosine(
              a.map(it => it * by),
              b,
            ),
          ).toBeCloseTo(found!, 12);
        },
      ),
    );
    expect(cosine([1], [1, 2])).toBeUndefined();
  });
});
