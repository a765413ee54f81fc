import {
  mockServices,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import type {
  GateOutcome,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import { randomUUID } from 'node:crypto';
import { databaseIds, migratedDatabase, TestClock } from '../__testUtils__';
import { DefaultGateService } from './DefaultGateService';
import { GateRegistry } from './GateRegistry';
import { demand, fail, gate, open, pass, subject } from './__testUtils__';

jest.setTimeout(60_000);

describe.each(databaseIds)('gates on %s', (databaseId: TestDatabaseId) => {
  let transactions: Transactions;
  beforeAll(async () => {
    ({ transactions } = await migratedDatabase(databaseId));
  });
  beforeEach(async () => {
    for (const table of [
      'gate_requests',
      'gate_approvals',
      'gate_evidence',
      'gate_runs',
    ]) {
      await transactions.knex(table).delete();
    }
  });

  it('run and conclude once', async () => {
    const a = jest.fn(async () => pass);
    const { service, told, ask, resultOf } = open(transactions, [
      gate('a', a),
      gate('b', async () => ({ ...pass, verdict: 'warn' })),
    ]);
    await ask('1', [demand('a'), demand('b')]);
    expect(await service.conclusion('1')).toEqual({ status: 'running' });
    expect((await resultOf('1', 'a'))?.status).toBe('queued');
    await service.runDue();
    await service.runDue();
    expect(told).toEqual([['1', { status: 'passed' }]]);
    expect(a).toHaveBeenCalledTimes(1);
    expect(await resultOf('1', 'a')).toMatchObject({
      title: 'Gate a',
      status: 'pass',
      summary: 'Fine.',
      attempts: 1,
      fromCache: false,
      evidenceId: expect.any(String),
      finishedAt: '2026-11-02T09:00:00.000Z',
    });
  });

  it('say which failed, keep findings, and let an advisory gate only warn', async () => {
    const { service, told, ask, resultOf } = open(transactions, [
      gate('a', async () => fail),
      gate('b', async () => pass),
    ]);
    await ask('1', [demand('a'), demand('b')]);
    await ask('2', [demand('a', { required: false }), demand('b')]);
    await service.runDue();
    expect(told).toEqual(
      expect.arrayContaining([
        ['1', { status: 'failed', gateIds: ['a'] }],
        ['2', { status: 'passed' }],
      ]),
    );
    expect(told).toHaveLength(2);
    expect(await resultOf('1', 'a')).toMatchObject({
      findings: fail.findings,
      evidence: fail.evidence,
    });
    expect(await service.hasCriticalFinding('sha256:aa')).toBe(true);
    expect(await service.hasCriticalFinding('sha256:cc')).toBe(false);
  });

  it('pass where nothing is asked or nothing applies, and never for the unknown', async () => {
    const { service, told, ask, resultOf } = open(transactions, [
      gate('a', async () => fail, { appliesTo: () => false }),
    ]);
    await ask('1', []);
    await ask('2', [demand('a')]);
    await service.runDue();
    expect(await resultOf('2', 'a')).toMatchObject({
      status: 'not-applicable',
      summary: 'Does not apply to this model.',
      attempts: 0,
    });
    expect(told.sort()).toEqual([
      ['1', { status: 'passed' }],
      ['2', { status: 'passed' }],
    ]);
    expect(await service.conclusion('3')).toEqual({ status: 'running' });
  });

  it('answer a question once for all, and anew for another one', async () => {
    const a = jest.fn(async () => pass);
    const { service, ask, resultOf } = open(transactions, [gate('a', a)]);
    await ask('1', [demand('a')]);
    await ask('2', [demand('a')]);
    await service.runDue();
    await ask('3', [demand('a')]);
    expect(await service.conclusion('3')).toEqual({ status: 'passed' });
    expect((await resultOf('3', 'a'))?.fromCache).toBe(true);
    expect(a).toHaveBeenCalledTimes(1);

    await ask('4', [demand('a', { params: { strict: true } })]);
    await ask('5', [demand('a')], subject({ pin: 'sha256:cc' }));
    await ask('6', [demand('a')], subject({ decisionFactsHash: 'sha256:dd' }));
    await ask('7', [demand('a')], subject({ tier: 'regulated' }));
    await service.runDue();
    expect(a).toHaveBeenCalledTimes(5);
  });

  it('ask again when the answer is too old', async () => {
    const a = jest.fn(async () => pass);
    const { service, ask, clock } = open(transactions, [
      gate('a', a, { maxAgeSeconds: 60 }),
    ]);
    await ask('1', [demand('a')]);
    await service.runDue();
    clock.advance(61);
    await ask('2', [demand('a')]);
    await service.runDue();
    expect(a).toHaveBeenCalledTimes(2);
  });

  it('retry an error, longer each time, and then block', async () => {
    const a = jest.fn(async (): Promise<GateOutcome> => {
      throw new Error('catalog is away');
    });
    const { service, told, ask, clock, resultOf } = open(transactions, [
      gate('a', a),
    ]);
    await ask('1', [demand('a')]);
    await service.runDue();
    expect(await resultOf('1', 'a')).toMatchObject({
      status: 'queued',
      attempts: 1,
      summary: expect.stringContaining('catalog is away'),
      nextAttemptAt: '2026-11-02T09:00:01.000Z',
    });
    await service.runDue();
    expect(a).toHaveBeenCalledTimes(1);
    for (const seconds of [1, 2, 4, 8]) {
      clock.advance(seconds);
      await service.runDue();
    }
    expect(a).toHaveBeenCalledTimes(5);
    expect(told).toEqual([
      [
        '1',
        {
          status: 'blocked',
          gateId: 'a',
          kind: 'error',
          message: 'No answer after 5 attempts: Error: catalog is away',
        },
      ],
    ]);
  });

  it('wait for evidence, and look again on request', async () => {
    let outcome: GateOutcome = {
      ...pass,
      verdict: 'needs-evidence',
      summary: 'Send the report.',
    };
    const { service, told, ask } = open(transactions, [
      gate('a', async () => outcome),
    ]);
    await ask('1', [demand('a')]);
    await ask('2', [demand('a')]);
    await service.runDue();
    outcome = pass;
    await transactions.run(tx => service.rerun(tx, '1', 'a'));
    await service.runDue();
    expect(told.filter(([id]) => id === '1')).toEqual([
      [
        '1',
        {
          status: 'blocked',
          gateId: 'a',
          kind: 'needs-evidence',
          message: 'Send the report.',
        },
      ],
      ['1', { status: 'passed' }],
    ]);
    expect(told.filter(([id]) => id === '2')).toHaveLength(2);
  });

  it('tell the same conclusion again after a rerun, and keep both pieces of evidence', async () => {
    const { service, told, ask } = open(transactions, [
      gate('a', async () => fail),
    ]);
    await ask('1', [demand('a')]);
    await service.runDue();
    await transactions.run(tx => service.rerun(tx, '1', 'a'));
    // Until there is an answer, the critical finding stands.
    expect(await service.hasCriticalFinding('sha256:aa')).toBe(true);
    await service.runDue();
    expect(told).toHaveLength(2);
    expect(await transactions.knex('gate_evidence')).toHaveLength(2);
  });

  it('are waived until the waiver ends', async () => {
    const { service, told, ask, clock, resultOf } = open(transactions, [
      gate('a', async () => fail),
    ]);
    await ask('1', [demand('a')]);
    await service.runDue();
    const until = new Date(clock.now().getTime() + 3600_000).toISOString();
    await transactions.run(tx =>
      service.waive(tx, '1', 'a', {
        by: 'user:default/lara',
        reason: 'Signed a contract.',
        until,
      }),
    );
    await service.runDue();
    expect(await resultOf('1', 'a')).toMatchObject({
      status: 'waived',
      waiver: { by: 'user:default/lara', reason: 'Signed a contract.', until },
    });
    // The same question keeps its waiver, another one does not.
    await ask('1', [demand('a')]);
    expect(await service.conclusion('1')).toEqual({ status: 'passed', until });
    await service.runDue();
    clock.advance(3600);
    await service.runDue();
    await service.runDue();
    expect(told.map(([, { status }]) => status)).toEqual([
      'failed',
      'passed',
      'passed',
      'failed',
    ]);
    await ask('1', [demand('a')], subject({ pin: 'sha256:ee' }));
    expect((await resultOf('1', 'a'))?.waiver).toBeUndefined();
  });

  it('say nothing once they are cancelled', async () => {
    const { service, told, ask } = open(transactions, [
      gate('a', async () => pass),
    ]);
    await ask('1', [demand('a')]);
    await transactions.run(tx => service.cancel(tx, '1'));
    await service.runDue();
    expect(told).toEqual([]);
    expect(await service.conclusion('1')).toEqual({ status: 'running' });
    await ask('1', [demand('a')]);
    await service.runDue();
    expect(told).toEqual([['1', { status: 'passed' }]]);
  });

  it('leave nothing behind when the transaction is rolled back', async () => {
    const { service, told } = open(transactions, [gate('a', async () => pass)]);
    await expect(
      transactions.run(async tx => {
        await service.enqueue(tx, {
          approvalId: '1',
          subject: subject(),
          demands: [demand('a')],
        });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await service.runDue();
    expect(told).toEqual([]);
  });

  it('give a gate that hangs a signal and an end', async () => {
    let signal: AbortSignal | undefined;
    const { service, ask, resultOf } = open(
      transactions,
      [
        gate('a', (_subject, _params, context) => {
          signal = context.signal;
          return new Promise(() => {});
        }),
      ],
      { timeoutMs: 20 },
    );
    await ask('1', [demand('a')]);
    await service.runDue();
    expect(signal?.aborted).toBe(true);
    expect((await resultOf('1', 'a'))?.summary).toContain(
      'No answer within 0.02 s',
    );
  });

  it('tell a listener again that could not take it', async () => {
    const { service, ask, clock } = open(transactions, []);
    const other = DefaultGateService.create({
      transactions,
      clock,
      logger: mockServices.logger.mock(),
      registry: GateRegistry.create(),
      ledger: { append: async () => [] },
      outbox: { add: async () => {}, wake: () => {} },
      getEntities: async () => new Map(),
    });
    const listener = jest.fn().mockRejectedValueOnce(new Error('busy'));
    other.onConclusion(listener);
    await ask('1', []);
    await other.runDue();
    expect(listener).toHaveBeenCalledTimes(1);
    clock.advance(2);
    await other.runDue();
    await service.runDue();
    expect(listener).toHaveBeenCalledTimes(2);
  });

  it('are taken over from a replica that was killed, whose answer then counts no more', async () => {
    const clock = new TestClock();
    let answerLate = (_: GateOutcome) => {};
    let isRunning = () => {};
    const started = new Promise<void>(resolve => {
      isRunning = resolve;
    });
    const hang = gate('a', () => {
      isRunning();
      return new Promise<GateOutcome>(answer => {
        answerLate = answer;
      });
    });
    const killed = open(transactions, [hang], { clock, owner: 'killed' });
    await killed.ask('1', [demand('a')]);
    killed.service.wake();
    await started;

    const { service, told, resultOf } = open(
      transactions,
      [gate('a', async () => pass)],
      { clock, owner: 'alive' },
    );
    clock.advance(14);
    await service.runDue();
    expect(told).toEqual([]);
    clock.advance(2);
    await service.runDue();
    answerLate(fail);
    await killed.service.stop();
    await service.runDue();
    // Both run in this process, so the killed one may still tell the news.
    expect([...killed.told, ...told]).toEqual([['1', { status: 'passed' }]]);
    expect(await resultOf('1', 'a')).toMatchObject({
      status: 'pass',
      attempts: 2,
    });
    expect(await transactions.knex('gate_evidence')).toHaveLength(1);
  });

  it('run each question once on two replicas, and tell each conclusion once', async () => {
    const evaluate = jest.fn(async () => pass);
    const clock = new TestClock();
    const replicas = ['one', 'two'].map(owner =>
      open(transactions, [gate('a', evaluate)], { clock, owner }),
    );
    const ids = Array.from({ length: 24 }, () => randomUUID());
    await Promise.all(
      ids.map((id, i) =>
        replicas[i % 2].ask(
          id,
          [demand('a')],
          subject({ pin: `sha256:${Math.floor(i / 2)}` }),
        ),
      ),
    );
    await Promise.all(replicas.map(({ service }) => service.runDue()));
    await Promise.all(replicas.map(({ service }) => service.runDue()));
    expect(evaluate).toHaveBeenCalledTimes(12);
    const told = replicas.flatMap(replica => replica.told);
    expect(told.map(([id]) => id).sort()).toEqual([...ids].sort());
    expect(await transactions.knex('gate_runs')).toHaveLength(12);
  });
});
