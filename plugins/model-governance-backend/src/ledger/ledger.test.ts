import { Transactions } from '@modelhub/backstage-plugin-models-node';
import { verifyChain } from '@modelhub/governance-protocol';
import type { Knex } from 'knex';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { TestClock } from '@modelhub/backstage-plugin-models-node/testUtils';
import { DatabaseKeyStore } from '../keys';
import { DatabaseLedgerStore } from './DatabaseLedgerStore';
import type { LedgerDraft } from './LedgerStore';

jest.setTimeout(60_000);

const ann = 'user:default/ann';
const bob = 'user:default/bob';
const llama = 'model:meta/llama';

const draft = (n: number, more: Partial<LedgerDraft> = {}): LedgerDraft => ({
  actor: { kind: 'person', ref: ann },
  subject: `approval:${n}`,
  type: 'approval.submitted',
  payload: { n },
  ...more,
});

describe.each(databaseIds)('DatabaseLedgerStore on %s', databaseId => {
  async function setup() {
    const { knex, transactions } = await migratedDatabase(databaseId);
    const clock = new TestClock();
    const keys = DatabaseKeyStore.create({
      transactions,
      clock,
      secret: 'a secret of more than thirty-two characters',
    });
    const ledger = DatabaseLedgerStore.create({ transactions, keys, clock });
    const append = (...drafts: LedgerDraft[]) =>
      transactions.run(tx => ledger.append(tx, drafts));
    return { knex, transactions, clock, keys, ledger, append };
  }

  it('chains events, without people and texts in them', async () => {
    const { ledger, append } = await setup();
    await append(
      draft(1, {
        entityRef: llama,
        approvalId: '1',
        people: { delegate: bob },
        text: 'because Ann said so',
      }),
      draft(2, { actor: { kind: 'system' } }),
    );
    await append(draft(3, { actor: { kind: 'service', name: 'scaffolder' } }));

    const chain = [];
    for await (const event of ledger.stream()) chain.push(event);
    expect(chain.map(e => [e.seq, e.actor.split(':')[0]])).toEqual([
      [1, 'person'],
      [2, 'system'],
      [3, 'service'],
    ]);
    expect(JSON.stringify(chain)).not.toMatch(/ann|bob|Ann/);
    expect(chain[0].payload).toEqual({
      n: 1,
      entityRef: llama,
      approvalId: '1',
      delegate: expect.stringMatching(/^person:/),
      text: { textHash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
    });
    expect(await verifyChain(chain)).toMatchObject({ ok: true, events: 3 });
    expect(await ledger.verify()).toMatchObject({
      ok: true,
      events: 3,
      head: chain[2].hash,
    });
    expect(await ledger.headSeq()).toBe(3);
  });

  it('keeps nothing of a transaction that was rolled back', async () => {
    const { transactions, ledger, append } = await setup();
    await expect(
      transactions.run(async tx => {
        await ledger.append(tx, [draft(1)]);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await ledger.headSeq()).toBe(0);
    expect((await append(draft(2)))[0].seq).toBe(1);
    expect(await ledger.verify()).toMatchObject({ ok: true, events: 1 });
  });

  it('stays one chain when replicas write at once', async () => {
    const { knex, keys, clock, ledger, append } = await setup();
    const transactions = Transactions.create({ knex });
    const replica = DatabaseLedgerStore.create({ transactions, keys, clock });
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        n % 2
          ? append(draft(n))
          : transactions.run(tx => replica.append(tx, [draft(n), draft(n)])),
      ),
    );
    expect(await ledger.verify()).toMatchObject({ ok: true, events: 30 });
  });

  it('reads in pages with names and texts', async () => {
    const { ledger, append } = await setup();
    await append(
      draft(1, { entityRef: llama, text: 'first' }),
      draft(2),
      draft(3, { entityRef: llama, people: { by: bob } }),
      draft(4, { entityRef: llama, type: 'approval.approved' }),
    );
    const first = await ledger.query({ entityRef: llama, limit: 2 });
    expect(first.items.map(e => e.seq)).toEqual([4, 3]);
    expect(first.totalItems).toBe(3);
    expect(Object.values(first.items[1].people)).toEqual([bob]);
    const rest = await ledger.query({
      entityRef: llama,
      limit: 2,
      cursor: first.nextCursor,
    });
    expect(rest).toMatchObject({
      items: [{ seq: 1, actorRef: ann, text: 'first', entityRef: llama }],
    });
    expect(rest.nextCursor).toBeUndefined();
    const oldest = await ledger.query({
      order: 'oldest',
      subject: 'approval:2',
    });
    expect(oldest.items.map(e => e.seq)).toEqual([2]);
    const typed = await ledger.query({ type: 'approval.approved' });
    expect(typed.items.map(e => e.seq)).toEqual([4]);
    await expect(ledger.query({ cursor: 'x' })).rejects.toThrow(/cursor/);
  });

  it('lists what changed the standing of models', async () => {
    const { ledger, append } = await setup();
    await append(
      draft(1, { entityRef: llama, affectsStanding: true }),
      draft(2, { entityRef: llama }),
      draft(3, { affectsStanding: true }),
      draft(4, { entityRef: llama, affectsStanding: true }),
    );
    expect((await ledger.changesAfter(0, 10)).map(c => c.seq)).toEqual([1, 4]);
    expect(await ledger.changesAfter(1, 10)).toEqual([
      {
        seq: 4,
        entityRef: llama,
        type: 'approval.submitted',
        at: '2026-11-02T09:00:00.000Z',
      },
    ]);
  });

  it('forgets people and texts without breaking the chain', async () => {
    const { knex, ledger, append } = await setup();
    await append(draft(1, { text: 'a secret' }), draft(2));
    await ledger.erasePerson(ann);
    await ledger.eraseText(1);
    await ledger.eraseText(1);
    const { items } = await ledger.query({ order: 'oldest' });
    expect(items.map(e => [e.type, e.actorRef, e.text])).toEqual([
      ['approval.submitted', undefined, undefined],
      ['approval.submitted', undefined, undefined],
      ['ledger.person-erased', undefined, undefined],
      ['ledger.text-erased', undefined, undefined],
    ]);
    expect(await knex('ledger_people')).toEqual([]);
    expect(await ledger.verify()).toMatchObject({ ok: true });

    const [again] = await append(draft(3));
    expect(again.actor).not.toBe(items[0].actor);
  });

  it('signs the head once', async () => {
    const { clock, keys, ledger, append, transactions } = await setup();
    expect(await ledger.checkpoint()).toBeUndefined();
    const [event] = await append(draft(1));
    const checkpoint = await ledger.checkpoint();
    expect(checkpoint).toMatchObject({ seq: 1, hash: event.hash });
    expect(await ledger.checkpoint()).toBeUndefined();

    clock.advance(3600);
    await transactions.run(tx => keys.rotate('ledger', tx));
    await append(draft(2));
    await ledger.checkpoint();
    expect(await ledger.verify()).toMatchObject({ ok: true, checkpoints: 2 });
    expect((await ledger.checkpoints()).map(c => c.seq)).toEqual([1, 2]);
  });

  describe('names the first bad event when', () => {
    const event = (knex: Knex, seq: number) =>
      knex('ledger_events').where({ seq });
    const tampering: Array<
      [string, number, RegExp, (knex: Knex) => Promise<unknown>]
    > = [
      [
        'a payload was changed',
        4,
        /^hash/,
        knex => event(knex, 4).update({ payload: '{"n":99}' }),
      ],
      [
        'a payload is no longer JSON',
        4,
        /^malformed/,
        knex => event(knex, 4).update({ payload: '{' }),
      ],
      [
        'an actor was changed',
        2,
        /^hash/,
        knex => event(knex, 2).update({ actor: 'system' }),
      ],
      [
        'two events changed places',
        3,
        /^hash/,
        async knex => {
          await event(knex, 3).update({ seq: 100 });
          await event(knex, 4).update({ seq: 3 });
          await event(knex, 100).update({ seq: 4 });
        },
      ],
      [
        'an event is gone',
        4,
        /^gap: Event 3 is missing/,
        knex => event(knex, 3).delete(),
      ],
      [
        'the newest event is gone',
        7,
        /^truncated/,
        knex => event(knex, 7).delete(),
      ],
      [
        'the end is gone and the head was moved',
        5,
        /^truncated|^bad|checkpoint/,
        async knex => {
          await knex('ledger_events').where('seq', '>', 4).delete();
          const last = await event(knex, 4).first();
          await knex('ledger_head').update({ seq: 4, hash: last.hash });
        },
      ],
      [
        'the link to the event before was changed',
        5,
        /^hash/,
        knex => event(knex, 5).update({ prev_hash: 'f'.repeat(64) }),
      ],
      [
        'a text was changed',
        6,
        /text of event 6/,
        knex => knex('ledger_texts').update({ text: 'something else' }),
      ],
      [
        'an event was filed under another model',
        6,
        /entityRef/,
        knex => event(knex, 6).update({ entity_ref: 'model:meta/other' }),
      ],
      [
        'a checkpoint was forged',
        5,
        /^bad-signature/,
        knex => knex('ledger_checkpoints').update({ hash: 'a'.repeat(64) }),
      ],
    ];

    it.each(tampering)('%s', async (_, seq, reason, tamper) => {
      const { knex, ledger, append } = await setup();
      await append(...[1, 2, 3, 4, 5].map(n => draft(n)));
      await ledger.checkpoint();
      await append(draft(6, { text: 'why', entityRef: llama }), draft(7));
      expect(await ledger.verify()).toMatchObject({ ok: true, events: 7 });
      await tamper(knex);
      const result = await ledger.verify();
      expect(result).toMatchObject({ ok: false, firstBad: { seq } });
      expect(result.firstBad?.reason).toMatch(reason);
    });

    it('the chain was written anew after a checkpoint', async () => {
      const { knex, ledger, append } = await setup();
      await append(draft(1), draft(2));
      await ledger.checkpoint();
      await knex('ledger_events').delete();
      await knex('ledger_head').update({ seq: 0, hash: '0'.repeat(64) });
      await append(draft(1), draft(9), draft(3));
      const result = await ledger.verify();
      expect(result.firstBad).toMatchObject({ seq: 2 });
      expect(result.firstBad?.reason).toMatch(/^checkpoint-mismatch/);
    });
  });

  it('verifies a long chain in batches', async () => {
    const { ledger, append } = await setup();
    await append(...Array.from({ length: 1203 }, (_, n) => draft(n)));
    expect(await ledger.verify()).toMatchObject({ ok: true, events: 1203 });
  });
});
