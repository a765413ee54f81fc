import type {
  Grant,
  OnlineExperimentDetail,
} from '@modelhub/backstage-plugin-models-common';
import {
  generateSigningKey,
  type OnlineBatch,
  type OnlineSample,
  type SignedSnapshot,
} from '@modelhub/governance-protocol';
import { randomUUID } from 'node:crypto';
import { databaseIds } from '../__testUtils__/databases';
import {
  createWorld,
  proofHeader,
  startRooms,
} from '../__testUtils__/startRooms';

jest.setTimeout(60_000);

const config = {
  gateways: [
    { name: 'one', enrolmentToken: 'the-token-of-gateway-one' },
    { name: 'two', enrolmentToken: 'the-token-of-gateway-two' },
  ],
  purposes: [
    {
      id: 'summaries',
      title: 'Summaries',
      dataClasses: ['internal'],
      regions: [],
    },
  ],
  profiles: [
    {
      id: 'checkout',
      title: 'Checkout',
      owner: 'group:default/checkout',
      members: ['group:default/checkout', 'group:default/search-discovery'],
      enforcement: 'enforce',
    },
  ],
};

const grant = (id: string, gatewayId: string): Grant => ({
  approvalId: id,
  kind: 'standard',
  entityRef: `model:${gatewayId}`,
  gatewayId,
  modelVersion: '1.0',
  digest: `sha256:${id}`,
  tier: 'internal',
  purpose: 'summaries',
  profile: 'checkout',
  approvedAt: '2026-11-01T00:00:00.000Z',
  expiresAt: '2027-12-01T00:00:00.000Z',
});

const plan = {
  title: 'Is the small one good enough?',
  profile: 'checkout',
  purpose: 'summaries',
  tiers: ['internal'],
  control: 'meta/llama',
  challenger: 'qwen/qwen3',
  share: 0.5,
  sampling: 0.5,
  scorers: [{ metric: 'is_json', type: 'json-schema', schema: '{}' }],
  stopRule: { metric: 'is_json', margin: 0.05 },
  days: 14,
};

type Gateway = { gatewayId: string; privateKey: string };

describe.each(databaseIds)('experiments with live calls on %s', databaseId => {
  let world: Awaited<ReturnType<typeof createWorld>>;
  let rooms: Awaited<ReturnType<typeof startRooms>>;
  let one: Gateway;

  beforeAll(async () => {
    world = await createWorld(databaseId);
    world.organisation.groups['group:default/checkout'].push(
      'user:default/cleo',
    );
    world.organisation.leads['group:default/checkout'] = ['user:default/ann'];
    world.grants = [grant('a', 'meta/llama'), grant('b', 'qwen/qwen3')];
    rooms = await startRooms(world, config);
    await rooms.declare();
    one = await enrol('one');
    await takes(one);
  });
  afterAll(async () => {
    await rooms.publisher.stop();
    await rooms.stop();
  });
  // What one test leaves running would be in the way of the next.
  afterEach(async () => {
    for (const id of await world
      .knex('online_experiments')
      .whereIn('state', ['planned', 'running'])
      .pluck('id')) {
      await rooms.onlineWatch.end(id, { kind: 'person', reason: 'Tidied up' });
    }
  });

  async function enrol(name: string): Promise<Gateway> {
    const key = generateSigningKey();
    const { body } = await rooms.call('POST', '/gateways/enrol', {
      body: {
        token: `the-token-of-gateway-${name}`,
        name,
        publicKey: key.publicKey,
      },
    });
    return { privateKey: key.privateKey, gatewayId: body.gatewayId };
  }
  const send = (gateway: Gateway, method: string, path: string, more = {}) =>
    rooms.call(method, path, {
      ...more,
      headers: {
        ...proofHeader(gateway, { method, path, now: world.clock.now() }),
        'x-modelhub-gateway-features': 'experiments',
        ...(more as { headers?: object }).headers,
      },
    });
  /** The experiments of the allowlist that a gateway takes. */
  async function takes(gateway: Gateway, headers?: object) {
    const { body } = await send(gateway, 'GET', '/allowlist/snapshot', {
      headers,
    });
    const { payload } = body as SignedSnapshot;
    return payload.kind === 'full'
      ? payload.content.profiles[0].experiments
      : undefined;
  }
  const post = (path: string, as: string, body: object = {}) =>
    rooms.call('POST', `/online-experiments${path}`, { as, body });
  async function planned(more: object = {}): Promise<OnlineExperimentDetail> {
    const { status, body } = await post('', 'cleo', { ...plan, ...more });
    expect([status, body.error]).toEqual([201, undefined]);
    return body;
  }
  async function running(more: object = {}): Promise<OnlineExperimentDetail> {
    const { id, consentTextHash } = await planned(more);
    const { status, body } = await post(`/${id}/consent`, 'ann', {
      textHash: consentTextHash,
    });
    expect([status, body.error]).toEqual([200, undefined]);
    return body;
  }
  const read = async (id: string, as = 'ann') =>
    (await rooms.call('GET', `/online-experiments/${id}`, { as })).body;
  const sample = (
    experiment: string,
    arm: 'control' | 'challenger',
    more: Partial<OnlineSample> = {},
  ): OnlineSample => ({
    id: randomUUID(),
    experiment,
    arm,
    at: world.clock.now().toISOString(),
    bucket: 0,
    outcome: 'scored',
    scores: { is_json: 1 },
    latencyMs: 100,
    outputTokens: 5,
    costMicros: 20,
    currency: 'USD',
    ...more,
  });
  const report = (gateway: Gateway, batch: Partial<OnlineBatch>) =>
    send(gateway, 'POST', '/online-batches', {
      body: {
        batchId: randomUUID(),
        samples: [],
        tallies: [],
        notes: [],
        ...batch,
      },
    });
  /** So many calls of each arm, in 20 groups of callers. */
  async function calls(
    id: string,
    many: { rounds: number; good: [number, number]; failed?: number },
  ) {
    for (let round = 0; round < many.rounds; round++) {
      const arms = ['control', 'challenger'] as const;
      const { status } = await report(one, {
        samples: arms.flatMap((arm, at) =>
          Array.from({ length: 60 }, (_, n) =>
            sample(id, arm, {
              bucket: n % 20,
              // Spread over the groups, so that they are alike.
              scores: {
                is_json:
                  (n + 3 * Math.floor(n / 20) + round) % 10 < many.good[at] * 10
                    ? 1
                    : 0,
              },
            }),
          ),
        ),
        tallies: arms.flatMap(arm =>
          Array.from({ length: 20 }, (_, bucket) => ({
            experiment: id,
            arm,
            bucket,
            calls: 6,
            failed: arm === 'challenger' ? many.failed ?? 0 : 0,
          })),
        ),
      });
      expect(status).toBe(200);
    }
  }
  const events = (subject: string): Promise<string[]> =>
    world
      .knex('ledger_events')
      .where({ subject: `online-experiment:${subject}` })
      .orderBy('seq')
      .pluck('type');

  it('runs only with the consent of the owner’s lead, to exactly this text', async () => {
    const it = await planned();
    expect(it).toMatchObject({
      state: 'planned',
      control: { gatewayId: 'meta/llama', version: '1.0' },
      challenger: { gatewayId: 'qwen/qwen3', version: '1.0' },
      mayConsent: false,
      mayNotConsentBecause: expect.stringMatching(/user:default\/ann/),
    });
    expect(it.consentText).toMatch(/50 % of the callers get answers of qwen/);
    expect(await takes(one)).toBeUndefined();
    const consent = (as: string, textHash = it.consentTextHash) =>
      post(`/${it.id}/consent`, as, { textHash });
    expect(await consent('cleo')).toMatchObject({ status: 403 });
    expect(await consent('admin')).toMatchObject({ status: 403 });
    expect(await consent('stranger')).toMatchObject({ status: 404 });
    const other = await consent('ann', 'f'.repeat(64));
    expect(other.status).toBe(409);
    expect(other.body.error.message).toMatch(/read the text once more/);

    const { status, body } = await consent('ann');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'running',
      consent: { by: 'user:default/ann', textHash: it.consentTextHash },
      startsAt: '2026-11-02T09:00:00.000Z',
      endsAt: '2026-11-16T09:00:00.000Z',
    });
    const [sent] = (await takes(one)) ?? [];
    expect(sent).toMatchObject({
      id: it.id,
      control: { gatewayId: 'meta/llama', version: '1.0' },
      share: 0.5,
      salt: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(JSON.stringify(await read(it.id))).not.toContain(sent.salt);
    expect(JSON.stringify(await world.knex('idempotency_keys'))).not.toContain(
      sent.salt,
    );

    const again = await planned();
    expect(
      (
        await post(`/${again.id}/consent`, 'ann', {
          textHash: again.consentTextHash,
        })
      ).body.error.message,
    ).toMatch(/has the same calls/);

    const withdrawn = await post(`/${it.id}/stop`, 'ann', {
      reason: 'We go live tomorrow',
      withdrawConsent: true,
    });
    expect(withdrawn.body).toMatchObject({
      state: 'stopped',
      stop: { kind: 'withdrawn', by: 'user:default/ann' },
    });
    expect(await takes(one)).toBeUndefined();
    expect(
      await world.knex('online_experiments').where({ id: it.id }).first('salt'),
    ).toEqual({ salt: null });
    expect(await events(it.id)).toEqual([
      'online.planned',
      'online.consented',
      'online.consent-withdrawn',
    ]);
  });

  it('refuses plans that go round the allowlist, the tiers or the owner', async () => {
    const problem = async (more: object, as = 'cleo') => {
      const { status, body } = await post('', as, { ...plan, ...more });
      return `${status} ${body.error?.message}`;
    };
    expect(await problem({ challenger: 'acme/unknown' })).toMatch(
      /400 .*never opens a model/,
    );
    expect(await problem({ tiers: ['regulated'] })).toMatch(
      /400 .*not allowed with calls of tier 'regulated'/,
    );
    expect(await problem({}, 'bob')).toMatch(/403 Only owners/);
    expect(await problem({}, 'stranger')).toMatch(/400 There is no access/);
    expect(await problem({ challenger: 'meta/llama@1.0' })).toMatch(
      /the same version/,
    );
    expect(await problem({ challenger: undefined })).toMatch(
      /Name a challenger/,
    );
    expect(await problem({ stopRule: { metric: 'x', margin: 0 } })).toMatch(
      /no metric 'x' to stop by/,
    );
    expect(
      await problem({
        scorers: [{ metric: 'cites', type: 'regex', pattern: '(' }],
      }),
    ).toMatch(/400 The metric 'cites' cannot be read/);
    expect(await problem({ gateways: [randomUUID()] })).toMatch(
      /no enrolled gateway/,
    );
    expect(await problem({ share: 0.6 })).toMatch(/400/);
    expect(await problem({ days: 31 })).toMatch(/400/);
  });

  it('takes each batch and each sample once, and nothing but scores', async () => {
    const { id } = await running();
    const batch = {
      batchId: randomUUID(),
      samples: [sample(id, 'control'), sample(id, 'challenger')],
      tallies: [
        {
          experiment: id,
          arm: 'control' as const,
          bucket: 3,
          calls: 4,
          failed: 1,
        },
      ],
      notes: [{ experiment: id, optedOut: 2, dropped: 1, refused: 0 }],
    };
    const first = await report(one, batch);
    expect(first.body).toEqual({
      batchId: batch.batchId,
      accepted: 2,
      refused: [],
    });
    expect((await report(one, batch)).body).toEqual(first.body);
    // The same samples in another batch are no news either.
    expect((await report(one, { samples: batch.samples })).body.accepted).toBe(
      0,
    );
    const shown = await read(id);
    expect(shown.calls).toEqual({
      control: 4,
      challenger: 0,
      optedOut: 2,
      dropped: 1,
      refused: 0,
    });
    const figure = (metric: string) =>
      shown.figures.find((it: { metric: string }) => it.metric === metric);
    expect(figure('failed').control.mean).toBe(0.25);
    expect(figure('latency').control).toMatchObject({ mean: 100, calls: 1 });
    expect(figure('cost')).toMatchObject({
      unit: 'USD',
      challenger: { mean: 0.00002 },
    });

    const leak = { ...sample(id, 'control'), text: 'the prompt' };
    const leaked = await report(one, { samples: [leak] });
    expect(leaked.status).toBe(400);
    expect(leaked.body.error.message).toMatch(/unknown field 'text'/);
    const stray = sample(id, 'control', { scores: { name: 7 } });
    await report(one, { samples: [stray] });
    expect(
      (await read(id)).figures.map((it: { metric: string }) => it.metric),
    ).not.toContain('name');
  });

  it('takes nothing of a gateway that does not take part, nor of what is over', async () => {
    const two = await enrol('two');
    await takes(two);
    const { id } = await running({ gateways: [one.gatewayId] });
    const reasons = async (gateway: Gateway, experiment: string) =>
      (await report(gateway, { samples: [sample(experiment, 'control')] })).body
        .refused;
    expect(await reasons(one, id)).toEqual([]);
    expect(await reasons(two, id)).toEqual([
      { experiment: id, reason: 'This gateway does not take part in it.' },
    ]);
    const unknown = randomUUID();
    expect(await reasons(one, unknown)).toEqual([
      { experiment: unknown, reason: 'There is no such experiment.' },
    ]);
    expect(
      await rooms.call('POST', '/online-batches', {
        as: 'admin',
        body: { batchId: randomUUID(), samples: [], tallies: [], notes: [] },
      }),
    ).toMatchObject({ status: 401 });
    // From before it began, or from a future that nobody knows.
    const odd = await report(one, {
      samples: [
        sample(id, 'control', { at: '2026-10-01T00:00:00.000Z' }),
        sample(id, 'control', { at: '2027-10-01T00:00:00.000Z' }),
      ],
    });
    expect(odd.body.accepted).toBe(0);
    await post(`/${id}/stop`, 'cleo', { reason: 'Enough' });
    expect(await reasons(one, id)).toEqual([
      { experiment: id, reason: 'It is over.' },
    ]);
  });

  it('stops by itself when the challenger is worse by more than the margin', async () => {
    const { id } = await running();
    await calls(id, { rounds: 3, good: [0.9, 0.5] });
    await rooms.onlineWatch.run();
    const shown = await read(id);
    expect(shown).toMatchObject({
      state: 'stopped',
      stop: {
        kind: 'worse',
        reason: expect.stringMatching(/0\.5 ratio .* against 0\.9/),
      },
    });
    expect(shown.figures).toContainEqual(
      expect.objectContaining({
        metric: 'is_json',
        margin: 0.05,
        comparison: expect.objectContaining({ standing: 'worse' }),
      }),
    );
    expect(await takes(one)).toBeUndefined();
    expect(
      await world
        .knex('outbox')
        .where('payload', 'like', '%stopped by itself%')
        .andWhere('payload', 'like', `%${id}%`),
    ).not.toEqual([]);

    // Its results are results as any, once the last scores have come.
    world.clock.advance(61);
    await rooms.onlineWatch.run();
    await rooms.onlineWatch.run();
    const rows = await world
      .knex('evaluation_results')
      .where('document', 'like', `%${id}%`)
      .orderBy('entity_ref');
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatchObject({
      entity_ref: 'model:qwen/qwen3',
      model_version: '1.0',
      pin: 'sha256:b',
      source: 'online',
      suite: `online/checkout/${id.slice(0, 8)}`,
    });
    const document = JSON.parse(rows[1].document);
    // It may have stopped before the last round.
    const scored = shown.calls.challenger / 2;
    expect(scored).toBeGreaterThanOrEqual(60);
    expect(document).toMatchObject({
      partial: true,
      pack: { type: 'online', cases: scored },
      settings: {
        arm: 'challenger',
        calls: shown.calls.challenger,
        keptCalls: scored,
      },
    });
    expect(document.cases.ids).toHaveLength(scored);
    expect(document.metrics).toContainEqual(
      expect.objectContaining({ name: 'is_json', value: 0.5, samples: scored }),
    );
    expect((await read(id)).results).toEqual([
      expect.objectContaining({ arm: 'control', id: rows[0].id }),
      expect.objectContaining({ arm: 'challenger', id: rows[1].id }),
    ]);
    expect(await events(id)).toEqual([
      'online.planned',
      'online.consented',
      'online.stopped',
      'online.filed',
      'online.filed',
    ]);
  });

  it('goes on when both are alike, stops when the challenger fails, and ends in time', async () => {
    const { id } = await running({ stopRule: undefined });
    await calls(id, { rounds: 2, good: [0.9, 0.9] });
    await rooms.onlineWatch.run();
    expect((await read(id)).state).toBe('running');
    await calls(id, { rounds: 2, good: [0.9, 0.9], failed: 6 });
    await rooms.onlineWatch.run();
    expect(await read(id)).toMatchObject({
      state: 'stopped',
      stop: { kind: 'failing' },
    });

    const other = await running({ stopRule: undefined });
    await calls(other.id, { rounds: 1, good: [0.9, 0.7] });
    world.clock.advance(14 * 86_400);
    await rooms.onlineWatch.run();
    const ended = await read(other.id);
    expect(ended).toMatchObject({ state: 'ended', stop: { kind: 'time' } });
    const { comparison } = ended.figures.find(
      (it: { metric: string }) => it.metric === 'is_json',
    );
    const width = ([low, high]: number[]) => high - low;
    expect(width(comparison.finalInterval)).toBeLessThan(
      width(comparison.interval),
    );
  });

  it('ends when a model is not allowed any more, and when the consenter leads no more', async () => {
    const { transactions, ledger } = rooms.foundation;
    const news = () =>
      transactions.run(tx =>
        ledger.append(tx, [
          {
            actor: { kind: 'system' },
            subject: 'approval:b',
            type: 'approval.revoked',
            payload: {},
          },
        ]),
      );
    const first = await running();
    world.grants = [grant('a', 'meta/llama')];
    await news();
    await rooms.onlineWatch.run();
    expect(await read(first.id)).toMatchObject({
      state: 'stopped',
      stop: { kind: 'not-allowed', reason: expect.stringMatching(/qwen/) },
    });
    world.grants = [grant('a', 'meta/llama'), grant('b', 'qwen/qwen3')];
    await news();

    const second = await running();
    world.organisation.leads['group:default/checkout'] = ['user:default/cleo'];
    await rooms.onlineWatch.run();
    world.organisation.leads['group:default/checkout'] = ['user:default/ann'];
    expect(await read(second.id)).toMatchObject({
      state: 'stopped',
      stop: { kind: 'withdrawn' },
    });
  });

  it('neither starts nor goes on with a gateway that is too old for it', async () => {
    const two = await enrol('two');
    const { id } = await running();
    expect(await takes(two)).toHaveLength(1);
    // An older version of it comes back: it would refuse the whole allowlist.
    expect(
      await takes(two, { 'x-modelhub-gateway-features': '' }),
    ).toBeUndefined();
    expect(await read(id)).toMatchObject({
      state: 'stopped',
      stop: {
        kind: 'old-gateway',
        reason: expect.stringMatching(/gateway two/),
      },
    });
    const next = await planned();
    const refused = await post(`/${next.id}/consent`, 'ann', {
      textHash: next.consentTextHash,
    });
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toMatch(/do not know experiments.*two/);
    await takes(two);
    expect(
      await post(`/${next.id}/consent`, 'ann', {
        textHash: next.consentTextHash,
      }),
    ).toMatchObject({ status: 200 });
  });

  it('shows experiments to members of the profile, and to nobody else', async () => {
    const { id } = await planned();
    const list = async (as: string, query = '') =>
      (await rooms.call('GET', `/online-experiments${query}`, { as })).body;
    expect(
      (await list('bob')).items.map((it: { id: string }) => it.id),
    ).toContain(id);
    expect(await list('bob')).toMatchObject({ mayCreate: false });
    expect(await list('cleo')).toMatchObject({ mayCreate: true });
    expect(await list('stranger')).toEqual({ items: [], mayCreate: false });
    expect(await list('ann', '?entityRef=model%3Aacme%2Fother')).toEqual({
      items: [],
      mayCreate: true,
    });
    expect(await read(id, 'stranger')).toMatchObject({
      error: { name: 'NotFoundError' },
    });
  });
});
