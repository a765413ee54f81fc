import {
  createPortalWorld,
  databaseIds,
  group,
  startPortal,
  wanted,
  type Portal,
  type PortalWorld,
} from '../__testUtils__';

jest.setTimeout(120_000);

describe.each(databaseIds)('decisions on %s', databaseId => {
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

  it('reads groups at the signature, not at the request', async () => {
    const id = await submitted({ tier: 'customer-facing' });
    put(group('security', { members: ['ines'], lead: 'ines' }));
    expect((await sign(id, 'tom', 'security', passkey)).body.error.code).toBe(
      'role-not-held',
    );
    // Who signed and lost the role before the last signature counts no more.
    expect((await sign(id, 'ines', 'security', passkey)).status).toBe(200);
    expect((await sign(id, 'lara', 'legal')).status).toBe(200);
    put(group('security', { members: ['tom'], lead: 'tom' }));
    const last = await sign(id, 'priya', 'lead');
    expect(last.body).toMatchObject({
      state: 'in-review',
      waitingFor: ['security'],
      blockers: [
        {
          code: 'sign-off-lost',
          message: expect.stringContaining(
            'user:default/ines signed as security',
          ),
        },
      ],
    });
    const signed = await sign(id, 'tom', 'security', {
      stepUp: { challengeId: 'good-2', response: {} },
    });
    expect(signed.body.state).toBe('approved');
  });

  it('does not count who became owner in between', async () => {
    const id = await submitted({ tier: 'customer-facing' });
    await sign(id, 'ines', 'security', passkey);
    await sign(id, 'lara', 'legal');
    put(
      group('ml-platform', {
        members: ['mel', 'kai', 'priya', 'ines'],
        lead: 'priya',
      }),
    );
    const last = await sign(id, 'priya', 'lead');
    expect(last.body).toMatchObject({
      state: 'in-review',
      waitingFor: ['security'],
    });
  });

  it('asks for the passkey where the policy does, and uses it once', async () => {
    const id = await submitted({ tier: 'customer-facing' });
    expect((await sign(id, 'ines', 'security')).body.error.code).toBe(
      'step-up-required',
    );
    const forged = { stepUp: { challengeId: 'forged', response: {} } };
    expect((await sign(id, 'ines', 'security', forged)).status).toBe(403);
    expect((await portal.detail(id)).signOffs).toEqual([]);
    const signed = await sign(id, 'ines', 'security', passkey);
    expect(signed.body.signOffs).toMatchObject([{ secondFactor: true }]);
    expect((await sign(id, 'lara', 'legal', passkey)).status).toBe(403);
  });

  it('answers a replay as the first time, and refuses another body', async () => {
    const ask = (more: object = {}) =>
      portal.as('dana').post('/approvals', { ...wanted, ...more }, 'key-0001');
    const first = await ask();
    const second = await ask();
    expect(second.status).toBe(201);
    expect(second.body).toMatchObject({
      id: first.body.id,
      revision: first.body.revision,
      state: first.body.state,
    });
    expect((await ask({ purpose: 'search' })).status).toBe(400);
    await portal.settle();

    const { id } = first.body;
    const { revision } = await portal.detail(id);
    const signIt = (reason?: string) =>
      portal
        .as('priya')
        .command(id, 'approve', { role: 'lead', revision, reason }, 'key-0002');
    const [one, two] = [await signIt(), await signIt()];
    expect(one.body.state).toBe('approved');
    expect(two.body).toMatchObject({
      state: 'approved',
      revision: one.body.revision,
    });
    expect((await portal.detail(id)).signOffs).toHaveLength(1);
    expect((await signIt('Another body')).status).toBe(400);
    // Somebody else's key is another key.
    const other = await portal
      .as('lee')
      .post('/approvals', { ...wanted, purpose: 'search' }, 'key-0001');
    expect(other.status).toBe(201);
    expect(other.body.id).not.toBe(id);
  });

  it('refuses decisions on what is no longer there', async () => {
    const id = await submitted();
    const { revision } = await portal.detail(id);
    const stale = await sign(id, 'priya', 'lead', { revision: revision - 1 });
    expect(stale.status).toBe(409);
    expect(stale.body.error.message).toMatch(/Load it again/);
    expect((await portal.detail(id)).signOffs).toEqual([]);
  });

  it('adds each signature once when two replicas are asked at once', async () => {
    const replica = await startPortal(world);
    try {
      const id = await submitted({ tier: 'regulated' });
      const { revision } = await portal.detail(id);
      const signs = (on: Portal, name: string, role: string) =>
        on.as(name).command(id, 'approve', { role, revision });
      const answers = await Promise.all([
        signs(portal, 'ines', 'security'),
        signs(replica, 'tom', 'security'),
        signs(portal, 'ravi', 'risk'),
        signs(replica, 'priya', 'lead'),
        signs(replica, 'ines', 'security'),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([
        200, 409, 409, 409, 409,
      ]);
      const { signOffs, revision: next } = await portal.detail(id);
      expect(signOffs).toHaveLength(1);
      expect(next).toBe(revision + 1);
      const verified = await portal.as('nora').get('/ledger/verification');
      expect(verified.body.ok).toBe(true);
    } finally {
      await replica.stop();
    }
  });
});
