import { measure, resultOf } from '../__testUtils__/result';
import { fenced, html, markdown } from './escape';
import { reportHtml } from './html';
import { reportMarkdown } from './markdown';
import { bare, duration, quantity, signed, span } from './numbers';
import type { ReportInput } from './types';

const HOSTILE =
  '</pre></details><script>alert(1)</script><img src=x onerror="alert(1)"> | ``` ````\n</details>\n# [click](javascript:alert(1)) https://evil.example \u202Etxt.exe \u0000';

const many = <T>(count: number, of: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => of(index));

function result(model: string, wrong: number) {
  const right = many(60, i => (i % 10 < wrong ? 0 : 1));
  const share = right.reduce<number>((sum, it) => sum + it, 0) / 60;
  return resultOf(
    { exact: right, rougeL: many(60, i => (i % 9) / 10) },
    {
      model,
      measures: {
        exact: measure({ title: 'Exact match' }),
        rougeL: measure({ title: 'ROUGE-L' }),
        bleu: measure({ title: HOSTILE }),
        'exact.strict': measure({ title: 'Strict' }),
      },
      metrics: [
        {
          name: 'exact',
          value: share,
          unit: 'ratio',
          statistic: 'mean',
          interval: [share - 0.1, Math.min(1, share + 0.08)],
          samples: 60,
        },
        {
          name: 'exact',
          value: share,
          unit: 'ratio',
          statistic: 'mean',
          slice: 'language=de',
        },
        { name: 'exact.strict', value: 0.3, unit: 'ratio' },
        { name: 'rougeL', value: 0.4, unit: 'ratio', statistic: 'mean' },
        {
          name: 'request_latency',
          value: 1234,
          unit: 'ms',
          statistic: 'p95',
          slice: 'concurrency=8',
        },
        {
          name: 'cost_per_case',
          value: 0.00042,
          unit: 'USD',
          statistic: 'mean',
        },
      ],
      cases: {
        slices: {
          language: many(60, i => (i % 2 ? 'de' : '<en>')),
          category: many(60, () => 'injection'),
        },
      },
    },
  );
}

const candidate = {
  ...result('qwen/<b>qwen3</b>', 4),
  failures: [
    {
      caseId: '<case>',
      metric: 'exact',
      category: HOSTILE,
      reason: HOSTILE,
      input: HOSTILE,
      output: HOSTILE,
    },
  ],
};
const incumbent = result('meta/llama', 1);
const input: ReportInput = {
  results: [candidate],
  incumbents: [incumbent],
  margin: 0.05,
  packs: [
    {
      digest: candidate.pack.digest,
      title: 'Support answers',
      criteria: [
        { metric: 'exact', atLeast: 0.9 },
        { metric: 'rougeL', atLeast: 0.3 },
        { metric: 'exact', slice: 'language=de', atLeast: 0.5 },
        { metric: 'request_latency', statistic: 'p95', atMost: 2000 },
        { metric: 'judge', atLeast: 4 },
      ],
    },
  ],
};

describe('a report as HTML', () => {
  const page = reportHtml(input);

  it('is made of known elements and attributes only, whatever a model says', () => {
    const allowed = new Set(
      'html head meta title style body header main footer nav section h1 h2 h3 p ul li div figure figcaption svg desc path rect circle text table caption thead tbody tr th td details summary pre code strong a'.split(
        ' ',
      ),
    );
    const tags = [...page.matchAll(/<\/?([a-zA-Z0-9]+)((?:\s[^<>]*)?)>/g)];
    expect(tags.length).toBeGreaterThan(100);
    expect(tags.map(([, tag]) => tag).filter(tag => !allowed.has(tag))).toEqual(
      [],
    );
    for (const [, , attributes] of tags) {
      expect(attributes).not.toMatch(/\son\w+=|javascript:|src=/i);
    }
    // Every < and > is of one of these tags.
    const rest = page
      .replace(/<style>[^<]*<\/style>/, '')
      .replace(/<!doctype html>/, '')
      .replace(/<\/?[a-zA-Z0-9]+(?:\s[^<>]*)?>/g, '');
    expect(rest).not.toMatch(/[<>]/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('‹U+202E›txt.exe ‹U+0000›');
  });

  it('needs nothing from elsewhere', () => {
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/(?:href|src)="(?!#)/);
    expect(page).not.toMatch(/url\(|@import/);
  });

  it('describes each picture, and has a table for it', () => {
    const pictures = [
      ...page.matchAll(/<svg[^>]*aria-labelledby="(\S+) (\S+)"/g),
    ];
    expect(pictures.length).toBeGreaterThanOrEqual(6);
    for (const [, title, description] of pictures) {
      expect(page).toContain(`<title id="${title}">`);
      expect(page).toMatch(
        new RegExp(`<desc id="${description}">[^<]{10,}</desc>`),
      );
    }
    const tables = [...page.matchAll(/<table>/g)];
    expect(tables.length).toBeGreaterThanOrEqual(pictures.length);
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says what was asked and what became of it', () => {
    expect(page).toContain(
      '<li>2 of 5 criteria not met: Exact match, judge (not measured).</li>',
    );
    expect(page).toContain(
      '<li>Significantly worse than the incumbent: Exact match.</li>',
    );
    expect(page).toContain('at least 90.0 %');
    expect(page).toContain('Exact match of language=de');
    expect(page).toContain('End of the answer p95');
    expect(page).toContain('at most 2000 ms');
    expect(page).toContain('Not measured, though asked: judge');
    expect(page).toContain('−30.0 points');
    expect(page).toContain('&lt;en&gt; over de');
    expect(page).toContain('<th scope="row">injection</th>');
    expect(page).toContain('1 more metric</summary>');
    expect(page).toContain(candidate.inputDigest);
  });

  it('shows contents of cases behind a click only', () => {
    const details = [...page.matchAll(/<details>.*?<\/details>/gs)].join('');
    expect(details).toContain('&lt;img src=x');
    expect(page.replace(/<details>.*?<\/details>/gs, '')).not.toContain(
      '&lt;img src=x onerror=&quot;alert(1)&quot;&gt; | ``` ````\n',
    );
  });

  it('of one result without a pack or an incumbent is whole too', () => {
    const alone = reportHtml({ results: [incumbent] });
    expect(alone).toContain('Evaluation of meta/llama');
    expect(alone).not.toMatch(/incumbent/i);
    expect(alone).not.toContain('Asked');
  });

  it('of several has contents, and says when the incumbent is of other cases', () => {
    const both = reportHtml({
      results: [
        candidate,
        { ...incumbent, pack: { ...incumbent.pack, digest: 'sha256:other' } },
      ],
      incumbents: [incumbent],
    });
    expect(both).toContain('<nav aria-label="Results">');
    expect(both).toContain('href="#r2"');
    expect(both).toContain('Run the incumbent on it to compare');
    expect(() => reportHtml({ results: [] })).toThrow('at least one result');
  });
});

describe('a report as Markdown', () => {
  const text = reportMarkdown(input);

  it('has tables that hold whatever is said', () => {
    const rows = text.split('\n').filter(line => line.startsWith('| '));
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) expect(row.endsWith(' |')).toBe(true);
    expect(text).toContain(
      '| Exact match | ██████░░░░ | 60.0 % | 50.0 to 68.0 % | at least 90.0 % | ✗ not met |',
    );
    expect(text).toContain('✗ significantly worse');
  });

  it('keeps contents in blocks of code that they cannot end', () => {
    // The longest run of backticks in it has four.
    expect(text).toContain('`````text\n');
    const outside = text.replace(/`````text\n.*?\n`````/gs, '');
    expect(outside).not.toContain('<script>');
    expect(outside).not.toMatch(/(?<!\\)<(?!\/?details>|\/?summary>)/);
    expect(outside).not.toContain('https://evil');
    expect(outside).not.toMatch(/(?<!\\)\]\(javascript/);
  });
});

describe('texts of models', () => {
  it.each([
    ['a & b < c', 'a &amp; b &lt; c'],
    [`"'`, '&quot;&#39;'],
    ['a\u200bb\ufeff', 'a‹U+200B›b‹U+FEFF›'],
    ['👩‍💻 ä\n\t', '👩‍💻 ä\n\t'],
  ])('in HTML: %j', (given, shown) => {
    expect(html(given)).toBe(shown);
  });

  it.each([
    ['1. first', '1\\. first'],
    ['- item', '\\- item'],
    ['a|b *c* _d_', 'a\\|b \\*c\\* \\_d\\_'],
    ['two\nlines', 'two lines'],
    ['75.6 %', '75.6 %'],
    ['www.x.example', 'www\\.x.example'],
  ])('in Markdown: %j', (given, shown) => {
    expect(markdown(given)).toBe(shown);
  });

  it('in code', () => {
    expect(fenced('a')).toBe('```text\na\n```');
    expect(fenced('``````')).toMatch(/^`{7}text\n/);
  });
});

describe('numbers', () => {
  it.each([
    [0.875, 'ratio', '87.5 %'],
    [0, 'ratio', '0 %'],
    [0.00004, 'ratio', '0.004 %'],
    [1234.5, 'ms', '1235 ms'],
    [12.34, 'ms', '12.3 ms'],
    [3.456, '1', '3.46'],
    [0.00042, 'USD', '0.00042 USD'],
    [-2.5, '1', '−2.50'],
  ])('%d %s is %s', (value, unit, shown) => {
    expect(quantity(value, unit)).toBe(shown);
  });

  it('with a sign, and from one to another', () => {
    expect(signed(0.05, 'ratio')).toBe('+5.0 points');
    expect(signed(-3, 'ms')).toBe('−3.00 ms');
    expect(span([0.1, 0.9], 'ratio')).toBe('10.0 to 90.0 %');
    expect(bare(0.5, '1')).toBe('0.5');
    expect(duration('2026-11-21T10:00:00Z', '2026-11-21T11:01:30Z')).toBe(
      '1 h 1 min',
    );
    expect(duration('2026-11-21T10:00:00Z', '2026-11-21T10:01:30Z')).toBe(
      '1 min 30 s',
    );
  });
});
