import { AuthorizeResult } from '@backstage/plugin-permission-common';
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

describe.each(databaseIds)('ways round the commands on %s', databaseId => {
  let world: PortalWorld;
  let portal: Portal;

  beforeEach(async () => {
    world = await createPortalWorld(databaseId);
    portal = await startPortal(world);
  });

  afterEach(() => portal.stop());

  const created = async (more: object = {}) => {
    const { body } = await portal
      .as('dana')
      .post('/approvals', { ...wanted, ...more });
    await portal.settle();
    return body.id as string;
  };

  const soon = '2026-11-10T00:00:00.000Z';
  const waive = (id: string, as: string, more: object = {}) =>
    portal.as(as).post(`/approvals/${id}/gates/probe/waiver`, {
      reason: 'Looked at it by hand.',
      until: soon,
      ...more,
    });

  it('naming somebody else opens no command that is theirs', async () => {
    const id = await created();
    for (const onBehalfOf of ['user:default/dana', 'user:default/priya']) {
      for (const command of ['withdraw', 'revoke', 'suspend', 'clear-hold']) {
        const { status, body } = await portal.as('tom').command(id, command, {
          onBehalfOf,
          role: 'lead',
          reason: 'Because I say so.',
        });
        expect([command, status]).toEqual([command, 400]);
        expect(body.error.message).toContain('with a sign-off only');
      }
    }
    expect((await portal.detail(id)).state).toBe('in-review');
  });

  it('a delegation of the requester withdraws nothing for them', async () => {
    const id = await created();
    await portal.as('dana').post('/delegations', {
      delegate: 'user:default/tom',
      until: '2026-11-20T00:00:00.000Z',
    });
    for (const more of [{}, { onBehalfOf: 'user:default/dana' }]) {
      const { status } = await portal.as('tom').command(id, 'withdraw', more);
      expect(status).toBeGreaterThanOrEqual(400);
    }
    expect((await portal.detail(id)).state).toBe('in-review');
  });

  it('an owner in the security group waives nothing as security', async () => {
    world.verdict = 'fail';
    const id = await created({ tier: 'customer-facing' });
    world.catalog.set(
      'group:default/ml-platform',
      group('ml-platform', { members: ['priya', 'tom'], lead: 'priya' }),
    );
    world.catalog.set(
      'user:default/tom',
      user('tom', ['security', 'ml-platform']),
    );
    const refused = await waive(id, 'tom');
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      expect.stringContaining('owns the model'),
    ]);
    expect((await waive(id, 'ines')).status).toBe(200);
  });

  it('a waiver keeps its passkey in the ledger, and uses it once', async () => {
    world.verdict = 'fail';
    const id = await created({ tier: 'customer-facing' });
    const other = await created({ tier: 'customer-facing', purpose: 'search' });
    const forged = { stepUp: { challengeId: 'forged', response: {} } };
    expect((await waive(id, 'ines', forged)).status).toBe(403);
    const good = { stepUp: { challengeId: 'good-w', response: {} } };
    expect((await waive(id, 'ines', good)).body.gates).toMatchObject([
      {
        gateId: 'probe',
        status: 'waived',
        waiver: { by: 'user:default/ines' },
      },
    ]);
    expect((await waive(other, 'ines', good)).status).toBe(403);
    const { body } = await portal.as('dana').get(`/approvals/${id}/timeline`);
    const waived = body.items.filter(
      ({ type }: { type: string }) => type === 'gate.waived',
    );
    expect(waived).toMatchObject([
      {
        actor: 'user:default/ines',
        payload: {
          gateId: 'probe',
          stepUp: {
            action: 'gate.waive',
            payloadHash: JSON.stringify({
              id,
              reason: 'Looked at it by hand.',
              until: soon,
              gateId: 'probe',
            }),
          },
        },
      },
    ]);
  });

  it('asks a gate again for those it concerns, while it is being checked', async () => {
    world.verdict = 'needs-evidence';
    const id = await created();
    const rerun = (as: string, gate = 'probe', key?: string) =>
      portal
        .as(as)
        .post(`/approvals/${id}/gates/${gate}/rerun`, undefined, key);
    world.permit = permission => permission !== 'model.approval.sign';
    expect((await rerun('lara')).status).toBe(403);
    expect((await rerun('service')).status).toBe(403);
    world.permit = () => true;
    expect((await rerun('dana', 'none')).status).toBe(400);
    world.verdict = 'pass';
    const once = await rerun('dana', 'probe', 'rerun-0001');
    const replay = await rerun('dana', 'probe', 'rerun-0001');
    for (const { status, body } of [once, replay]) {
      expect([status, body.state]).toEqual([200, 'checking']);
    }
    await portal.settle();
    expect(
      await world.knex('gate_runs').where({ gate_id: 'probe' }),
    ).toHaveLength(2);
    expect((await portal.detail(id)).state).toBe('in-review');
    expect((await rerun('dana')).status).toBe(409);
  });

  it('counts and lists nothing that a condition hides', async () => {
    const id = await created();
    world.permit = (permission, who) =>
      permission === 'model.approval.read' && who === 'user:default/tom'
        ? {
            result: AuthorizeResult.CONDITIONAL,
            pluginId: 'model-governance',
            resourceType: 'model-approval',
            conditions: {
              rule: 'IS_REQUESTER',
              resourceType: 'model-approval',
              params: { claims: ['user:default/tom'] },
            },
          }
        : true;
    const tom = portal.as('tom');
    expect((await tom.get('/approvals')).body).toEqual({
      items: [],
      totalItems: 0,
    });
    const { submit, justification, ...scope } = wanted;
    expect((await tom.post('/approvals/preview', scope)).body.existing).toEqual(
      [],
    );
    expect(
      (await tom.get('/models/meta/llama/standing')).body.openRequests,
    ).toEqual([]);
    const [summary] = (
      await tom.post('/standings/query', { entityRefs: [wanted.entityRef] })
    ).body.items;
    expect(summary).toMatchObject({ openRequests: 0, holds: 0 });
    for (const path of [`/approvals/${id}`, `/approvals/${id}/timeline`]) {
      expect((await tom.get(path)).status).toBe(404);
    }
    expect((await tom.command(id, 'withdraw')).status).toBe(404);
    expect((await tom.get('/changes')).status).toBe(403);
  });

  it('answers texts that no database keeps as a mistake of the caller', async () => {
    const dana = portal.as('dana');
    for (const text of ['nul \0 in a text', 'half \ud800 of a pair']) {
      for (const body of [
        { ...wanted, justification: text },
        { ...wanted, requesterGroup: text },
        { ...wanted, entityRef: `model:meta/${text}` },
      ]) {
        expect((await dana.post('/approvals', body)).status).toBe(400);
      }
    }
    for (const path of [
      '/approvals?requester=%00',
      '/approvals/%00',
      '/keys?profile=%00',
      '/models/meta/%00/standing',
    ]) {
      expect([path, (await dana.get(path)).status]).toEqual([path, 400]);
    }
    expect(await world.knex('approvals')).toEqual([]);
  });
});
