/**
 * A text of a file without what a terminal obeys or what turns the order of
 * letters: names in models are not to be trusted.
 */
export const printable = (text: string) =>
  text.replace(
    /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
