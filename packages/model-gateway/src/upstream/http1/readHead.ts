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
  /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/;

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
  const end = text.indexOf('\r\n');
  const line = STATUS_LINE.exec(end < 0 ? text : text.slice(0, end));
  if (!line) {
    throw brokenAnswer('its first line is no status line');
  }
  const headers = readFields(text, {
    from: end,
    refuse: brokenAnswer,
    repeat,
  });
  const status = Number(line[2]);
  return {
    status,
    headers,
    ...framingOf(status, headers),
    keepsAlive: keepsAlive(line[1], headers.connection),
  };
}

function repeat(fields: Fields, name: string, value: string): void {
  const before = fields[name];
  fields[name] = Array.isArray(before) ? [...before, value] : [before, value];
}

function framingOf(
  status: number,
  headers: Fields,
): { framing: Framing; length: number } {
  const encoding = headers['transfer-encoding'];
  const field = headers['content-length'];
  if (encoding !== undefined && field !== undefined) {
    throw brokenAnswer('it has a length and a transfer encoding');
  }
  if (status < 200 || status === 204 || status === 304) {
    return { framing: 'none', length: 0 };
  }
  if (encoding !== undefined) {
    checkChunked(encoding, brokenAnswer);
    return { framing: 'chunked', length: 0 };
  }
  if (field === undefined) {
    return { framing: 'close', length: 0 };
  }
  const length = lengthOf(field, brokenAnswer);
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
