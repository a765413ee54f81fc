import {
  createPortalWorld,
  databaseIds,
  digest,
  model,
  startPortal,
  wanted,
  type Portal,
  type PortalWorld,
} from '../__testUtils__';

jest.setTimeout(120_000);

describe.each(databaseIds)('the main loop on %s', databaseId => {
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
    return body.id as string;
  };

  const approved = async (more: object = {}) => {
    const id = await submitted(more);
    const { approvedAt } = await portal.detail(id);
    if (approvedAt) return id;
    const { waitingFor } = await portal.detail(id);
    expect(waitingFor).toEqual(['lead']);
    const { demands } = await portal.detail(id);
    const [lead] = demands.signOffs[0].people ?? [];
    const signed = await portal
      .as(lead.split('/')[1])
      .command(id, 'approve', { role: 'lead' });
    expect(signed.body).toMatchObject({ state: 'approved' });
    await portal.settle();
    return id;
  };

  const states = async () =>
    Object.fromEntries(
      (await world.knex('approvals').select('id', 'state')).map(row => [
        row.id,
        row.state,
      ]),
    );

  it('goes from request to grant, bound to what was decided', async () => {
    const preview = await portal.as('dana').post('/approvals/preview', {
      entityRef: wanted.entityRef,
      tier: 'internal',
    });
    expect(preview.body).toMatchObject({
      problems: [],
      demands: {
        gates: [{ id: 'probe', required: true }],
        signOffs: [
          {
            role: 'lead',
            // The first approval of a model asks its owner's lead.
            groups: ['group:default/ml-platform'],
            people: ['user:default/priya'],
          },
        ],
      },
    });
    const id = await submitted();
    expect(await portal.detail(id, 'dana')).toMatchObject({
      state: 'in-review',
      waitingFor: ['lead'],
      gates: [{ gateId: 'probe', status: 'pass' }],
    });
    expect(world.sent).toContainEqual(
      expect.objectContaining({
        recipients: ['user:default/priya'],
        title: 'llama waits for lead',
      }),
    );
    const queue = await portal
      .as('priya')
      .get('/approvals?needsMyDecision=true');
    expect(queue.body).toMatchObject({ totalItems: 1, items: [{ id }] });
    for (const other of ['dana', 'lee', 'ines', 'mel']) {
      const { body } = await portal
        .as(other)
        .get('/approvals?needsMyDecision=true');
      expect(body.totalItems).toBe(0);
    }

    const { body } = await portal
      .as('priya')
      .command(id, 'approve', { role: 'lead' });
    expect(body).toMatchObject({
      state: 'approved',
      gatewayId: 'meta/llama',
      provider: 'meta',
      digest: digest('a'),
      approvedAt: '2026-11-02T09:00:00.000Z',
      expiresAt: '2026-12-02T09:00:00.000Z',
      waitingFor: [],
    });
    expect(body.decisionFactsHash).toMatch(/^sha256:/);
    expect(body.policyVersion).toMatch(/^sha256:/);
    const row = await world.knex('approvals').where({ id }).first();
    expect(JSON.parse(row.evidence_ids)).toHaveLength(1);
    expect(JSON.parse(row.policy_decision)).toMatchObject({ tier: 'internal' });

    const standing = await portal.as('dana').get('/models/meta/llama/standing');
    expect(standing.body).toMatchObject({
      maturity: 'experimental',
      official: false,
      grants: [{ approvalId: id, tier: 'internal', modelVersion: '1.0' }],
      nextStep: { kind: 'use', approvalId: id },
    });
    const access = await portal
      .as('dana')
      .post('/access/check', { entityRef: wanted.entityRef, tier: 'sandbox' });
    expect(access.body).toMatchObject({ allowed: true, approvalId: id });
  });

  it('tells the story in the ledger, with one event for each change', async () => {
    const id = await approved();
    const { body } = await portal.as('dana').get(`/approvals/${id}/timeline`);
    expect(body.items.map((entry: { type: string }) => entry.type)).toEqual([
      'approval.created',
      'approval.submitted',
      'approval.gates-passed',
      'approval.signed',
      'approval.approved',
    ]);
    expect(body.items[3]).toMatchObject({
      actor: 'user:default/priya',
      summary: 'user:default/priya signed as team lead.',
    });
    const verified = await portal.as('nora').get('/ledger/verification');
    expect(verified.body).toMatchObject({ ok: true });
    const changes = await portal.as('service').get('/changes?after=0');
    expect(changes.body.items.at(-1)).toMatchObject({
      type: 'approval.approved',
      entityRef: wanted.entityRef,
    });
    expect((await portal.as('dana').get('/changes')).status).toBe(403);
  });

  it('decides sandbox without people, and asks the requester’s lead after a first approval', async () => {
    const sandbox = await approved({ tier: 'sandbox', modelVersion: 'loose' });
    expect(await portal.detail(sandbox)).toMatchObject({ state: 'approved' });
    const row = await world.knex('approvals').where({ id: sandbox }).first();
    expect(row.pin).toBe('unpinned:loose');

    // Nobody decided on the sandbox, so the owner's lead is still asked first.
    await approved();
    const next = await submitted({ purpose: 'search' });
    expect((await portal.detail(next)).demands.signOffs[0]).toMatchObject({
      groups: ['group:default/customer-care'],
      people: ['user:default/lee'],
    });
  });

  it('asks for changes when a gate fails, waits when one cannot say', async () => {
    world.verdict = 'fail';
    const id = await submitted();
    expect(await portal.detail(id)).toMatchObject({
      state: 'changes-requested',
      waitingFor: ['requester'],
      blockers: [{ code: 'gate-probe', message: 'The probe says fail.' }],
    });
    world.verdict = 'needs-evidence';
    await portal.as('dana').command(id, 'submit');
    await portal.settle();
    expect(await portal.detail(id)).toMatchObject({
      state: 'checking',
      blockers: [{ code: 'gate-needs-evidence' }],
    });
    world.clock.advance(25 * 3600);
    await portal.job('approval-clock');
    await portal.job('approval-clock');
    expect(await portal.detail(id)).toMatchObject({
      state: 'changes-requested',
    });
  });

  it('keeps two versions side by side and renews only its own', async () => {
    const one = await approved();
    const two = await approved({ modelVersion: '2.0' });
    expect(await states()).toEqual({ [one]: 'approved', [two]: 'approved' });
    world.clock.advance(3600);
    const renewed = await approved();
    expect(await states()).toEqual({
      [one]: 'superseded',
      [two]: 'approved',
      [renewed]: 'approved',
    });
    expect(await portal.detail(one)).toMatchObject({ supersededBy: renewed });
  });

  it('stays suspended until every hold is cleared', async () => {
    const id = await approved();
    const suspended = await portal
      .as('ines')
      .post('/models/meta/llama/suspend', { reason: 'CVE-2026-1' });
    expect(suspended.body.items).toMatchObject([{ id, state: 'suspended' }]);
    world.clock.advance(1);
    await portal.as('tom').command(id, 'suspend', { reason: 'Drift' });
    const { holds } = await portal.detail(id, 'ines');
    expect(holds.map(hold => hold.reason)).toEqual(['CVE-2026-1', 'Drift']);

    // No way round: neither a renewal nor another version of a held model.
    for (const modelVersion of ['1.0', '2.0']) {
      const renewal = await portal.as('lee').post('/approvals', {
        ...wanted,
        tier: 'sandbox',
        modelVersion,
      });
      expect(renewal.status).toBe(409);
      expect(renewal.body.error.code).toBe('on-hold');
    }
    const clear = (holdId: string, as: string) =>
      portal.as(as).command(id, 'clear-hold', { holdId, reason: 'Patched' });
    expect((await clear(holds[0].id, 'dana')).status).toBe(403);
    expect((await clear(holds[0].id, 'ines')).body.state).toBe('suspended');
    const cleared = await clear(holds[1].id, 'ines');
    expect(cleared.body.state).toBe('approved');
    expect((await clear(holds[1].id, 'ines')).status).toBe(409);
  });

  it('suspends when the bytes or the facts change, not when prose does', async () => {
    const id = await approved();
    const llama = model('llama');
    world.catalog.set(wanted.entityRef, {
      ...llama,
      metadata: { ...llama.metadata, description: 'Better words.' },
    });
    await portal.job('watch-models');
    expect(await portal.detail(id)).toMatchObject({ state: 'approved' });

    world.catalog.set(
      wanted.entityRef,
      model('llama', { license: { id: 'llama3.3' } }),
    );
    await portal.job('watch-models');
    await portal.job('watch-models');
    const { state, holds } = await portal.detail(id, 'ines');
    expect(state).toBe('suspended');
    expect(holds).toHaveLength(1);
    expect(holds[0]).toMatchObject({ kind: 'subject-changed' });
    const clear = () =>
      portal
        .as('ines')
        .command(id, 'clear-hold', { holdId: holds[0].id, reason: 'Fine' });
    expect((await clear()).body.error.code).toBe('subject-changed');

    // With the new facts it is a new decision, and then the old one stays off.
    const again = await approved();
    world.catalog.set(wanted.entityRef, llama);
    expect((await clear()).body.error.code).toBe('newer-approval');
    await portal.job('watch-models');
    expect(await portal.detail(again)).toMatchObject({ state: 'suspended' });
    expect((await clear()).body.state).toBe('approved');
  });

  it('checks an open request again when its model changes', async () => {
    const id = await submitted({ tier: 'customer-facing' });
    await portal.as('priya').command(id, 'approve', { role: 'lead' });
    world.catalog.set(
      wanted.entityRef,
      model('llama', { useCases: { intended: ['anything'] } }),
    );
    await portal.job('watch-models');
    await portal.settle();
    expect(await portal.detail(id)).toMatchObject({
      state: 'in-review',
      signOffs: [{ valid: false }],
      waitingFor: ['lead', 'security', 'legal'],
    });
  });

  it('holds what lost its owner, after a while, and ends what was retired', async () => {
    const id = await approved();
    world.catalog.set(
      wanted.entityRef,
      model('llama', { owner: 'group:default/gone' }),
    );
    await portal.job('watch-models');
    expect(await portal.detail(id)).toMatchObject({ state: 'approved' });
    world.clock.advance(11 * 60);
    await portal.job('watch-models');
    expect(await portal.detail(id)).toMatchObject({
      state: 'suspended',
      holds: [{ kind: 'ownerless' }],
    });
    world.catalog.set(
      wanted.entityRef,
      model('llama', { lifecycle: 'retired' }),
    );
    await portal.job('watch-models');
    expect(await portal.detail(id)).toMatchObject({ state: 'revoked' });
  });

  it('expires', async () => {
    const id = await approved();
    world.clock.advance(30 * 24 * 3600 + 1);
    const standing = await portal.as('dana').get('/models/meta/llama/standing');
    expect(standing.body.grants).toEqual([]);
    await portal.job('approval-clock');
    await portal.job('approval-clock');
    expect(await portal.detail(id)).toMatchObject({ state: 'expired' });
  });

  it('waives a gate as the policy allows, and no longer than that', async () => {
    world.verdict = 'fail';
    const id = await submitted({ tier: 'customer-facing' });
    const waive = (as: string, until: string) =>
      portal.as(as).post(`/approvals/${id}/gates/probe/waiver`, {
        reason: 'The probe is known to be wrong here.',
        until,
      });
    const soon = '2026-11-10T00:00:00.000Z';
    expect((await waive('dana', soon)).status).toBe(403);
    expect((await waive('lara', soon)).status).toBe(403);
    expect((await waive('ines', '2027-11-10T00:00:00.000Z')).status).toBe(400);
    expect((await waive('ines', soon)).status).toBe(200);
    expect((await portal.detail(id)).gates).toMatchObject([
      {
        gateId: 'probe',
        status: 'waived',
        waiver: { by: 'user:default/ines' },
      },
    ]);
  });
});
