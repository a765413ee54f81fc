import fc from 'fast-check';
import http from 'node:http';
import type { Socket } from 'node:net';
import { type Duplex, duplexPair } from 'node:stream';
import type { CallerHandler } from '../../http/callerTypes';
import { fromNode } from '../../http/fromNode';
import { CallerServer } from './CallerServer';

jest.setTimeout(60_000);

interface Seen {
  method: string;
  url: string;
  headers: Record<string, unknown>;
  /** Absent where it did not come to its end. */
  body?: string;
}

interface Outcome {
  seen: Seen[];
  refused: boolean;
}

const turn = () =>
  new Promise<void>(resolve => {
    setImmediate(resolve);
  });

/** Notes each request when its head is there, and answers it when its body is. */
function noting(seen: Seen[]): CallerHandler {
  return (request, response) => {
    const { method, url, headers, whole } = request;
    const noted: Seen = { method, url, headers: { ...headers } };
    seen.push(noted);
    const answer = (status: number, text: string) => {
      response.writeHead(status, ['content-length', String(text.length)]);
      response.end(text);
    };
    const ended = (body: Buffer) => {
      noted.body = body.toString('latin1');
      answer(200, 'ok');
    };
    if (whole) {
      ended(whole);
      return;
    }
    const pieces: Buffer[] = [];
    request.receive({
      data: chunk => pieces.push(chunk) > 0,
      end: () => ended(Buffer.concat(pieces)),
      broken: () => answer(400, 'broken'),
    });
  };
}

/** Our server and Node's, given the same bytes. */
class Both {
  #seen: Seen[] = [];
  readonly #handler: CallerHandler = (request, response) =>
    noting(this.#seen)(request, response);
  readonly #ours = new CallerServer({
    timeouts: { head: 60_000, request: 60_000, idle: 60_000 },
    handler: this.#handler,
    refusal: () => ({ status: 400, body: 'refused' }),
    failed: error => {
      throw error;
    },
  });
  readonly #node = http.createServer(
    { requireHostHeader: true },
    fromNode(this.#handler),
  );

  ours(text: string): Promise<Outcome> {
    return this.#play([text], it => this.#ours.accept(it as Socket));
  }

  node(text: string, pieces: string[] = [text]): Promise<Outcome> {
    return this.#play(pieces, it => this.#node.emit('connection', it));
  }

  close(): Promise<void> {
    return this.#ours.close(0);
  }

  async #play(
    pieces: string[],
    accept: (socket: Duplex) => void,
  ): Promise<Outcome> {
    const seen: Seen[] = [];
    this.#seen = seen;
    const [near, far] = duplexPair();
    let answer = '';
    near.on('data', chunk => {
      answer += chunk;
    });
    near.on('error', () => {});
    far.on('error', () => {});
    accept(far);
    for (const piece of pieces) {
      near.write(Buffer.from(piece, 'latin1'));
      await turn();
    }
    let before = -1;
    // Until nothing has come of it for some turns of the event loop.
    for (let quiet = 0; quiet < 4; quiet++) {
      if (answer.length !== before) {
        before = answer.length;
        quiet = 0;
      }
      await turn();
    }
    near.destroy();
    far.destroy();
    return { seen, refused: /HTTP\/1\.1 4\d\d /.test(answer) };
  }
}

const POST = 'POST /v1/chat/completions HTTP/1.1\r\n';
const WHOLE = [
  `${POST}Host: a\r\nContent-Length: 5\r\n\r\nhello`,
  `${POST}host: a\r\nAuthorization: Bearer x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
  `${POST}host: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\nx-t: 1\r\n\r\n`,
  'GET /v1/models?x=1 HTTP/1.1\r\nHost: a\r\nAccept: */*\r\nAccept: b\r\n\r\n',
  'GET http://a/v1/models HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n',
  `POST / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nab`,
];
const BITS = [
  'Content-Length: 3\r\n',
  'content-length: 5\r\n',
  'Content-Length:5\r\n',
  'Transfer-Encoding: chunked\r\n',
  'transfer-encoding:\tchunked \r\n',
  'Transfer-Encoding: identity\r\n',
  'Connection: close\r\n',
  'connection: keep-alive\r\n',
  'Connection: content-length\r\n',
  'Host: b\r\n',
  'X: y\r\n',
  ' folded\r\n',
  'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n',
  '0\r\n\r\n',
  '5\r\nhello\r\n',
  ';ext=1',
  '\r\n',
  '\r\n\r\n',
  '\n',
  '\r',
  '\0',
  '\t',
  ' ',
  ':',
  ',',
  '-',
  '+',
  '0x',
  '_',
  '"',
  '\x7f',
  '\x80',
  '\xff',
  'chunked',
  'Expect: 100-continue\r\n',
];

type Change =
  | { kind: 'insert'; at: number; bit: string }
  | { kind: 'replace'; at: number; bit: string }
  | { kind: 'remove'; at: number; length: number }
  | { kind: 'repeat'; at: number; length: number };

function change(text: string, it: Change): string {
  const at = Math.floor(it.at * text.length);
  switch (it.kind) {
    case 'insert':
      return text.slice(0, at) + it.bit + text.slice(at);
    case 'replace':
      return text.slice(0, at) + it.bit + text.slice(at + it.bit.length);
    case 'remove':
      return text.slice(0, at) + text.slice(at + it.length);
    default:
      return text.slice(0, at + it.length) + text.slice(at);
  }
}

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const bit = fc.constantFrom(...BITS);
const length = fc.integer({ min: 1, max: 30 });
const changes = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), at: place, bit }),
  fc.record({ kind: fc.constant('replace' as const), at: place, bit }),
  fc.record({ kind: fc.constant('remove' as const), at: place, length }),
  fc.record({ kind: fc.constant('repeat' as const), at: place, length }),
);
const mutated = fc
  .tuple(
    fc.array(fc.constantFrom(...WHOLE), { minLength: 1, maxLength: 2 }),
    fc.array(changes, { maxLength: 4 }),
  )
  .map(([wholes, list]) => list.reduce(change, wholes.join('')));

describe('beside the HTTP server of Node', () => {
  const both = new Both();
  afterAll(() => both.close());

  it.each(WHOLE)('reads the same of %j', async text => {
    const ours = await both.ours(text + text);
    expect(ours.refused).toBe(false);
    expect(ours.seen).toHaveLength(2);
    expect(ours).toEqual(await both.node(text + text));
  });

  it('takes no request that Node does not take, and none with another content', async () => {
    await fc.assert(
      fc.asyncProperty(mutated, async text => {
        const ours = await both.ours(text);
        const node = await both.node(text);
        // Stricter is fine: then the requests before are all that was taken.
        expect(ours.seen.length).toBeLessThanOrEqual(node.seen.length);
        // Node forgets a body when what comes with it is wrong.
        const forgot = ours.seen.some(
          ({ body }, n) =>
            body !== undefined && node.seen[n].body === undefined,
        );
        const { seen } = forgot ? await both.node(text, [...text]) : node;
        ours.seen.forEach(({ body, ...head }, n) => {
          const { body: nodeBody, ...nodeHead } = seen[n];
          expect(head).toEqual(nodeHead);
          expect(body ?? nodeBody).toBe(nodeBody);
        });
      }),
      { numRuns: 1_500 },
    );
  });

  it.each([
    ['an empty line before a request', `\r\n${WHOLE[0]}`],
    ['an extension of a chunk', WHOLE[1].replace('\r\n5\r\n', '\r\n5;a=b\r\n')],
    ['codings beside chunks', WHOLE[1].replace(': chunked', ': gzip, chunked')],
    [
      'fields twice of which Node takes the first',
      WHOLE[1].replace('Auth', 'Authorization: Bearer y\r\nAuth'),
    ],
  ])('refuses what Node takes: %s', async (_, text) => {
    const ours = await both.ours(text);
    expect(ours.refused).toBe(true);
    expect(ours.seen.filter(it => it.body !== undefined)).toEqual([]);
    expect(await both.node(text)).toMatchObject({
      seen: [{ body: expect.any(String) }],
      refused: false,
    });
  });
});
