import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a server got. */
export interface Got {
  method: string;
  url: string;
  headers: http.IncomingHttpHeaders;
}

export interface TestServer {
  /** `http://127.0.0.1:…` */
  origin: string;
  host: string;
  got: Got[];
  close(): Promise<void>;
}

/** Serves over real HTTP, on a port of its own. */
export async function serve(
  handle: (
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ) => void | Promise<void>,
): Promise<TestServer> {
  const got: Got[] = [];
  const server = http.createServer((request, response) => {
    got.push({
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
    });
    void Promise.resolve(handle(request, response)).catch(error => {
      response.destroy(error);
    });
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin: `http://${host}`,
    host,
    got,
    close: async () => {
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}

/** What a range header asks for of so many bytes; undefined without one. */
export function rangeOf(
  header: string | undefined,
  size: number,
): { start: number; end: number } | undefined {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(header ?? '') ?? [];
  if (from === undefined) return undefined;
  return { start: Number(from), end: Math.min(Number(to) + 1, size) };
}

/** Answers as servers do that send parts of files. */
export function sendFile(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  bytes: Buffer,
  headers: Record<string, string> = { etag: '"one"' },
): void {
  const ifRange = request.headers['if-range'];
  const range =
    ifRange === undefined || ifRange === headers.etag
      ? rangeOf(request.headers.range, bytes.length)
      : undefined;
  if (!range) {
    response
      .writeHead(200, { ...headers, 'content-length': bytes.length })
      .end(bytes);
  } else if (range.start >= bytes.length) {
    response
      .writeHead(416, { 'content-range': `bytes */${bytes.length}` })
      .end();
  } else {
    response
      .writeHead(206, {
        ...headers,
        'content-length': range.end - range.start,
        'content-range': `bytes ${range.start}-${range.end - 1}/${
          bytes.length
        }`,
      })
      .end(bytes.subarray(range.start, range.end));
  }
}

/** Answers with JSON. */
export const sendJson = (
  response: http.ServerResponse,
  body: unknown,
  headers: Record<string, string> = {},
) =>
  response
    .writeHead(200, { 'content-type': 'application/json', ...headers })
    .end(JSON.stringify(body));
