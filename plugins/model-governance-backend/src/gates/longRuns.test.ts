import type { TestDatabaseId } from '@backstage/backend-test-utils';
import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import type {
  GateContext,
  GateOutcome,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import { databaseIds, migratedDatabase } from '../__testUtils__';
import type { LedgerDraft } from '../ledger';
import { demand, gate, open, pass, subject } from './__testUtils__';
import { MAX_FILE_BYTES } from './EvidenceStore';

jest.setTimeout(60_000);

/** A gate that runs until the test lets it go. */
function longGate(id: string, changes = {}) {
  const running: Array<{
    context: GateContext;
    pin: string;
    answer: (outcome: GateOutcome) => void;
  }> = [];
  const waiting: Array<() => void> = [];
  const made = gate(
    id,
    ({ pin }, _params, context) =>
      new Promise<GateOutcome>(answer => {
        running.push({ context, pin, answer });
        waiting.forEach(tell => tell());
      }),
    changes,
  );
  const started = async (count: number) => {
    while (running.length < count) {
      await new Promise<void>(tell => {
        waiting.push(tell);
      });
    }
    return running[count - 1];
  };
  return { gate: made, running, started };
}

describe.each(databaseIds)('long gates on %s', (databaseId: TestDatabaseId) => {
  let transactions: Transactions;
  beforeAll(async () => {
    ({ transactions } = await migratedDatabase(databaseId));
  });
  beforeEach(async () => {
    for (const table of ['gate_requests', 'gate_approvals', 'gate_runs']) {
      await transactions.knex(table).delete();
    }
  });

  it('tell how far they are, and pages to ask again', async () => {
    const long = longGate('a');
    let heard = () => {};
    const told = new Promise<void>(resolve => {
      heard = resolve;
    });
    const { service, ask, resultOf } = open(transactions, [long.gate], {
      progressMs: 5,
      outbox: { add: async () => heard(), wake: () => {} },
    });
    await ask('1', [demand('a')]);
    const done = service.runDue();
    const { context, answer } = await long.started(1);
    context.progress({ message: '1 of 3 files' });
    context.progress({ message: '2 of 3 files', fraction: 0.5 });
    await told;
    expect(await resultOf('1', 'a')).toMatchObject({
      status: 'running',
      progress: { message: '2 of 3 files', fraction: 0.5 },
    });
    answer(pass);
    await done;
    const after = await resultOf('1', 'a');
    expect(after).toMatchObject({ status: 'pass' });
    expect(after?.progress).toBeUndefined();
  });

  it('stop when the request is withdrawn, and begin again when it is asked again', async () => {
    const long = longGate('a');
    const { service, ask, resultOf, told } = open(transactions, [long.gate]);
    await ask('1', [demand('a')]);
    await ask('2', [demand('a')]);
    const done = service.runDue();
    const { context } = await long.started(1);
    await transactions.run(tx => service.cancel(tx, '1'));
    service.wake();
    await transactions.run(tx => service.cancel(tx, '2'));
    const stopped = new Promise(resolve => {
      context.signal.addEventListener('abort', resolve, { once: true });
    });
    expect(context.signal.aborted).toBe(false);
    service.wake();
    await stopped;
    await done;
    expect(long.running).toHaveLength(1);
    expect((await resultOf('1', 'a'))?.attempts).toBe(0);
    expect(told).toEqual([]);

    await ask('3', [demand('a')]);
    const again = service.runDue();
    (await long.started(2)).answer(pass);
    await again;
    expect(told).toEqual([['3', { status: 'passed' }]]);
  });

  it('leave room for others', async () => {
    const long = longGate('a', { concurrency: 1 });
    const { service, ask, told } = open(transactions, [
      long.gate,
      gate('b', async () => pass),
    ]);
    const about = (pin: string) => subject({ pin });
    await ask('1', [demand('a')], about('sha256:01'));
    await ask('2', [demand('a')], about('sha256:02'));
    await ask('3', [demand('b')], about('sha256:03'));
    const done = service.runDue();
    const first = await long.started(1);
    while (told.length === 0) {
      service.wake();
      await new Promise(setImmediate);
    }
    expect(told).toEqual([['3', { status: 'passed' }]]);
    expect(long.running).toHaveLength(1);
    first.answer(pass);
    (await long.started(2)).answer(pass);
    await done;
    expect(long.running.map(({ pin }) => pin)).toEqual([
      'sha256:01',
      'sha256:02',
    ]);
    expect(told).toHaveLength(3);
  });

  it('have the time that they ask for', async () => {
    const slow = longGate('a', { timeoutSeconds: 3600 });
    const hasty = longGate('b');
    const { service, ask, resultOf } = open(
      transactions,
      [slow.gate, hasty.gate],
      { timeoutMs: 20 },
    );
    await ask('1', [demand('a'), demand('b')]);
    const done = service.runDue();
    const { context, answer } = await slow.started(1);
    const { context: late } = await hasty.started(1);
    if (!late.signal.aborted) {
      await new Promise(resolve => {
        late.signal.addEventListener('abort', resolve, { once: true });
      });
    }
    expect(context.signal.aborted).toBe(false);
    answer(pass);
    await done;
    expect((await resultOf('1', 'a'))?.status).toBe('pass');
    expect(await resultOf('1', 'b')).toMatchObject({
      status: 'queued',
      summary: expect.stringContaining('No answer within'),
    });
  });

  it('leave documents under their digest, which the ledger names', async () => {
    const bom = { name: 'bom.json', mediaType: 'application/json', text: '{}' };
    const huge = {
      ...bom,
      name: 'huge.json',
      text: 'x'.repeat(MAX_FILE_BYTES + 1),
    };
    const events: LedgerDraft[] = [];
    const { service, ask, resultOf } = open(
      transactions,
      [
        gate('a', async () => ({
          ...pass,
          evidence: { saw: 'it' },
          files: [bom, huge],
        })),
        gate('b', async () => pass),
      ],
      {
        ledger: {
          append: async (_, drafts) => {
            events.push(...drafts);
            return [];
          },
        },
      },
    );
    await ask('1', [demand('a'), demand('b')]);
    await service.runDue();

    const sha256 = sha256Hex('{}');
    const result = await resultOf('1', 'a');
    expect(result?.files).toEqual([
      { name: 'bom.json', mediaType: 'application/json', sizeBytes: 2, sha256 },
    ]);
    expect(result?.evidence).toMatchObject({
      saw: 'it',
      notKept: [{ name: 'huge.json', sizeBytes: MAX_FILE_BYTES + 1 }],
    });
    expect(await service.evidenceFile('1', 'a', 'bom.json')).toMatchObject({
      text: '{}',
      sha256,
    });
    expect(await service.evidenceFile('1', 'a', 'huge.json')).toBeUndefined();
    expect(await service.evidenceFile('2', 'a', 'bom.json')).toBeUndefined();

    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: 'gate.evidence-filed',
      subject: `evidence:${result?.evidenceId}`,
      entityRef: 'model:default/m',
      payload: {
        digest: result?.evidenceDigest,
        files: { 'bom.json': `sha256:${sha256}` },
      },
    });
    // Anybody who has the answer can compute what the ledger says of it.
    expect(result?.evidenceDigest).toBe(
      `sha256:${sha256Hex(
        canonicalJson({
          gateId: 'a',
          gateVersion: '1',
          pin: 'sha256:aa',
          verdict: 'pass',
          summary: 'Fine.',
          findings: [],
          evidence: result?.evidence,
          files: [{ name: 'bom.json', sha256 }],
        }),
      )}`,
    );
  });
});
