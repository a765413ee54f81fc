import fc from 'fast-check';
import type { Json } from '../../pack/types';
import { aggregated, scored } from '../__testUtils__/scored';
import { porterStem } from '../text/porterStem';
import { commonLength, wordTokens } from '../text/tokens';
import { bleuOf } from './bleuFormula';

const value = async (
  type: string,
  expected: Json,
  text: string,
  params: Record<string, Json> = {},
) => (await scored(type, { expected, text, params })).value;

/** What a corpus scores, and the answers with their references. */
async function corpusBleu(
  answers: string[],
  references: string[][],
  params: Record<string, Json> = {},
) {
  const scores = [];
  for (const [place, text] of answers.entries()) {
    scores.push(
      await scored('bleu', {
        expected: references.map(stream => stream[place]),
        text,
        params,
      }),
    );
  }
  return aggregated('bleu', '', scores, params);
}

describe('token-f1', () => {
  // As compute_f1 of SQuAD's evaluate-v2.0.py says.
  it.each<[Json, string, number]>([
    ['the cat sat', 'a cat sat down', 4 / 5],
    ['Denver Broncos', 'The Denver Broncos won', 4 / 5],
    ['in Paris', 'Paris', 2 / 3],
    ['to be or not to be', 'to be', 1 / 2],
    ['to to', 'to', 2 / 3],
    ['', '', 1],
    ['', 'anything', 0],
    ['the', '', 1],
    ['cat', '', 0],
    [['Berlin', 'in Paris'], 'Paris', 2 / 3],
    ['東京タワー', '東京', 4 / 7],
  ])('of %j and %j', async (expected, text, wanted) => {
    expect(await value('token-f1', expected, text)).toBeCloseTo(wanted, 12);
  });
});

describe('ROUGE', () => {
  // rouge_scorer_test.py of google-research/rouge.
  it.each<[string, string, string, string, number]>([
    ['rouge-1', 'testing one two', 'testing', 'precision', 1],
    ['rouge-1', 'testing one two', 'testing', 'recall', 1 / 3],
    ['rouge-1', 'testing one two', 'testing', 'f', 1 / 2],
    ['rouge-1', 'testing one two', '', 'f', 0],
    ['rouge-2', 'testing one two', 'testing one', 'precision', 1],
    ['rouge-2', 'testing one two', 'testing one', 'recall', 1 / 2],
    ['rouge-2', 'testing one two', 'testing one', 'f', 2 / 3],
    ['rouge-2', 'testing one two', '', 'f', 0],
    ['rouge-l', 'testing one two', 'testing one', 'recall', 2 / 3],
    ['rouge-l', 'testing one two', 'testing one', 'f', 4 / 5],
    ['rouge-l', 'testing one two', 'testing two', 'precision', 1],
    ['rouge-l', 'testing one two', 'testing two', 'f', 4 / 5],
    ['rouge-l', 'testing one two', '', 'f', 0],
    ['rouge-l', 'w1 w2 w3 w4 w5', '/', 'f', 0],
  ])('%s of %j and %j, %s', async (type, expected, text, measure, wanted) => {
    expect(await value(type, expected, text, { measure })).toBeCloseTo(
      wanted,
      12,
    );
  });

  // Lin 2004, ROUGE: A Package for Automatic Evaluation of Summaries, 3.1.
  it.each([
    ['police kill the gunman', 3 / 4, 1 / 3],
    ['the gunman kill police', 2 / 4, 1 / 3],
    ['the gunman police killed', 2 / 4, 2 / 3],
  ])("Lin's example %j", async (text, l, two) => {
    const expected = 'police killed the gunman';
    expect(await value('rouge-l', expected, text)).toBeCloseTo(l, 12);
    expect(await value('rouge-2', expected, text)).toBeCloseTo(two, 12);
  });

  it('weighs recall by beta, and takes the best reference', async () => {
    // P = 1, R = 1/3: (1 + 4)·PR / (R + 4P), Lin's formula (4).
    expect(
      await value('rouge-1', 'testing one two', 'testing', { beta: 2 }),
    ).toBeCloseTo((5 * (1 / 3)) / (1 / 3 + 4), 12);
    expect(
      await value('rouge-l', ['nothing here', 'one two three'], 'one two'),
    ).toBeCloseTo(4 / 5, 12);
  });

  it('knows words of many scripts', () => {
    expect(wordTokens("Don't re-use_it, 3.5%!")).toEqual(
      'don t re use it 3 5'.split(' '),
    );
    expect(wordTokens('Größe der Straße')).toEqual(['größe', 'der', 'straße']);
    expect(wordTokens('東京に行く。')).toEqual(['東', '京', 'に', '行', 'く']);
    expect(wordTokens('서울 타워')).toEqual(['서울', '타워']);
    expect(wordTokens('हिन्दी भाषा')).toEqual(['हिन्दी', 'भाषा']);
    expect(wordTokens('GPT4を使う')).toEqual(['gpt4', 'を', '使', 'う']);
  });

  it('stems as NLTK does where asked', async () => {
    // PorterStemmer of NLTK 3.8; 60,000 words were compared when it was written.
    const stems: Record<string, string> = {
      ...{ caresses: 'caress', ponies: 'poni', ties: 'tie', died: 'die' },
      ...{ agreed: 'agre', plastered: 'plaster', motoring: 'motor' },
      ...{
        conflated: 'conflat',
        hopping: 'hop',
        falling: 'fall',
        filing: 'file',
      },
      ...{ happy: 'happi', enjoy: 'enjoy', relational: 'relat', skies: 'sky' },
      ...{ formalize: 'formal', hopefulness: 'hope', analogously: 'analog' },
      ...{ adjustment: 'adjust', adoption: 'adopt', probate: 'probat' },
      ...{ controlling: 'control', rationally: 'ration', news: 'news' },
    };
    for (const [word, stem] of Object.entries(stems)) {
      expect(`${word} ${porterStem(word)}`).toBe(`${word} ${stem}`);
    }
    expect(
      await value('rouge-1', 'running dogs', 'run dog', { stem: true }),
    ).toBe(1);
    expect(await value('rouge-1', 'running dogs', 'run dog')).toBe(0);
  });

  it('is the same both ways round, 1 of the same, and between 0 and 1', async () => {
    const words = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 })
      .map(it => it.join(' '));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('rouge-1', 'rouge-2', 'rouge-l', 'token-f1'),
        words,
        words,
        async (type, left, right) => {
          const there = (await value(type, left, right)) ?? -1;
          expect(there).toBeGreaterThanOrEqual(0);
          expect(there).toBeLessThanOrEqual(1);
          expect(await value(type, right, left)).toBeCloseTo(there, 12);
          const same = `${left} x y`;
          expect(await value(type, same, same)).toBeCloseTo(1, 12);
        },
      ),
    );
  });

  it('finds a common subsequence that both hold', () => {
    const tokens = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 10 });
    fc.assert(
      fc.property(tokens, tokens, tokens, (left, right, more) => {
        const length = commonLength(left, right);
        expect(length).toBe(commonLength(right, left));
        expect(length).toBeLessThanOrEqual(Math.min(left.length, right.length));
        expect(commonLength(left, [...right, ...more])).toBeGreaterThanOrEqual(
          length,
        );
        expect(commonLength(left, [...more, ...left])).toBe(left.length);
      }),
    );
  });
});

describe('BLEU', () => {
  // test_bleu.py and test_sentence_bleu.py of sacreBLEU, and its README.
  const references = [
    [
      'The dog bit the man.',
      'It was not unexpected.',
      'The man bit him first.',
    ],
    [
      'The dog had bit the man.',
      'No one was surprised.',
      'The man had bitten the dog.',
    ],
  ];
  const answers = [
    'The dog bit the man.',
    "It wasn't surprising.",
    'The man had just bitten him.',
  ];

  it.each<[Record<string, Json>, number]>([
    [{}, 48.530827],
    [{ tokenise: '13a' }, 48.530827],
    [{ tokenise: 'none' }, 49.1919566],
    [{ smoothing: 'none' }, 48.530827],
  ])('of a corpus with %j', async (params, wanted) => {
    expect(100 * (await corpusBleu(answers, references, params))!).toBeCloseTo(
      wanted,
      6,
    );
  });

  it('of empty answers is nothing', async () => {
    expect(await corpusBleu(['', '', ''], references)).toBe(0);
  });

  it.each<[string, number | undefined, string, boolean, number]>([
    ['exp', undefined, '13a', false, 8.493],
    ['none', undefined, '13a', false, 0],
    ['floor', undefined, '13a', false, 4.51688],
    ['floor', 0.5, '13a', false, 10.1],
    ['add-k', undefined, '13a', false, 14.882],
    ['add-k', 2, '13a', false, 21.389],
    ['exp', undefined, 'none', false, 7.347],
    ['exp', undefined, 'char', false, 40.8759],
    ['exp', undefined, 'char', true, 42.0267],
  ])(
    'of a sentence, smoothing %s %s, tokens %s, small letters %s',
    async (smoothing, smoothingValue, tokenise, ignoreCase, wanted) => {
      const found = await value(
        'bleu',
        'producţia de zahăr brut se exprimă în zahăr alb;',
        'Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb;',
        {
          smoothing,
          tokenise,
          ignoreCase,
          ...(smoothingValue !== undefined && { smoothingValue }),
        },
      );
      expect(Math.abs(100 * found! - wanted)).toBeLessThan(1e-3);
    },
  );

  it.each(['exp', 'none', 'floor', 'add-k'])(
    'is nothing where not one word is right, with smoothing %s',
    async smoothing => {
      expect(
        await value('bleu', 'okay thanks', 'this is a cat', { smoothing }),
      ).toBe(0);
    },
  );

  it('comes from the sums of its counts', () => {
    // test_case_scoring of sacreBLEU's test_bleu.py.
    expect(
      bleuOf({
        correct: [9, 7, 5, 3],
        total: [10, 8, 6, 4],
        length: 11,
        referenceLength: 11,
      }),
    ).toBeCloseTo(0.8375922397, 8);
    // Two of three: the brevity penalty alone, exp(1 - 3/2).
    expect(
      bleuOf(
        {
          correct: [2, 1, 0, 0],
          total: [2, 1, 0, 0],
          length: 2,
          referenceLength: 3,
        },
        { effectiveOrder: true },
      ),
    ).toBeCloseTo(Math.exp(-0.5), 12);
  });

  it('is the same in whatever order the cases come', async () => {
    const sentence = fc
      .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 9 })
      .map(it => it.join(' '));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(sentence, sentence), { minLength: 1, maxLength: 5 }),
        async pairs => {
          const of = (list: typeof pairs) =>
            corpusBleu(
              list.map(([left]) => left),
              [list.map(([, right]) => right)],
            );
          const found = (await of(pairs))!;
          expect(found).toBeGreaterThanOrEqual(0);
          expect(found).toBeLessThanOrEqual(1 + 1e-12);
          expect(await of([...pairs].reverse())).toBeCloseTo(found, 12);
        },
      ),
      { numRuns: 50 },
    );
  });
});
