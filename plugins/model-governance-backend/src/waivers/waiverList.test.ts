import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { modelApprovalConditions } from '../permissions/rules';
import {
  createPortalWorld,
  databaseIds,
  wanted,
  startPortal,
  type Portal,
  type PortalWorld,
} from '../__testUtils__';

jest.setTimeout(120_000);

const DAY = 24 * 3600;

describe.each(databaseIds)('the list of waivers on %s', databaseId => {
  let world: PortalWorld;
  let portal: Portal;
  const ids: string[] = [];

  const inDays = (days: number) =>
    new Date(world.clock.now().getTime() + days * DAY * 1000).toISOString();
  const list = async (query = '', as = 'nora') =>
    (await portal.as(as).get(`/waivers${query}`)).body;

  beforeAll(async () => {
    world = await createPortalWorld(databaseId);
    portal = await startPortal(world);
    world.verdict = 'fail';
    for (const [purpose, as, days] of [
      ['support', 'dana', 10],
      ['search', 'lee', 4],
    ] as const) {
      // One after the other, so that there is an order.
      world.clock.advance(1);
      const { body } = await portal
        .as(as)
        .post('/approvals', { ...wanted, tier: 'sandbox', purpose });
      ids.push(body.id);
      await portal.settle();
      await portal.as('ines').post(`/approvals/${body.id}/gates/probe/waiver`, {
        reason: `The probe is wrong about ${purpose}.`,
        until: inDays(days),
      });
      await portal.as(as).command(body.id, 'submit');
      await portal.settle();
    }
  });

  afterAll(() => portal.stop());

  it('says who, why, until when, how old, and what rests on it', async () => {
    world.clock.advance(2 * DAY);
    const body = await list();
    expect(body).toMatchObject({
      totalItems: 2,
      counts: { active: 0, ending: 2, ended: 0 },
      items: [
        {
          gateId: 'probe',
          title: 'Probe',
          state: 'ending',
          by: 'user:default/ines',
          reason: 'The probe is wrong about search.',
          until: inDays(2),
          ageDays: 2,
          mayEnd: true,
          approval: {
            id: ids[1],
            state: 'approved',
            entityRef: 'model:meta/llama',
            requester: 'user:default/lee',
            ownerRef: 'group:default/ml-platform',
            restsOnIt: true,
          },
        },
        { approval: { id: ids[0], requester: 'user:default/dana' } },
      ],
    });
  });

  it('is filtered, sorted and paged', async () => {
    const found = async (query: string) =>
      (await list(query)).items.map(
        ({ approval }: { approval: { id: string } }) => approval.id,
      );
    expect(await found('?order=newest')).toEqual([ids[1], ids[0]]);
    expect(await found('?state=active')).toEqual([]);
    expect(
      await found('?state=ending&state=active&by=user%3Adefault%2Fines'),
    ).toEqual([ids[1], ids[0]]);
    expect(await found(`?approval=${ids[0]}`)).toEqual([ids[0]]);
    expect(await found('?tier=internal')).toEqual([]);
    expect(await found('?gate=licence')).toEqual([]);
    expect(
      await found('?entityRef=model%3Ameta%2Fllama&by=user%3Adefault%2Ftom'),
    ).toEqual([]);
    const first = await list('?limit=1&order=oldest');
    expect(first.items).toHaveLength(1);
    const second = await list(
      `?limit=1&order=oldest&cursor=${first.nextCursor}`,
    );
    expect(second.items[0].approval.id).toBe(ids[1]);
    expect(second.nextCursor).toBeUndefined();
    const wrong = await portal
      .as('nora')
      .get(`/waivers?order=newest&cursor=${first.nextCursor}`);
    expect(wrong.status).toBe(400);
  });

  it('shows those of approvals that one may read, and who may end them', async () => {
    world.permit = (permission, user) => {
      if (
        permission === 'model.approval.read' &&
        user === 'user:default/dana'
      ) {
        return {
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'model-governance',
          resourceType: 'model-approval',
          conditions: modelApprovalConditions.isRequester({
            claims: ['user:default/dana'],
          }),
        };
      }
      return !['model.suspend', 'model.gate.waive'].includes(permission);
    };
    expect(await list('', 'dana')).toMatchObject({
      totalItems: 1,
      counts: { ending: 1 },
      items: [{ mayEnd: false, approval: { id: ids[0] } }],
    });
    // Who gave it may always take it back.
    expect((await list('', 'ines')).items).toMatchObject([
      { mayEnd: true },
      { mayEnd: true },
    ]);
    world.permit = permission => permission !== 'model.approval.read';
    expect(await list()).toEqual({
      items: [],
      totalItems: 0,
      counts: { active: 0, ending: 0, ended: 0 },
    });
    world.permit = () => true;
  });

  it('reminds those who answer for it, once per stage', async () => {
    const told = () =>
      world.sent.flatMap(payload =>
        'recipients' in payload && String(payload.scope).includes(':waiver:')
          ? [{ title: payload.title, recipients: payload.recipients }]
          : [],
      );
    await portal.job('waiver-reminders');
    await portal.job('waiver-reminders');
    await portal.settle();
    expect(told()).toEqual([
      {
        title: 'A waiver for llama ends in 2 days',
        recipients: [
          'user:default/ines',
          'user:default/lee',
          'group:default/ml-platform',
        ],
      },
    ]);
    world.clock.advance(2 * DAY);
    await portal.job('waiver-reminders');
    await portal.settle();
    expect(told().slice(1)).toMatchObject([
      { title: 'A waiver for llama is over' },
    ]);
  });

  it('keeps what ended, with the reason', async () => {
    const [ended] = (await list('?state=ended')).items;
    expect(ended).toMatchObject({ ended: 'time', mayEnd: false });
    await portal.as('ines').post(`/approvals/${ids[0]}/gates/probe/waiver`, {
      reason: 'It takes another week to mend.',
      until: inDays(13),
    });
    await portal.as('ines').command(ids[0], 'revoke', { reason: 'Over now.' });
    const { items, counts } = await list('?state=ended&order=oldest');
    expect(counts).toEqual({ active: 0, ending: 0, ended: 3 });
    expect(items.map((one: { ended: string }) => one.ended)).toEqual([
      'renewed',
      'time',
      'approval-over',
    ]);
    expect(items[0]).toMatchObject({
      endedBy: 'user:default/ines',
      endReason: 'It takes another week to mend.',
    });
  });

  it('shows exceptions of policies to those who may read these', async () => {
    const { body } = await portal.as('nora').get('/policy-exceptions');
    expect(body).toEqual({ items: [] });
    world.permit = permission => permission !== 'model.policy.read';
    expect((await portal.as('nora').get('/policy-exceptions')).status).toBe(
      403,
    );
    world.permit = () => true;
  });
});
