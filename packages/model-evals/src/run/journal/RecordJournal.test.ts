import { RecordJournal, type JournalRecord } from './RecordJournal';
import { JOURNAL_FORMAT } from './journalMismatch';
import type { JournalEntry, JournalHeader } from './types';

const header: JournalHeader = {
  format: JOURNAL_FORMAT,
  inputDigest: 'sha256:1',
  suite: { name: 'tickets', version: '1.0.0' },
  model: 'acme/chat',
  startedAt: '2026-11-22T08:00:00.000Z',
};
const scored = (caseId: string): JournalEntry => ({
  kind: 'scores',
  caseId,
  scores: {},
});

describe('a journal in a store', () => {
  function setup() {
    const kept: JournalRecord[] = [];
    const batches: number[] = [];
    const facts = { fails: false };
    const journal = () =>
      RecordJournal.create({
        page: async (after, limit) =>
          kept
            .map(({ text }, index) => ({ place: index + 1, text }))
            .slice(after, after + limit),
        add: async records => {
          if (facts.fails) throw new Error('The lease is lost');
          batches.push(records.length);
          kept.push(...records);
        },
      });
    return { kept, batches, facts, journal };
  }
  const all = async (journal: RecordJournal) => {
    const entries: JournalEntry[] = [];
    for await (const entry of journal.entries()) entries.push(entry);
    return entries;
  };

  it('keeps what comes together together, and gives it back in order', async () => {
    const { journal, kept, batches } = setup();
    const first = journal();
    await first.open(header);
    const ids = Array.from({ length: 1200 }, (_, n) => `c-${n}`);
    await Promise.all(ids.map(id => first.append(scored(id))));
    await first.close();
    expect(batches.length).toBeLessThan(20);
    expect(kept[1]).toMatchObject({ caseId: 'c-0' });

    const second = journal();
    expect(
      await second.open({ ...header, startedAt: '2026-11-22T09:00:00.000Z' }),
    ).toEqual(header);
    expect((await all(second)).map(({ caseId }) => caseId)).toEqual(ids);
  });

  it('is for one input', async () => {
    const { journal } = setup();
    await journal().open(header);
    await expect(
      journal().open({ ...header, inputDigest: 'sha256:2' }),
    ).rejects.toThrow(/Start another run/);
  });

  it('tells whoever appends that it is not kept, and goes on after it', async () => {
    const { journal, facts } = setup();
    const it = journal();
    await it.open(header);
    facts.fails = true;
    await expect(it.append(scored('a'))).rejects.toThrow(/lease/);
    facts.fails = false;
    await it.append(scored('b'));
    await it.close();
    expect((await all(it)).map(({ caseId }) => caseId)).toEqual(['b']);
  });
});
