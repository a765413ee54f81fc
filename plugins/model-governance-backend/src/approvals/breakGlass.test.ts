import {
  createPortalWorld,
  databaseIds,
  model,
  startPortal,
  wanted,
  type Portal,
  type PortalWorld,
} from '../__testUtils__';

jest.setTimeout(120_000);

describe.each(databaseIds)('break-glass on %s', databaseId => {
  let world: PortalWorld;
  let portal: Portal;

  beforeEach(async () => {
    world = await createPortalWorld(databaseId);
    portal = await startPortal(world);
  });

  afterEach(() => portal.stop());

  const { submit, justification, ...scope } = wanted;
  let confirmations = 0;
  const open = (as: string, more: object = {}, on = portal) => {
    confirmations += 1;
    return on.as(as).post('/emergency-approvals', {
      ...scope,
      reason: 'The support desk is down.',
      stepUp: { challengeId: `good-${confirmations}`, response: {} },
      ...more,
    });
  };
  const refusal = async (as: string, more: object = {}) => {
    const { body } = await open(as, more);
    return body.error?.code ?? body.state;
  };
  const ask = async (more: object = {}, as = 'dana') => {
    const { body } = await portal
      .as(as)
      .post('/approvals', { ...wanted, ...more });
    await portal.settle();
    return body.id as string;
  };
  const review = (id: string, as: string, verdict: string) =>
    portal.as(as).post(`/emergency-approvals/${id}/review`, {
      verdict,
      reason: 'I read the incident.',
    });
  const later = async (hours: number) => {
    world.clock.advance(hours * 3600);
    await portal.job('approval-clock');
    await portal.job('approval-clock');
  };

  it('opens for 72 hours, beside the request that replaces it', async () => {
    const pendingRequestId = await ask();
    expect(await refusal('dana')).toBe('own-request');
    const emergency = await open('kai', { pendingRequestId });
    expect(emergency.body).toMatchObject({
      kind: 'emergency',
      state: 'approved',
      pendingRequestId,
      expiresAt: '2026-11-05T09:00:00.000Z',
    });
    const grants = await portal.as('dana').get('/models/meta/llama/standing');
    expect(grants.body.grants).toMatchObject([{ kind: 'emergency' }]);
    await portal
      .as('priya')
      .command(pendingRequestId, 'approve', { role: 'lead' });
    expect(await portal.detail(emergency.body.id)).toMatchObject({
      state: 'superseded',
      supersededBy: pendingRequestId,
    });
    await ask({}, 'lee');
    await review(emergency.body.id, 'ines', 'justified');
    await later(73);
    expect(await refusal('kai')).toBe('already-approved');
  });

  it('stands beside a request that somebody else submitted', async () => {
    expect(await refusal('kai')).toBe('no-pending-request');
    const draft = await ask({ submit: false });
    expect(await refusal('kai')).toBe('no-pending-request');
    const named = { pendingRequestId: draft };
    expect((await open('kai', { ...named, purpose: 'search' })).status).toBe(
      400,
    );
    await portal.as('dana').command(draft, 'submit');
    await portal.settle();
    expect(await refusal('kai', { modelVersion: '2.0' })).toBe(
      'no-pending-request',
    );

    // Withdrawing one's own request makes nobody a stranger to it.
    const own = await ask({ purpose: 'search' }, 'kai');
    expect(await refusal('kai')).toBe('own-request');
    await portal.as('kai').command(own, 'withdraw');
    expect(await refusal('kai')).toBe('own-request');
    await later(73);
    expect(await refusal('kai')).toBe('approved');
  });

  it('ends with the request that it stands beside', async () => {
    const withdrawn = await ask();
    const one = (await open('kai')).body.id;
    await portal.as('dana').command(withdrawn, 'withdraw');
    expect((await portal.detail(one)).state).toBe('revoked');

    const rejected = await ask({ purpose: 'search' });
    const two = (await open('kai', { purpose: 'search' })).body.id;
    await portal
      .as('priya')
      .command(rejected, 'reject', { role: 'lead', reason: 'Not that one.' });
    expect((await portal.detail(two)).state).toBe('revoked');
  });

  it('ends revoked unless somebody else found it justified', async () => {
    world.catalog.set('model:meta/other', model('other'));
    const other = { entityRef: 'model:meta/other' };
    for (const more of [{}, { purpose: 'search' }, other]) await ask(more);
    const [one, two, three] = [
      (await open('kai')).body.id,
      (await open('kai', { purpose: 'search' })).body.id,
      (await open('kai', other)).body.id,
    ];
    expect((await review(two, 'kai', 'justified')).status).toBe(403);
    expect((await review(two, 'ines', 'justified')).body.state).toBe(
      'approved',
    );
    expect((await review(two, 'ines', 'justified')).status).toBe(409);
    expect((await review(three, 'ines', 'not-justified')).body.state).toBe(
      'revoked',
    );
    await later(73);
    expect((await portal.detail(one)).state).toBe('revoked');
    expect((await portal.detail(two)).state).toBe('expired');
  });

  it('is not repeated before it was reviewed, nor prolonged', async () => {
    await ask();
    await ask({ modelVersion: '2.0' });
    await ask({ tier: 'customer-facing' });
    const { id } = (await open('kai')).body;
    for (const more of [
      {},
      { modelVersion: '2.0' },
      { tier: 'customer-facing' },
    ]) {
      const { status, body } = await open('mel', more);
      expect([status, body.error.code]).toEqual([409, 'emergency-repeated']);
      expect(body.error.message).toContain(`${id} for the same`);
    }
    // Reviewed, its time still is what it was; more than it opened is another matter.
    await review(id, 'ines', 'justified');
    const again = await open('mel', { modelVersion: '2.0' });
    expect(again.body.error.message).toContain('2026-11-05T09:00:00.000Z');
    const wider = await open('mel', { tier: 'customer-facing' });
    expect(wider.body.state).toBe('approved');

    // Ended early, it is not opened anew by somebody who disagrees.
    await review(wider.body.id, 'ines', 'not-justified');
    expect(await refusal('kai')).toBe('emergency-repeated');
    await later(73);
    expect(await refusal('kai')).toBe('approved');
    // Nobody looks at this one: it ends revoked and stays in the way.
    await later(73);
    expect(await refusal('mel')).toBe('emergency-repeated');
  });

  it('is opened once when two replicas are asked at once', async () => {
    await ask();
    const replica = await startPortal(world);
    try {
      const answers = await Promise.all([
        open('kai'),
        open('mel', {}, replica),
        open('tom'),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([
        201, 409, 409,
      ]);
    } finally {
      await replica.stop();
    }
  });

  it('is refused over a critical finding, by policy, or without a passkey', async () => {
    await ask();
    const forged = { stepUp: { challengeId: 'forged', response: {} } };
    expect((await open('kai', forged)).status).toBe(403);
    expect((await open('kai', { tier: 'regulated' })).status).toBe(403);
    expect((await open('service')).status).toBe(403);
    world.permit = permission => permission !== 'model.break-glass';
    expect(await refusal('kai')).toBe('not-allowed');
    world.permit = () => true;
    world.critical = true;
    await ask({}, 'lee');
    expect(await refusal('kai')).toBe('critical-finding');
    expect(await world.knex('approvals').where({ kind: 'emergency' })).toEqual(
      [],
    );
  });
});
