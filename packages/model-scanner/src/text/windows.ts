import { isUtf8 } from 'node:buffer';
import { decodeText, wholeCharacters, type TextStart } from './encodings';

const WINDOW = 256 * 1024;
/** What stands at the end of a window comes again in the next: no finding is longer. */
const OVERLAP = 16 * 1024;

/** A piece of a text. */
export interface TextWindow {
  text: string;
  /** Where in the file it begins. */
  at: number;
  /** Where the first bytes are that are no text; the window ends there. */
  brokenAt?: number;
  /** Offset in the file of a character of the window. */
  offsetOf(index: number): number;
}

/**
 * Cuts a text into pieces that overlap, so that it is never held whole. Ends
 * where the text does.
 */
export async function* textWindows(
  stream: AsyncIterable<Buffer>,
  start: TextStart,
): AsyncIterable<TextWindow> {
  let held: Buffer = Buffer.alloc(0);
  let at = 0;
  let skip = start.bom;
  for await (const chunk of stream) {
    held = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    if (skip > 0) {
      held = held.subarray(skip);
      at += skip;
      skip = 0;
    }
    let from = 0;
    while (held.length - from >= WINDOW) {
      const bytes = cut(held.subarray(from, from + WINDOW), start);
      const window = windowOf(bytes, at + from, start);
      yield window;
      if (window.brokenAt !== undefined) return;
      from += boundary(bytes, bytes.length - OVERLAP, start);
    }
    // A copy, so that the chunk can go.
    held = Buffer.from(held.subarray(from));
    at += from;
  }
  if (held.length > 0) yield windowOf(held, at, start);
}

function cut(bytes: Buffer, { encoding }: TextStart) {
  return encoding === 'utf8' ? wholeCharacters(bytes) : bytes;
}

/** The place at or before an index where a character begins. */
function boundary(bytes: Buffer, index: number, { encoding }: TextStart) {
  if (encoding === 'latin1') return index;
  if (encoding !== 'utf8') return index & ~1;
  let at = index;
  while (at > index - 4 && (bytes[at] & 0xc0) === 0x80) at -= 1;
  return at;
}

function windowOf(bytes: Buffer, at: number, start: TextStart): TextWindow {
  const { encoding } = start;
  const brokenAt = endOfText(bytes, start);
  const whole = brokenAt === undefined ? bytes : bytes.subarray(0, brokenAt);
  const text = decodeText(whole, encoding);
  return {
    text,
    at,
    ...(brokenAt !== undefined && { brokenAt: at + brokenAt }),
    offsetOf: index => {
      if (encoding === 'latin1') return at + index;
      return encoding === 'utf8'
        ? at + Buffer.byteLength(text.slice(0, index))
        : at + 2 * index;
    },
  };
}

/** A zero is in no text; bytes that are not UTF-8 are not in one of UTF-8. */
function endOfText(bytes: Buffer, { encoding }: TextStart): number | undefined {
  if (encoding === 'utf16le' || encoding === 'utf16be') return undefined;
  const zero = bytes.indexOf(0);
  const end = zero < 0 ? bytes.length : zero;
  if (encoding === 'utf8' && !isUtf8(bytes.subarray(0, end))) {
    return firstBroken(bytes, end);
  }
  return zero < 0 ? undefined : zero;
}

/** By halves, because only the platform is fast at telling. */
function firstBroken(bytes: Buffer, end: number): number {
  let [good, bad] = [0, end];
  while (bad - good > 4) {
    const middle = (good + bad) >> 1;
    const part = wholeCharacters(bytes.subarray(good, middle));
    if (part.length > 0 && isUtf8(part)) good += part.length;
    else if (part.length > 0) bad = middle;
    else break;
  }
  let last = Math.min(bad, good + 4);
  while (last > good && !isUtf8(bytes.subarray(good, last))) last -= 1;
  return last;
}
