// Answers of a model are hostile text: characters that nobody sees, or that turn
// the order of what follows, are shown by their numbers. A zero-width joiner
// stays: emoji are made with it.
const UNSEEN = /(?![\t\n\r\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

function visible(text: string): string {
  return text.replace(
    UNSEEN,
    it =>
      `‹U+${(it.codePointAt(0) ?? 0)
        .toString(16)
        .toUpperCase()
        .padStart(4, '0')}›`,
  );
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for elements and for attributes in quotes. */
export function html(text: string): string {
  return visible(text).replace(/[&<>"']/g, it => ENTITIES[it]);
}

/** Text on one line of Markdown, in a cell of a table too; nothing in it is a link. */
export function markdown(text: string): string {
  return visible(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|!~$@]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/:\/\//g, ':\\/\\/')
    .replace(/\bwww\./gi, 'www\\.')
    .replace(/^([-+=]|\d+(?=[.)]\s))/, (_, start: string) =>
      /\d/.test(start) ? `${start}\\` : `\\${start}`,
    );
}

/** A block of code that no text can end. */
export function fenced(text: string): string {
  const inside = visible(text);
  const longest = (inside.match(/`+/g) ?? []).reduce(
    (most, run) => Math.max(most, run.length),
    2,
  );
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${inside}\n${fence}`;
}
