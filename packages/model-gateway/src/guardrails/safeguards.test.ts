import { sha256Hex, type SnapshotProfile } from '@modelhub/governance-protocol';
import { randomBytes } from 'node:crypto';
import { Rig, eventually } from '../__testUtils__/rig';
import { secretOf, someContent } from '../__testUtils__/TestControlPlane';
import { runContent } from '../content';

const GITHUB = `ghp_${'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5'}`;
const contentKey = randomBytes(32).toString('base64');
const pay = [{ type: 'function', function: { name: 'pay' } }];

/** The allowlist of the other tests, with a profile of its own for each concern. */
function content(settings: Record<string, Partial<SnapshotProfile>>) {
  const base = someContent();
  const names = Object.keys(settings).sort();
  const byId = <T extends { id: string }>(items: T[]) =>
    items.sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    ...base,
    profiles: byId([
      ...base.profiles,
      ...names.map(id => ({
        id,
        title: id,
        enforcement: 'enforce' as const,
        ...settings[id],
      })),
    ]),
    keys: byId([
      ...base.keys,
      ...names.map(id => ({
        id,
        hash: sha256Hex(secretOf(id)),
        profile: id,
        purpose: 'summarise',
        tier: 'internal' as const,
      })),
    ]),
    grants: byId([
      ...base.grants,
      ...names.map(id => ({
        ...base.grants[0],
        id: `g-${id}`,
        gatewayId: 'acme/chat',
        profile: id,
      })),
    ]),
  };
}

const settings: Record<string, Partial<SnapshotProfile>> = {
  agents: {
    agents: {
      maxCallsPerTrace: 2,
      tools: [
        { match: 'wipe', action: 'deny' },
        { match: 'pay', action: 'ask' },
      ],
      askSeconds: 20,
    },
  },
  cached: { cacheSeconds: 60 },
  clean: {
    sanitation: {
      requests: { secrets: 'redact' },
      responses: { 'personal-data': 'redact' },
    },
  },
  keeping: {
    contentRetentionDays: 7,
    sanitation: { requests: { secrets: 'redact' } },
  },
};

/** This portal has no usage backend. */
const isUsage = (route: string) => route.startsWith('/api/model-usage/');

describe('a gateway with safeguards', () => {
  let rig: Rig;

  beforeEach(async () => {
    rig = await Rig.create({
      content: content(settings),
      env: { MODELHUB_CONTENT_KEY: contentKey },
    });
  });

  afterEach(() => rig.stop());

  const call = (who: string, fields: object, init: RequestInit = {}) =>
    fetch(`${rig.url}/v1/chat/completions`, {
      method: 'POST',
      ...init,
      headers: {
        authorization: `Bearer ${secretOf(who)}`,
        'content-type': 'application/json',
        'x-modelhub-trace': 'task-1',
        ...init.headers,
      },
      body: JSON.stringify({
        model: 'acme/chat',
        messages: [{ role: 'user', content: 'Hello there' }],
        ...fields,
      }),
    });

  const answerOf = async (answer: Response) => {
    const body = await answer.json();
    return body.error?.code ?? body.choices[0].message.content;
  };

  /** A person in the portal who says this. */
  const decide = (decision: object) => {
    const heard: string[] = [];
    rig.plane.more = async ({ method, route, body }) => {
      if (isUsage(route)) return undefined;
      heard.push(`${method} ${route.replace(/[0-9a-f-]{36}/, 'ID')} ${body}`);
      return method === 'POST' ? { state: 'waiting' } : decision;
    };
    return heard;
  };

  it('bounds traces and refuses tools', async () => {
    const tools = [{ type: 'function', function: { name: 'wipe' } }];
    const denied = await call('agents', { tools });
    expect([denied.status, await answerOf(denied)]).toEqual([
      403,
      'tool_denied',
    ]);
    expect((await call('agents', {})).status).toBe(200);
    expect((await call('agents', { seed: 1 })).status).toBe(200);
    const third = await call('agents', { seed: 2 });
    expect([third.status, await answerOf(third)]).toEqual([
      429,
      'trace_budget_exhausted',
    ]);
    const other = { headers: { 'x-modelhub-trace': 'task-2' } };
    expect((await call('agents', {}, other)).status).toBe(200);
  });

  it('holds a call until a person has decided', async () => {
    const heard = decide({ state: 'allowed' });
    const allowed = await call('agents', { tools: pay });
    expect(allowed.status).toBe(200);
    expect(heard[0]).toMatch(
      /^POST \/asks \{"id":"[0-9a-f-]{36}","keyId":"agents","trace":"task-1","model":"acme\/chat","tools":\[\{"name":"pay"/,
    );
    expect(heard[0]).not.toContain('Hello');
    expect(heard[1]).toBe('GET /asks/ID ');

    decide({ state: 'denied', reason: 'Not on a Friday' });
    const denied = await call('agents', { tools: pay });
    expect(denied.status).toBe(403);
    expect(await denied.json()).toMatchObject({
      error: {
        code: 'tool_not_confirmed',
        message: expect.stringMatching(/Not on a Friday/),
      },
    });
  });

  it('withdraws the question when the caller goes away', async () => {
    const heard: string[] = [];
    rig.plane.more = async ({ method, route }) => {
      if (isUsage(route)) return undefined;
      heard.push(method);
      if (method === 'GET') {
        await eventually('the caller is gone', () => heard.includes('DELETE'));
      }
      return { state: method === 'DELETE' ? 'withdrawn' : 'waiting' };
    };
    const leaving = new AbortController();
    const calling = call('agents', { tools: pay }, { signal: leaving.signal });
    const gone = calling.catch(error => error.name);
    await eventually('it was asked', () => heard.includes('GET'));
    leaving.abort();
    expect(await gone).toBe('AbortError');
    await eventually('it was withdrawn', () => heard.includes('DELETE'));
    expect(rig.upstream.calls).toEqual([]);
  });

  it('does not let a held call pass whose key was revoked meanwhile', async () => {
    rig.plane.more = async ({ method, route }) => {
      if (isUsage(route)) return undefined;
      if (method === 'GET') {
        const { version } = await rig.ready();
        rig.plane.change({
          keys: rig.plane.content.keys.filter(({ id }) => id !== 'agents'),
        });
        await eventually(
          'the gateway knows',
          async () => (await rig.ready()).version > version,
        );
      }
      return { state: method === 'GET' ? 'allowed' : 'waiting' };
    };
    expect((await call('agents', { tools: pay })).status).toBe(401);
    expect(rig.upstream.calls).toEqual([]);
  });

  it('masks what is sent and what comes back, streams too', async () => {
    const messages = [
      { role: 'user', content: `${GITHUB} of ann@example.com` },
    ];
    const plain = await call('clean', { messages });
    expect(plain.headers.get('x-modelhub-sanitation')).toBe('secrets/github=1');
    expect(await answerOf(plain)).toMatch(
      /: \[redacted github\] of \[redacted email\]$/,
    );
    const answer = await call('clean', { messages, stream: true });
    const text = await answer.text();
    const pieces = [...text.matchAll(/^data: (\{.*\})$/gm)].map(
      ([, data]) => JSON.parse(data).choices[0]?.delta.content ?? '',
    );
    expect(pieces.join('')).toMatch(
      /: \[redacted github\] of \[redacted email\]$/,
    );
    expect(text).toMatch(/data: \[DONE\]\s*$/);
    const metrics = await rig.metrics();
    expect(metrics).toMatch(
      /sanitation_findings_total\{direction="request",kind="secrets",type="github",action="redact"\} 2/,
    );
    expect(rig.logs.join() + metrics).not.toMatch(/ghp_|ann@/);
  });

  it('repeats answers, until they are no longer allowed', async () => {
    const ask = async (fields: object = {}) => {
      const answer = await call('cached', { temperature: 0, ...fields });
      await answer.text();
      return `${answer.status} ${answer.headers.get('x-modelhub-cache')}`;
    };
    expect([await ask(), await ask()]).toEqual(['200 miss', '200 hit']);
    expect([await ask({ stream: true }), await ask({ stream: true })]).toEqual([
      '200 miss',
      '200 hit',
    ]);
    expect(rig.upstream.calls).toHaveLength(2);
    const { version } = await rig.ready();
    rig.plane.change({
      grants: rig.plane.content.grants.filter(({ id }) => id !== 'g-cached'),
    });
    await eventually(
      'the gateway knows',
      async () => (await rig.ready()).version > version,
    );
    expect(await ask()).toBe('403 null');
  });

  it('keeps content encrypted, for an operator to read', async () => {
    const messages = [{ role: 'user', content: `use ${GITHUB} now` }];
    await answerOf(await call('keeping', { messages }));
    await rig.gateway.stop();
    const lines: string[] = [];
    const args = ['read', '--state-dir', rig.stateDir, '--profile', 'keeping'];
    const code = await runContent(
      args,
      { MODELHUB_CONTENT_KEY: contentKey },
      { print: line => lines.push(line), complain: line => lines.push(line) },
    );
    expect([code, lines.length]).toEqual([0, 1]);
    expect(JSON.parse(lines[0])).toMatchObject({
      trace: 'task-1',
      model: 'acme/chat',
      request: { messages: [{ content: 'use [redacted github] now' }] },
      answer: { object: 'chat.completion' },
    });
    await rig.start();
  });
});

it('refuses what it would have to keep without a key', async () => {
  const rig = await Rig.create({ content: content(settings) });
  const { status, body } = await rig.chat(secretOf('keeping'), {
    model: 'acme/chat',
  });
  expect([status, body.error.code]).toEqual([503, 'content_key_missing']);
  await rig.stop();
});
