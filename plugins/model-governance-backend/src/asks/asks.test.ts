import { databaseIds } from '../__testUtils__';
import { AskWorld, tool } from './__testUtils__';

jest.setTimeout(120_000);

describe.each(databaseIds)('questions to a person on %s', databaseId => {
  let asks: AskWorld;

  beforeEach(async () => {
    asks = await AskWorld.create(databaseId);
  });
  afterEach(() => asks.stop());

  it('are put once, seen by those whom they concern, and answered', async () => {
    const asked = asks.question({ tools: [tool('pay'), tool('mail', 'b', 0)] });
    for (let n = 0; n < 2; n++) {
      const { status, body } = await asks.gateway.send('post', '/asks', asked);
      expect([status, body]).toEqual([200, { state: 'waiting' }]);
    }
    expect(await asks.types()).toEqual(['ask.opened']);
    const other = { ...asked, model: 'another' };
    expect((await asks.gateway.send('post', '/asks', other)).status).toBe(409);

    const page = await asks.seen('lee');
    expect(page).toMatchObject({
      totalItems: 1,
      items: [
        {
          id: asked.id,
          state: 'waiting',
          gateway: 'edge',
          keyName: 'key of dana',
          keyOwner: 'user:default/dana',
          profile: 'care',
          model: 'meta/llama',
          trace: 'trace-1',
          tools: asked.tools,
          mayDecide: true,
        },
      ],
    });
    expect(page.items[0]).not.toHaveProperty('requestHash');

    const waiting = asks.gateway.send('get', `/asks/${asked.id}?wait=20`);
    const waited = waiting.then(({ body }) => body);
    const before = Date.now();
    const decided = await asks.decide('lee', asked.id, 'allow-trace');
    expect([decided.status, decided.body]).toEqual([
      200,
      expect.objectContaining({
        state: 'allowed',
        decidedBy: 'user:default/lee',
        mayDecide: false,
      }),
    ]);
    expect(await waited).toEqual({
      state: 'allowed',
      until: decided.body.until,
    });
    expect(Date.now() - before).toBeLessThan(2_000);
    expect(Date.parse(decided.body.until)).toBe(
      asks.world.clock.now().getTime() + 3600_000,
    );
    expect(await asks.types()).toEqual(['ask.opened', 'ask.allowed']);
    const events = await asks.world
      .knex('ledger_events')
      .where('type', 'like', 'ask.%');
    // Names that callers chose are in the erasable table only.
    expect(JSON.stringify(events)).not.toMatch(/mail|key of dana|trace-1/);
  });

  it('are told to those who own the profile, but not to the owner of the key', async () => {
    await asks.open();
    await asks.portal.settle();
    expect(asks.world.sent).toEqual([
      expect.objectContaining({
        recipients: ['group:default/customer-care'],
        title: 'A call waits for you: may it offer pay?',
        link: '/model-governance/asks',
      }),
    ]);
  });

  it('are decided once, whoever comes first', async () => {
    const { id } = await asks.open();
    const answers = await Promise.all([
      asks.decide('lee', id, 'allow-once'),
      asks.decide('nora', id, 'deny', { reason: 'No, not this' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await asks.types()).toHaveLength(2);
  });

  it('repeat an answer to the same idempotency key', async () => {
    const { id } = await asks.open();
    const send = () =>
      asks.portal
        .as('lee')
        .post(`/asks/${id}/decide`, { decision: 'allow-once' }, 'key-00000001');
    const [first, second] = [await send(), await send()];
    expect(first.status).toBe(200);
    expect(second.body).toEqual(first.body);
    expect(await asks.types()).toEqual(['ask.opened', 'ask.allowed']);
  });

  it('hold for the key, the tools and the trace, on every gateway, for an hour', async () => {
    const { id } = await asks.open();
    await asks.decide('lee', id, 'allow-trace');
    const second = await asks.enrol('far');
    const again = async (fields: object = {}) => {
      const { body } = await second.send(
        'post',
        '/asks',
        asks.question(fields),
      );
      return body.state;
    };
    expect(await again()).toBe('allowed');
    expect(await again({ trace: 'trace-2' })).toBe('waiting');
    expect(await again({ trace: undefined })).toBe('waiting');
    expect(await again({ tools: [tool('pay', 'c')] })).toBe('waiting');
    expect(await again({ tools: [tool('pay'), tool('x')] })).toBe('waiting');
    const other = (await asks.issue('lee')).body;
    expect(await again({ keyId: other.id })).toBe('waiting');
    asks.world.clock.advance(3600);
    expect(await again()).toBe('waiting');
  });

  it('keep a refusal for the trace, and a permission given once for the call', async () => {
    const { id } = await asks.open();
    await asks.decide('lee', id, 'allow-once');
    expect((await asks.open()).body).toEqual({ state: 'waiting' });
    const refused = await asks.open({ tools: [tool('wipe', 'd')] });
    await asks.decide('lee', refused.id, 'deny', { reason: 'Never do that' });
    const { body } = await asks.open({
      tools: [tool('wipe', 'd'), tool('pay')],
    });
    expect(body).toMatchObject({ state: 'denied', reason: 'Never do that' });
  });

  it('want a reason for a refusal, and a trace for more than one call', async () => {
    const { id } = await asks.open({ trace: undefined });
    for (const [decision, words] of [
      ['deny', /Say why/],
      ['allow-trace', /belongs to no trace/],
    ] as const) {
      const { status, body } = await asks.decide('lee', id, decision);
      expect([status, body.error.message]).toEqual([
        400,
        expect.stringMatching(words),
      ]);
    }
    const { body } = await asks.decide('lee', id, 'deny', {
      reason: 'Because so',
    });
    expect(body.until).toBeUndefined();
  });

  it('end when the call goes away, or nobody decides in time', async () => {
    const gone = await asks.open();
    const withdrawn = await asks.gateway.send('delete', `/asks/${gone.id}`);
    expect(withdrawn.body).toEqual({ state: 'withdrawn' });
    expect(
      (await asks.decide('lee', gone.id, 'allow-once')).body.error.message,
    ).toMatch(/went away/);

    const unanswered = await asks.open({ seconds: 60 });
    asks.world.clock.advance(59);
    const over = await asks.gateway.send('delete', `/asks/${unanswered.id}`);
    expect(over.body).toEqual({ state: 'expired' });

    const late = await asks.open({ seconds: 60 });
    asks.world.clock.advance(61);
    expect((await asks.seen('lee', '?state=waiting')).items).toMatchObject([
      { id: late.id, state: 'expired', mayDecide: false },
    ]);
    expect((await asks.decide('lee', late.id, 'allow-once')).status).toBe(409);
    await asks.portal.job('asks-expire');
    await asks.portal.job('asks-expire');
    expect(await asks.types()).toEqual([
      'ask.opened',
      'ask.withdrawn',
      'ask.opened',
      'ask.expired',
      'ask.opened',
      'ask.expired',
    ]);
    expect((await asks.seen('lee', '?state=waiting')).totalItems).toBe(0);

    const decided = await asks.open();
    await asks.decide('lee', decided.id, 'allow-once');
    const kept = await asks.gateway.send('delete', `/asks/${decided.id}`);
    expect(kept.body).toEqual({ state: 'allowed' });
    asks.world.clock.advance(31 * 24 * 3600);
    await asks.portal.job('asks-expire');
    expect((await asks.seen('lee')).totalItems).toBe(0);
  });

  it.each([
    [{ keyId: 'nobody' }],
    [{ tools: [] }],
    [{ tools: [{ name: 'x', descriptionHash: 'short', risk: 1 }] }],
    [{ tools: [{ ...tool('x'), description: 'a prompt' }] }],
    [{ prompt: 'hello' }],
    [{ seconds: 0 }],
    [{ seconds: 90_000 }],
    [{ trace: 'x'.repeat(201) }],
    [{ id: 'not a uuid' }],
  ])('are refused when they are not as they should be: %j', async fields => {
    const { status } = await asks.gateway.send(
      'post',
      '/asks',
      asks.question(fields),
    );
    expect(status).toBe(400);
    expect(await asks.types()).toEqual([]);
  });
});
