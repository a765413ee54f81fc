import type { IncomingHttpHeaders } from 'node:http';
import { errors } from 'undici';

const STATUS_LINE =
  /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/;
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Nearly all names are of these characters, and need no look at case. */
const PLAIN_NAME = /^[a-z-]+$/;
/** What else is in a value may end it for one reader and not for another. */
const TEXT = /^[\t\x20-\x7e\x80-\xff]*(?:\r\n[\t\x20-\x7e\x80-\xff]*)*$/;
const DIGITS = /^\d{1,15}$/;
const SPACE = 0x20;
const TAB = 0x09;

const isBlank = (code: number) => code === SPACE || code === TAB;

/** How the end of a body is found. */
export type Framing = 'none' | 'length' | 'chunked' | 'close';

/** The head of an answer. */
export interface ResponseHead {
  status: number;
  headers: IncomingHttpHeaders;
  framing: Framing;
  /** Of the body, in bytes; 0 unless `framing` is `length`. */
  length: number;
  /** Whether the connection may be used again. */
  keepsAlive: boolean;
}

/** What a provider sent is not HTTP/1.1, or can be read in two ways. */
export const brokenAnswer = (message: string): Error =>
  new errors.SocketError(`The answer is not valid HTTP: ${message}`);

/**
 * Reads the head of an answer as RFC 9112 has it, without any of the leniency
 * that it allows: no bare line feeds, no folded lines, one length.
 *
 * @param text - without the empty line at its end
 * @throws SocketError of undici
 */
export function readHead(text: string): ResponseHead {
  if (!TEXT.test(text)) {
    throw brokenAnswer('its head has characters that do not belong there');
  }
  let end = text.indexOf('\r\n');
  const line = STATUS_LINE.exec(end < 0 ? text : text.slice(0, end));
  if (!line) {
    throw brokenAnswer('its first line is no status line');
  }
  const headers: Record<string, string | string[]> = {};
  while (end >= 0) {
    const start = end + 2;
    end = text.indexOf('\r\n', start);
    readField(headers, text, start, end < 0 ? text.length : end);
  }
  const status = Number(line[2]);
  return {
    status,
    headers,
    ...framingOf(status, headers),
    keepsAlive: keepsAlive(line[1], headers.connection),
  };
}

function readField(
  headers: Record<string, string | string[]>,
  text: string,
  start: number,
  end: number,
): void {
  const colon = text.indexOf(':', start);
  if (colon < 0 || colon >= end) {
    throw brokenAnswer('a line of its head has no colon');
  }
  let from = colon + 1;
  let to = end;
  while (from < to && isBlank(text.charCodeAt(from))) from += 1;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to -= 1;
  const name = text.slice(start, colon);
  const value = text.slice(from, to);
  let key = name;
  if (!PLAIN_NAME.test(name)) {
    if (!NAME.test(name)) {
      throw brokenAnswer('the name of a header is not one');
    }
    key = name.toLowerCase();
  }
  const before = headers[key];
  if (before === undefined) {
    headers[key] = value;
  } else if (Array.isArray(before)) {
    before.push(value);
  } else {
    headers[key] = [before, value];
  }
}

function framingOf(
  status: number,
  headers: Record<string, string | string[]>,
): { framing: Framing; length: number } {
  const encoding = headers['transfer-encoding'];
  const lengths = headers['content-length'];
  if (encoding !== undefined && lengths !== undefined) {
    throw brokenAnswer('it has a length and a transfer encoding');
  }
  if (status < 200 || status === 204 || status === 304) {
    return { framing: 'none', length: 0 };
  }
  if (encoding !== undefined) {
    if (Array.isArray(encoding) || encoding.toLowerCase() !== 'chunked') {
      throw brokenAnswer('its transfer encoding is not known');
    }
    return { framing: 'chunked', length: 0 };
  }
  if (lengths === undefined) {
    return { framing: 'close', length: 0 };
  }
  if (Array.isArray(lengths) || !DIGITS.test(lengths)) {
    throw brokenAnswer('its length is not one number');
  }
  const length = Number(lengths);
  return { framing: length === 0 ? 'none' : 'length', length };
}

function keepsAlive(
  minor: string,
  connection: string | string[] | undefined,
): boolean {
  if (connection === undefined) {
    return minor === '1';
  }
  const said = String(connection).toLowerCase();
  return minor === '1' ? !said.includes('close') : said.includes('keep-alive');
}
