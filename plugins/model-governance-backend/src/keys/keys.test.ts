import { mockServices } from '@backstage/backend-test-utils';
import {
  followKeySuccessions,
  keyIdOf,
  trustKeys,
} from '@modelhub/governance-protocol';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { TestClock } from '@modelhub/backstage-plugin-models-node/testUtils';
import { DatabaseKeyStore } from './DatabaseKeyStore';
import type { KeyUse } from './KeyStore';
import { readKeySecret } from './readKeySecret';

jest.setTimeout(60_000);

const secret = 'a secret of more than thirty-two characters';

describe.each(databaseIds)('DatabaseKeyStore on %s', databaseId => {
  async function setup() {
    const { knex, transactions } = await migratedDatabase(databaseId);
    const clock = new TestClock();
    const store = (withSecret = secret) =>
      DatabaseKeyStore.create({ transactions, clock, secret: withSecret });
    const rotate = (keys: DatabaseKeyStore, use: KeyUse) =>
      transactions.run(tx => keys.rotate(use, tx));
    return { knex, clock, store, rotate };
  }

  it('has one active key a use, whoever comes first', async () => {
    const { knex, store } = await setup();
    const replicas = [store(), store(), store()];
    const keys = await Promise.all(replicas.map(r => r.active('snapshot')));
    expect(new Set(keys.map(key => key.privateKey)).size).toBe(1);
    expect(keyIdOf(keys[0].privateKey)).toBe(keys[0].keyId);
    expect(await knex('signing_keys').pluck('use')).toEqual(['snapshot']);

    const ledger = await replicas[0].active('ledger');
    expect(ledger.keyId).not.toBe(keys[0].keyId);
    expect((await replicas[1].publicKeys()).map(key => key.use).sort()).toEqual(
      ['ledger', 'snapshot'],
    );
    expect(await replicas[1].publicKeys('ledger')).toEqual([
      {
        keyId: ledger.keyId,
        use: 'ledger',
        publicKey: ledger.publicKey,
        state: 'active',
        createdAt: '2026-11-02T09:00:00.000Z',
      },
    ]);
  });

  it('rotates: active, retiring, retired', async () => {
    const { clock, store, rotate } = await setup();
    const [a, b] = [store(), store()];
    const first = await a.active('snapshot');
    await b.active('snapshot');
    clock.advance(60);
    const second = await rotate(a, 'snapshot');
    expect((await a.active('snapshot')).keyId).toBe(second.keyId);
    clock.advance(6);
    expect((await b.active('snapshot')).keyId).toBe(second.keyId);
    clock.advance(60);
    const third = await rotate(b, 'snapshot');
    expect(
      (await a.publicKeys('snapshot')).map(key => [key.keyId, key.state]),
    ).toEqual([
      [third.keyId, 'active'],
      [second.keyId, 'retiring'],
      [first.keyId, 'retired'],
    ]);
    const { learned } = followKeySuccessions(
      trustKeys([first.publicKey]),
      await a.publicKeys(),
      { use: 'snapshot' },
    );
    expect(learned).toEqual([second.keyId, third.keyId]);
  });

  it('rotates a key whose secret is lost, without a voucher', async () => {
    const { store, rotate } = await setup();
    await store('another secret of more than 32 characters').active('snapshot');
    const key = await rotate(store(), 'snapshot');
    expect(key.succession).toBeUndefined();
    expect((await store().active('snapshot')).keyId).toBe(key.keyId);
  });

  it('lets one of two who rotate at the same moment win', async () => {
    const { store, rotate } = await setup();
    await store().active('snapshot');
    const done = await Promise.allSettled([
      rotate(store(), 'snapshot'),
      rotate(store(), 'snapshot'),
    ]);
    expect((await store().publicKeys('snapshot')).map(k => k.state)).toContain(
      'active',
    );
    for (const one of done) {
      expect(
        one.status === 'fulfilled' || one.reason.name === 'ConflictError',
      ).toBe(true);
    }
  });

  it('keeps private keys encrypted and bound to their use', async () => {
    const { knex, store } = await setup();
    const key = await store().active('snapshot');
    const row = await knex('signing_keys').first();
    expect(JSON.stringify(row)).not.toContain('PRIVATE');
    expect(JSON.stringify(row)).not.toContain(key.privateKey.split('\n')[1]);

    await expect(
      store('another secret of more than 32 characters').active('snapshot'),
    ).rejects.toThrow(/encrypted with another secret/);
    await knex('signing_keys').update({ use: 'ledger', active_use: 'ledger' });
    await expect(store().active('ledger')).rejects.toThrow(/another secret/);
  });
});

describe('readKeySecret', () => {
  const logger = mockServices.logger.mock();
  const read = (keys: object, nodeEnv?: string) =>
    readKeySecret({
      config: mockServices.rootConfig({ data: { modelGovernance: { keys } } }),
      logger,
      nodeEnv,
    });

  it('takes the secret of the configuration', () => {
    expect(read({ secret }, 'production')).toBe(secret);
  });

  it('refuses a short one', () => {
    expect(() => read({ secret: 'short' })).toThrow(/shorter than 32/);
  });

  it('refuses to run without one in production only', () => {
    expect(() => read({}, 'production')).toThrow(
      /Set modelGovernance.keys.secret/,
    );
    expect(read({}, 'development')).not.toBe(read({}, 'development'));
    expect(logger.warn).toHaveBeenCalled();
  });

  it('makes a secret file once, for its owner only', () => {
    const folder = mkdtempSync(join(tmpdir(), 'keys-'));
    try {
      const secretFile = join(folder, 'sub', 'secret');
      const made = read({ secretFile }, 'production');
      expect(made.length).toBeGreaterThan(40);
      expect(read({ secretFile }, 'production')).toBe(made);
      expect(readFileSync(secretFile, 'utf8').trim()).toBe(made);
      expect(statSync(secretFile).mode % 0o1000).toBe(0o600);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
