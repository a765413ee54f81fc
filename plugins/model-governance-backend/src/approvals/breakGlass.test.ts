import {
  createPortalWorld,
  databaseIds,
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
  const open = (as: string, more: object = {}) =>
    portal.as(as).post('/emergency-approvals', {
      ...scope,
      reason: 'The support desk is down.',
      stepUp: { challengeId: `good-${Math.random()}`, response: {} },
      ...more,
    });

  it('opens for 72 hours, beside the request that replaces it', async () => {
    const request = await portal.as('dana').post('/approvals', wanted);
    await portal.settle();
    const pendingRequestId = request.body.id;
    expect((await open('dana')).body.error.code).toBe('own-request');
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
  });

  it('ends revoked unless somebody else found it justified', async () => {
    const [one, two, three] = [
      (await open('kai')).body.id,
      (await open('kai', { purpose: 'search' })).body.id,
      (await open('kai', { modelVersion: '2.0' })).body.id,
    ];
    const review = (id: string, as: string, verdict: string) =>
      portal.as(as).post(`/emergency-approvals/${id}/review`, {
        verdict,
        reason: 'I read the incident.',
      });
    expect((await review(two, 'kai', 'justified')).status).toBe(403);
    expect((await review(two, 'ines', 'justified')).body.state).toBe(
      'approved',
    );
    expect((await review(two, 'ines', 'justified')).status).toBe(409);
    expect((await review(three, 'ines', 'not-justified')).body.state).toBe(
      'revoked',
    );
    world.clock.advance(73 * 3600);
    await portal.job('approval-clock');
    await portal.job('approval-clock');
    expect((await portal.detail(one)).state).toBe('revoked');
    expect((await portal.detail(two)).state).toBe('expired');
  });

  it('is refused over a critical finding, by policy, or without a passkey', async () => {
    const forged = { stepUp: { challengeId: 'forged', response: {} } };
    expect((await open('kai', forged)).status).toBe(403);
    expect((await open('kai', { tier: 'regulated' })).status).toBe(403);
    expect((await open('service')).status).toBe(403);
    world.permit = permission => permission !== 'model.break-glass';
    expect((await open('kai')).body.error.code).toBe('not-allowed');
    world.permit = () => true;
    world.critical = true;
    await portal.as('dana').post('/approvals', wanted);
    await portal.settle();
    expect((await open('kai')).body.error.code).toBe('critical-finding');
    expect(await world.knex('approvals').where({ kind: 'emergency' })).toEqual(
      [],
    );
  });
});
