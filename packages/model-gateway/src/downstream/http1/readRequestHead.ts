import http, { type IncomingHttpHeaders } from 'node:http';
import {
  type Fields,
  checkChunked,
  lengthOf,
  readFields,
} from '../../http1/fields';

/** The head of a request. */
export interface RequestHead {
  method: string;
  /** As it came. */
  url: string;
  headers: IncomingHttpHeaders;
  framing: 'none' | 'length' | 'chunked';
  /** Of the body, in bytes; 0 unless `framing` is `length`. */
  length: number;
  /** Whether the connection may be used again. */
  keepsAlive: boolean;
  /** Whether the answer may come in chunks. */
  takesChunks: boolean;
  /** Whether the caller waits for a word before it sends the body. */
  waits: boolean;
}

/** What a caller sent is not HTTP/1.1, or can be read in two ways. */
export class BrokenRequest extends Error {}

/** The caller expects what this server does not do. */
export class UnknownExpectation extends Error {}

const broken = (message: string) =>
  new BrokenRequest(`The request is not valid HTTP: ${message}`);

/** The target is in origin form, absolute form, or the form of `OPTIONS`. */
const REQUEST_LINE =
  /^[A-Z][A-Z-]* (?:\/[!-~]*|[Hh][Tt][Tt][Pp][Ss]?:\/\/[!-~]*|\*) HTTP\/1\.[01](?:\r\n|$)/;
const VERSION = ' HTTP/1.1'.length;
/** `CONNECT` would make a tunnel of the connection. */
const METHODS: ReadonlySet<string> = new Set(
  http.METHODS.filter(method => method !== 'CONNECT'),
);

/** Two of these would mean different things to different readers. */
const ONCE: ReadonlySet<string> = new Set([
  'authorization',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'transfer-encoding',
  'x-api-key',
]);

/**
 * Reads the head of a request as RFC 9112 has it, without any of the leniency
 * that it allows.
 *
 * @param text - without the empty line at its end
 * @throws BrokenRequest
 * @throws UnknownExpectation
 */
export function readRequestHead(text: string): RequestHead {
  if (!REQUEST_LINE.test(text)) {
    throw broken('its first line is no request line');
  }
  const from = text.indexOf('\r\n');
  const end = from < 0 ? text.length : from;
  const space = text.indexOf(' ');
  const method = text.slice(0, space);
  if (!METHODS.has(method)) {
    throw broken('its method is not known');
  }
  const isNew = text[end - 1] === '1';
  const headers = readFields(text, { from, refuse: broken, repeat });
  if (isNew && headers.host === undefined) {
    throw broken('it names no host');
  }
  const expectation = headers.expect as string | undefined;
  if (
    expectation !== undefined &&
    expectation.toLowerCase() !== '100-continue'
  ) {
    throw new UnknownExpectation();
  }
  const framing = framingOf(headers, isNew);
  return {
    method,
    url: text.slice(space + 1, end - VERSION),
    headers,
    framing,
    length: framing === 'length' ? Number(headers['content-length']) : 0,
    keepsAlive: keepsAlive(isNew, headers.connection),
    takesChunks: isNew,
    waits: isNew && expectation !== undefined && framing !== 'none',
  };
}

function repeat(fields: Fields, name: string, value: string): void {
  if (ONCE.has(name)) {
    throw broken(`it has '${name}' twice`);
  }
  fields[name] = `${fields[name]}${name === 'cookie' ? '; ' : ', '}${value}`;
}

function framingOf(headers: Fields, isNew: boolean): RequestHead['framing'] {
  const encoding = headers['transfer-encoding'];
  const field = headers['content-length'];
  if (encoding !== undefined) {
    if (field !== undefined || !isNew) {
      throw broken('it tells the length of its body in two ways');
    }
    checkChunked(encoding, broken);
    return 'chunked';
  }
  return field === undefined || lengthOf(field, broken) === 0
    ? 'none'
    : 'length';
}

const CLOSE = /(?:^|[,\s])close(?:$|[,\s])/i;
const KEEP_ALIVE = /(?:^|[,\s])keep-alive(?:$|[,\s])/i;

function keepsAlive(
  isNew: boolean,
  connection: string | string[] | undefined,
): boolean {
  if (connection === undefined) {
    return isNew;
  }
  const said = String(connection);
  return !CLOSE.test(said) && (isNew || KEEP_ALIVE.test(said));
}
