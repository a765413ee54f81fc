import {
  createPortalWorld,
  databaseIds,
  group,
  startPortal,
  user,
  wanted,
  type Portal,
  type PortalWorld,
} from '../__testUtils__';

jest.setTimeout(120_000);

describe.each(databaseIds)('delegations on %s', databaseId => {
  let world: PortalWorld;
  let portal: Portal;

  beforeEach(async () => {
    world = await createPortalWorld(databaseId);
    portal = await startPortal(world);
  });

  afterEach(() => portal.stop());

  const submitted = async (more: object = {}, as = 'dana') => {
    const { body } = await portal
      .as(as)
      .post('/approvals', { ...wanted, ...more });
    await portal.settle();
    expect((await portal.detail(body.id)).state).toBe('in-review');
    return body.id as string;
  };

  const sign = async (
    id: string,
    as: string,
    role: string,
    more: Record<string, unknown> = {},
  ) => portal.as(as).command(id, 'approve', { role, ...more });

  const put = (...entities: ReturnType<typeof group>[]) => {
    for (const entity of entities) {
      const { kind, metadata } = entity;
      world.catalog.set(
        `${kind.toLowerCase()}:${metadata.namespace}/${metadata.name}`,
        entity,
      );
    }
  };

  const passkey = { stepUp: { challengeId: 'good-1', response: {} } };

  it('counts a delegate as the delegator', async () => {
    const delegate = (from: string, to: string, more: object = {}) =>
      portal.as(from).post('/delegations', {
        delegate: `user:default/${to}`,
        until: '2026-12-01T00:00:00.000Z',
        ...more,
      });
    // The requester holds a role; whoever stands in for them does not sign.
    put(
      group('security', { members: ['ines', 'tom', 'dana'], lead: 'ines' }),
      user('dana', ['security', 'customer-care']),
    );
    expect((await delegate('dana', 'kai')).status).toBe(201);
    expect((await delegate('ines', 'lara', { role: 'security' })).status).toBe(
      201,
    );
    const id = await submitted({ tier: 'customer-facing' });
    const code = async (as: string, role: string, onBehalfOf?: string) => {
      const { body } = await sign(id, as, role, {
        ...passkey,
        ...(onBehalfOf && { onBehalfOf: `user:default/${onBehalfOf}` }),
      });
      return body.error?.code ?? body.state;
    };
    expect(await code('kai', 'security', 'dana')).toBe('own-request');
    // Nobody stands in without a delegation, or in another role than it names.
    expect(await code('kai', 'security', 'tom')).toBe('role-not-held');
    expect(await code('lara', 'legal', 'ines')).toBe('role-not-held');

    const queue = await portal
      .as('lara')
      .get('/approvals?needsMyDecision=true');
    expect(queue.body.items).toMatchObject([{ id }]);
    expect(await code('lara', 'security', 'ines')).toBe('in-review');
    // Lara is used up by it, and so is Ines.
    expect(await code('lara', 'legal')).toBe('already-signed');
    expect(await code('ines', 'security')).toBe('already-signed');
    const done = await portal.as('lara').get('/approvals?needsMyDecision=true');
    expect(done.body.items).toEqual([]);
  });

  it('ends delegations at their end', async () => {
    const { body } = await portal.as('ines').post('/delegations', {
      delegate: 'user:default/lara',
      until: '2026-11-03T00:00:00.000Z',
    });
    const id = await submitted({ tier: 'customer-facing' });
    world.clock.advance(2 * 24 * 3600);
    const late = await sign(id, 'lara', 'security', {
      ...passkey,
      onBehalfOf: 'user:default/ines',
    });
    expect(late.body.error.code).toBe('role-not-held');
    expect(
      (await portal.as('tom').delete(`/delegations/${body.id}`)).status,
    ).toBe(404);
    expect(
      (await portal.as('ines').delete(`/delegations/${body.id}`)).body,
    ).toMatchObject({
      endedAt: expect.any(String),
    });
  });
});
