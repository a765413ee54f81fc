import { randomUUID } from 'node:crypto';
import { databaseIds } from '../__testUtils__/databases';
import {
  plan,
  startOnline,
  type Gateway,
  type OnlineRig,
} from './__testUtils__/startOnline';

jest.setTimeout(60_000);

describe.each(databaseIds)('experiments with live calls on %s', databaseId => {
  let rig: OnlineRig;

  beforeAll(async () => {
    rig = await startOnline(databaseId);
  });
  afterAll(() => rig.stop());
  afterEach(() => rig.tidy());

  it('runs only with the consent of the owner’s lead, to exactly this text', async () => {
    const { world, one, takes, post, planned, read, events } = rig;
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
    const { post } = rig;
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
    const { one, running, read, sample, report } = rig;
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
    const { rooms, one, enrol, takes, post, running, sample, report } = rig;
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

  it('shows experiments to members of the profile, and to nobody else', async () => {
    const { rooms, planned, read } = rig;
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
