import { trustKeys, verifyBundle } from '@modelhub/governance-protocol';
import { databaseIds, startPortal, wanted } from '../__testUtils__';
import { startEvaluations } from './__testUtils__/evaluationsWorld';
import { expectOwnInput } from './__testUtils__/ownInput';

jest.setTimeout(60_000);

describe.each(databaseIds)('evaluations in the hub on %s', databaseId => {
  let hub: Awaited<ReturnType<typeof startEvaluations>>;
  beforeAll(async () => {
    hub = await startEvaluations(databaseId);
  });
  afterAll(() => hub.stop());

  it('runs a pack by a click, and hands the result to the check that waits for it', async () => {
    const { portal, upstream } = hub;
    const { body: asked } = await portal.as('dana').post('/approvals', wanted);
    await portal.settle();
    const before = await portal.detail(asked.id);
    expect(before.gates).toEqual([
      expect.objectContaining({
        gateId: 'evaluation',
        status: 'needs-evidence',
      }),
    ]);

    const preview = await portal
      .as('dana')
      .get(
        '/evaluation-runs/preview?entityRef=model%3Ameta%2Fllama&modelVersion=1.0&pack=acme%2Ftickets',
      );
    expect(preview.body).toMatchObject({
      may: true,
      cases: 20,
      requests: 20,
      estimatedCost: { currency: 'USD' },
      gates: ['evaluation'],
      running: [],
      command: expect.stringContaining(
        'modelhub evaluate run evaluationpack:acme/tickets --portal http://localhost:7007',
      ),
    });

    const started = await hub.start({}, 'dana', 'the-first-click');
    expect(started.body).toMatchObject({
      state: 'queued',
      requestedBy: 'user:default/dana',
      team: 'group:default/customer-care',
      pack: { name: 'tickets', version: '1.0.0' },
      mayCancel: true,
    });
    expect(started.status).toBe(201);
    const again = await hub.start({}, 'dana', 'the-first-click');
    expect(again.body.id).toBe(started.body.id);

    await portal.rooms.packRunner.runDue();
    const { body: run } = await portal
      .as('dana')
      .get(`/evaluation-runs/${started.body.id}`);
    expect(run).toMatchObject({
      state: 'finished',
      progress: { done: 20, failed: 0, total: 20 },
      resultId: expect.any(String),
    });
    expect(upstream.asked).toHaveLength(20);
    expect(upstream.asked[0]).toMatchObject({
      model: 'meta/llama@1.0',
      key: 'Bearer secret-of-the-endpoint',
    });

    await portal.settle();
    const after = await portal.detail(asked.id);
    expect(after.gates[0]).toMatchObject({ status: 'pass' });
    expect(after.state).toBe('in-review');

    const { body: list } = await portal
      .as('lara')
      .get('/model-evaluations?entityRef=model%3Ameta%2Fllama');
    expect(list.items).toEqual([
      expect.objectContaining({
        id: run.resultId,
        source: 'hub',
        startedBy: 'user:default/dana',
        submittedBy: 'service:model-governance',
        outcome: 'met',
        isWithdrawn: false,
        cases: { asked: 20, scored: 20, unscored: 0, failed: 0 },
        pack: expect.objectContaining({
          entityRef: 'evaluationpack:acme/tickets',
          standing: 'current',
          title: 'Support tickets',
        }),
        gates: [expect.objectContaining({ gateId: 'evaluation' })],
        criteria: [
          expect.objectContaining({
            metric: 'exact',
            atLeast: 0.6,
            value: 0.9,
            standing: 'met',
          }),
        ],
      }),
    ]);
    // The address and the key of the endpoint are nobody's business.
    expect(JSON.stringify([list, run])).not.toContain('secret-of');

    // By the evidence's id too, which is what checks know.
    const { body: same } = await portal
      .as('lara')
      .get(`/model-evaluations/${list.items[0].gates[0].evidenceId}`);
    expect(same.id).toBe(run.resultId);
    expect(same.columns.ids).toHaveLength(20);
    expect(same.metrics.map((it: { slice?: string }) => it.slice)).toContain(
      'language=de',
    );

    const bundle = await portal
      .as('nora')
      .get(`/approvals/${asked.id}/evidence-bundle`);
    const document = JSON.parse(bundle.text ?? String(bundle.body));
    const keys = trustKeys(
      document.keys.map((key: { publicKey: string }) => key.publicKey),
    );
    expect(await verifyBundle(document, { trustedKeys: keys })).toMatchObject({
      ok: true,
      submissions: 1,
    });
    // It says which cases failed; what they say stays here.
    const payload = Buffer.from(
      document.submissions[0].envelope.payload,
      'base64',
    ).toString();
    expect(payload).toContain('"caseId":"t9"');
    expect(payload).not.toContain('no idea');

    const events = await hub.world
      .knex('ledger_events')
      .whereIn('type', [
        'evaluation.run-started',
        'evidence.submitted',
        'evaluation.run-finished',
      ])
      .orderBy('seq')
      .pluck('type');
    expect(events).toEqual([
      'evaluation.run-started',
      'evidence.submitted',
      'evaluation.run-finished',
    ]);
  });

  it('shows what failed cases say to owners and those who may, and to nobody else', async () => {
    const { portal, world } = hub;
    const { body: list } = await portal
      .as('kai')
      .get('/model-evaluations?pack=acme%2Ftickets&latest=true');
    const [{ id, failures }] = list.items;
    expect(failures).toBe(2);
    const text = JSON.stringify(
      (await portal.as('kai').get(`/model-evaluations/${id}`)).body,
    );
    expect(text).toContain('"caseId":"t9"');
    expect(text).not.toContain('no idea');

    world.permit = name => name !== 'model.evaluation.read-content';
    const path = `/model-evaluations/${id}/failures`;
    const refused = await portal.as('lara').get(path);
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain(
      'model.evaluation.read-content',
    );
    const owner = await portal.as('kai').get(path);
    expect(owner.body.items).toEqual([
      expect.objectContaining({ caseId: 't9', output: 'no idea' }),
      expect.objectContaining({ caseId: 't19' }),
    ]);
    world.permit = () => true;
    expect((await portal.as('lara').get(path)).status).toBe(200);
  });

  it('hides models that the caller does not see, and pages', async () => {
    const { portal, world } = hub;
    expect((await portal.as('dana').get('/model-evaluations')).status).toBe(
      400,
    );
    const gone = world.catalog.get('model:meta/llama')!;
    world.catalog.delete('model:meta/llama');
    const hidden = await portal
      .as('dana')
      .get('/model-evaluations?pack=acme%2Ftickets');
    expect(hidden.body.items).toEqual([]);
    const named = await portal
      .as('dana')
      .get('/model-evaluations?entityRef=model%3Ameta%2Fllama');
    expect(named.status).toBe(404);
    expect(
      (await portal.as('dana').get('/evaluation-runs')).body.items,
    ).toEqual([]);
    world.catalog.set('model:meta/llama', gone);

    const first = await hub.start();
    await portal.rooms.packRunner.runDue();
    expect(first.status).toBe(201);
    const page = await portal
      .as('dana')
      .get('/model-evaluations?entityRef=model%3Ameta%2Fllama&limit=1');
    expect(page.body.items).toHaveLength(1);
    const next = await portal
      .as('dana')
      .get(
        `/model-evaluations?entityRef=model%3Ameta%2Fllama&limit=1&cursor=${page.body.nextCursor}`,
      );
    expect(next.body.items).toHaveLength(1);
    expect(next.body.items[0].id).not.toBe(page.body.items[0].id);
    const latest = await portal
      .as('dana')
      .get('/model-evaluations?entityRef=model%3Ameta%2Fllama&latest=true');
    expect(latest.body.items).toHaveLength(1);

    const compared = await portal
      .as('dana')
      .get(
        `/model-evaluations/${page.body.items[0].id}/compare?with=${next.body.items[0].id}&metric=exact`,
      );
    const report = await portal
      .as('dana')
      .get(
        `/model-evaluations/${page.body.items[0].id}/report?format=html&with=${next.body.items[0].id}`,
      );
    expect(report.headers).toMatchObject({
      'content-type': expect.stringContaining('text/html'),
      'content-security-policy': expect.stringContaining('sandbox'),
      'content-disposition': expect.stringContaining('llama-1.0-tickets.html'),
    });
    expect(report.text).toContain('<svg');
    expect(report.text).toContain('no idea');
    world.permit = name => name !== 'model.evaluation.read-content';
    const plain = await portal
      .as('dana')
      .get(
        `/model-evaluations/${page.body.items[0].id}/report?format=markdown`,
      );
    expect(plain.text).toContain('exact');
    expect(plain.text).not.toContain('no idea');
    world.permit = () => true;
    expect(compared.body.items).toEqual([
      expect.objectContaining({
        metric: 'exact',
        pairs: 20,
        difference: 0,
        candidate: 0.9,
        incumbent: 0.9,
      }),
    ]);
  });

  it('files what somebody measured with own input, attaches it to a request, and shows it to no check', async () => {
    expect.hasAssertions();
    await expectOwnInput(hub);
  });

  it('goes on where a replica was killed, and asks nothing twice', async () => {
    const { portal, world, upstream } = hub;
    const asked = upstream.asked.length;
    // Those after the first twelve hang when the replica dies.
    upstream.hold(input => Number(/\d+/.exec(input)?.[0]) >= 12);
    const { body } = await hub.start();
    const lost = portal.rooms.packRunner.runDue();
    await upstream.held(4);
    const kept = async () =>
      Number(
        (await world.knex('evaluation_run_records').count({ n: '*' }))[0].n,
      );
    expect(await kept()).toBeGreaterThan(1);

    const other = await startPortal(world);
    world.clock.advance(20);
    const taken = other.rooms.packRunner.runDue();
    // It asks what hung, before anything of the lost one comes back.
    await upstream.held(5);
    upstream.release();
    await taken;
    await lost;
    const { body: run } = await other
      .as('dana')
      .get(`/evaluation-runs/${body.id}`);
    expect(run).toMatchObject({ state: 'finished', attempts: 2 });
    const times = new Map<string, number>();
    for (const { input } of upstream.asked.slice(asked)) {
      times.set(input, (times.get(input) ?? 0) + 1);
    }
    expect(times.size).toBe(20);
    // Only what hung when the replica was lost is asked by the other one.
    const twice = [...times].filter(([, n]) => n > 1).map(([input]) => input);
    expect(twice.sort()).toEqual(
      [12, 13, 14, 15].map(n => expect.stringContaining(`Ticket ${n}`)),
    );
    const filed = await world
      .knex('evaluation_results')
      .where({ run_id: body.id });
    expect(filed).toHaveLength(1);
    expect(await kept()).toBe(0);
    await other.stop();
  });

  it('stops at once when it is cancelled, and goes on when it is taken up again', async () => {
    const { portal, upstream, world } = hub;
    upstream.hold(() => true);
    const { body } = await hub.start();
    const running = portal.rooms.packRunner.runDue();
    await upstream.held(1);
    const asked = upstream.asked.length;
    world.permit = name => name !== 'model.evidence.manage';
    const stranger = await portal
      .as('lara')
      .post(`/evaluation-runs/${body.id}/cancel`);
    expect(stranger.status).toBe(403);
    world.permit = () => true;
    const cancelled = await portal
      .as('dana')
      .post(`/evaluation-runs/${body.id}/cancel`, undefined, 'cancel-once');
    expect(cancelled.body).toMatchObject({
      state: 'cancelled',
      mayRetry: true,
    });
    // The model still has not answered: nobody waits for it.
    await running;
    expect(upstream.asked.length).toBeLessThanOrEqual(asked + 3);
    upstream.release();

    const twice = await portal
      .as('dana')
      .post(`/evaluation-runs/${body.id}/cancel`);
    expect(twice.status).toBe(409);
    const retried = await portal
      .as('dana')
      .post(`/evaluation-runs/${body.id}/retry`);
    expect(retried.body.state).toBe('queued');
    await portal.rooms.packRunner.runDue();
    const { body: run } = await portal
      .as('dana')
      .get(`/evaluation-runs/${body.id}`);
    expect(run.state).toBe('finished');
  });

  it('says what to do when the endpoint refuses', async () => {
    const { portal, upstream } = hub;
    upstream.refuse(401);
    const { body } = await hub.start();
    await portal.rooms.packRunner.runDue();
    upstream.refuse(200);
    const { body: run } = await portal
      .as('dana')
      .get(`/evaluation-runs/${body.id}`);
    expect(run).toMatchObject({ state: 'failed', mayRetry: true });
    expect(run.problem).toMatch(/401/);
    await portal.settle();
    expect(hub.world.sent).toContainEqual(
      expect.objectContaining({
        title: 'Support tickets could not be run on model:meta/llama 1.0',
        recipients: ['user:default/dana'],
      }),
    );
  });
});
