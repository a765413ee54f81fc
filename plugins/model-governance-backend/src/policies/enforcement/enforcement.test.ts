import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  createPortalWorld,
  databaseIds,
  startPortal,
  wanted,
  type Portal,
  type PortalWorld,
} from '../../__testUtils__';

jest.setTimeout(120_000);

const from = resolve(__dirname, '../../__testUtils__/policies');
const refusal = `
refuse:
  - code: not-here
    when: purpose.id == "support"
    message: Support has to use something else.
`;

describe.each(databaseIds)('policies that come into force on %s', id => {
  let world: PortalWorld;
  let portal: Portal;
  let path: string;

  const enforce = async () => {
    await portal.rooms.policies.reload();
    await portal.job('policy-ends');
  };

  beforeAll(async () => {
    path = await mkdtemp(join(tmpdir(), 'enforcement-'));
    await cp(from, path, { recursive: true });
    world = await createPortalWorld(id);
    world.policies = { path };
    portal = await startPortal(world);
    await enforce();
  });
  afterAll(async () => {
    await portal.stop();
    await rm(path, { recursive: true });
  });

  const text = () => readFile(join(from, 'sandbox.yaml'), 'utf8');
  const bring = async (content: string) => {
    await writeFile(join(path, 'sandbox.yaml'), content);
    await enforce();
  };
  const approved = async (purpose: string) => {
    const { body } = await portal
      .as('dana')
      .post('/approvals', { ...wanted, tier: 'sandbox', purpose });
    expect(body.error).toBeUndefined();
    await portal.settle();
    expect(await portal.detail(body.id)).toMatchObject({ state: 'approved' });
    return body.id as string;
  };

  it('suspend what they refuse, and let it live again when they go back', async () => {
    const ends = await approved('support');
    const stays = await approved('search');
    await bring(`${await text()}${refusal}`);

    const held = await portal.detail(ends);
    expect(held.state).toBe('suspended');
    expect(held.holds).toMatchObject([
      {
        kind: 'policy-changed',
        placedBy: 'system',
        reason: expect.stringContaining('Support has to use something else.'),
      },
    ]);
    expect(await portal.detail(stays)).toMatchObject({ state: 'approved' });

    // Nobody's word stands above the policy.
    const cleared = await portal.as('ines').command(ends, 'clear-hold', {
      holdId: held.holds[0].id,
      reason: 'We need it all the same.',
    });
    expect(cleared.status).toBe(403);

    // Once more changes nothing, and neither does another restart.
    await enforce();
    expect((await portal.detail(ends)).holds).toHaveLength(1);

    await bring(await text());
    const back = await portal.detail(ends);
    expect(back.state).toBe('approved');
    expect(back.holds[0]).toMatchObject({
      clearedBy: 'system',
      clearReason: 'The policies in force fit it again.',
    });
  });

  it('shorten a life, and never make it longer', async () => {
    const one = await approved('search');
    const before = (await portal.detail(one)).expiresAt!;
    await bring((await text()).replace('30', '10'));
    const shorter = (await portal.detail(one)).expiresAt!;
    expect(Date.parse(before) - Date.parse(shorter)).toBe(20 * 24 * 3600_000);
    await bring((await text()).replace('30', '60'));
    expect((await portal.detail(one)).expiresAt).toBe(shorter);
    expect(
      await world
        .knex('ledger_events')
        .where({ type: 'approval.life-shortened' }),
    ).not.toHaveLength(0);
  });

  it('leave alone what was not decided by when they were looked at', async () => {
    world.clock.advance(60);
    await enforce();
    const row = await world.knex('policy_in_force').first();
    expect(row.applied_version).toBe(row.version);
  });
});
