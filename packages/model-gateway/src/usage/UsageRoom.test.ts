import {
  createGatewayProof,
  generateSigningKey,
  type LeaseAnswer,
  type UsageBatch,
  type UsageFeedback,
  type UsageFeedbackBatch,
  type UsageRecord,
} from '@modelhub/governance-protocol';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { handleOf } from '../__testUtils__/aCall';
import { someCall, someCaller, someOutcome } from '../__testUtils__/calls';
import { eventually } from '../__testUtils__/rig';
import type { GatewayIdentity } from '../controlPlane/GatewayIdentity';
import { UsageRoom } from './UsageRoom';

jest.setTimeout(30_000);

const hasSignals = (it: UsageRecord) =>
  it.declined !== undefined || it.language !== undefined;

/** A usage backend that takes records once, and does as it is told. */
class Plane {
  status = 200;
  /** Of the question whether the portal has started. */
  readiness = 200;
  readonly records = new Map<string, UsageRecord>();
  /** Whether it is of a release that does not know signals. */
  isOld = false;
  readonly feedback: UsageFeedback[] = [];
  readonly batchIds: string[] = [];
  leases = 0;
  asked = 0;
  readonly #server = http.createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', chunk => chunks.push(chunk));
    req.on('end', () => {
      if (req.method === 'GET') {
        res.writeHead(this.readiness).end();
        return;
      }
      const body = JSON.parse(Buffer.concat(chunks).toString());
      if (this.isOld && body.records?.some(hasSignals)) {
        res.writeHead(400).end('{}');
        return;
      }
      res.writeHead(this.status, { 'content-type': 'application/json' });
      res.end(JSON.stringify(this.#answer(req.url ?? '', body)));
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>(resolve => {
      this.#server.listen(0, '127.0.0.1', () => resolve());
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #answer(url: string, body: UsageBatch): object {
    this.asked += 1;
    if (this.status !== 200) {
      return { error: { message: 'no' } };
    }
    if (url.endsWith('/feedback')) {
      this.feedback.push(...(body as unknown as UsageFeedbackBatch).items);
      return { accepted: 1 };
    }
    if (url.endsWith('/batches')) {
      this.batchIds.push(body.batchId);
      body.records.forEach(it => this.records.set(it.id, it));
      return {};
    }
    this.leases += 1;
    const answer: LeaseAnswer = {
      gateways: 1,
      limits: [],
      budgets: [],
      budgetsVersion: '0',
      list: [],
    };
    return answer;
  }
}

describe('the usage room', () => {
  let plane: Plane;
  let url: string;
  let dir: string;
  const alarms: string[] = [];
  const rooms: UsageRoom[] = [];

  beforeEach(async () => {
    plane = new Plane();
    url = await plane.listen();
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'room-'));
    alarms.length = 0;
  });
  afterEach(async () => {
    await Promise.all(rooms.splice(0).map(room => room.stop(0)));
    await plane.close();
    fs.rmSync(dir, { recursive: true, force: true });
  });

  const key = generateSigningKey();
  const identity = {
    authorization: (method: string, route: string, now: Date) =>
      `Gateway ${createGatewayProof({
        gatewayId: 'gw',
        privateKey: key.privateKey,
        method,
        path: route,
        now,
      })}`,
  } as GatewayIdentity;
  const start = async (maxBytes = 1e8, urls = [url]) => {
    const quiet = () => {};
    const room = await UsageRoom.create({
      config: {
        budgets: 'required',
        leaseMs: 100,
        spool: { dir, maxBytes, sealMs: 20 },
        signals: { rate: 1, perSecond: 1000, feedback: true },
      },
      urls,
      identity: () => identity,
      logger: { info: quiet, warn: quiet, error: quiet },
      alarm: code => alarms.push(code),
      now: () => new Date(),
    });
    rooms.push(room);
    room.start();
    return room;
  };
  const caller = someCaller();
  const play = (room: UsageRoom, calls: number) => {
    for (let n = 0; n < calls; n++) {
      const handle = room.usage.begin!(someCall({ caller }));
      if (handle && !(handle instanceof Promise)) {
        handle.end!(
          someOutcome({
            usage: { inputTokens: 3, outputTokens: 2, estimated: false },
          }),
        );
      }
    }
  };
  const calls = () =>
    [...plane.records.values()].reduce((sum, it) => sum + (it.calls ?? 1), 0);
  const tokens = () =>
    [...plane.records.values()].reduce(
      (sum, it) => sum + (it.inputTokens ?? 0),
      0,
    );

  describe('with answers', () => {
    const meter = {
      head: () =>
        '{"choices":[{"message":{"content":"I cannot help with that."}}]}',
    };
    const ask = (room: UsageRoom) => {
      const handle = handleOf(room.usage.begin!(someCall({ caller })));
      handle.end!(someOutcome({ meter }));
    };
    const first = () => [...plane.records.values()][0];

    it('tells what they were like', async () => {
      const room = await start();
      ask(room);
      await eventually('it is told', () => plane.records.size === 1);
      expect(first()).toMatchObject({ declined: true, language: 'und' });
    });

    it('tells the rest to a control plane that does not know that', async () => {
      plane.isOld = true;
      const room = await start();
      ask(room);
      await eventually('it is told', () => plane.records.size === 1);
      expect(first().declined).toBeUndefined();
      expect(room.health.rejectedBatches).toBe(0);
      const asked = plane.asked;
      ask(room);
      await eventually('the next one, too', () => plane.records.size === 2);
      expect(plane.asked).toBeGreaterThan(asked);
    });

    it('passes on what callers say of them', async () => {
      const room = await start();
      const item = {
        call: randomUUID(),
        at: new Date().toISOString(),
        keyId: 'k',
        model: 'acme/chat',
        score: 1,
      };
      expect(room.feedback.add(item)).toBe(true);
      await room.stop(0);
      expect(plane.feedback).toEqual([item]);
    });
  });

  it('sends what was written, and waits while nobody takes it', async () => {
    plane.status = 503;
    const room = await start();
    play(room, 700);
    await eventually('it is on disk', () => room.health.spoolSegments >= 2);
    expect(room.health).toMatchObject({
      budgetsKnown: false,
      leasesConnected: false,
    });
    plane.status = 200;
    await eventually('all is told', () => calls() === 700);
    await eventually('the disk is empty', () => room.health.spoolBytes === 0);
    await eventually('leases are back', () => room.health.leasesConnected);
    expect(new Set(plane.batchIds).size).toBe(plane.batchIds.length);
  });

  it('adds records up when the disk is full, and loses no call and no token', async () => {
    plane.status = 503;
    const room = await start(65_536);
    play(room, 5_000);
    await eventually('people hear of it', () =>
      alarms.includes('usage-spool-full'),
    );
    expect(room.health.spoolBytes).toBeLessThan(80_000);
    expect(room.health.overflowKinds).toBeGreaterThan(0);
    await room.stop(0);
    rooms.splice(0);
    const again = await start(65_536);
    plane.status = 200;
    await eventually('all is told', () => calls() === 5_000);
    expect(tokens()).toBe(15_000);
    await eventually('the disk is empty', () => again.health.spoolBytes === 0);
  });

  it('keeps a batch that is refused for good, and goes on with the next', async () => {
    const room = await start();
    await eventually('it knows the budgets', () => room.health.budgetsKnown);
    plane.status = 400;
    play(room, 3);
    await eventually(
      'it is put aside',
      () => room.health.rejectedBatches === 1,
    );
    plane.status = 200;
    play(room, 2);
    await eventually('the next is told', () => calls() === 2);
    expect(
      fs.readdirSync(dir).filter(it => it.endsWith('.rejected')),
    ).toHaveLength(1);
  });

  it('makes one record of a flood of refusals', async () => {
    const room = await start();
    for (let n = 0; n < 3_000; n++) {
      room.usage.refused!(someCall({ caller }), {
        status: 429,
        code: 'rate_limit_exceeded',
        model: 'acme/chat',
        promptBytes: 1,
      });
    }
    await eventually('all is told', () => calls() === 3_000);
    expect(plane.records.size).toBeLessThanOrEqual(2);
  });

  it('takes a portal without usage backend for one without budgets', async () => {
    plane.status = 404;
    const room = await start();
    await eventually('it is known', () => room.health.budgetsKnown);
    play(room, 1);
    expect(await room.budgets.begin!(someCall({ caller }))).toBeUndefined();
    await eventually('records wait', () => room.health.spoolSegments === 1);
  });

  it('does not take a portal that is starting for one without budgets', async () => {
    plane.status = 404;
    plane.readiness = 503;
    const room = await start();
    await eventually('it asked', () => plane.asked > 2);
    expect(room.health.budgetsKnown).toBe(false);
    await expect(
      room.budgets.begin!(someCall({ caller })),
    ).rejects.toMatchObject({ code: 'budgets_unknown' });
    plane.status = 200;
    await eventually('it is known', () => room.health.budgetsKnown);
  });

  it('asks another replica when one does not answer', async () => {
    const room = await start(1e8, ['http://127.0.0.1:1', url]);
    play(room, 4);
    await eventually('all is told', () => calls() === 4);
    await eventually('leases come', () => plane.leases > 0);
    expect(room.health.leasesConnected).toBe(true);
  });
});
