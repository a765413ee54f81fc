import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import OpenAI from 'openai';
import { Rig, eventually } from './__testUtils__/rig';
import { secretOf } from './__testUtils__/TestControlPlane';

// Real servers and, at times, a busy machine.
jest.setTimeout(30_000);

/** A provider that does what a test tells it. */
class FaultyProvider {
  behave: (res: http.ServerResponse, socket: Socket) => void = () => {};
  closed = 0;
  written = 0;
  readonly #server = http.createServer((req, res) => {
    req.resume();
    res.on('close', () => {
      this.closed += 1;
    });
    this.behave(res, req.socket);
  });

  async listen() {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', () => resolve()),
    );
    return (this.#server.address() as AddressInfo).port;
  }

  async stop() {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}

describe('providers that fail', () => {
  const provider = new FaultyProvider();
  let rig: Rig;
  beforeAll(async () => {
    const baseUrl = `http://127.0.0.1:${await provider.listen()}/v1`;
    rig = await Rig.create({
      limits: { upstreamTimeoutMs: 300, upstreamIdleMs: 300 },
      settings: { routing: { circuitFailures: 1_000 } },
      providers: [
        { name: 'faulty', match: 'acme/*', baseUrl },
        { name: 'faulty', match: 'hosted/*', baseUrl },
        { name: 'absent', match: 'nowhere/*', baseUrl: 'http://127.0.0.1:1' },
      ],
    });
  });
  afterAll(async () => {
    await rig.stop();
    await provider.stop();
  });

  const call = (model = 'acme/chat') => rig.chat(secretOf('strict'), { model });
  const stream = (signal?: AbortSignal) =>
    new OpenAI({
      apiKey: secretOf('strict'),
      baseURL: `${rig.url}/v1`,
      maxRetries: 0,
    }).chat.completions.create(
      { model: 'acme/chat', messages: [], stream: true },
      { signal },
    );
  const chunk = (text: string, model = 'acme/chat') =>
    `data: ${JSON.stringify({
      model,
      choices: [{ delta: { content: text } }],
    })}\n\n`;
  const sse = { 'content-type': 'text/event-stream' };

  it.each<[string, number, string, FaultyProvider['behave']]>([
    [
      'answers 500',
      502,
      'upstream_error',
      res => res.writeHead(500).end('secret stack'),
    ],
    [
      'redirects',
      502,
      'upstream_error',
      res => res.writeHead(302, { location: 'http://evil' }).end(),
    ],
    [
      'refuses the gateway',
      502,
      'upstream_credentials',
      res => res.writeHead(401).end('key sk-123'),
    ],
    [
      'is overloaded',
      503,
      'upstream_unavailable',
      res => res.writeHead(503, { 'retry-after': '7' }).end(),
    ],
    [
      'has timed out itself',
      504,
      'upstream_timeout',
      res => res.writeHead(504).end(),
    ],
    [
      'hangs up',
      502,
      'upstream_error',
      (_res, socket) => socket.resetAndDestroy(),
    ],
    ['says nothing', 504, 'upstream_timeout', () => {}],
    [
      'speaks no HTTP',
      502,
      'upstream_error',
      (_res, socket) => socket.end('hello\r\n\r\n'),
    ],
    [
      'stops in the middle',
      504,
      'upstream_timeout',
      res =>
        res
          .writeHead(200, { 'content-type': 'application/json' })
          .write('{"a":'),
    ],
  ])('one that %s is told as %d %s', async (_name, status, code, behave) => {
    provider.behave = behave;
    const answer = await call();
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(JSON.stringify(answer.body)).not.toMatch(/secret|sk-123|evil/);
  });

  it('one that is not there is told as 502', async () => {
    const { status, body } = await call('nowhere/model');
    expect([status, body.error.code]).toEqual([502, 'upstream_unreachable']);
    expect(await rig.metrics()).toContain(
      // Asked twice: it cannot have seen the call.
      'modelhub_gateway_upstream_errors_total{provider="absent",code="upstream_unreachable"} 2\n',
    );
  });

  it('passes on what the provider says about the request', async () => {
    provider.behave = res =>
      res
        .writeHead(429, {
          'content-type': 'application/json',
          'retry-after': '3',
          'set-cookie': 'a=b',
        })
        .end('{"error":{"message":"slow down"}}');
    const { status, headers, body } = await call();
    expect([
      status,
      body.error.message,
      headers.get('retry-after'),
      headers.get('set-cookie'),
    ]).toEqual([429, 'slow down', '3', null]);
  });

  it('marks an answer of another model than the approved', async () => {
    provider.behave = res =>
      res
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"model":"gpt-other"}');
    const { status, headers } = await call('hosted/gpt');
    expect([status, headers.get('x-modelhub-model-mismatch')]).toEqual([
      200,
      'true',
    ]);
    expect(await rig.metrics()).toContain(
      'modelhub_gateway_model_mismatch_total{provider="faulty"} 1\n',
    );
    provider.behave = res =>
      res
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"model":"gpt-2026-01-01"}');
    expect(
      (await call('hosted/gpt')).headers.has('x-modelhub-model-mismatch'),
    ).toBe(false);
  });

  it.each<[string, FaultyProvider['behave']]>([
    [
      'ends',
      res => {
        const other = Buffer.from(chunk('two', 'gpt-swapped'));
        res.writeHead(200, sse).write(chunk('one', 'gpt-2026-01-01'));
        // Cut in the middle of the name.
        const cut = other.indexOf('swap');
        res.write(other.subarray(0, cut), () => res.end(other.subarray(cut)));
      },
    ],
    [
      'breaks off',
      res =>
        res
          .writeHead(200, sse)
          .write(
            chunk('one', 'gpt-2026-01-01') + chunk('two', 'gpt-swapped'),
            () => res.destroy(),
          ),
    ],
  ])(
    'counts and logs another model in a later chunk of a stream that %s',
    async (_name, behave) => {
      const count = async () => {
        const [, number] =
          /model_mismatch_total\{provider="faulty"\} (\d+)/.exec(
            await rig.metrics(),
          ) ?? [];
        return Number(number ?? 0);
      };
      const before = await count();
      const logged = rig.logs.length;
      provider.behave = behave;
      const answer = await fetch(`${rig.url}/v1/chat/completions`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${secretOf('strict')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          model: 'hosted/gpt',
          messages: [],
          stream: true,
        }),
      });
      await answer.text();
      await eventually('it is counted', async () => (await count()) > before);
      expect(await count()).toBe(before + 1);
      expect(rig.logs.slice(logged).join()).toContain('"ran":"gpt-swapped"');
    },
  );

  it.each<[string, string, FaultyProvider['behave']]>([
    [
      'breaks off',
      'upstream_error',
      res => res.writeHead(200, sse).write(chunk('one'), () => res.destroy()),
    ],
    [
      'goes silent',
      'upstream_timeout',
      res => res.writeHead(200, sse).write(chunk('one')),
    ],
  ])(
    'a stream that %s ends with an error the client understands',
    async (_name, code, behave) => {
      provider.behave = behave;
      const words: string[] = [];
      const reading = (async () => {
        for await (const it of await stream()) {
          words.push(it.choices[0].delta.content ?? '');
        }
      })();
      await expect(reading).rejects.toMatchObject({ code });
      expect(words).toEqual(['one']);
    },
  );

  it('an answer that a provider breaks off is its failure, not a caller who left', async () => {
    provider.behave = (res, socket) =>
      res
        .writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': 9 })
        .write('sound', () => socket.destroy());
    const logged = rig.logs.length;
    const answer = await fetch(`${rig.url}/v1/audio/speech`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secretOf('strict')}`,
        'content-type': 'application/json',
      },
      body: '{"model":"acme/chat","input":"Hello","voice":"alloy"}',
    });
    await expect(answer.arrayBuffer()).rejects.toThrow();
    const line = () =>
      rig.logs.slice(logged).find(it => it.includes('"Answered"'));
    await eventually('it is logged', () => line() !== undefined);
    expect(JSON.parse(line() ?? '')).toMatchObject({
      status: 200,
      upstream: 'upstream_error',
    });
  });

  it('a client that goes away ends the call of the provider', async () => {
    const closed = provider.closed;
    provider.behave = res => res.writeHead(200, sse).write(chunk('one'));
    const gone = new AbortController();
    for await (const it of await stream(gone.signal)) {
      expect(it.choices[0].delta.content).toBe('one');
      gone.abort();
      break;
    }
    await eventually('the provider saw it', () => provider.closed > closed);
    await eventually('it is logged', () =>
      rig.logs.some(line => line.includes('client_gone')),
    );
  });

  it('reads no faster from the provider than the client does', async () => {
    const total = 24;
    const piece = Buffer.from(chunk('x'.repeat(1024 * 1024)));
    let sent = 0;
    provider.behave = res => {
      res.writeHead(200, sse);
      const more = () => {
        while (sent < total) {
          sent += 1;
          if (!res.write(piece)) {
            res.once('drain', more);
            return;
          }
        }
        res.end();
      };
      more();
    };
    const answer = await new Promise<http.IncomingMessage>(resolve => {
      http
        .request(
          `${rig.url}/v1/chat/completions`,
          {
            method: 'POST',
            headers: {
              authorization: `Bearer ${secretOf('strict')}`,
              'content-type': 'application/json',
            },
          },
          resolve,
        )
        .end('{"model":"acme/chat","stream":true}');
    });
    // The client does not read: what was sent comes to rest well before the end.
    let before = -1;
    await eventually('the provider waits', async () => {
      const same = before === sent;
      before = sent;
      await new Promise(resolve => {
        setTimeout(resolve, 100);
      });
      return same;
    });
    expect(sent).toBeLessThan(total);
    let size = 0;
    for await (const part of answer) {
      size += part.length;
    }
    expect(size).toBe(total * piece.length);
  });
});
