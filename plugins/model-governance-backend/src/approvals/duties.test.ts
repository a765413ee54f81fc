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

  it('lets no agent decide in the place of whoever it acts for', async () => {
    const id = await submitted();
    expect((await sign(id, 'agent of priya', 'lead')).body.error.code).toBe(
      'not-a-person',
    );
    const { submit, justification, ...scope } = wanted;
    const emergency = await portal
      .as('agent of kai')
      .post('/emergency-approvals', {
        ...scope,
        reason: 'The support desk is down.',
        stepUp: { challengeId: 'good-1', response: {} },
      });
    expect(emergency.body.error.code).toBe('not-a-person');

    // It may stop a model for them, and not let it run again.
    const path = '/models/meta/llama';
    const stop = await portal
      .as('agent of ines')
      .post(`${path}/suspend`, { reason: 'CVE-2026-1' });
    expect(stop.status).toBe(200);
    const { body } = await portal.as('agent of ines').get(`${path}/holds`);
    expect(body.items).toMatchObject([{ mayClear: false }]);
    const clear = (as: string) =>
      portal
        .as(as)
        .post(`${path}/holds/${body.items[0].id}/clear`, { reason: 'Fixed.' });
    expect((await clear('agent of ines')).body.error.code).toBe(
      'hold-not-clearable',
    );
    expect((await clear('ines')).status).toBe(200);
    expect((await sign(id, 'priya', 'lead')).body.state).toBe('approved');
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

    const id = await submitted();

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
});
