import type { Socket } from 'node:net';
import { errors } from 'undici';
import type { UpstreamRequest } from './types';

/** Up to here, one text is cheaper to send than two pieces of memory. */
const MOST_IN_ONE = 16 * 1024;
const PATH = /^[\x21-\x7e]+$/;
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** Are for the connection to say, or would say it twice. */
const OWN = new Set([
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Headers as they are sent, none of which can break out of its line.
 *
 * @param headers - names and values in turn
 * @throws InvalidArgumentError of undici
 */
export function headerLines(headers: readonly string[]): string {
  let lines = '';
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index];
    const value = headers[index + 1];
    if (!NAME.test(name) || !VALUE.test(value) || OWN.has(name.toLowerCase())) {
      throw new errors.InvalidArgumentError(
        `The header '${name}' cannot be sent`,
      );
    }
    lines += `${name}: ${value}\r\n`;
  }
  return lines;
}

/**
 * The head of a request.
 *
 * @param common - lines of every request to this provider
 * @throws InvalidArgumentError of undici
 */
export function headOf(request: UpstreamRequest, common: string): string {
  const { method, path, headers, body } = request;
  if (!PATH.test(path)) {
    throw new errors.InvalidArgumentError('The path cannot be sent');
  }
  const length = body === undefined ? '' : `content-length: ${body.length}\r\n`;
  return `${method} ${path} HTTP/1.1\r\n${common}${headerLines(
    headers,
  )}${length}\r\n`;
}

/** Hands a request to its socket with as few system calls as it takes. */
export function writeRequest(
  socket: Socket,
  head: string,
  body: Buffer | undefined,
): void {
  if (body === undefined || body.length === 0) {
    socket.write(head, 'latin1');
  } else if (body.length <= MOST_IN_ONE) {
    // Every byte is a character of Latin-1, so that none is changed.
    socket.write(head + body.toString('latin1'), 'latin1');
  } else {
    socket.cork();
    socket.write(head, 'latin1');
    socket.write(body);
    socket.uncork();
  }
}
