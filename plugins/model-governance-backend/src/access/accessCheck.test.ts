import type { Grant } from '@modelhub/backstage-plugin-models-common';
import { databaseIds } from '../__testUtils__/databases';
import { createWorld, startRooms } from '../__testUtils__/startRooms';

jest.setTimeout(60_000);

const entityRef = 'model:meta/llama';

const grant: Grant = {
  approvalId: 'a1',
  kind: 'standard',
  entityRef,
  gatewayId: 'meta/llama',
  modelVersion: '1.0',
  digest: 'sha256:1',
  tier: 'internal',
  purpose: 'summaries',
  profile: 'checkout',
  approvedAt: '2026-11-01T00:00:00.000Z',
  expiresAt: '2026-11-03T00:00:00.000Z',
};

describe.each(databaseIds)('POST /access/check on %s', databaseId => {
  let world: Awaited<ReturnType<typeof createWorld>>;
  let rooms: Awaited<ReturnType<typeof startRooms>>;

  beforeEach(async () => {
    world = await createWorld(databaseId);
    world.outsiders.add('user:default/bob');
    rooms = await startRooms(world, {
      purposes: [{ id: 'summaries', dataClasses: ['internal'] }],
      profiles: [
        { id: 'checkout', members: ['group:default/checkout'] },
        { id: 'search', members: ['group:default/search-discovery'] },
      ],
    });
    await rooms.declare();
  });
  afterEach(async () => {
    await rooms.publisher.stop();
    await rooms.stop();
  });

  const check = async (body: object, as = 'ann') =>
    (
      await rooms.call('POST', '/access/check', {
        as,
        body: { tier: 'internal', ...body },
      })
    ).body;

  async function approve() {
    world.organisation.addModel(entityRef);
    world.grants.push(grant);
    const { ledger, transactions } = rooms.foundation;
    await transactions.run(tx =>
      ledger.append(tx, [
        {
          actor: { kind: 'system' },
          subject: 'approval:a1',
          type: 'approval.approved',
          payload: {},
        },
      ]),
    );
  }

  const yes = {
    allowed: true,
    approvalId: 'a1',
    entityRef,
    gatewayId: 'meta/llama',
    modelVersion: '1.0',
    digest: 'sha256:1',
    expiresAt: '2026-11-03T00:00:00.000Z',
  };

  it('explains what the gateway decides, and what to do next', async () => {
    world.organisation.addModel(entityRef);
    expect(await check({ entityRef, purpose: 'summaries' })).toEqual({
      allowed: false,
      code: 'not-approved',
      message: `Model ${entityRef} is not approved for anybody. Request access.`,
      entityRef,
      tier: 'internal',
      requestUrl:
        'http://portal/model-governance/request?entityRef=model%3Ameta%2Fllama&tier=internal&purpose=summaries',
    });

    await approve();
    expect(await check({ entityRef })).toMatchObject(yes);
    expect(await check({ entityRef: 'Meta/Llama' })).toMatchObject(yes);
    expect(await check({ gatewayId: 'meta/llama@1.0' })).toMatchObject(yes);
    expect(await check({ entityRef, tier: 'sandbox' })).toMatchObject(yes);

    expect(await check({ entityRef }, 'bob')).toMatchObject({
      allowed: false,
      code: 'not-approved',
    });
    expect(await check({ entityRef, tier: 'regulated' })).toMatchObject({
      code: 'tier-not-covered',
      message: expect.stringContaining('Ask for the tier'),
    });
    expect(await check({ entityRef, modelVersion: '2.0' })).toMatchObject({
      code: 'version-not-approved',
    });
    expect(await check({ entityRef, purpose: 'other' })).toMatchObject({
      code: 'not-approved',
    });
    expect(await check({ gatewayId: 'x/unknown' })).toMatchObject({
      code: 'unknown-model',
      requestUrl: 'http://portal/models?q=x%2Funknown',
    });
    expect(await check({ entityRef }, 'stranger')).toMatchObject({
      code: 'no-profile',
    });
    expect((await check({})).error.message).toMatch(/either entityRef or/);
    expect((await check({ entityRef: 'model:meta/' })).error.message).toMatch(
      /not a reference to a model/,
    );
    expect((await check({ entityRef, tier: 'x' })).error.message).toMatch(
      /tier/,
    );

    world.clock.advance(3 * 24 * 3600);
    expect(await check({ entityRef })).toMatchObject({
      code: 'expired',
      message: expect.stringContaining('renewal'),
    });
  });

  it('holds a changed purpose against what models say, at once', async () => {
    await approve();
    world.organisation.addModel(entityRef, {
      data: { regions: ['us'], retentionDays: 30 },
      pricing: { inputPerMTok: 0.6, currency: 'EUR' },
    });
    await rooms.jobs.find(job => job.id.endsWith('listings'))?.run();
    expect((await rooms.publisher.current()).content.models).toMatchObject([
      {
        regions: ['us'],
        retentionDays: 30,
        pricing: { currency: 'EUR', inputPerMTok: 0.6 },
      },
    ]);
    expect(await check({ entityRef })).toMatchObject(yes);
    const change = async (more: object) =>
      (
        await rooms.call('PUT', '/purposes/summaries', {
          as: 'admin',
          body: {
            id: 'summaries',
            title: 'Summaries',
            dataClasses: ['internal'],
            regions: [],
            ...more,
          },
        })
      ).status;
    expect(await change({ maxRetentionDays: 7 })).toBe(200);
    expect(await check({ entityRef })).toMatchObject({
      allowed: false,
      code: 'retention-too-long',
    });
    expect(await change({ regions: ['eu'] })).toBe(200);
    expect(await check({ entityRef })).toMatchObject({
      code: 'region-not-allowed',
      message: expect.stringContaining('Choose a model that runs in a region'),
    });
    expect(await change({ regions: ['eu', 'us'] })).toBe(200);
    expect(await check({ entityRef })).toMatchObject(yes);
  });

  it('answers for a model that the caller may not see as for one that is not there', async () => {
    await approve();
    world.hidden.add(entityRef);
    const other = 'model:meta/lemon';
    const hidden = await check({ entityRef });
    expect(hidden).toMatchObject({ allowed: false, code: 'unknown-model' });
    expect(JSON.stringify(hidden).replaceAll(entityRef, other)).toBe(
      JSON.stringify(await check({ entityRef: other })),
    );

    for (const version of ['', '@1.0']) {
      const byId = await check({ gatewayId: `meta/llama${version}` });
      expect(byId).toMatchObject({ allowed: false, code: 'unknown-model' });
      expect(JSON.stringify(byId)).not.toMatch(/a1|model:/);
      expect(JSON.stringify(byId).replaceAll('llama', 'lemon')).toBe(
        JSON.stringify(await check({ gatewayId: `meta/lemon${version}` })),
      );
    }
    // Services are the hub's own; they see what there is.
    expect(await check({ entityRef }, 'service')).toMatchObject(yes);
  });

  it('tells of a profile to its members and to those who look after all', async () => {
    await approve();
    const question = { entityRef, profile: 'checkout' };
    const refused = await check(question, 'bob');
    expect(refused).toEqual({
      allowed: false,
      code: 'not-a-member',
      message: expect.stringContaining(
        "not a member of access profile 'checkout'",
      ),
      tier: 'internal',
    });
    expect(
      await check({ ...question, entityRef: 'model:x/none' }, 'bob'),
    ).toEqual(refused);
    expect(
      await check(
        { ...question, gatewayId: 'meta/llama', entityRef: undefined },
        'bob',
      ),
    ).toEqual(refused);

    for (const as of ['ann', 'admin', 'service']) {
      expect(await check(question, as)).toMatchObject(yes);
    }
    world.outsiders.delete('user:default/bob');
    expect(await check(question, 'bob')).toMatchObject(yes);
  });
});
