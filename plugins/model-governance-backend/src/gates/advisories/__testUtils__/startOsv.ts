import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OsvAdvisory } from '../osv';

/** What a request to the server was. */
export interface SeenRequest {
  method: string;
  path: string;
  body: unknown;
  authorization?: string;
}

type Reply = { status: number; body: string; headers?: Record<string, string> };

/**
 * A server that answers as api.osv.dev does: `/v1/query` and `/v1/querybatch`
 * in pages, `/v1/vulns/{id}`, and errors in the form of gRPC.
 */
export async function startOsv(advisories: OsvAdvisory[], pageSize = 2) {
  const seen: SeenRequest[] = [];
  /** Answered first, one to a request. */
  const replies: Reply[] = [];
  const documents = new Map<string, string>();

  const about = (name: string, ecosystem: string) =>
    advisories.filter(
      ({ withdrawn, affected }) =>
        !withdrawn &&
        affected?.some(
          it => it.package?.name === name && it.package.ecosystem === ecosystem,
        ),
    );
  const page = (query: Query) => {
    const found = about(
      query.package?.name ?? '',
      query.package?.ecosystem ?? '',
    );
    const from = Number(query.page_token ?? 0);
    const to = from + pageSize;
    return {
      vulns: found.slice(from, to),
      ...(found.length > to && { next_page_token: String(to) }),
    };
  };
  const answer = (path: string, body: unknown): Reply => {
    const json = (value: object) => ({
      status: 200,
      body: JSON.stringify(value),
    });
    const wrong = (status: number, code: number, message: string) => ({
      status,
      body: JSON.stringify({ code, message }),
    });
    if (path === '/v1/query') return json(page(body as Query));
    if (path === '/v1/querybatch') {
      const { queries } = body as { queries: Query[] };
      if (queries.length > 1000) return wrong(400, 3, 'Too many queries.');
      const results = queries.map(query => {
        const { vulns, ...rest } = page(query);
        return {
          // Without any it is left out, as protobuf does.
          ...(vulns.length > 0 && {
            vulns: vulns.map(({ id, modified }) => ({ id, modified })),
          }),
          ...rest,
        };
      });
      return json({ results });
    }
    const document = documents.get(path);
    if (document !== undefined) return { status: 200, body: document };
    const id = /^\/v1\/vulns\/(.+)$/.exec(path)?.[1];
    const found = advisories.find(it => it.id === id);
    return found ? json(found) : wrong(404, 5, 'Bug not found.');
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const path = request.url ?? '/';
    const body: unknown = text ? JSON.parse(text) : undefined;
    const { authorization } = request.headers;
    seen.push({ method: request.method ?? '', path, body, authorization });
    const reply = replies.shift() ?? answer(path, body);
    response.writeHead(reply.status, {
      'content-type': 'application/json',
      ...reply.headers,
    });
    response.end(reply.body);
  };
  const server = createServer((request, response) => {
    handle(request, response).catch(error => response.destroy(error));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}`,
    seen,
    replies,
    documents,
    advisories,
    stop: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Query {
  package?: { name: string; ecosystem: string };
  page_token?: string;
}
