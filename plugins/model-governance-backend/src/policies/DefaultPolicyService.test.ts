import { mockServices } from '@backstage/backend-test-utils';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseIds, migratedDatabase, TestClock } from '../__testUtils__';
import { DatabasePolicyHistory } from './DatabasePolicyHistory';
import { DefaultPolicyService } from './DefaultPolicyService';
import type { PolicyHistory } from './PolicyHistory';
import { readSnapshotAges } from './snapshotAges';
import {
  internalPolicy,
  organisation,
  policyInput,
  testGates,
} from './__testUtils__';

jest.setTimeout(60_000);

const logger = mockServices.logger.mock();
let path: string;

const write = (internal: string) =>
  Promise.all(
    organisation(internal).map(({ file, text }) =>
      writeFile(join(path, file), text),
    ),
  );

const open = (history?: PolicyHistory, settle = async () => {}) =>
  DefaultPolicyService.create({
    path,
    gates: testGates,
    logger,
    history,
    clock: new TestClock(),
    settle,
  });

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'policies-'));
  await write(internalPolicy);
});

afterEach(() => rm(path, { recursive: true }));

describe('DefaultPolicyService', () => {
  it('describes what is in force', async () => {
    const policies = await open();
    const described = policies.describe();
    expect(described.error).toBeUndefined();
    expect(described.tiers.map(({ tier }) => tier)).toEqual([
      'sandbox',
      'internal',
      'customer-facing',
      'regulated',
    ]);
    expect(described.tiers[1].gates[0]).toMatchObject({
      id: 'card',
      title: 'Model card',
      required: true,
    });
    expect(described.layers).toHaveLength(4);
    expect(described.version).toBe(policies.decide(policyInput()).version);
  });

  it('takes over a change, and keeps the last good one when a file is wrong', async () => {
    const policies = await open();
    const first = policies.describe().version;

    await write(internalPolicy.replace('365', '200'));
    await policies.reload();
    const second = policies.describe().version;
    expect(second).not.toBe(first);
    expect(policies.decide(policyInput()).expiresAfterDays).toBe(200);

    await write(internalPolicy.replace('tier: internal', 'tier: ['));
    await policies.reload();
    expect(policies.describe()).toMatchObject({
      version: second,
      error: {
        file: 'internal.yaml',
        message: expect.stringContaining('not YAML'),
        at: '2026-11-02T09:00:00.000Z',
      },
    });
    expect(policies.decide(policyInput()).expiresAfterDays).toBe(200);

    await write(internalPolicy);
    await policies.reload();
    expect(policies.describe()).toMatchObject({ version: first });
    expect(policies.describe().error).toBeUndefined();
  });

  it('waits for a file that is half written, even if the half is a policy', async () => {
    // Cut after its checks: it says nothing of sign-offs and refusals.
    const half = internalPolicy.slice(0, internalPolicy.indexOf('signOffs'));
    let readings = 0;
    const policies = await open(undefined, async () => {
      readings += 1;
      if (readings === 1) await write(internalPolicy.replace('365', '200'));
    });
    const first = policies.decide(policyInput());
    expect(first.signOffs).toHaveLength(2);

    await write(half);
    await policies.reload();
    expect(readings).toBe(2);
    expect(policies.decide(policyInput())).toMatchObject({
      expiresAfterDays: 200,
      signOffs: first.signOffs,
    });
  });

  it('keeps the last good one when what was half written stays so', async () => {
    const policies = await open();
    const { version } = policies.describe();
    await write(internalPolicy.slice(0, internalPolicy.indexOf('365')));
    await policies.reload();
    expect(policies.describe()).toMatchObject({
      version,
      error: { file: 'internal.yaml' },
    });
    expect(policies.decide(policyInput()).expiresAfterDays).toBe(365);
  });

  it('keeps the last good one when the folder is gone, until it is back', async () => {
    const policies = await open();
    const { version } = policies.describe();
    await rm(path, { recursive: true });
    await policies.reload();
    expect(policies.describe()).toMatchObject({
      version,
      error: { message: expect.stringContaining('no policy folder at') },
    });
    expect(policies.decide(policyInput()).expiresAfterDays).toBe(365);

    await mkdir(path);
    await policies.reload();
    expect(policies.describe().error?.message).toContain('holds no policy');
    await write(internalPolicy.replace('365', '200'));
    await policies.reload();
    expect(policies.describe().error).toBeUndefined();
    expect(policies.decide(policyInput()).expiresAfterDays).toBe(200);
  });

  it('looks again one after the other, so that the newest counts', async () => {
    let release = () => {};
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    let waits = 0;
    const policies = await open(undefined, async () => {
      waits += 1;
      if (waits === 1) await held;
    });
    await write(internalPolicy.replace('365', '200'));
    const early = policies.reload();
    await write(internalPolicy.replace('365', '100'));
    const late = policies.reload();
    release();
    await Promise.all([early, late]);
    expect(policies.decide(policyInput()).expiresAfterDays).toBe(100);
  });

  it('decides nothing while there never was a good policy', async () => {
    await rm(path, { recursive: true });
    const policies = await open();
    expect(() => policies.decide(policyInput())).toThrow(
      /No policy is in force.*modelGovernance.policies.path/,
    );
    await mkdir(path);
    await write(internalPolicy);
    await policies.reload();
    expect(policies.decide(policyInput()).expiresAfterDays).toBe(365);
  });
});

describe.each(databaseIds)('policy history on %s', databaseId => {
  it('tells the ledger once, whatever the number of replicas', async () => {
    const { transactions } = await migratedDatabase(databaseId);
    const append = jest.fn().mockResolvedValue([]);
    const history = DatabasePolicyHistory.create({
      transactions,
      ledger: { append },
      clock: new TestClock(),
    });
    const [one, two] = await Promise.all([open(history), open(history)]);
    const first = one.describe().version;
    expect(append).toHaveBeenCalledTimes(1);
    expect(append.mock.calls[0][1]).toEqual([
      {
        actor: { kind: 'system' },
        subject: 'policies',
        type: 'policy.activated',
        payload: {
          version: first,
          files: [
            'customer-facing.yaml',
            'internal.yaml',
            'regulated.yaml',
            'sandbox.yaml',
          ],
        },
      },
    ]);

    await write(internalPolicy.replace('365', '200'));
    await Promise.all([one.reload(), two.reload()]);
    expect(append).toHaveBeenCalledTimes(2);
    expect(append.mock.calls[1][1][0].payload).toMatchObject({
      version: two.describe().version,
      previous: first,
    });
  });

  it('keeps the last good one on every replica, and on one that comes later', async () => {
    const { transactions } = await migratedDatabase(databaseId);
    const append = jest.fn().mockResolvedValue([]);
    const history = DatabasePolicyHistory.create({
      transactions,
      ledger: { append },
      clock: new TestClock(),
    });
    const [one, two] = await Promise.all([open(history), open(history)]);
    const { version } = one.describe();
    await rm(path, { recursive: true });
    await Promise.all([one.reload(), two.reload()]);
    const three = await open(history);
    for (const replica of [one, two, three]) {
      expect(replica.describe()).toMatchObject({
        version,
        error: { message: expect.stringContaining('no policy folder') },
      });
      expect(replica.decide(policyInput()).expiresAfterDays).toBe(365);
    }
    await mkdir(path);
    await write(internalPolicy.replace('365', '200'));
    await Promise.all([one.reload(), two.reload(), three.reload()]);
    for (const replica of [one, two, three]) {
      expect(replica.describe().error).toBeUndefined();
      expect(replica.decide(policyInput()).expiresAfterDays).toBe(200);
    }
    expect(append).toHaveBeenCalledTimes(2);
  });

  it('keeps how old a snapshot each tier takes, by its strictest layer', async () => {
    const { transactions } = await migratedDatabase(databaseId);
    const history = DatabasePolicyHistory.create({
      transactions,
      ledger: { append: async () => [] },
      clock: new TestClock(),
    });
    const ages = () => transactions.read(tx => readSnapshotAges(tx));
    expect(await ages()).toEqual([]);
    const policies = await open(history);
    const plain = ['customer-facing', 'internal', 'regulated', 'sandbox'].map(
      id => ({ id, maxAgeSeconds: 900 }),
    );
    expect(await ages()).toEqual(plain);

    await writeFile(
      join(path, 'shop.yaml'),
      'tier: internal\nscope: { system: system:default/shop }\nsnapshotMaxAgeSeconds: 60\n',
    );
    await policies.reload();
    expect(await ages()).toEqual(
      plain.map(tier =>
        tier.id === 'internal' ? { ...tier, maxAgeSeconds: 60 } : tier,
      ),
    );
  });

  it('starts with what was in force when the folder is broken', async () => {
    const { transactions } = await migratedDatabase(databaseId);
    const history = DatabasePolicyHistory.create({
      transactions,
      ledger: { append: async () => [] },
      clock: new TestClock(),
    });
    const { version } = (await open(history)).describe();
    await write('tier: [');
    const restarted = await open(history);
    expect(restarted.describe()).toMatchObject({
      version,
      error: { file: 'internal.yaml' },
    });
    expect(restarted.decide(policyInput()).expiresAfterDays).toBe(365);
  });
});
