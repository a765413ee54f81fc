import net from 'node:net';
import { type Answer, Rig, eventually } from './__testUtils__/rig';
import { secretOf } from './__testUtils__/TestControlPlane';

// Real servers and, at times, a busy machine.
jest.setTimeout(30_000);

const MAX = 2000;

describe('bad input', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.create({
      limits: { maxBodyBytes: MAX, requestTimeoutMs: 400, maxConcurrent: 2 },
    });
  });
  afterAll(() => rig.stop());

  const post = async (
    body: BodyInit,
    headers: Record<string, string> = {},
    path = '/v1/chat/completions',
  ) => {
    const before = rig.upstream.calls.length;
    const answer = await fetch(`${rig.url}${path}`, {
      method: 'POST',
      body,
      headers: {
        authorization: `Bearer ${secretOf('strict')}`,
        'content-type': 'application/json',
        ...headers,
      },
    });
    const { error } = (await answer.json()) as Partial<Answer>;
    return {
      status: answer.status,
      code: error?.code,
      message: error?.message,
      reached: rig.upstream.calls.length - before,
    };
  };
  /** Sends bytes as they are and gives back whatever comes. */
  const raw = (text: string, end = false) =>
    new Promise<string>((resolve, reject) => {
      const socket = net.connect(rig.gateway.port, '127.0.0.1', () => {
        socket.write(text);
        if (end) {
          socket.end();
        }
      });
      const chunks: Buffer[] = [];
      socket.on('data', chunk => chunks.push(Buffer.from(chunk)));
      socket.on('error', reject);
      socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
    });
  const head = (more: string) =>
    `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${secretOf(
      'strict',
    )}\r\ncontent-type: application/json\r\n${more}`;

  it.each<[string, BodyInit, number, string]>([
    ['nothing', '', 400, 'invalid_json'],
    ['broken JSON', '{"model":', 400, 'invalid_json'],
    ['a list', '[]', 400, 'invalid_json'],
    ['null', 'null', 400, 'invalid_json'],
    [
      'bytes that are not UTF-8',
      Buffer.from('7b22ff227d', 'hex'),
      400,
      'invalid_json',
    ],
    ['no model', '{"messages":[]}', 400, 'invalid_model'],
    ['an empty model', '{"model":""}', 400, 'invalid_model'],
    ['a list of models', '{"model":["acme/chat"]}', 400, 'invalid_model'],
    [
      'an object as model',
      '{"model":{"toString":"acme/chat"}}',
      400,
      'invalid_model',
    ],
    [
      'a model with a line break',
      '{"model":"acme/chat\\n"}',
      400,
      'invalid_model',
    ],
    [
      'a very long model',
      `{"model":"${'a'.repeat(600)}"}`,
      400,
      'invalid_model',
    ],
    [
      'two models',
      '{"model":"acme/chat","model":"acme/unapproved"}',
      400,
      'invalid_json',
    ],
    [
      'two models, one escaped',
      '{"model":"acme/chat","\\u006dodel":"acme/unapproved"}',
      400,
      'invalid_json',
    ],
    [
      'fallback models',
      '{"model":"acme/chat","models":["acme/unapproved"]}',
      400,
      'unsupported_parameter',
    ],
    [
      'another address',
      '{"model":"acme/chat","api_base":"http://evil"}',
      400,
      'unsupported_parameter',
    ],
    [
      'too much',
      `{"model":"acme/chat","x":"${'x'.repeat(MAX)}"}`,
      413,
      'request_too_large',
    ],
  ])('%s never reaches a provider', async (_name, body, status, code) => {
    expect(await post(body)).toMatchObject({ status, code, reached: 0 });
  });

  it.each([
    ['text/plain'],
    ['application/json; charset=utf-16'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data'],
  ])('takes no %s', async type => {
    expect(
      await post('{"model":"acme/chat"}', { 'content-type': type }),
    ).toMatchObject({
      status: 415,
      code: 'unsupported_media_type',
      reached: 0,
    });
  });

  it('takes no compressed body', async () => {
    expect(await post('x', { 'content-encoding': 'gzip' })).toMatchObject({
      status: 415,
      code: 'unsupported_content_encoding',
    });
  });

  it('checks the key before it reads the body', async () => {
    expect(await post('not json', { authorization: 'Bearer x' })).toMatchObject(
      { status: 401 },
    );
  });

  it.each([
    ['POST', '/v1/fine_tuning/jobs'],
    ['POST', '/v1/assistants'],
    ['POST', '/v1/chat/completions/'],
    ['POST', '//v1/chat/completions'],
    ['POST', '/V1/chat/completions'],
    ['POST', '/v1/%63hat/completions'],
    ['PUT', '/v1/chat/completions'],
    ['GET', '/v1/files'],
    ['GET', '/'],
    ['DELETE', '/v1/models/acme%2Fchat'],
  ])('has no route %s %s', async (method, path) => {
    const before = rig.upstream.calls.length;
    const answer = await fetch(`${rig.url}${path}`, {
      method,
      body:
        method === 'POST' || method === 'PUT'
          ? '{"model":"acme/chat"}'
          : undefined,
      headers: {
        authorization: `Bearer ${secretOf('strict')}`,
        'content-type': 'application/json',
      },
    });
    expect([
      answer.status,
      ((await answer.json()) as Answer).error.code,
    ]).toEqual([404, 'unknown_route']);
    expect(rig.upstream.calls).toHaveLength(before);
  });

  it('answers 400 to an id that is no URL part', async () => {
    const answer = await fetch(`${rig.url}/v1/models/%E0%A4%A`, {
      headers: { authorization: `Bearer ${secretOf('strict')}` },
    });
    expect(answer.status).toBe(400);
  });

  it('bounds a body that does not tell its length', async () => {
    const piece = 'x'.repeat(1000);
    const answer = await raw(
      `${head(
        'transfer-encoding: chunked\r\n\r\n',
      )}${`3e8\r\n${piece}\r\n`.repeat(3)}`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(answer).toContain('request_too_large');
  });

  const body = '{"model":"acme/chat"}';
  it.each([
    [
      'two ways to tell the length',
      `content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['two lengths', `content-length: 5\r\ncontent-length: 21\r\n\r\n${body}`],
    [
      'an encoding that hides another',
      `transfer-encoding: xchunked\r\n\r\n${body}`,
    ],
    ['a space before a colon', `content-length : 21\r\n\r\n${body}`],
    ['a folded header', `x: a\r\n b: c\r\ncontent-length: -1\r\n\r\n${body}`],
    ['a header without end', `x: ${'x'.repeat(40_000)}\r\n\r\n`],
  ])('is not fooled by %s', async (_name, rest) => {
    const before = rig.upstream.calls.length;
    expect(await raw(head(rest))).toMatch(
      /^HTTP\/1.1 400 .*\r\n[^]*"bad_request"/,
    );
    expect(rig.upstream.calls).toHaveLength(before);
  });

  it('ends a request that does not come', async () => {
    const answer = await raw(head('content-length: 100\r\n\r\n{"mod'));
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(answer).toContain('request_timeout');
  });

  it('takes a client that has closed its half for gone', async () => {
    const answer = await raw(
      head(`content-length: ${body.length}\r\n\r\n${body}`),
      true,
    );
    expect(answer).toBe('');
    await eventually('no call is left', async () =>
      (await rig.metrics()).includes('modelhub_gateway_calls 0\n'),
    );
  });

  it('outlives a client that goes away in the middle of its body', async () => {
    await new Promise<void>(resolve => {
      const socket = net.connect(rig.gateway.port, '127.0.0.1', () => {
        socket.write(head('content-length: 100\r\n\r\n{"mod'), () => {
          socket.resetAndDestroy();
          resolve();
        });
      });
    });
    await eventually('no call is left', async () =>
      (await rig.metrics()).includes('modelhub_gateway_calls 0\n'),
    );
    expect(
      (await rig.chat(secretOf('strict'), { model: 'acme/chat' })).status,
    ).toBe(200);
  });

  it('takes no more calls at one time than it should', async () => {
    const open = [1, 2].map(() => {
      const socket = net.connect(rig.gateway.port, '127.0.0.1');
      socket.write(head('content-length: 100\r\n\r\n'));
      return socket;
    });
    await eventually('both wait', async () =>
      (await rig.metrics()).includes('modelhub_gateway_calls 2\n'),
    );
    expect(await post(body)).toMatchObject({
      status: 503,
      code: 'overloaded',
      reached: 0,
    });
    open.forEach(socket => socket.destroy());
  });
});
