import OpenAI from 'openai';
import { Rig } from './__testUtils__/rig';
import { secretOf } from './__testUtils__/TestControlPlane';

// Real servers and, at times, a busy machine.
jest.setTimeout(30_000);

const TEXT = Array.from(
  { length: 8 },
  (_, n) => `Sentence ${n} speaks of models and of sentence ${n}.`,
).join(' ');

describe('calls with the OpenAI client', () => {
  let rig: Rig;
  const client = (name: string) =>
    new OpenAI({
      apiKey: secretOf(name),
      baseURL: `${rig.url}/v1`,
      maxRetries: 0,
    });
  const chat = (model: string, content = TEXT) => ({
    model,
    messages: [{ role: 'user' as const, content }],
  });

  beforeAll(async () => {
    rig = await Rig.create();
  });
  afterAll(() => rig.stop());

  it('answers a plain chat', async () => {
    const { data, response } = await client('strict')
      .chat.completions.create(chat('acme/chat'))
      .withResponse();
    expect(data.choices[0].message.content).toMatch(/^In short: Sentence/);
    expect(data.usage?.completion_tokens).toBeGreaterThan(5);
    expect(data.model).toBe('chat');
    expect(response.headers.get('x-modelhub-model')).toBe('acme/chat@1.0');
    expect(response.headers.get('x-modelhub-approval')).toBe('g-chat');
  });

  it('streams a chat with the same words', async () => {
    const plain = await client('strict').chat.completions.create(
      chat('acme/chat'),
    );
    const stream = await client('strict').chat.completions.create({
      ...chat('acme/chat'),
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = [];
    for await (const chunk of stream) {
      chunks.push(chunk);
    }
    expect(chunks.map(it => it.choices[0]?.delta.content ?? '').join('')).toBe(
      plain.choices[0].message.content,
    );
    expect(chunks.length).toBeGreaterThan(10);
    expect(chunks.at(-1)?.usage).toEqual(plain.usage);
  });

  it('embeds, under the name that the provider knows', async () => {
    const answer = await client('strict').embeddings.create({
      model: 'acme/embed',
      input: ['one', 'two'],
    });
    expect(answer.data).toHaveLength(2);
    expect(answer.data[0].embedding.length).toBeGreaterThan(10);
    expect(rig.upstream.calls.at(-1)).toMatchObject({
      path: '/v1/embeddings',
      model: 'demo-embedding',
    });
  });

  it('sends the pinned provider model and nothing of the caller’s headers', async () => {
    await client('strict').chat.completions.create(chat('hosted/gpt'), {
      headers: { 'x-secret': '1', cookie: 'a=b', 'openai-organization': 'org' },
    });
    const call = rig.upstream.calls.at(-1)!;
    expect(call.model).toBe('gpt-2026-01-01');
    expect(Object.keys(call.headers).sort()).toEqual([
      'accept',
      'connection',
      'content-length',
      'content-type',
      'host',
      'user-agent',
    ]);
    await client('strict').chat.completions.create(chat('acme/chat'));
    expect(rig.upstream.calls.at(-1)?.headers).toHaveProperty('authorization');
  });

  it('lists exactly what it lets through and can route', async () => {
    const ids = (await client('strict').models.list()).data.map(it => it.id);
    expect(ids.sort()).toEqual([
      'acme/chat',
      'acme/embed',
      'acme/old',
      'hosted/gpt',
    ]);
    expect((await client('other-purpose').models.list()).data).toEqual([]);
    expect((await client('strict').models.retrieve('acme/chat')).id).toBe(
      'acme/chat',
    );
    await expect(
      client('strict').models.retrieve('acme/unapproved'),
    ).rejects.toMatchObject({
      status: 403,
    });
  });

  it.each([
    [
      'strict',
      'acme/unapproved',
      'not-approved',
      '/model-governance/request?entityRef=model%3Aacme%2Funapproved&tier=internal&purpose=summarise&profile=strict',
    ],
    [
      'strict',
      'acme/gone',
      'retired',
      '/model-governance/request?entityRef=model%3Aacme%2Fgone&tier=internal&purpose=summarise&profile=strict',
    ],
    [
      'strict',
      'acme/chat@2.0',
      'version-not-approved',
      '/model-governance/request?entityRef=model%3Aacme%2Fchat&tier=internal&purpose=summarise&profile=strict&modelVersion=2.0',
    ],
    ['strict', 'ACME/chat', 'unknown-model', '/models?q=ACME%2Fchat'],
    ['strict', 'acme/*', 'unknown-model', '/models?q=acme%2F*'],
    [
      'strict',
      'none/such model',
      'unknown-model',
      '/models?q=none%2Fsuch+model',
    ],
    [
      'other-purpose',
      'acme/chat',
      'not-approved',
      '/model-governance/request?entityRef=model%3Aacme%2Fchat&tier=internal&purpose=translate&profile=strict',
    ],
    [
      'high',
      'acme/chat',
      'tier-not-covered',
      '/model-governance/request?entityRef=model%3Aacme%2Fchat&tier=regulated&purpose=summarise&profile=strict',
    ],
  ])('refuses key %s model %s: %s', async (key, model, reason, link) => {
    const before = rig.upstream.calls.length;
    const url = `https://portal.example${link}`;
    await expect(
      client(key).chat.completions.create(chat(model)),
    ).rejects.toMatchObject({
      status: 403,
      code: 'model_not_approved',
      type: 'model_access_denied',
      param: 'model',
      error: { request_access_url: url, reason, model },
      message: expect.stringContaining(`Request access: ${url}`),
    });
    expect(rig.upstream.calls).toHaveLength(before);
  });

  it.each([
    ['an unknown key', secretOf('nobody')],
    ['an expired key', secretOf('expired')],
    ['another kind of key', 'sk-abc'],
    ['a key with more behind it', `${secretOf('strict')}x`],
  ])('answers 401 to %s', async (_name, secret) => {
    const { status, body } = await rig.chat(secret, { model: 'acme/chat' });
    expect(status).toBe(401);
    expect(body.error).toMatchObject({
      code: 'invalid_api_key',
      type: 'authentication_error',
    });
  });

  it('says of a deprecated model when it ends and what follows', async () => {
    const { status, headers } = await rig.chat(secretOf('strict'), {
      model: 'acme/old',
    });
    expect(status).toBe(200);
    expect(headers.get('deprecation')).toBe('true');
    expect(headers.get('sunset')).toBe('Tue, 01 Jan 2030 00:00:00 GMT');
    expect(headers.get('link')).toBe(
      '</v1/models/acme%2Fchat>; rel="successor-version"',
    );
  });

  it('only observes or warns where the profile says so', async () => {
    const watched = await rig.chat(secretOf('watched'), {
      model: 'acme/unapproved',
    });
    expect([watched.status, watched.headers.get('x-modelhub-warning')]).toEqual(
      [200, null],
    );
    const warned = await rig.chat(secretOf('warned'), {
      model: 'acme/unapproved',
    });
    expect([warned.status, warned.headers.get('x-modelhub-warning')]).toEqual([
      200,
      expect.stringContaining('not approved (not-approved)'),
    ]);
    expect(await rig.metrics()).toContain(
      'modelhub_gateway_refusals_total{code="not-approved",mode="observe"} 1\n',
    );
    expect(rig.logs.join('\n')).toContain('"uncovered":"not-approved"');
  });

  it('limits the requests of a key and says when to come again', async () => {
    const statuses = [];
    for (let n = 0; n < 3; n++) {
      const { status, headers } = await rig.chat(secretOf('slow'), {
        model: 'acme/chat',
      });
      statuses.push([status, headers.get('retry-after')]);
    }
    expect(statuses).toEqual([
      [200, null],
      [200, null],
      [429, '30'],
    ]);
    rig.ahead = 31_000;
    expect(
      (await rig.chat(secretOf('slow'), { model: 'acme/chat' })).status,
    ).toBe(200);
    rig.ahead = 0;
  });

  it('says which model has no provider', async () => {
    const { status, body } = await rig.chat(secretOf('strict'), {
      model: 'nowhere/model',
    });
    expect([status, body.error.code]).toEqual([503, 'no_provider']);
  });

  it('counts and logs calls without keys and content', async () => {
    await rig.chat(secretOf('strict'), {
      model: 'acme/chat',
      messages: [{ role: 'user', content: 'confidential words' }],
    });
    const metrics = await rig.metrics();
    expect(metrics).toMatch(
      /modelhub_gateway_requests_total\{route="\/v1\/chat\/completions",status="200"\} \d+/,
    );
    expect(metrics).toContain('modelhub_gateway_snapshot_version 1\n');
    const logs = rig.logs.join('\n');
    expect(logs).toContain('"keyId":"strict"');
    expect(logs).not.toContain('confidential');
    expect(logs).not.toContain('mh_');
  });
});
