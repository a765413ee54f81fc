import { toCsv } from './csv';

it('keeps commas, quotes and lines, and lets nothing be a formula', () => {
  const columns = {
    who: (row: { who: string; n?: number }) => row.who,
    'how many': (row: { n?: number }) => row.n,
  };
  expect(
    toCsv(
      [
        { who: 'Ann, "the" lead', n: 3 },
        { who: '=HYPERLINK("http://x")' },
        { who: 'two\nlines', n: 0 },
      ],
      columns,
    ),
  ).toBe(
    [
      'who,how many',
      '"Ann, ""the"" lead",3',
      `"'=HYPERLINK(""http://x"")",`,
      '"two\nlines",0',
      '',
    ].join('\r\n'),
  );
});
