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

describe.each(databaseIds)('separation of duties on %s', databaseId => {
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

  it('lets nobody sign their own request, not even a lead', async () => {
    put(
      group('ml-platform', { members: ['mel', 'dana'], lead: 'dana' }),
      user('dana', ['ml-platform', 'customer-care']),
    );
    const created = await portal.as('dana').post('/approvals', wanted);
    await portal.settle();
    const { id } = created.body;
    const refused = await sign(id, 'dana', 'lead');
    expect(refused.status).toBe(403);
    expect(refused.body.error.code).toBe('own-request');
    const { commands } = await portal.detail(id, 'dana');
    expect(commands.find(({ command }) => command === 'approve')).toMatchObject(
      { allowed: false, refusal: { code: 'own-request' } },
    );
  });

  it('asks the lead above when the lead asks', async () => {
    put(
      group('ml-platform', {
        members: ['priya'],
        lead: 'priya',
        parent: 'acme',
      }),
    );
    const id = await submitted({}, 'priya');
    expect((await portal.detail(id)).demands.signOffs[0].people).toEqual([
      'user:default/nora',
    ]);
    expect((await sign(id, 'nora', 'lead')).body.state).toBe('approved');
  });

  it('lets one person fill one role', async () => {
    put(group('legal', { members: ['lara', 'ines'], lead: 'lara' }));
    const id = await submitted({ tier: 'customer-facing' });
    expect((await sign(id, 'ines', 'security', passkey)).status).toBe(200);
    const second = await sign(id, 'ines', 'legal');
    expect(second.status).toBe(409);
    expect(second.body.error.code).toBe('already-signed');
  });

  it('asks a quorum for different people', async () => {
    const id = await submitted({ tier: 'regulated' });
    expect((await sign(id, 'ines', 'security')).status).toBe(200);
    expect((await sign(id, 'ines', 'security')).body.error.code).toBe(
      'already-signed',
    );
    expect((await sign(id, 'tom', 'security')).status).toBe(200);
    expect((await sign(id, 'ravi', 'risk')).body.waitingFor).toEqual(['lead']);
    expect((await sign(id, 'priya', 'lead')).body.state).toBe('approved');
  });

  it('keeps members of the owner out of security, at submit or now', async () => {
    put(
      group('security', { members: ['ines', 'tom', 'mel'], lead: 'ines' }),
      user('mel', ['ml-platform', 'security']),
    );
    const id = await submitted({ tier: 'customer-facing' });
    const conflict = async () =>
      (await sign(id, 'mel', 'security', passkey)).body.error.code;
    expect(await conflict()).toBe('owner-conflict');
    // Leaving the owning group after submit is no way round it.
    put(group('ml-platform', { members: ['kai'], lead: 'priya' }));
    expect(await conflict()).toBe('owner-conflict');
    const { commands } = await portal.detail(id, 'mel');
    expect(commands.find(option => option.role === 'security')).toMatchObject({
      allowed: false,
      refusal: { code: 'owner-conflict' },
    });
  });

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
    world.catalog.set(
      wanted.entityRef,
      model('llama', { owner: 'group:default/security' }),
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

  it('lets no service sign, ask or command', async () => {
    const id = await submitted();
    const signed = await sign(id, 'service', 'lead');
    expect(signed.status).toBe(403);
    expect(signed.body.error.code).toBe('not-a-person');
    for (const [path, body] of [
      ['/approvals', wanted],
      [
        '/delegations',
        { delegate: 'user:default/kai', until: '2026-12-01T00:00:00Z' },
      ],
    ] as const) {
      expect((await portal.as('service').post(path, body)).status).toBe(403);
    }
    for (const command of ['withdraw', 'suspend', 'revoke', 'submit']) {
      const { status } = await portal
        .as('service')
        .command(id, command, { reason: 'Because' });
      expect([command, status >= 400]).toEqual([command, true]);
    }
  });

  it('believes the catalog, not what a request or a file claims', async () => {
    // A second claim on the gateway id refuses both, whoever wrote it.
    put(
      model('fake', {
        gatewayId: 'META/llama',
        owner: 'group:default/customer-care',
        curation: 'official',
      }),
    );
    for (const entityRef of ['model:meta/fake', 'model:meta/llama']) {
      const { body } = await portal
        .as('dana')
        .post('/approvals', { ...wanted, entityRef });
      expect(body.error.code).toBe('gateway-id-conflict');
    }
    expect(
      (await portal.as('dana').get('/models/meta/fake/standing')).body,
    ).toMatchObject({
      official: false,
      maturity: 'experimental',
      problems: [{ code: 'gateway-id-conflict' }],
    });
    world.catalog.delete('model:meta/fake');

    // Claiming somebody's group does not bring its lead.
    const group1 = await portal.as('dana').post('/approvals', {
      ...wanted,
      requesterGroup: 'group:default/legal',
    });
    expect(group1.status).toBe(400);

    // Taking over the owner after submit changes who the lead is at once.
    const id = await submitted();
    put(model('llama', { owner: 'group:default/customer-care' }));
    const { demands } = await portal.detail(id);
    expect(demands.signOffs[0].groups).toEqual(['group:default/ml-platform']);
    expect((await sign(id, 'lee', 'lead')).body.error.code).toBe(
      'role-not-held',
    );

    // A gateway id that changes while people decide is another subject.
    put(model('llama', { gatewayId: 'openai/gpt-5' }));
    const last = await sign(id, 'priya', 'lead');
    expect(last.body.error.code).toBe('subject-changed');

    for (const [field, value] of [
      ['entityRef', 'model:meta/none'],
      ['modelVersion', '9'],
      ['purpose', 'none'],
      ['profile', 'none'],
      ['owner', 'user:default/dana'],
      ['state', 'approved'],
    ]) {
      const { status } = await portal
        .as('dana')
        .post('/approvals', { ...wanted, [field]: value });
      expect([field, status >= 400 && status < 500]).toEqual([field, true]);
    }
    expect(
      await world.knex('approvals').count({ n: '*' }).first(),
    ).toMatchObject({
      n: databaseId === 'POSTGRES_18' ? '1' : 1,
    });
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
