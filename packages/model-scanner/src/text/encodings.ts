import { isUtf8 } from 'node:buffer';

export type TextEncoding = 'utf8' | 'utf16le' | 'utf16be' | 'latin1';

/** How a text begins. */
export interface TextStart {
  encoding: TextEncoding;
  /** Bytes of the mark before the text. */
  bom: number;
}

const MOST_CONTROL = 0.01;

/**
 * The encoding of what begins like this, or nothing where it is no text.
 *
 * @param isNamedText - the name says that it is text: then bytes that are not
 * UTF-8 are taken for an older encoding
 */
export function textStart(
  head: Buffer,
  isNamedText = false,
): TextStart | undefined {
  const [a, b, c, d] = head;
  if (a === 0xff && b === 0xfe) {
    return c === 0 && d === 0 ? undefined : { encoding: 'utf16le', bom: 2 };
  }
  if (a === 0xfe && b === 0xff) return { encoding: 'utf16be', bom: 2 };
  const bom = a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0;
  if (head.includes(0)) return unmarkedUtf16(head);
  if (controls(head) > head.length * MOST_CONTROL) return undefined;
  if (isUtf8(wholeCharacters(head))) return { encoding: 'utf8', bom };
  return isNamedText ? { encoding: 'latin1', bom } : undefined;
}

/** Letters of Western scripts in UTF-16 are zeros at every second place. */
function unmarkedUtf16(head: Buffer): TextStart | undefined {
  const pairs = Math.min(512, head.length >> 1);
  let [even, odd, plain] = [0, 0, 0];
  for (let i = 0; i < pairs; i++) {
    const [first, second] = [head[2 * i], head[2 * i + 1]];
    if (first === 0) even += 1;
    if (second === 0) odd += 1;
    if (isPlain(first) || isPlain(second)) plain += 1;
  }
  if (pairs < 2 || plain < pairs) return undefined;
  if (odd === pairs) return { encoding: 'utf16le', bom: 0 };
  return even === pairs ? { encoding: 'utf16be', bom: 0 } : undefined;
}

function isPlain(byte: number) {
  return (byte >= 0x20 && byte < 0x7f) || (byte >= 9 && byte <= 13);
}

/** Control characters other than those that stand in texts. */
function controls(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) {
    if ((byte < 9 || (byte > 13 && byte < 0x20)) && byte !== 0x1b) count += 1;
    else if (byte === 0x7f) count += 1;
  }
  return count;
}

/** Bytes of a character of UTF-8, by its first. */
function lengthOf(first: number): number {
  if (first >= 0xf0) return 4;
  return first >= 0xe0 ? 3 : 2;
}

/** Without a character that the end cuts through. */
export function wholeCharacters(bytes: Buffer): Buffer {
  let end = bytes.length;
  for (let back = 1; back <= 4 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      if (back < lengthOf(byte)) end = bytes.length - back;
      break;
    }
  }
  return bytes.subarray(0, end);
}

/** Text of these bytes; what is no text becomes U+FFFD. */
export function decodeText(bytes: Buffer, encoding: TextEncoding): string {
  if (encoding !== 'utf16be') return bytes.toString(encoding);
  const even = bytes.subarray(0, bytes.length & ~1);
  return Buffer.from(even).swap16().toString('utf16le');
}
