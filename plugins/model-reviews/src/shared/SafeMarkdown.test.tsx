import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { SafeMarkdown, safeLink } from './SafeMarkdown';

const show = async (text: string) =>
  (await renderInTestApp(<SafeMarkdown text={text} />)).container;

const SCRIPT = 'javascript';

describe('SafeMarkdown', () => {
  it('shows Markdown', async () => {
    await show('Some **bold** words and a [link](https://example.com/a).');
    expect(screen.getByText('bold').tagName).toBe('STRONG');
    expect(screen.getByRole('link', { name: /link/ })).toHaveAttribute(
      'href',
      'https://example.com/a',
    );
  });

  it('keeps the tags of a prompt as they were written', async () => {
    const container = await show('Put it into <context> and </context>.');
    expect(container).toHaveTextContent(
      'Put it into <context> and </context>.',
    );
  });

  it.each([
    '<script>window.hacked = true</script>',
    '<img src=x onerror="window.hacked = true">',
    '<picture><source srcset="https://evil.example/p.png"><img></picture>',
    '<iframe src="https://evil.example"></iframe>',
    '<style>body { display: none }</style>',
    '<form action="https://evil.example"><input name="password"></form>',
    '<svg><a xlink:href="javascript:alert(1)">x</a></svg>',
    '<base href="https://evil.example/">',
  ])('makes no elements of %s', async html => {
    const container = await show(`Before\n\n${html}\n\nafter ${html}`);
    expect(
      container.querySelector(
        'script, img, picture, source, iframe, style, form, input, svg, base',
      ),
    ).toBeNull();
    expect(container).toHaveTextContent(/Before.*after/);
  });

  it('fetches no picture, and shows its words', async () => {
    await show('![the curve](https://evil.example/pixel.png)');
    expect(screen.getByAltText('the curve')).toHaveAttribute('src', 'data:,');
  });

  it.each([
    `${SCRIPT}:alert(1)`,
    `${SCRIPT.toUpperCase()}:alert(1)`,
    'java\nscript:alert(1)',
    ` ${SCRIPT}:alert(1)`,
    'vbscript:msgbox(1)',
    'data:text/html,<script>alert(1)</script>',
    'blob:https://example.com/1',
    'file:///etc/passwd',
  ])('leads nowhere for %j', address => {
    expect(safeLink(address)).toBe('');
  });

  it('keeps the words of a link that leads nowhere, and the page', async () => {
    const container = await show(
      '[press here](javascript:alert(1)) and [there][x]\n\n[x]: data:text/html,hi',
    );
    expect(container).toHaveTextContent('press here and there');
    expect(screen.queryByRole('link')).toBeNull();
  });

  it.each([
    ['quotes', '> '.repeat(5_000)],
    ['lists', '- '.repeat(5_000)],
    ['brackets', '['.repeat(10_000)],
    ['emphasis', '*_'.repeat(5_000)],
    ['quotes, line by line', '>>>>>>>>>>>>>>>>>>>>>x\n'.repeat(400)],
  ])('shows plain what is made of %s', async (_, text) => {
    const container = await show(`${text}end`);
    expect(container).toHaveTextContent(/end$/);
    expect(container.querySelectorAll('blockquote, ul, em').length).toBe(0);
  });

  it('still draws a long line across', async () => {
    const container = await show(`Above\n\n${'-'.repeat(60)}\n\nbelow`);
    expect(container.querySelector('hr')).not.toBeNull();
  });

  it.each([
    ['links in links', '[a]('.repeat(2_500)],
    ['code marks', '`a'.repeat(5_000)],
    ['emphasis apart', '*a _b '.repeat(1_600)],
    ['entities', '&#x110000;'.repeat(1_000)],
  ])('comes to an end with %s', async (_, text) => {
    expect(await show(`${text} end`)).toHaveTextContent(/end/);
  });
});
