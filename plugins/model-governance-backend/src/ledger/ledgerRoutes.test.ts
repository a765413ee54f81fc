import { mockCredentials } from '@backstage/backend-test-utils';
import { trustKeys, verifyChain } from '@modelhub/governance-protocol';
import { databaseIds } from '../__testUtils__/databases';
import { createWorld, startRooms } from '../__testUtils__/startRooms';

jest.setTimeout(60_000);

describe.each(databaseIds)('ledger over HTTP on %s', databaseId => {
  async function setup() {
    const world = await createWorld(databaseId);
    const rooms = await startRooms(world);
    const { transactions, ledger } = rooms.foundation;
    await transactions.run(tx =>
      ledger.append(
        tx,
        Array.from({ length: 7 }, (_, n) => ({
          actor: { kind: 'person' as const, ref: 'user:default/ann' },
          subject: `approval:${n}`,
          type: 'approval.submitted',
          payload: { n },
          ...(n % 2 && { entityRef: 'model:meta/llama' }),
        })),
      ),
    );
    return { world, rooms };
  }

  it('exports a chain that verifies offline, and a history that reads well', async () => {
    const { world, rooms } = await setup();
    try {
      const exported = await fetch(`${rooms.url}/ledger/export`, {
        headers: {
          authorization: mockCredentials.user.header('user:default/admin'),
        },
      });
      expect(exported.headers.get('content-type')).toContain(
        'application/x-ndjson',
      );
      const lines = (await exported.text()).trimEnd().split('\n');
      expect(lines).toHaveLength(7);
      expect(lines.join()).not.toContain('ann');

      const { body: checkpoints } = await rooms.call(
        'GET',
        '/ledger/checkpoints',
        { as: 'admin' },
      );
      const { body: keys } = await rooms.call('GET', '/signing-keys');
      const offline = (text: string[]) =>
        verifyChain(text, {
          checkpoints: checkpoints.items,
          trustedKeys: trustKeys(
            keys.items.map((key: { publicKey: string }) => key.publicKey),
          ),
        });
      expect(await offline(lines)).toMatchObject({
        ok: true,
        events: 7,
        checkpoints: 1,
      });
      expect(await offline(lines.slice(0, 6))).toMatchObject({ ok: false });

      expect(
        await rooms.call('GET', '/ledger/verification', { as: 'admin' }),
      ).toMatchObject({ status: 200, body: { ok: true, events: 7 } });
      await world
        .knex('ledger_events')
        .where({ seq: 3 })
        .update({ actor: 'system' });
      expect(
        await rooms.call('GET', '/ledger/verification', { as: 'admin' }),
      ).toMatchObject({ body: { ok: false, firstBad: { seq: 3 } } });
    } finally {
      await rooms.stop();
    }
  });

  it('shows the whole ledger by permission, a model’s history to all who read approvals', async () => {
    const { rooms } = await setup();
    try {
      for (const path of [
        '/ledger',
        '/ledger/export',
        '/ledger/verification',
        '/ledger/checkpoints',
      ]) {
        expect(await rooms.call('GET', path, { as: 'ann' })).toMatchObject({
          status: 403,
        });
        expect(await rooms.call('GET', path)).toMatchObject({ status: 401 });
      }
      const ref = 'entityRef=model%3Ameta%2Fllama';
      const page = await rooms.call('GET', `/ledger?${ref}&limit=2`, {
        as: 'ann',
      });
      expect(page.body).toMatchObject({
        totalItems: 3,
        items: [{ seq: 6, actor: 'user:default/ann' }, { seq: 4 }],
      });
      const rest = await rooms.call(
        'GET',
        `/ledger?${ref}&limit=2&cursor=${page.body.nextCursor}`,
        { as: 'ann' },
      );
      expect(rest.body.items).toMatchObject([{ seq: 2 }]);
      for (const query of [
        'limit=0',
        'limit=x',
        'order=up',
        'cursor=x',
        'q=1',
      ]) {
        expect(
          await rooms.call('GET', `/ledger?${query}`, { as: 'admin' }),
        ).toMatchObject({ status: 400 });
      }
    } finally {
      await rooms.stop();
    }
  });
});
