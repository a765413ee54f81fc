import {
  createPortalWorld,
  databaseIds,
  startPortal,
  wanted,
  type Portal,
  type PortalWorld,
} from '../__testUtils__';

jest.setTimeout(120_000);

const support = {
  id: 'support',
  title: 'Support',
  dataClasses: ['internal'],
  regions: [],
};

describe.each(databaseIds)('a purpose with requests on %s', databaseId => {
  let world: PortalWorld;
  let portal: Portal;

  beforeEach(async () => {
    world = await createPortalWorld(databaseId);
    portal = await startPortal(world);
  });
  afterEach(() => portal.stop());

  const more = async () =>
    (
      await portal.as('nora').put('/purposes/support', {
        ...support,
        dataClasses: ['internal', 'personal'],
      })
    ).status;

  it('allows no more than they were made for, until they are over', async () => {
    const { body } = await portal
      .as('dana')
      .post('/approvals', { ...wanted, tier: 'sandbox', submit: false });
    // Nothing is decided yet: who submits sees the purpose as it is then.
    expect(await more()).toBe(200);
    await portal.as('nora').put('/purposes/support', support);

    await portal.as('dana').command(body.id, 'submit');
    expect(await more()).toBe(409);
    await portal.settle();
    expect((await portal.detail(body.id)).state).toBe('approved');
    expect(await more()).toBe(409);
    // Another purpose is not concerned, and less is always possible.
    const { status } = await portal.as('nora').put('/purposes/search', {
      ...support,
      id: 'search',
      dataClasses: ['public'],
    });
    expect(status).toBe(200);
    world.clock.advance(60);
    const narrowed = { ...support, regions: ['eu'], maxRetentionDays: 0 };
    expect(
      (await portal.as('nora').put('/purposes/support', narrowed)).body,
    ).toEqual(narrowed);

    world.clock.advance(60);
    // They were made for it: back is possible.
    expect(
      (await portal.as('nora').put('/purposes/support', support)).status,
    ).toBe(200);

    await portal
      .as('nora')
      .command(body.id, 'suspend', { reason: 'It answers oddly.' });
    expect(await more()).toBe(409);
    await portal
      .as('nora')
      .command(body.id, 'revoke', { reason: 'It answers oddly.' });
    expect(await more()).toBe(200);
  });
});
