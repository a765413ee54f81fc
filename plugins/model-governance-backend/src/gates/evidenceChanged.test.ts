import { databaseIds, migratedDatabase } from '../__testUtils__';
import { demand, gate, open, pass, subject } from './__testUtils__';

jest.setTimeout(60_000);

const about = { entityRef: 'model:default/m', pin: 'sha256:aa', gateId: 'g' };

describe.each(databaseIds)('evidence that changes on %s', databaseId => {
  it('closes answers, for open approvals with a new one, and only for the model and pin', async () => {
    const { transactions } = await migratedDatabase(databaseId);
    let answers = 0;
    const counting = gate('g', async () => {
      answers += 1;
      return { ...pass, summary: `Answer ${answers}` };
    });
    const { service, ask, resultOf } = open(transactions, [counting]);
    const other = subject({ entityRef: 'model:default/other' });
    await ask('open', [demand('g')]);
    await ask('approved', [demand('g')]);
    await ask('other', [demand('g')], other);
    await service.runDue();
    expect(answers).toBe(2);

    await transactions.run(tx => service.evidenceChanged(tx, about, ['open']));
    expect((await resultOf('open', 'g'))?.status).toBe('queued');
    await service.runDue();
    const summaries = await Promise.all(
      ['open', 'approved', 'other'].map(
        async id => (await resultOf(id, 'g'))?.summary,
      ),
    );
    expect(summaries).toEqual(['Answer 3', 'Answer 1', 'Answer 2']);

    // Who asks from now on gets the new answer.
    await ask('later', [demand('g')]);
    expect(await resultOf('later', 'g')).toMatchObject({
      summary: 'Answer 3',
      fromCache: true,
    });
    await service.stop();
  });

  it('gives those who come later the run that counts now', async () => {
    const { transactions } = await migratedDatabase(databaseId);
    let answers = 0;
    const counting = gate('g', async () => {
      answers += 1;
      return { ...pass, summary: `Answer ${answers}` };
    });
    const { service, ask, resultOf } = open(transactions, [counting]);
    await ask('one', [demand('g')]);
    await ask('two', [demand('g')]);
    await service.runDue();
    await transactions.run(tx => service.evidenceChanged(tx, about, ['one']));
    await transactions.run(tx => service.evidenceChanged(tx, about, ['two']));
    await service.runDue();
    expect((await resultOf('one', 'g'))?.summary).toBe('Answer 2');
    expect((await resultOf('two', 'g'))?.summary).toBe('Answer 2');
    await service.stop();
  });

  it('does not take an answer that was being worked out', async () => {
    const { transactions } = await migratedDatabase(databaseId);
    let evidence = 'old';
    let begun = () => {};
    const running = new Promise<void>(resolve => {
      begun = resolve;
    });
    let go = () => {};
    const read = new Promise<void>(resolve => {
      go = resolve;
    });
    const slow = gate('g', async () => {
      const seen = evidence;
      begun();
      await read;
      return { ...pass, summary: `Saw ${seen}` };
    });
    const { service, ask, resultOf } = open(transactions, [slow]);
    await ask('a', [demand('g')]);
    const done = service.runDue();
    await running;
    evidence = 'new';
    await transactions.run(tx => service.evidenceChanged(tx, about, ['a']));
    go();
    await done;
    await service.runDue();
    expect((await resultOf('a', 'g'))?.summary).toBe('Saw new');
    await service.stop();
  });
});
