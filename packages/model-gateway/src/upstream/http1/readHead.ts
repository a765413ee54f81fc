import type { IncomingHttpHeaders } from 'node:http';
import { errors } from 'undici';
import type { Framing } from '../../http1/BodyReader';
import {
  type Fields,
  checkChunked,
  lengthOf,
  readFields,
} from '../../http1/fields';

const STATUS_LINE =
  /^HTTP\/1\.[01] [1-9]\d\d(?: [\t\x20-\x7e\x80-\xff]*)?(?:\r\n|$)/;
const MINOR = 'HTTP/1.'.length;
const STATUS = 'HTTP/1.1 '.length;

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
  if (!STATUS_LINE.test(text)) {
    throw brokenAnswer('its first line is no status line');
  }
  const headers = readFields(text, {
    from: text.indexOf('\r\n'),
    refuse: brokenAnswer,
    repeat,
  });
  const status = Number(text.slice(STATUS, STATUS + 3));
  const framing = framingOf(status, headers);
  return {
    status,
    headers,
    framing,
    length: framing === 'length' ? Number(headers['content-length']) : 0,
    keepsAlive: keepsAlive(text[MINOR], headers.connection),
  };
}

function repeat(fields: Fields, name: string, value: string): void {
  const before = fields[name];
  fields[name] = Array.isArray(before) ? [...before, value] : [before, value];
}

function framingOf(status: number, headers: Fields): Framing {
  const encoding = headers['transfer-encoding'];
  const field = headers['content-length'];
  if (encoding !== undefined && field !== undefined) {
    throw brokenAnswer('it has a length and a transfer encoding');
  }
  if (status < 200 || status === 204 || status === 304) {
    return 'none';
  }
  if (encoding !== undefined) {
    checkChunked(encoding, brokenAnswer);
    return 'chunked';
  }
  if (field === undefined) {
    return 'close';
  }
  return lengthOf(field, brokenAnswer) === 0 ? 'none' : 'length';
}

function keepsAlive(
  minor: string,
  connection: string | string[] | undefined,
): boolean {
  if (connection === undefined) {
    return minor === '1';
  }
  if (connection === 'keep-alive') {
    return true;
  }
  const said = String(connection).toLowerCase();
  return minor === '1' ? !said.includes('close') : said.includes('keep-alive');
}
