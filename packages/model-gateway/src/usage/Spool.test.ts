import {
  usageBatchProblem,
  type UsageRecord,
} from '@modelhub/governance-protocol';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { someCall, someCaller, someOutcome } from '../__testUtils__/calls';
import { RecordSums } from './RecordSums';
import { beginningOf, recordOf, refusalRecordOf } from './records';
import { Spool } from './Spool';

const PRICED = {
  gatewayId: 'acme/chat',
  model: {
    gatewayId: 'acme/chat',
    entityRef: 'model:acme/chat',
    provider: 'acme',
    lifecycle: 'active' as const,
    pricing: { currency: 'EUR', inputPerMTok: 2, outputPerMTok: 4 },
  },
};
const call = () => someCall({ admission: PRICED });
const usage = { inputTokens: 10, outputTokens: 5, estimated: false };
const ended = (it = call(), fields = {}) =>
  recordOf(it, someOutcome({ usage, ...fields }));

describe('records', () => {
  it('of every kind are what the control plane takes', () => {
    const strange = someCall({
      caller: someCaller({ team: 'group:default/a' }),
      admission: { gatewayId: `x\n${'y'.repeat(5_000)}` },
      trace: 't\u0000',
    });
    const records = [
      ended(),
      ended(strange),
      ended(call(), { status: 499, usage: undefined, clientGone: true }),
      recordOf(call(), someOutcome({ shortcut: true, attempts: 0 })),
      refusalRecordOf(call(), { status: 401, code: 'x', promptBytes: 0 }),
    ];
    expect(
      usageBatchProblem({
        batchId: randomUUID(),
        records: records.map(it => JSON.parse(JSON.stringify(it))),
      }),
    ).toBeUndefined();
  });

  it('say what was used and what it cost', () => {
    expect(ended()).toMatchObject({
      keyId: 'k',
      profile: 'p',
      model: 'acme/chat',
      status: 200,
      inputTokens: 10,
      outputTokens: 5,
      costMicros: 40,
      currency: 'EUR',
      provider: 'acme',
    });
    expect(ended(someCall()).costMicros).toBeUndefined();
    expect(
      recordOf(call(), someOutcome({ shortcut: true, attempts: 0 })),
    ).toMatchObject({ cacheHit: true });
  });

  it('are begun with what is known of each call', () => {
    const caller = someCaller({ team: 'group:default/a' });
    const read = (it: ReturnType<typeof call>) => JSON.parse(beginningOf(it));
    const first = someCall({ caller, admission: PRICED, trace: 'a"b' });
    expect(read(first)).toMatchObject({
      id: first.id,
      team: 'group:default/a',
      model: 'acme/chat',
      route: 'chat',
      trace: 'a"b',
      promptBytes: first.promptBytes,
      code: 'gateway_stopped',
    });
    const other = { gatewayId: 'acme/other' };
    for (const [fields, expected] of [
      [{ admission: other }, { model: 'acme/other', route: 'chat' }],
      [{ admission: other, route: 'responses' }, { route: 'responses' }],
      [
        { admission: other, streamed: true },
        { streamed: true, route: 'chat' },
      ],
      [{ admission: PRICED }, { streamed: false, model: 'acme/chat' }],
    ] as const) {
      const it_ = read(someCall({ caller, ...fields }));
      expect(it_).toMatchObject(expected);
      expect(it_).not.toHaveProperty('trace');
    }
  });

  it('never hold content', () => {
    const secret = someCall({
      body: { messages: [{ content: 'confidential words' }] },
    });
    expect(JSON.stringify([ended(secret), beginningOf(secret)])).not.toContain(
      'confidential',
    );
  });
});

describe('RecordSums', () => {
  it('adds up equal refusals and keeps their sums', () => {
    const sums = new RecordSums();
    const caller = someCaller();
    for (let n = 0; n < 1000; n++) {
      sums.add(
        refusalRecordOf(someCall({ caller }), {
          status: 429,
          code: 'rate_limit_exceeded',
          model: n % 2 ? 'a' : 'b',
          promptBytes: 3,
        }),
      );
    }
    expect(sums.drain()).toEqual([
      expect.objectContaining({ model: 'b', calls: 500, promptBytes: 1500 }),
      expect.objectContaining({ model: 'a', calls: 500, promptBytes: 1500 }),
    ]);
    expect(sums.size).toBe(0);
  });

  it('leaves a single one as it is', () => {
    const sums = new RecordSums();
    const record = ended();
    sums.add(record);
    expect(sums.drain()).toEqual([record]);
  });

  it('stays small when somebody makes up names, and counts every call', () => {
    const sums = new RecordSums();
    for (let n = 0; n < 20_000; n++) {
      sums.add(
        refusalRecordOf(someCall(), {
          status: 403,
          code: 'model_not_approved',
          model: `made-up-${n}`,
          promptBytes: 1,
        }),
      );
    }
    expect(sums.size).toBeLessThanOrEqual(5_001);
    const calls = sums.drain().map(it => it.calls ?? 1);
    expect(calls.reduce((a, b) => a + b)).toBe(20_000);
  });
});

describe('Spool', () => {
  let dir: string;
  beforeEach(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-'));
  });
  afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

  const errors: Error[] = [];
  const open = (found: UsageRecord[] = []) =>
    Spool.open({
      dir,
      found: it => found.push(it),
      onError: error => errors.push(error),
    });
  const drain = async (spool: Spool) => {
    const records: UsageRecord[] = [];
    for (let it = spool.next(); it; it = spool.next()) {
      records.push(
        ...(await spool.recordsOf(it)).map(line => JSON.parse(line)),
      );
      await spool.remove(it);
    }
    return records;
  };
  const logs = () => fs.readdirSync(dir).filter(it => it.endsWith('.log'));

  it('gives back what it was given, in batches that may be sent', async () => {
    const spool = open();
    const records = Array.from({ length: 1200 }, () => ended());
    records.forEach(it => spool.add(it));
    spool.seal();
    expect(spool.waiting).toBe(3);
    expect(await drain(spool)).toEqual(
      records.map(it => JSON.parse(JSON.stringify(it))),
    );
    expect([spool.bytes, logs()]).toEqual([0, []]);
    await spool.close();
  });

  it('sends what is left under the same id after a restart', async () => {
    const first = open();
    first.add(ended());
    await first.close();
    const [file] = logs();
    const found: UsageRecord[] = [];
    const second = open(found);
    expect(found).toHaveLength(1);
    expect(file).toContain(second.next()!.batchId);
    expect(await drain(second)).toHaveLength(1);
    await second.close();
    expect(open().waiting).toBe(0);
  });

  it('carries calls in flight on to the next segment', async () => {
    const first = open();
    const slow = call();
    first.begin(slow.id, beginningOf(slow));
    first.add(ended());
    first.seal();
    expect(await drain(first)).toHaveLength(1);
    first.add(ended());
    first.seal();
    const second = open();
    expect(
      (await drain(second)).map(it => [it.id === slow.id, it.code]),
    ).toEqual([
      [false, undefined],
      [true, 'gateway_stopped'],
    ]);
    await Promise.all([first.close(), second.close()]);
  });

  it('leaves a torn line out and keeps what stands before it', async () => {
    const first = open();
    first.add(ended());
    await first.close();
    const [file] = logs();
    fs.appendFileSync(path.join(dir, file), '+{"id":"torn');
    expect(await drain(open())).toHaveLength(1);
  });

  it('keeps a refused batch where somebody can look at it', async () => {
    const spool = open();
    spool.add(ended());
    spool.seal();
    await spool.reject(spool.next()!);
    expect([spool.waiting, spool.rejected, spool.bytes]).toEqual([0, 1, 0]);
    await spool.close();
    expect([open().waiting, open().rejected]).toEqual([0, 1]);
  });

  it('says that it cannot write, and takes nothing then', () => {
    const spool = open();
    fs.rmSync(dir, { recursive: true });
    errors.length = 0;
    expect(spool.add(ended())).toBe(false);
    expect(errors).toHaveLength(1);
  });

  it('survives kill -9: each call whose answer went out is there once, those in flight as lost', async () => {
    const program = `
      require('@backstage/cli/config/nodeTransform.cjs');
      const { Spool } = require(${JSON.stringify(
        path.join(__dirname, 'Spool'),
      )});
      const spool = Spool.open({ dir: ${JSON.stringify(
        dir,
      )}, found() {}, onError(error) { throw error; } });
      const template = ${JSON.stringify(ended())};
      const crypto = require('node:crypto');
      const one = () => {
        const id = crypto.randomUUID();
        spool.begin(id, JSON.stringify({ ...template, id }));
        setTimeout(() => {
          spool.add({ ...template, id });
          setImmediate(() => process.stdout.write(id + '\\n'));
          setImmediate(one);
        }, Math.random() * 5);
      };
      for (let n = 0; n < 50; n++) one();
      for (let n = 0; n < 3; n++) {
        const id = crypto.randomUUID();
        spool.begin(id, JSON.stringify({ ...template, id }));
      }
      setInterval(() => spool.sealOlderThan(20), 20);
    `;
    const child = spawn(process.execPath, ['-e', program], {
      cwd: path.resolve(__dirname, '../..'),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    await new Promise<void>(resolve => {
      child.stdout.on('data', chunk => {
        output += chunk;
        if (output.length > 37 * 3_000) child.kill('SIGKILL');
      });
      child.on('close', () => resolve());
    });
    const answered = output.split('\n').filter(line => line.length === 36);
    const records = await drain(open());
    const ids = new Set(records.map(({ id }) => id));
    expect(answered.length).toBeGreaterThan(2_999);
    expect(ids.size).toBe(records.length);
    expect(answered.filter(id => !ids.has(id))).toEqual([]);
    const lost = records.filter(it => it.tokensEstimated);
    expect(lost.length).toBeGreaterThanOrEqual(3);
    expect(lost.length).toBeLessThanOrEqual(53);
  }, 60_000);
});
