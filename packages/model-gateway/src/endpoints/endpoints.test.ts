import {
  endpointToken,
  sha256Hex,
  type SnapshotContent,
  type SnapshotGrant,
  type SnapshotKey,
  type UsageBatch,
  type UsageRecord,
} from '@modelhub/governance-protocol';
import OpenAI from 'openai';
import fs from 'node:fs';
import path from 'node:path';
import { Rig, eventually } from '../__testUtils__/rig';
import {
  ScriptedProvider,
  sendEvents,
  sendJson,
} from '../__testUtils__/ScriptedProvider';
import { secretOf, someContent } from '../__testUtils__/TestControlPlane';

// Real servers and, at times, a busy machine.
jest.setTimeout(30_000);

const SECRET = 'a secret of evaluation endpoints, quite long';
const later = new Date(Date.now() + 86_400_000).toISOString();
const earlier = new Date(Date.now() - 86_400_000).toISOString();

const grantOf = (fields: Partial<SnapshotGrant> = {}): SnapshotGrant => ({
  id: 'g-tiny',
  gatewayId: 'acme/tiny',
  version: '1.0',
  tier: 'sandbox',
  purpose: 'experimentation',
  profile: 'strict',
  approvedAt: earlier,
  expiresAt: later,
  ...fields,
});

const modelOf = (gatewayId: string) => ({
  gatewayId,
  entityRef: `model:${gatewayId}`,
  provider: 'acme',
  lifecycle: 'active' as const,
  pricing: { currency: 'USD', inputPerMTok: 1000, outputPerMTok: 1000 },
});

const chatOf = (model: string) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model,
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: 'It runs.' },
      finish_reason: 'stop',
    },
  ],
  usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
});

describe('evaluation endpoints', () => {
  let rig: Rig;
  /** What runs at the endpoint. */
  let endpoint: ScriptedProvider;
  /** Where everything else goes: no call of the key of an endpoint may come here. */
  let hosted: ScriptedProvider;

  const keyOf = (
    id: string,
    fields: Partial<SnapshotKey> = {},
    binding: Partial<SnapshotKey['endpoint']> = {},
  ): SnapshotKey => ({
    id,
    hash: sha256Hex(secretOf(id)),
    profile: 'strict',
    purpose: 'experimentation',
    tier: 'sandbox',
    expiresAt: later,
    endpoint: {
      id: 'ep-1',
      gatewayId: 'acme/tiny',
      version: '1.0',
      baseUrl: endpoint.url,
      model: 'tiny-q4',
      ...binding,
    },
    ...fields,
  });

  function content(): SnapshotContent {
    const others = someContent();
    const at = (baseUrl: string) => ({ baseUrl });
    return {
      ...others,
      profiles: others.profiles.map(profile => ({
        ...profile,
        batches: true,
        cacheSeconds: 600,
      })),
      models: [
        ...others.models,
        modelOf('acme/tiny'),
        modelOf('acme/elsewhere'),
      ],
      grants: [
        ...others.grants,
        grantOf(),
        grantOf({
          id: 'g-tiny-2',
          version: '2.0',
          approvedAt: new Date().toISOString(),
        }),
        grantOf({ id: 'g-elsewhere', gatewayId: 'acme/elsewhere' }),
      ],
      keys: [
        ...others.keys,
        keyOf('mine'),
        keyOf('starting', { endpoint: { id: 'ep-2' } }),
        keyOf('ended', { expiresAt: earlier }),
        keyOf('higher', { tier: 'internal' }),
        keyOf('ungranted', { purpose: 'translate' }),
        keyOf('observing', { profile: 'watched' }),
        keyOf('userinfo', {}, at('http://127.0.0.1@evil.example/v1')),
        keyOf('stranger', {}, at('http://10.0.0.7:9000/v1')),
        keyOf('metadata', {}, at('http://169.254.169.254/latest')),
        keyOf('file', {}, at('file:///etc/passwd')),
        keyOf('other-token', {}, { id: 'ep-9' }),
        keyOf('nobody', {}, at('http://127.0.0.1:1/v1')),
        keyOf('ordinary', { endpoint: undefined }),
      ],
    };
  }

  beforeAll(async () => {
    endpoint = await ScriptedProvider.create();
    hosted = await ScriptedProvider.create((_received, res) =>
      sendJson(res, chatOf('hosted')),
    );
    rig = await Rig.create({
      content: content(),
      providers: [{ name: 'hosted', match: '*', baseUrl: hosted.url }],
      settings: {
        endpoints: { allowedHosts: ['127.0.0.1'] },
        aliases: {
          fast: { targets: [{ model: 'acme/tiny' }] },
        },
        routing: { retries: 0, circuitFailures: 1000 },
      },
      env: { MODELHUB_ENDPOINT_SECRET: SECRET },
    });
  });
  afterAll(async () => {
    await rig.stop();
    await endpoint.stop();
    await hosted.stop();
  });
  beforeEach(() => {
    endpoint.received.length = 0;
    hosted.received.length = 0;
    // As a server that runs behind its own token.
    endpoint.script = ({ headers, json }, res) =>
      headers.authorization === `Bearer ${endpointToken(SECRET, 'ep-1')}`
        ? sendJson(res, chatOf(json.model))
        : sendJson(res, { error: { message: 'who?' } }, 401);
  });

  const call = (key: string, model = 'acme/tiny', more: object = {}) =>
    rig.chat(secretOf(key), { model, ...more });
  const get = async (route: string, key = 'mine') => {
    const answer = await fetch(`${rig.url}${route}`, {
      headers: { authorization: `Bearer ${secretOf(key)}` },
    });
    return { status: answer.status, body: await answer.json() };
  };

  it('are called with their own token, under their own name, and say who answered', async () => {
    const { status, headers, body } = await call('mine');
    expect([status, body]).toMatchObject([200, { model: 'tiny-q4' }]);
    expect(headers.get('x-modelhub-endpoint')).toBe('ep-1');
    expect(headers.get('x-modelhub-model')).toBe('acme/tiny@1.0');
    expect(headers.get('x-modelhub-approval')).toBe('g-tiny');
    expect(endpoint.last.path).toBe('/v1/chat/completions');
    expect(endpoint.last.json.model).toBe('tiny-q4');
    expect(JSON.stringify(endpoint.last.headers)).not.toContain('mh_');
    expect((await call('mine', 'acme/tiny@1.0')).status).toBe(200);
    expect(hosted.received).toEqual([]);
  });

  it.each<[string, string, string, number, string]>([
    ['another model', 'mine', 'acme/elsewhere', 403, 'endpoint_other_model'],
    ['a newer version', 'mine', 'acme/tiny@2.0', 403, 'endpoint_other_model'],
    ['an alias of its model', 'mine', 'fast', 403, 'endpoint_other_model'],
    ['its name at the server', 'mine', 'tiny-q4', 403, 'endpoint_other_model'],
    [
      'a model of the profile',
      'mine',
      'acme/chat',
      403,
      'endpoint_other_model',
    ],
    ['an unknown model', 'mine', 'x/y', 403, 'endpoint_other_model'],
    ['while it starts', 'starting', 'acme/tiny', 403, 'endpoint_not_ready'],
    ['after its end', 'ended', 'acme/tiny', 401, 'invalid_api_key'],
    [
      'with a key of a higher tier',
      'higher',
      'acme/tiny',
      403,
      'model_not_approved',
    ],
    [
      'without an approval',
      'ungranted',
      'acme/tiny',
      403,
      'model_not_approved',
    ],
    [
      'without an approval, where a profile only observes',
      'observing',
      'acme/tiny',
      403,
      'model_not_approved',
    ],
    [
      'at another host behind a user name',
      'userinfo',
      'acme/tiny',
      403,
      'endpoint_host_not_allowed',
    ],
    [
      'at a host that is not configured',
      'stranger',
      'acme/tiny',
      403,
      'endpoint_host_not_allowed',
    ],
    [
      'at a metadata service',
      'metadata',
      'acme/tiny',
      403,
      'endpoint_host_not_allowed',
    ],
    ['in a file', 'file', 'acme/tiny', 403, 'endpoint_host_not_allowed'],
    [
      'with the token of another endpoint',
      'other-token',
      'acme/tiny',
      502,
      'upstream_credentials',
    ],
    [
      'where nobody listens',
      'nobody',
      'acme/tiny',
      502,
      'upstream_unreachable',
    ],
  ])('refuse %s', async (_what, key, model, status, code) => {
    const answer = await call(key, model);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(endpoint.received.length).toBe(key === 'other-token' ? 1 : 0);
    expect(hosted.received).toEqual([]);
  });

  it.each([301, 302, 303, 307, 308])(
    'are not left by a redirect of %d',
    async status => {
      endpoint.script = (_received, res) =>
        sendJson(res, {}, status, { location: `${hosted.url}/chat` });
      const { headers, ...answer } = await call('mine');
      expect([answer.status, answer.body.error.code]).toEqual([
        502,
        'upstream_error',
      ]);
      expect(headers.get('location')).toBeNull();
      expect(hosted.received).toEqual([]);
    },
  );

  it('answer in streams, and every other route that a server has', async () => {
    const client = new OpenAI({
      apiKey: secretOf('mine'),
      baseURL: `${rig.url}/v1`,
      maxRetries: 0,
    });
    endpoint.script = (_received, res) =>
      sendEvents(res, [
        {
          model: 'tiny-q4',
          choices: [{ index: 0, delta: { content: 'It ' } }],
        },
        {
          model: 'tiny-q4',
          choices: [{ index: 0, delta: { content: 'runs' } }],
        },
        '[DONE]',
      ]);
    const stream = await client.chat.completions.create({
      model: 'acme/tiny',
      messages: [{ role: 'user', content: 'Do you?' }],
      stream: true,
    });
    let text = '';
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
    }
    expect(text).toBe('It runs');

    endpoint.script = (_received, res) => sendJson(res, { data: [] });
    for (const route of ['completions', 'embeddings', 'responses']) {
      const answer = await fetch(`${rig.url}/v1/${route}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${secretOf('mine')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ model: 'acme/tiny', input: 'a', prompt: 'a' }),
      });
      expect([route, answer.status, endpoint.last.path]).toEqual([
        route,
        200,
        `/v1/${route}`,
      ]);
      expect(endpoint.last.json.model).toBe('tiny-q4');
    }
  });

  it('are asked each time, whatever the profile has cached', async () => {
    const same = { temperature: 0 };
    expect((await call('ordinary', 'acme/tiny', same)).body).toMatchObject({
      model: 'hosted',
    });
    for (let n = 1; n <= 2; n++) {
      const { headers } = await call('mine', 'acme/tiny@1.0', same);
      expect(headers.get('x-modelhub-cache')).toBeNull();
      expect(endpoint.received).toHaveLength(n);
    }
  });

  it('are the one model that their key lists, and that a decision explains', async () => {
    const ids = async (key: string) => {
      const { body } = await get('/v1/models', key);
      return body.data.map((model: { id: string }) => model.id);
    };
    expect(await ids('mine')).toEqual(['acme/tiny']);
    expect(await ids('starting')).toEqual([]);
    expect(await ids('ungranted')).toEqual([]);
    expect(await ids('stranger')).toEqual([]);
    expect(await ids('ordinary')).toContain('acme/elsewhere');
    expect((await get('/v1/models/acme%2Ftiny')).status).toBe(200);
    expect((await get('/v1/models/acme%2Felsewhere')).status).toBe(403);
    expect((await get('/v1/decision?model=acme/tiny')).body).toMatchObject({
      allowed: true,
      targets: [
        {
          version: '1.0',
          provider: { name: 'evaluation-endpoint', model: 'tiny-q4' },
        },
      ],
    });
    expect((await get('/v1/decision?model=fast')).body).toMatchObject({
      allowed: false,
      targets: [{ code: 'endpoint_other_model' }],
    });
  });

  it('have no files and batches', async () => {
    const { status, body } = await get('/v1/files/file-1');
    expect([status, body.error.code]).toEqual([403, 'batches_not_allowed']);
  });

  it('are recorded without a price by the token', async () => {
    const records: UsageRecord[] = [];
    rig.plane.more = async ({ body }) => {
      const batch = JSON.parse(body || '{}') as Partial<UsageBatch>;
      records.push(...(batch.records ?? []));
      return batch.records && {};
    };
    await call('ordinary', 'acme/elsewhere');
    await call('mine');
    const of = (keyId: string) =>
      records.filter(
        record => record.keyId === keyId && record.outputTokens === 2,
      );
    await eventually(
      'the calls are recorded',
      () => of('mine').length > 0 && of('ordinary').length > 0,
    );
    expect(of('ordinary')[0].costMicros).toBeGreaterThan(0);
    const [record] = of('mine');
    expect(record).toMatchObject({
      provider: 'evaluation-endpoint',
      providerModel: 'tiny-q4',
      model: 'acme/tiny',
      version: '1.0',
      tier: 'sandbox',
      inputTokens: 3,
    });
    expect(record.costMicros).toBeUndefined();
  });

  it('follow what the control plane says at once', async () => {
    const { plane } = rig;
    const before = plane.content;
    const becomes = async (status: number, key: string) =>
      eventually(
        `a call with '${key}' is answered ${status}`,
        async () => (await call(key)).status === status,
      );
    const bound = keyOf('starting', {});
    plane.change({
      keys: before.keys.map(key => (key.id === 'starting' ? bound : key)),
    });
    await becomes(200, 'starting');
    // The approval is suspended, …
    plane.change({ grants: before.grants.filter(({ id }) => id !== 'g-tiny') });
    await becomes(403, 'mine');
    const { body } = await call('mine');
    expect(body.error.reason).toBe('version-not-approved');
    plane.change({ grants: before.grants });
    await becomes(200, 'mine');
    // … and the key revoked.
    plane.change({ keys: before.keys.filter(({ id }) => id !== 'mine') });
    await becomes(401, 'mine');
    plane.change({ keys: before.keys });
    await becomes(200, 'mine');
  });

  it('are called by nobody without configuration, and with the next one again', async () => {
    const { gateway } = rig;
    const config = (endpoints: object | undefined) =>
      gateway.reload(rig.config({ endpoints }));
    await config(undefined);
    const { status, body } = await call('mine');
    expect([status, body.error.code]).toEqual([
      503,
      'endpoints_not_configured',
    ]);
    await config({ allowedHosts: ['*.models.example'] });
    expect((await call('mine')).body.error.code).toBe(
      'endpoint_host_not_allowed',
    );
    await config({ allowedHosts: ['127.0.0.1'] });
    expect((await call('mine')).status).toBe(200);
  });

  it('are learned anew by a gateway whose version before did not know them', async () => {
    const full = () =>
      rig.plane.requests.filter(it => it === 'GET /allowlist/snapshot').length;
    const restart = async () => {
      await rig.gateway.stop();
      const count = full();
      await rig.start();
      return full() - count;
    };
    expect(await restart()).toBe(0);
    fs.rmSync(path.join(rig.stateDir, 'features.json'));
    expect(await restart()).toBe(1);
    expect(await restart()).toBe(0);
  });
});
