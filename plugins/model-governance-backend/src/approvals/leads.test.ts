import {
  createPortalWorld,
  databaseIds,
  group,
  model,
  startPortal,
  user,
  wanted,
  type Portal,
  type PortalWorld,
} from '../__testUtils__';

jest.setTimeout(120_000);

const passkey = { stepUp: { challengeId: 'good-1', response: {} } };

describe.each(databaseIds)('whose lead is asked on %s', databaseId => {
  let world: PortalWorld;
  let portal: Portal;

  beforeEach(async () => {
    world = await createPortalWorld(databaseId);
    portal = await startPortal(world);
  });

  afterEach(() => portal.stop());

  const submitted = async (more: object = {}) => {
    const { body } = await portal
      .as('dana')
      .post('/approvals', { ...wanted, ...more });
    await portal.settle();
    expect((await portal.detail(body.id)).state).toBe('in-review');
    return body.id as string;
  };

  const sign = (id: string, as: string, role: string, more: object = {}) =>
    portal.as(as).command(id, 'approve', { role, ...more });

  const give = (owner: string) =>
    world.catalog.set(
      wanted.entityRef,
      model('llama', { owner: `group:default/${owner}` }),
    );

  it('taking a model over brings nobody a signature, and soon the new lead is asked', async () => {
    const id = await submitted({ tier: 'customer-facing' });
    expect((await sign(id, 'priya', 'lead')).status).toBe(200);
    give('risk');

    // Neither the old lead's signature nor a new one counts in between.
    const between = await sign(id, 'ines', 'security', passkey);
    expect([between.status, between.body.error.code]).toEqual([
      409,
      'lead-outdated',
    ]);
    expect(between.body.error.message).toContain('group:default/risk');
    expect((await sign(id, 'ravi', 'lead')).body.error.code).toBe(
      'role-not-held',
    );

    await portal.job('watch-models');
    await portal.settle();
    const asked = await portal.detail(id);
    expect(asked).toMatchObject({
      state: 'in-review',
      signOffs: [{ by: 'user:default/priya', valid: false }],
      waitingFor: ['lead', 'security', 'legal'],
    });
    expect(asked.demands.signOffs[0]).toMatchObject({
      groups: ['group:default/risk'],
      people: ['user:default/ravi'],
    });
    expect((await sign(id, 'priya', 'lead')).body.error.code).toBe(
      'role-not-held',
    );
    expect((await sign(id, 'ravi', 'lead')).status).toBe(200);
    const { revision } = await portal.detail(id);
    await portal.job('watch-models');
    expect((await portal.detail(id)).revision).toBe(revision);
  });

  it('lets the old lead send the request back, which asks the new one', async () => {
    const id = await submitted();
    give('risk');
    const back = await portal
      .as('priya')
      .command(id, 'request-changes', { role: 'lead', reason: 'Not ours.' });
    expect(back.body.state).toBe('changes-requested');
    await portal.as('dana').command(id, 'submit');
    await portal.settle();
    expect((await sign(id, 'ravi', 'lead')).body.state).toBe('approved');
  });

  it('asks the requester’s lead whoever owns the model, while they belong there', async () => {
    await sign(await submitted(), 'priya', 'lead');
    const next = await submitted({ purpose: 'search' });
    give('risk');
    await portal.job('watch-models');
    expect((await portal.detail(next)).state).toBe('in-review');

    world.catalog.set(
      'group:default/customer-care',
      group('customer-care', { members: ['lee'], lead: 'lee', parent: 'acme' }),
    );
    world.catalog.set('user:default/dana', user('dana', ['legal']));
    const { status, body } = await sign(next, 'lee', 'lead');
    expect([status, body.error.code]).toEqual([409, 'lead-outdated']);
    expect(body.error.message).toContain('does not belong');
    world.catalog.set('user:default/dana', user('dana', ['customer-care']));
    expect((await sign(next, 'lee', 'lead')).body.state).toBe('approved');
  });
});
