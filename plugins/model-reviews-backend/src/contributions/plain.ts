import { InputError } from '@backstage/errors';

/** Control characters, other than tabs and ends of lines. */
const CONTROLS = /[^\P{Cc}\t\n\r]/u;

/** @throws InputError for text with control characters */
export function plainText(text: string): string {
  if (CONTROLS.test(text)) {
    throw new InputError(
      'The text has control characters. Remove them and send it again.',
    );
  }
  return text.trim();
}

/** One line: what is between words is one space. */
export function plainLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ');
}

/** @throws InputError when nothing but spaces is there */
export function someText(text: string, what: string): string {
  const plain = plainText(text);
  if (plain === '') throw new InputError(`Write ${what}; it is empty.`);
  return plain;
}
