import { checkFile, fileDigest, readFile } from './checkFile';
import { guessColumns } from './columns';
import { packScorers, SCORER_CHOICES } from './scorerChoices';

const limits = { fileBytes: 10_000, rows: 5, promptCharacters: 100 };
const check = (text: string, more = {}) => checkFile({ text, ...more }, limits);

describe('guessing what columns are for', () => {
  it.each([
    [
      ['Question', 'Expected answer'],
      { prompt: 'Question', expected: 'Expected answer' },
    ],
    [
      ['id', 'input', 'output', 'language'],
      { prompt: 'input', expected: 'output', slice: 'language' },
    ],
    [
      ['system_prompt', 'prompt'],
      { prompt: 'prompt', system: 'system_prompt' },
    ],
    [['whatever'], { prompt: 'whatever' }],
    [['a', 'b'], undefined],
  ])('%j', (columns, guessed) => {
    expect(guessColumns(columns)).toEqual(guessed);
  });
});

describe('checking a file', () => {
  it('reads CSV with quotes, line breaks, another separator and a byte order mark', () => {
    const text =
      '\uFEFFprompt;expected\r\n"What is ""one""\nplus one?";2\r\nAnd two plus two?;4\r\n';
    expect(check(text)).toMatchObject({
      format: 'csv',
      columns: ['prompt', 'expected'],
      guessed: { prompt: 'prompt', expected: 'expected' },
      rows: 2,
      isUsable: true,
      digest: fileDigest(text),
      first: [
        {
          line: 2,
          values: { prompt: 'What is "one"\nplus one?', expected: '2' },
        },
        { line: 4, values: { expected: '4' } },
      ],
      scorers: ['numeric', 'exact-match'],
    });
  });

  it('reads JSONL with texts, numbers, lists and conversations', () => {
    const { cases } = readFile(
      {
        text: [
          '{"prompt":"Two?","expected":2}',
          '',
          '{"prompt":[{"role":"user","content":"Hi"}],"expected":["a","b"]}',
        ].join('\n'),
        system: 'Be short.',
      },
      limits,
    );
    expect(cases).toEqual([
      {
        line: 1,
        case: {
          id: 'row-1',
          input: [
            { role: 'system', content: 'Be short.' },
            { role: 'user', content: 'Two?' },
          ],
          expected: '2',
        },
      },
      {
        line: 3,
        case: expect.objectContaining({ id: 'row-3', expected: ['a', 'b'] }),
      },
    ]);
  });

  it.each([
    [
      'prompt,expected\na,b\nc\n',
      [[3, 'has 1 cells where the first line names 2']],
    ],
    ['prompt\n"never closed\nmore\n', [[3, 'is no CSV']]],
    ['prompt\na "quote" b\nfine\n', [[2, 'is no CSV']]],
    ['prompt,prompt\na,b\n', [[1, "names 'prompt' twice"]]],
    ['prompt,\na,b\n', [[1, 'names no column 2']]],
    ['prompt,expected\na,b\n  ,c\n', [[3, 'Every row needs a prompt']]],
    ['prompt,expected\na,b\nc,\n', [[3, 'other rows expect an answer']]],
    ['prompt\na\u0000b\n', [[2, 'NUL']]],
    [
      '{"prompt":"a"}\n{"prompt":\n[1]\n',
      [
        [2, 'is no JSON'],
        [3, 'is no JSON object'],
      ],
    ],
    ['{"prompt":"half \\ud83d"}', [[1, 'half of a character']]],
    [`prompt\n${'x'.repeat(101)}\n`, [[2, 'has 101 characters']]],
    ['prompt\n1\n2\n3\n4\n5\n6\n', [[7, 'is row 6 of 6, and 5 is the most']]],
    [
      '{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}',
      [[1, 'does not end with the user']],
    ],
    ['', [[1, 'is empty']]],
    ['prompt\n', [[1, 'is empty']]],
  ] as Array<[string, Array<[number, string]>]>)(
    'says which line of %j is wrong',
    (text, wanted) => {
      const { problems, isUsable, problemCount } = check(text);
      expect(isUsable).toBe(false);
      expect(problemCount).toBe(wanted.length);
      expect(problems).toEqual(
        wanted.map(([line, message]) => ({
          line,
          message: expect.stringContaining(message),
        })),
      );
    },
  );

  it('takes characters that are escaped, as some programs write them', () => {
    expect(check('{"prompt":"\\ud83d\\ude00 and C:\\\\ud83d"}')).toMatchObject({
      isUsable: true,
    });
  });

  it('keeps good lines when others are bad', () => {
    expect(check('prompt,expected\na,b\nc\nd,e\n')).toMatchObject({
      rows: 2,
      problemCount: 1,
    });
  });

  it('refuses what is too large and columns that are not there', () => {
    expect(() => check('x'.repeat(10_001))).toThrow(/10001 bytes/);
    expect(() =>
      check('prompt\na\n', { columns: { prompt: 'question' } }),
    ).toThrow("no column 'question'. It has prompt.");
  });

  it('shortens what it shows', () => {
    const text = JSON.stringify({ prompt: 'a', other: 'y'.repeat(600) });
    expect(check(text).first[0].values.other).toHaveLength(500);
  });
});

describe('scorers', () => {
  it('are all known, and each metric has a name of its own', () => {
    expect(SCORER_CHOICES).toHaveLength(8);
    expect(
      packScorers([
        { type: 'regex', params: { pattern: 'a' } },
        { type: 'regex', params: { pattern: 'b' } },
      ]).map(({ name }) => name),
    ).toEqual(['regex', 'regex-2']);
  });
});
