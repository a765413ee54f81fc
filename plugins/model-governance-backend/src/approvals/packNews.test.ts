import {
  EVALUATION_RESULT_TYPE,
  type EvaluationResult,
} from '@modelhub/governance-protocol';
import type { EvaluationEvidence } from '@modelhub/backstage-plugin-models-common';
import { databaseIds } from '../__testUtils__';
import { startEvidence } from '../evidence/__testUtils__/evidenceWorld';
import {
  pack,
  resultOf,
  simulated,
} from '../gates/evaluationPack/__testUtils__/results';

jest.setTimeout(120_000);

const gates = `
  evaluation:
    required: true
    params: { packs: [tickets], regression: { margin: 0.05 } }`;
const packRef = 'evaluationpack:default/tickets';

describe.each(databaseIds)('evaluations and approvals on %s', databaseId => {
  let hub: Awaited<ReturnType<typeof startEvidence>>;
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    hub = await startEvidence(databaseId, {}, gates);
    hub.world.catalog.set(packRef, pack({ criteria: [] }));
    for (const modelVersion of ['1.0', '2.0']) {
      const { body } = await hub.issue('kai', {
        owner: 'group:default/ml-platform',
        gates: ['evaluation'],
        modelVersion,
      });
      tokens.set(modelVersion, body.token);
    }
  });
  afterAll(() => hub.portal.stop());

  /** A result of the pack as it is in the catalog now. */
  const measure = async (modelVersion: string, share: number, seed: number) => {
    const at = hub.world.clock.now().toISOString();
    const entity = hub.world.catalog.get(packRef) as ReturnType<typeof pack>;
    const result: EvaluationResult = {
      ...resultOf(entity, { label: simulated(200, share, seed) }),
      target: { gatewayId: 'meta/llama' },
      startedAt: at,
      finishedAt: at,
    };
    const answer = await hub.submit(
      hub.sign(tokens.get(modelVersion) ?? '', result, {
        predicateType: EVALUATION_RESULT_TYPE,
      }),
    );
    expect(answer.status).toBe(201);
    await hub.portal.settle();
  };
  const news = async () => {
    hub.world.clock.advance(10);
    await hub.portal.job('pack-news');
    await hub.portal.settle();
  };
  const evidenceOf = async (id: string) =>
    (await hub.portal.detail(id)).gates[0]
      .evidence as unknown as EvaluationEvidence;
  const typesOf = async () =>
    (await hub.portal.as('nora').get('/ledger?limit=200')).body.items.map(
      ({ type }: { type: string }) => type,
    );

  it('a new version of a pack asks requests for a new run, and tells approvals once', async () => {
    const { portal, world, ask } = hub;
    const live = await ask({ tier: 'sandbox' });
    expect(live.gates[0].status).toBe('needs-evidence');
    await measure('1.0', 0.85, 1);
    expect((await portal.detail(live.id)).state).toBe('approved');
    const open = await ask();
    expect(open.state).toBe('in-review');

    await news();
    expect((await portal.detail(open.id)).state).toBe('in-review');

    const before = await evidenceOf(live.id);
    world.catalog.set(packRef, pack({ criteria: [], version: '1.2.0' }));
    await news();
    const waiting = await portal.detail(open.id);
    expect(waiting.state).toBe('checking');
    expect(waiting.gates[0]).toMatchObject({
      status: 'needs-evidence',
      summary: expect.stringContaining(
        'The pack is at 1.2.0 now; this is a result of 1.1.0. Run it again.',
      ),
    });

    // What was answered stays, and so does what rests on it.
    expect((await portal.detail(live.id)).state).toBe('approved');
    expect(await evidenceOf(live.id)).toEqual(before);
    await news();
    const told = world.sent.filter(payload =>
      JSON.stringify(payload).includes('rests on an older evaluation'),
    );
    expect(told).toMatchObject([
      {
        description:
          'Pack tickets is at 1.2.0 now; this rests on 1.1.0. The approval stays as it is; the next request needs a new run.',
        recipients: ['user:default/dana', 'group:default/ml-platform'],
      },
    ]);
    expect(
      (await typesOf()).filter((type: string) =>
        ['gate.facts-changed', 'gate.evidence-outdated'].includes(type),
      ),
    ).toHaveLength(2);

    await measure('1.0', 0.85, 2);
    expect((await portal.detail(open.id)).state).toBe('in-review');
  });

  it('another version is held against the one that is approved, and again when that one has a new result', async () => {
    const { portal, ask } = hub;
    const weaker = await ask({ tier: 'sandbox', modelVersion: '2.0' });
    await measure('2.0', 0.72, 9);
    const failed = await portal.detail(weaker.id);
    expect(failed.gates[0]).toMatchObject({
      status: 'fail',
      summary: expect.stringContaining(
        'significantly worse than model:meta/llama 1.0 by more than 5 points',
      ),
    });
    expect((await evidenceOf(weaker.id)).packs[0].incumbent).toMatchObject({
      version: '1.0',
      because:
        'Version 1.0 of the same model is approved for support and care (sandbox).',
    });

    // It stands in no other scope, and there is nothing to fear there.
    const elsewhere = await ask({
      tier: 'sandbox',
      modelVersion: '2.0',
      purpose: 'search',
    });
    expect(elsewhere.state).toBe('approved');

    await news();
    expect((await portal.detail(weaker.id)).gates[0].status).toBe('fail');
    hub.world.clock.advance(60_000);
    await measure('1.0', 0.72, 9);
    await news();
    const again = await portal.detail(weaker.id);
    expect(again.gates[0].status).toBe('pass');
  });

  it('requests are checked again when something else serves their purpose, and when it no longer does', async () => {
    const { portal, ask } = hub;
    // Waits for the results that its newest version has not had yet.
    hub.world.catalog.set(packRef, pack({ criteria: [], version: '1.3.0' }));
    await news();
    const open = await ask({ purpose: 'search', tier: 'sandbox' });
    const serving = async () =>
      (await evidenceOf(open.id)).packs[0].incumbent?.version;
    expect(open.gates[0].status).toBe('needs-evidence');
    expect(await serving()).toBe('2.0');

    const { body } = await portal
      .as('nora')
      .get('/approvals?state=approved&tier=sandbox');
    const { id } = body.items.find(
      (it: { purpose: string }) => it.purpose === 'search',
    );
    const revoked = await portal
      .as('nora')
      .command(id, 'revoke', { reason: 'Nobody needs it any more.' });
    expect(revoked.body.state).toBe('revoked');
    await news();
    expect(await serving()).toBeUndefined();

    const other = await ask({
      purpose: 'search',
      tier: 'sandbox',
      modelVersion: '2.0',
    });
    await news();
    expect(await serving()).toBeUndefined();
    await measure('2.0', 0.85, 1);
    expect((await portal.detail(other.id)).state).toBe('approved');
    const before = (await typesOf()).length;
    await news();
    expect(await serving()).toBe('2.0');
    // Once; it is what it went by then.
    await news();
    const since = (await typesOf()).slice(0, -before);
    expect(
      since.filter((type: string) => type === 'gate.facts-changed'),
    ).toHaveLength(1);

    await portal.as('dana').command(open.id, 'withdraw', { reason: 'No.' });
    await measure('1.0', 0.85, 2);
  });

  it('gives nobody an answer that went by an older version', async () => {
    const { portal, world, ask } = hub;
    const withdrawn = await ask({ purpose: 'search' });
    expect(withdrawn.gates[0].status).toBe('pass');
    await portal
      .as('dana')
      .command(withdrawn.id, 'withdraw', { reason: 'No.' });
    const same = await ask({ purpose: 'search' });
    expect(same.gates[0]).toMatchObject({ status: 'pass', fromCache: true });
    await portal.as('dana').command(same.id, 'withdraw', { reason: 'No.' });

    world.catalog.set(packRef, pack({ criteria: [], version: '2.0.0' }));
    await news();
    const later = await ask({ purpose: 'search' });
    expect(later.gates[0]).toMatchObject({
      status: 'needs-evidence',
      fromCache: false,
    });
  });
});
