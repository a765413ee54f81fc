export const BLEU_TOKENISERS = ['13a', 'none', 'char'] as const;

export type BleuTokeniser = (typeof BLEU_TOKENISERS)[number];

const spaced = (text: string) => text.split(/\s+/u).filter(Boolean);

/** The four steps that `mteval-v13a.pl` takes with Western languages. */
function tokens13a(text: string): string[] {
  const line = text
    .replaceAll('<skipped>', '')
    .replaceAll('-\n', '')
    .replaceAll('\n', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
  return spaced(
    ` ${line} `
      .replace(/([{-~[-` -&(-+:-@/])/g, ' $1 ')
      .replace(/([^0-9])([.,])/g, '$1 $2 ')
      .replace(/([.,])([^0-9])/g, ' $1 $2')
      .replace(/([0-9])(-)/g, '$1 $2 '),
  );
}

/**
 * Tokens as sacreBLEU makes them: `13a` of Western languages, `char` (letter by
 * letter) of those without spaces, `none` where the texts are tokenised already.
 */
export function bleuTokens(text: string, tokeniser: BleuTokeniser): string[] {
  const line = text.trimEnd();
  if (tokeniser === 'none') return spaced(line);
  if (tokeniser === 'char') return Array.from(line).filter(it => it.trim());
  return tokens13a(line);
}
