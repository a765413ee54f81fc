import { sha256Hex } from '@modelhub/governance-protocol';
import { databaseIds } from '../__testUtils__/databases';
import { createWorld, startRooms } from '../__testUtils__/startRooms';

jest.setTimeout(60_000);

const HOUR = 3600;

describe.each(databaseIds)(
  'keys of those who leave a profile on %s',
  databaseId => {
    let world: Awaited<ReturnType<typeof createWorld>>;
    let rooms: Awaited<ReturnType<typeof startRooms>>;

    beforeEach(async () => {
      world = await createWorld(databaseId);
      rooms = await startRooms(world, {
        purposes: [
          { id: 'summaries', title: 'Summaries', dataClasses: ['internal'] },
        ],
        profiles: [
          {
            id: 'checkout',
            title: 'Checkout',
            members: ['group:default/checkout'],
          },
        ],
        gatewayKeys: { ownerGraceHours: 24 },
      });
      await rooms.declare();
    });
    afterEach(async () => {
      await rooms.publisher.stop();
      await rooms.stop();
    });

    const issue = async (as: string, more: object = {}) =>
      (
        await rooms.call('POST', '/keys', {
          as,
          body: {
            name: `key of ${as}`,
            profile: 'checkout',
            purpose: 'summaries',
            tier: 'internal',
            ...more,
          },
        })
      ).body;
    const taken = async () => {
      const { payload } = await rooms.publisher.snapshot({
        knowsEndpoints: true,
      });
      if (payload.kind !== 'full') throw new Error('Expected a full snapshot');
      return payload.content.keys.map(({ hash }) => hash);
    };
    const look = () =>
      rooms.jobs.find(({ id }) => id === 'model-governance-key-members')!.run();
    const find = async (id: string) =>
      (await rooms.call('GET', '/keys', { as: 'admin' })).body.items.find(
        (key: { id: string }) => key.id === id,
      );
    const events = async () =>
      (await world.knex('ledger_events').orderBy('seq'))
        .map(({ type }) => type)
        .filter((type: string) => /left|rejoined|revoked/.test(type));
    const group = 'group:default/checkout';
    const leave = () => {
      world.organisation.groups[group] = [];
    };
    const comeBack = () => {
      world.organisation.groups[group] = ['user:default/ann'];
    };

    it('are refused at once, and revoked after the grace period', async () => {
      const key = await issue('ann');
      await look();
      expect(await taken()).toEqual([sha256Hex(key.secret)]);

      leave();
      await look();
      await look();
      expect(await taken()).toEqual([]);
      expect((await find(key.id)).ownerLeft).toEqual({
        since: '2026-11-02T09:00:00.000Z',
        revokedAfter: '2026-11-03T09:00:00.000Z',
      });
      const rotated = await rooms.call('POST', `/keys/${key.id}/rotate`, {
        as: 'admin',
        body: {},
      });
      expect(rotated.body.error.message).toMatch(/no longer a member/);
      const [notice] = await world
        .knex('outbox')
        .where({ topic: 'notification' });
      expect(JSON.parse(notice.payload)).toMatchObject({
        recipients: ['user:default/ann'],
        title: 'Gateway key key of ann is refused',
      });

      world.clock.advance(24 * HOUR);
      await look();
      expect(await find(key.id)).toMatchObject({
        revokedAt: '2026-11-03T09:00:00.000Z',
      });
      comeBack();
      await look();
      expect(await taken()).toEqual([]);
      expect(await events()).toEqual(['key.owner-left', 'key.revoked']);
    });

    it('hold again when their owner comes back in time', async () => {
      const key = await issue('ann');
      leave();
      await look();
      expect(await taken()).toEqual([]);
      comeBack();
      await look();
      expect(await taken()).toEqual([sha256Hex(key.secret)]);
      expect((await find(key.id)).ownerLeft).toBeUndefined();
      expect(await events()).toEqual(['key.owner-left', 'key.owner-rejoined']);
    });

    it('stay where the owner never was a member, until they become one and leave', async () => {
      const key = await issue('admin', { owner: 'user:default/bob' });
      await look();
      expect(await taken()).toEqual([sha256Hex(key.secret)]);
      world.organisation.groups[group] = ['user:default/bob'];
      await look();
      leave();
      await look();
      expect(await taken()).toEqual([]);
    });

    it('stay while the catalog does not answer', async () => {
      const key = await issue('ann');
      world.organisation.membersOf = async () => {
        throw new Error('The catalog is away');
      };
      await expect(look()).rejects.toThrow('away');
      expect(await taken()).toEqual([sha256Hex(key.secret)]);
    });
  },
);
