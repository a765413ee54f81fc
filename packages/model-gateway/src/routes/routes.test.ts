import type { ServerResponse } from 'node:http';
import OpenAI, { toFile } from 'openai';
import { Rig } from '../__testUtils__/rig';
import {
  ScriptedProvider,
  sendEvents,
  sendJson,
} from '../__testUtils__/ScriptedProvider';
import { secretOf } from '../__testUtils__/TestControlPlane';

// Real servers and, at times, a busy machine.
jest.setTimeout(30_000);

describe('routes of the OpenAI API', () => {
  let rig: Rig;
  let provider: ScriptedProvider;
  let openai: OpenAI;
  beforeAll(async () => {
    provider = await ScriptedProvider.create();
    rig = await Rig.create({
      providers: [
        {
          name: 'acme',
          match: 'acme/*',
          baseUrl: provider.url,
          stripPrefix: true,
        },
      ],
    });
    openai = new OpenAI({
      apiKey: secretOf('strict'),
      baseURL: `${rig.url}/v1`,
      maxRetries: 0,
    });
  });
  afterAll(async () => {
    await rig.stop();
    await provider.stop();
  });

  const post = (path: string, body: BodyInit, headers = {}) =>
    fetch(`${rig.url}${path}`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${secretOf('strict')}`, ...headers },
    });
  const json = { 'content-type': 'application/json' };

  it.each([
    ['/v1/chat/completions', { messages: [] }],
    ['/v1/completions', { prompt: 'a' }],
    ['/v1/responses', { input: 'a' }],
    ['/v1/embeddings', { input: 'a' }],
    ['/v1/rerank', { query: 'a', documents: ['b'] }],
    ['/v1/moderations', { input: 'a' }],
    ['/v1/images/generations', { prompt: 'a' }],
    ['/v1/audio/speech', { input: 'a', voice: 'b' }],
  ])(
    'POST %s goes to the same route with the name of the provider',
    async (path, fields) => {
      provider.script = (_received, res) => sendJson(res, { ok: path });
      const answer = await post(
        path,
        JSON.stringify({ ...fields, model: 'acme/chat', unheard_of: [1] }),
        json,
      );
      expect([answer.status, await answer.json()]).toEqual([200, { ok: path }]);
      expect(provider.last).toMatchObject({
        method: 'POST',
        path,
        json: { ...fields, model: 'chat', unheard_of: [1] },
      });
    },
  );

  it.each([
    '/v1/chat/completions',
    '/v1/completions',
    '/v1/responses',
    '/v1/embeddings',
    '/v1/rerank',
    '/v1/moderations',
    '/v1/images/generations',
    '/v1/audio/speech',
    '/v1/messages',
    '/v1/messages/count_tokens',
  ])('POST %s refuses what is not approved', async path => {
    const before = provider.received.length;
    for (const [key, model, status] of [
      ['strict', 'acme/unapproved', 403],
      ['strict', 'acme/*', 403],
      ['other-purpose', 'acme/chat', 403],
      ['expired', 'acme/chat', 401],
      ['nobody', 'acme/chat', 401],
    ] as const) {
      const answer = await fetch(`${rig.url}${path}`, {
        method: 'POST',
        body: JSON.stringify({ model, messages: [] }),
        headers: { ...json, authorization: `Bearer ${secretOf(key)}` },
      });
      expect([key, model, answer.status]).toEqual([key, model, status]);
    }
    expect(provider.received).toHaveLength(before);
  });

  it('passes every byte of a body on, but for the model', async () => {
    provider.script = (_received, res) => sendJson(res, {});
    const text =
      '{ "seed": 12345678901234567890, "é": "ü\\u00fc\\ud83d\\ude00",\n "model" : "acme\\/chat", "n": 1.0e2 }';
    await post('/v1/chat/completions', text, json);
    expect(provider.last.body.toString()).toBe(
      text.replace('"acme\\/chat"', '"chat"'),
    );
  });

  it.each([
    '{"model":"acme/chat","Model":"acme/unapproved"}',
    '{"model":"acme/chat","MODEL\u017f":["x"]}',
  ])('refuses %s, which servers read in different ways', async body => {
    const before = provider.received.length;
    expect((await post('/v1/chat/completions', body, json)).status).toBe(400);
    expect(provider.received).toHaveLength(before);
  });

  it('streams responses and counts what they used', async () => {
    const usage = { input_tokens: 3, output_tokens: 2, total_tokens: 5 };
    const events = [
      { type: 'response.created', response: { model: 'chat' } },
      { type: 'response.output_text.delta', delta: 'Hi' },
      { type: 'response.completed', response: { model: 'chat', usage } },
    ];
    provider.script = (_received, res) => sendEvents(res, events);
    const seen = [];
    for await (const event of await openai.responses.create({
      model: 'acme/chat',
      input: 'Hello',
      stream: true,
    })) {
      seen.push(event.type);
    }
    expect(seen).toEqual(events.map(({ type }) => type));
  });

  it('asks for the usage of a stream and keeps it to itself', async () => {
    const chunk = (fields: object) => ({ id: 'c', model: 'chat', ...fields });
    provider.script = ({ json: body }, res) =>
      sendEvents(res, [
        chunk({ choices: [{ index: 0, delta: { content: 'Hi' } }] }),
        ...(body.stream_options?.include_usage
          ? [
              chunk({
                choices: [],
                usage: { prompt_tokens: 1, completion_tokens: 1 },
              }),
            ]
          : []),
        '[DONE]',
      ]);
    const answer = await post(
      '/v1/chat/completions',
      '{"model":"acme/chat","messages":[],"stream":true}',
      json,
    );
    const text = await answer.text();
    expect(provider.last.json.stream_options).toEqual({ include_usage: true });
    expect(text).toContain('Hi');
    expect(text).not.toContain('usage');
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it('streams speech as it is', async () => {
    const sound = Buffer.from(
      Array.from({ length: 70_000 }, (_, n) => n % 251),
    );
    provider.script = (_received, res) =>
      res.writeHead(200, { 'content-type': 'audio/mpeg' }).end(sound);
    const answer = await openai.audio.speech.create({
      model: 'acme/chat',
      voice: 'alloy',
      input: 'Hello',
    });
    expect(answer.headers.get('content-type')).toBe('audio/mpeg');
    expect(Buffer.from(await answer.arrayBuffer()).equals(sound)).toBe(true);
  });

  it('transcribes, with the model wherever it stands in the form', async () => {
    provider.script = (_received, res) => sendJson(res, { text: 'Hi' });
    const sound = Buffer.from([0, 1, 2, 13, 10, 45, 45, 255]);
    const answer = await openai.audio.transcriptions.create({
      file: await toFile(sound, 'a "b".wav', { type: 'audio/wav' }),
      model: 'acme/chat',
      language: 'de',
    });
    expect(answer.text).toBe('Hi');
    const { body, headers, path } = provider.last;
    expect(path).toBe('/v1/audio/transcriptions');
    const form = await new Response(body, {
      headers: { 'content-type': headers['content-type'] ?? '' },
    }).formData();
    expect([form.get('model'), form.get('language')]).toEqual(['chat', 'de']);
    const file = form.get('file') as File;
    expect(file.name).toBe('a "b".wav');
    expect(Buffer.from(await file.arrayBuffer()).equals(sound)).toBe(true);
  });

  it('edits images by form', async () => {
    provider.script = (_received, res) => sendJson(res, { data: [] });
    await openai.images.edit({
      image: [await toFile(Buffer.from('a'), 'a.png', { type: 'image/png' })],
      model: 'acme/chat',
      prompt: 'x',
    });
    expect(provider.last.body.toString('latin1')).toMatch(
      /name="model"\r\n\r\nchat\r\n/,
    );
  });

  it.each<[string, (form: FormData) => void, number, string]>([
    [
      'two models',
      form => {
        form.append('model', 'acme/chat');
        form.append('model', 'acme/unapproved');
      },
      400,
      'invalid_model',
    ],
    [
      'a model in a file',
      form => form.append('model', new Blob(['acme/chat']), 'model'),
      400,
      'invalid_model',
    ],
    ['no model', () => {}, 400, 'invalid_model'],
    [
      'fallbacks',
      form => {
        form.append('model', 'acme/chat');
        form.append('fallbacks[]', 'acme/unapproved');
      },
      400,
      'unsupported_parameter',
    ],
    [
      'what is not approved',
      form => form.append('model', 'acme/unapproved'),
      403,
      'model_not_approved',
    ],
  ])('refuses a form with %s', async (_name, fill, status, code) => {
    const before = provider.received.length;
    const form = new FormData();
    form.append('file', new Blob(['x']), 'x.wav');
    fill(form);
    const answer = await post('/v1/audio/transcriptions', form);
    expect([
      answer.status,
      ((await answer.json()) as { error: { code: string } }).error.code,
    ]).toEqual([status, code]);
    expect(provider.received).toHaveLength(before);
  });

  it.each([
    ['multipart/form-data; boundary=x', 'no form', 400],
    ['multipart/form-data', 'no boundary', 415],
    ['application/json', '{"model":"acme/chat"}', 415],
  ])('refuses a transcription as %s with %s', async (type, body, status) => {
    const answer = await post('/v1/audio/transcriptions', body, {
      'content-type': type,
    });
    expect(answer.status).toBe(status);
  });

  it.each<[string, (res: ServerResponse) => void]>([
    ['no JSON', res => res.end('<html>')],
    ['half an answer', res => res.end('{"choices": [')],
  ])('tells %s as the provider’s fault', async (_name, send) => {
    provider.script = (_received, res) => {
      res.writeHead(200, { 'content-type': 'application/json' });
      send(res);
    };
    const answer = await post(
      '/v1/chat/completions',
      '{"model":"acme/chat"}',
      json,
    );
    expect([
      answer.status,
      ((await answer.json()) as { error: { code: string } }).error.code,
    ]).toEqual([502, 'upstream_error']);
  });

  it('takes one key, in either header', async () => {
    provider.script = (_received, res) => sendJson(res, {});
    const by = async (headers: Record<string, string>) => {
      const answer = await fetch(`${rig.url}/v1/chat/completions`, {
        method: 'POST',
        body: '{"model":"acme/chat"}',
        headers: { ...json, ...headers },
      });
      return answer.status;
    };
    const authorization = `Bearer ${secretOf('strict')}`;
    const other = secretOf('watched');
    expect(await by({ 'x-api-key': secretOf('strict') })).toBe(200);
    expect(await by({ authorization, 'x-api-key': other })).toBe(401);
  });

  it('lists models to Anthropic’s clients in their own shape', async () => {
    const answer = await fetch(`${rig.url}/v1/models`, {
      headers: {
        'x-api-key': secretOf('strict'),
        'anthropic-version': '2023-06-01',
      },
    });
    const { data } = (await answer.json()) as { data: unknown[] };
    expect(data).toContainEqual(
      expect.objectContaining({ id: 'acme/chat', type: 'model' }),
    );
  });
});
