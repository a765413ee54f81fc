import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  modelApprovalReadPermission,
  type Approval,
} from '@modelhub/backstage-plugin-models-common';
import {
  createPortalWorld,
  databaseIds,
  startPortal,
  wanted,
  type Portal,
  type PortalWorld,
} from '../__testUtils__';
import {
  createModelApprovalConditionalDecision,
  modelApprovalConditions as is,
} from './rules';

jest.setTimeout(120_000);

type Criteria = Parameters<typeof createModelApprovalConditionalDecision>[1];

describe.each(databaseIds)('permissions on approvals on %s', databaseId => {
  let world: PortalWorld;
  let portal: Portal;

  beforeEach(async () => {
    world = await createPortalWorld(databaseId);
    portal = await startPortal(world);
    for (const [as, tier] of [
      ['dana', 'sandbox'],
      ['dana', 'internal'],
      ['lee', 'customer-facing'],
    ]) {
      await portal.as(as).post('/approvals', { ...wanted, tier });
      await portal.settle();
    }
  });

  afterEach(() => portal.stop());

  const readIf = (criteria: Criteria) => {
    world.permit = permission =>
      permission === 'model.approval.read'
        ? createModelApprovalConditionalDecision(
            modelApprovalReadPermission,
            criteria,
          )
        : true;
  };

  const seen = async () => {
    const { body } = await portal.as('kai').get('/approvals?limit=2');
    const rest = body.nextCursor
      ? await portal
          .as('kai')
          .get(`/approvals?limit=2&cursor=${body.nextCursor}`)
      : undefined;
    const items: Approval[] = [...body.items, ...(rest?.body.items ?? [])];
    // The count never tells of what the list hides.
    expect(body.totalItems).toBe(items.length);
    return items.map(({ tier }) => tier).sort();
  };

  it.each<[string, Criteria, string[]]>([
    [
      'requester',
      is.isRequester({ claims: ['user:default/dana'] }),
      ['internal', 'sandbox'],
    ],
    [
      'owner',
      is.isModelOwner({ claims: ['group:default/ml-platform'] }),
      ['customer-facing', 'internal', 'sandbox'],
    ],
    ['other owner', is.isModelOwner({ claims: ['group:default/legal'] }), []],
    ['tier', is.hasTier({ tiers: ['internal'] }), ['internal']],
    ['state', is.hasState({ states: ['approved'] }), ['sandbox']],
    [
      'signer by group',
      is.isSigner({ claims: ['group:default/legal'] }),
      ['customer-facing'],
    ],
    [
      'signer by name',
      is.isSigner({ claims: ['user:default/priya'] }),
      ['customer-facing', 'internal'],
    ],
    [
      'both',
      {
        allOf: [
          is.isRequester({ claims: ['user:default/dana'] }),
          is.hasState({ states: ['in-review'] }),
        ],
      },
      ['internal'],
    ],
    [
      'either',
      {
        anyOf: [
          is.hasTier({ tiers: ['sandbox'] }),
          is.isRequester({ claims: ['user:default/lee'] }),
        ],
      },
      ['customer-facing', 'sandbox'],
    ],
    [
      'neither',
      { not: is.hasTier({ tiers: ['sandbox', 'internal'] }) },
      ['customer-facing'],
    ],
  ])('lists by %s in SQL as the rule says', async (_, criteria, expected) => {
    readIf(criteria);
    expect(await seen()).toEqual(expected);
    // One by one the rules say the same.
    const rows = await world.knex('approvals').select('id', 'tier');
    for (const { id, tier } of rows) {
      const { status } = await portal.as('kai').get(`/approvals/${id}`);
      expect([tier, status]).toEqual([
        tier,
        expected.includes(tier) ? 200 : 404,
      ]);
    }
  });

  it('shows nothing to whom everything is denied', async () => {
    world.permit = permission => permission !== 'model.approval.read';
    const { body } = await portal.as('kai').get('/approvals');
    expect(body).toEqual({ items: [], totalItems: 0 });
    const { id } = await world.knex('approvals').first('id');
    for (const path of [`/approvals/${id}`, `/approvals/${id}/timeline`]) {
      expect((await portal.as('kai').get(path)).status).toBe(404);
    }
    const standing = await portal.as('kai').get('/models/meta/llama/standing');
    expect(standing.body).toMatchObject({
      openRequests: [],
      heldApprovals: [],
    });
    const { status } = await portal
      .as('priya')
      .command(id, 'approve', { role: 'lead' });
    expect(status).toBe(404);
  });

  it('asks the permission of each command', async () => {
    const denied = (name: string) => {
      world.permit = permission => permission !== name;
    };
    const { id } = await world
      .knex('approvals')
      .where({ tier: 'internal' })
      .first('id');
    const live = await world
      .knex('approvals')
      .where({ tier: 'sandbox' })
      .first('id');
    const code = async (as: string, of: string, command: string) =>
      (await portal.as(as).command(of, command, { role: 'lead', reason: 'so' }))
        .body.error.code;

    denied('model.approval.sign');
    expect(await code('priya', id, 'approve')).toBe('not-allowed');
    denied('model.suspend');
    expect(await code('ines', live.id, 'suspend')).toBe('not-allowed');
    const all = await portal
      .as('ines')
      .post('/models/meta/llama/suspend', { reason: 'so what' });
    expect(all.status).toBe(403);
    denied('model.approval.revoke');
    expect(await code('ines', live.id, 'revoke')).toBe('not-allowed');
    denied('model.approval.create');
    const created = await portal
      .as('kai')
      .post('/approvals', { ...wanted, purpose: 'search' });
    expect(created.status).toBe(403);
  });

  it('hides models that the caller may not see', async () => {
    world.catalog.delete(wanted.entityRef);
    for (const sent of [
      portal.as('dana').post('/approvals', wanted),
      portal.as('dana').get('/models/meta/llama/standing'),
      portal.as('dana').post('/approvals/preview', {
        entityRef: wanted.entityRef,
        tier: 'internal',
      }),
    ]) {
      expect((await sent).status).toBe(404);
    }
    const standings = await portal
      .as('dana')
      .post('/standings/query', { entityRefs: [wanted.entityRef] });
    expect(standings.body.items).toEqual([]);
  });

  it('pages in every order without gaps', async () => {
    for (const order of ['newest', 'oldest', 'waiting-longest']) {
      const ids: string[] = [];
      for (let cursor = ''; ; ) {
        const { body } = await portal
          .as('kai')
          .get(`/approvals?limit=1&order=${order}${cursor}`);
        ids.push(...body.items.map((item: Approval) => item.id));
        if (!body.nextCursor) break;
        cursor = `&cursor=${body.nextCursor}`;
      }
      expect(new Set(ids).size).toBe(3);
      expect(ids).toHaveLength(3);
    }
    const wrong = await portal.as('kai').get('/approvals?cursor=none');
    expect(wrong.status).toBe(400);
    const filtered = await portal
      .as('kai')
      .get('/approvals?state=approved&state=draft&tier=sandbox&role=lead');
    expect(filtered.body.items).toEqual([]);
    const one = await portal
      .as('dana')
      .get('/approvals?state=approved&requester=me');
    expect(one.body.totalItems).toBe(1);
  });
});

it('denies by the name that the framework knows', () => {
  expect(
    createModelApprovalConditionalDecision(
      modelApprovalReadPermission,
      is.hasTier({ tiers: ['sandbox'] }),
    ),
  ).toMatchObject({
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'model-governance',
    resourceType: 'model-approval',
  });
});
