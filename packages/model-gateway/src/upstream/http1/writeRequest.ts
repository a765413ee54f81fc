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
 * The head of a request, which a header cannot break out of.
 *
 * @throws InvalidArgumentError of undici
 */
export function headOf(request: UpstreamRequest, host: string): string {
  const { method, path, headers, body } = request;
  if (!PATH.test(path)) {
    throw new errors.InvalidArgumentError('The path cannot be sent');
  }
  let head = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: keep-alive\r\n`;
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index];
    const value = headers[index + 1];
    if (!NAME.test(name) || !VALUE.test(value) || OWN.has(name.toLowerCase())) {
      throw new errors.InvalidArgumentError(
        `The header '${name}' cannot be sent`,
      );
    }
    head += `${name}: ${value}\r\n`;
  }
  if (body !== undefined) {
    head += `content-length: ${body.length}\r\n`;
  }
  return `${head}\r\n`;
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
