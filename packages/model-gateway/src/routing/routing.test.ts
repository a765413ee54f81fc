import type { SnapshotContent } from '@modelhub/governance-protocol';
import { Rig, eventually } from '../__testUtils__/rig';
import { ScriptedProvider, sendJson } from '../__testUtils__/ScriptedProvider';
import { secretOf, someContent } from '../__testUtils__/TestControlPlane';

// Real servers and, at times, a busy machine.
jest.setTimeout(30_000);

/** What tests read of a decision. */
interface Decision {
  targets: Array<{ reason?: string; provider: { circuit: string } }>;
  error: { code: string };
}

describe('routing', () => {
  let rig: Rig;
  let one: ScriptedProvider;
  let two: ScriptedProvider;
  beforeEach(async () => {
    one = await ScriptedProvider.create((_received, res) =>
      sendJson(res, { by: 'one' }),
    );
    two = await ScriptedProvider.create((_received, res) =>
      sendJson(res, { by: 'two' }),
    );
  });
  afterEach(async () => {
    await rig.stop();
    await one.stop();
    await two.stop();
  });

  const providers = () => [
    { name: 'one', match: 'acme/*', baseUrl: one.url, stripPrefix: true },
    { name: 'two', match: 'hosted/*', baseUrl: two.url },
  ];
  const start = (settings: object, content?: SnapshotContent) =>
    Rig.create({ providers: providers(), settings, content });
  const call = (model: string, key = 'strict') =>
    rig.chat(secretOf(key), { model });
  const answeredBy = async (model: string) => {
    const { status, body } = await call(model);
    return body.by ?? [status, body.error.code];
  };
  const fail =
    (status: number, headers = {}) =>
    (_received: unknown, res: Parameters<typeof sendJson>[0]) =>
      sendJson(res, { error: { message: 'no' } }, status, headers);
  const decision = async (model: string, key = 'strict') => {
    const answer = await fetch(
      `${rig.url}/v1/decision?${new URLSearchParams({ model })}`,
      { headers: { authorization: `Bearer ${secretOf(key)}` } },
    );
    return (await answer.json()) as Decision;
  };
  const listed = async () => {
    const answer = await fetch(`${rig.url}/v1/models`, {
      headers: { authorization: `Bearer ${secretOf('strict')}` },
    });
    const { data } = (await answer.json()) as { data: Array<{ id: string }> };
    return data.map(({ id }) => id);
  };

  describe('by alias', () => {
    it('goes to a target by its weight, falls back in order, and tells which', async () => {
      rig = await start({
        aliases: {
          summarizer: {
            targets: [
              { model: 'acme/chat@1.0', weight: 1 },
              { model: 'hosted/gpt', weight: 0 },
            ],
            fallbacks: [{ model: 'acme/unapproved' }, { model: 'hosted/gpt' }],
          },
        },
      });
      const first = await call('summarizer');
      expect([first.body.by, first.headers.get('x-modelhub-model')]).toEqual([
        'one',
        'acme/chat@1.0',
      ]);
      one.script = fail(500);
      const second = await call('summarizer');
      expect([second.body.by, second.headers.get('x-modelhub-model')]).toEqual([
        'two',
        'hosted/gpt@1.0',
      ]);
      // The fallback in between was never asked, because it is not approved.
      expect(one.received.map(({ json }) => json.model)).toEqual([
        'chat',
        'chat',
      ]);
      expect(two.last.json.model).toBe('gpt-2026-01-01');
      expect(await listed()).toContain('summarizer');
    });

    it('is refused when no target is approved, and not listed', async () => {
      rig = await start({
        aliases: {
          wide: {
            targets: [{ model: 'acme/unapproved' }],
            fallbacks: [{ model: 'acme/gone' }],
          },
        },
      });
      const { status, body } = await call('wide');
      expect([status, body.error.model]).toEqual([403, 'acme/unapproved']);
      expect(await listed()).not.toContain('wide');
      expect([one.received, two.received]).toEqual([[], []]);
    });

    it('keeps a key at its target and splits keys by weight', async () => {
      const content = someContent();
      const keys = Array.from({ length: 40 }, (_, n) => ({
        ...content.keys[0],
        id: `key-${n}`,
        hash: content.keys[0].hash.slice(0, -2) + String(n).padStart(2, '0'),
      }));
      rig = await start(
        {
          aliases: {
            canary: {
              targets: [
                { model: 'acme/chat', weight: 3 },
                { model: 'hosted/gpt', weight: 1 },
              ],
              sticky: 'trace',
            },
          },
        },
        { ...content, keys: [...content.keys, ...keys] },
      );
      const by = async (trace: string) => {
        const answer = await fetch(`${rig.url}/v1/chat/completions`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${secretOf('strict')}`,
            'content-type': 'application/json',
            'x-modelhub-trace': trace,
          },
          body: '{"model":"canary","messages":[]}',
        });
        return ((await answer.json()) as { by: string }).by;
      };
      const traces = Array.from({ length: 80 }, (_, n) => `trace-${n}`);
      const before = await Promise.all(traces.map(by));
      expect(await Promise.all(traces.map(by))).toEqual(before);
      const share = before.filter(it => it === 'two').length / traces.length;
      expect(share).toBeGreaterThan(0.1);
      expect(share).toBeLessThan(0.45);
    });

    it('never stands before a model of the same name', async () => {
      const content = someContent();
      const model = { ...content.models[0], gatewayId: 'plain' };
      rig = await start(
        { aliases: { plain: { targets: [{ model: 'acme/chat' }] } } },
        { ...content, models: [...content.models, model] },
      );
      expect((await call('plain')).status).toBe(403);
    });
  });

  describe('when providers fail', () => {
    it.each([429, 502, 503])(
      'asks again after %d, as soon as the provider says',
      async status => {
        rig = await start({});
        one.script = (received, res) => {
          one.script = (_again, later) => sendJson(later, { by: 'one' });
          fail(status, { 'retry-after': '0' })(received, res);
        };
        expect(await answeredBy('acme/chat')).toBe('one');
        expect(one.received).toHaveLength(2);
      },
    );

    it.each([400, 500, 504])('does not ask again after %d', async status => {
      rig = await start({});
      one.script = fail(status);
      await call('acme/chat');
      expect(one.received).toHaveLength(1);
    });

    it('does not wait longer than it may', async () => {
      rig = await start({});
      one.script = fail(429, { 'retry-after': '60' });
      const { status, headers } = await call('acme/chat');
      expect([status, headers.get('retry-after')]).toEqual([429, '60']);
      expect(one.received).toHaveLength(1);
    });

    it('asks no more often than its budget', async () => {
      rig = await start({ routing: { retryBudget: 0, circuitFailures: 99 } });
      one.script = fail(503);
      expect(await answeredBy('acme/chat')).toEqual([
        503,
        'upstream_unavailable',
      ]);
      expect(one.received).toHaveLength(1);
    });

    it('opens the circuit of that model alone, tells when to come again, and tries later', async () => {
      rig = await start({
        routing: { retries: 0, circuitFailures: 3, circuitOpenMs: 1_500 },
      });
      one.script = fail(500);
      for (let n = 0; n < 3; n++) {
        await call('acme/chat');
      }
      const { status, headers, body } = await call('acme/chat');
      expect([status, body.error.code]).toEqual([503, 'circuit_open']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(one.received).toHaveLength(3);
      expect((await decision('acme/chat')).targets[0].provider.circuit).toBe(
        'open',
      );
      one.script = (_received, res) => sendJson(res, { by: 'one' });
      expect(await answeredBy('acme/old')).toBe('one');
      await eventually(
        'it is let through again',
        async () => (await answeredBy('acme/chat')) === 'one',
      );
    });

    it('does not fall back to what was revoked meanwhile', async () => {
      rig = await start({
        aliases: {
          summarizer: {
            targets: [{ model: 'acme/chat' }],
            fallbacks: [{ model: 'hosted/gpt' }],
          },
        },
      });
      one.script = (received, res) => {
        rig.plane.change({
          grants: rig.plane.content.grants.filter(it => it.id !== 'g-hosted'),
        });
        void eventually(
          'it is revoked',
          async () => (await rig.ready()).version === 2,
        ).then(() => fail(500)(received, res));
      };
      expect(await answeredBy('summarizer')).toEqual([502, 'upstream_error']);
      expect(two.received).toHaveLength(0);
    });
  });

  describe('by place', () => {
    const placed = () => [
      {
        name: 'cloud',
        match: 'acme/*',
        baseUrl: one.url,
        placement: 'central',
        regions: ['us'],
        retentionDays: 30,
      },
      {
        name: 'branch',
        match: 'acme/*',
        baseUrl: two.url,
        placement: 'edge',
        regions: ['eu'],
        retentionDays: 0,
      },
    ];
    const flag = (value: string) => ({
      placementFlag: 'model-placement',
      flags: {
        'model-placement': {
          disabled: false,
          variants: { central: 'central', edge: 'edge' },
          defaultVariant: value,
        },
      },
    });

    it.each([
      ['central', 'one'],
      ['edge', 'two'],
    ])('%s, as the flag says', async (value, by) => {
      rig = await Rig.create({
        providers: placed(),
        settings: { flags: flag(value) },
      });
      expect(await answeredBy('acme/chat')).toBe(by);
    });

    it.each<[string, object, string | [number, string]]>([
      ['regions', { regions: ['eu'] }, [403, 'region-not-allowed']],
      ['retention', { maxRetentionDays: 1 }, [403, 'retention-too-long']],
      ['nothing', {}, 'one'],
    ])(
      'only where the purpose’s %s allow it',
      async (_name, bounds, outcome) => {
        rig = await Rig.create({
          providers: placed(),
          content: {
            ...someContent(),
            purposes: [{ id: 'summarise', ...bounds }],
          },
        });
        const { status, body } = await call('acme/chat');
        expect(body.by ?? [status, body.error.reason]).toEqual(outcome);
        expect(await listed()).toEqual(
          outcome === 'one' ? ['acme/chat', 'acme/embed', 'acme/old'] : [],
        );
        const { targets } = await decision('acme/chat');
        expect(targets[0].reason).toBe(
          outcome === 'one' ? undefined : outcome[1],
        );
      },
    );
  });

  it('refuses a tier whose news are too old, and not the others', async () => {
    const content = someContent();
    const highGrant = {
      ...content.grants[0],
      id: 'g-high',
      tier: 'regulated' as const,
    };
    rig = await start(
      {},
      {
        ...content,
        grants: [...content.grants, highGrant],
        tiers: [{ id: 'regulated', maxAgeSeconds: 60 }],
      },
    );
    expect((await call('acme/chat', 'high')).status).toBe(200);
    rig.ahead = 61_000;
    const { status, body } = await call('acme/chat', 'high');
    expect([status, body.error.code]).toEqual([503, 'snapshot_too_old']);
    expect((await call('acme/chat')).status).toBe(200);
    rig.plane.send(
      'heartbeat',
      rig.plane.heartbeat({
        issuedAt: new Date(Date.now() + 60_000).toISOString(),
      }),
    );
    await eventually(
      'the heartbeat counts',
      async () => (await call('acme/chat', 'high')).status === 200,
    );
  });

  it('explains decisions', async () => {
    rig = await start({
      aliases: {
        summarizer: {
          targets: [{ model: 'acme/unapproved' }],
          fallbacks: [{ model: 'hosted/gpt' }],
        },
      },
    });
    expect(await decision('acme/chat')).toMatchObject({
      allowed: true,
      approved: true,
      enforcement: 'enforce',
      profile: 'strict',
      purpose: 'summarise',
      tier: 'internal',
      targets: [
        {
          version: '1.0',
          grant: { id: 'g-chat' },
          provider: { name: 'one', model: 'chat', circuit: 'closed' },
        },
      ],
      snapshot: { version: 1 },
    });
    expect(await decision('summarizer')).toMatchObject({
      alias: true,
      allowed: true,
      targets: [
        {
          model: 'acme/unapproved',
          allowed: false,
          reason: 'not-approved',
          request_access_url: expect.stringContaining('acme%2Funapproved'),
        },
        { model: 'hosted/gpt', allowed: true, grant: { id: 'g-hosted' } },
      ],
    });
    expect(await decision('acme/unapproved', 'watched')).toMatchObject({
      allowed: true,
      approved: false,
      enforcement: 'observe',
      targets: [{ reason: 'not-approved' }],
    });
    expect(await decision('nowhere/model')).toMatchObject({
      allowed: false,
      targets: [{ code: 'no_provider' }],
    });
    expect((await decision('')).error.code).toBe('invalid_model');
  });
});
