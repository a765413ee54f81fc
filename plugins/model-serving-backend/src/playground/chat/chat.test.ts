import { databaseIds, migratedDatabase } from '../../__testUtils__/databases';
import {
  CHAT,
  ENDPOINT,
  eventsOf,
  eventually,
  startPlayground,
  startRig,
  type Rig,
} from '../__testUtils__/startPlayground';

// A real gateway that follows a hub, a provider, and HTTP between all of them.
jest.setTimeout(120_000);

const prompt = (target: string, content = 'What is a llama?') => ({
  target,
  messages: [{ role: 'user', content }],
});

describe.each(databaseIds)('prompts in the playground on %s', id => {
  let rig: Rig;
  let playground: Awaited<ReturnType<typeof startPlayground>>;

  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.stop());
  beforeEach(async () => {
    rig.endpoints.isReady = true;
    playground = await startPlayground(await migratedDatabase(id), rig);
  });
  afterEach(() => playground.stop());

  it('streams what a hosted model says, with a key that is issued once', async () => {
    const before = rig.hub.issued;
    const answers = await Promise.all(
      [CHAT, CHAT].map(target =>
        playground.call('POST', '/chat', prompt(target)),
      ),
    );
    expect(answers[0].headers.get('cache-control')).toContain('no-transform');
    const [events] = await Promise.all(answers.map(eventsOf));
    expect(rig.hub.issued).toBe(before + 1);
    const text = events
      .filter(({ event }) => event === 'delta')
      .map(({ data }) => data.text)
      .join('');
    const { event, data } = events.at(-1)!;
    expect({ event, data }).toMatchObject({ event: 'done' });
    expect(text.length).toBeGreaterThan(10);
    expect(data).toMatchObject({
      finishReason: 'stop',
      tokensEstimated: false,
      cost: { currency: 'EUR', basis: 'tokens' },
    });
    const { inputTokens, outputTokens, ttftMs, latencyMs, cost } =
      data as Record<string, number> & { cost: { amount: number } };
    expect(cost.amount).toBeCloseTo(
      (inputTokens * 1000 + outputTokens * 2000) / 1e6,
      6,
    );
    expect(ttftMs).toBeGreaterThan(0);
    expect(latencyMs).toBeGreaterThan(ttftMs);
    expect(JSON.stringify(playground.said)).not.toContain('llama');
  });

  it('prompts an endpoint with its own key, and takes its hours for the cost', async () => {
    const events = await eventsOf(
      await playground.call('POST', '/chat', prompt(ENDPOINT)),
    );
    const { latencyMs, cost } = events.at(-1)!.data as {
      latencyMs: number;
      cost: { amount: number };
    };
    expect(cost).toMatchObject({ basis: 'time', currency: 'USD' });
    expect(cost.amount).toBeCloseTo(latencyMs * 1e-6, 8);
  });

  it('says in words what is refused, by whom, and where to ask', async () => {
    const closed = await playground.call(
      'POST',
      '/chat',
      prompt('model:acme/closed@1.0'),
    );
    expect([closed.status, (await closed.json()).error.message]).toEqual([
      403,
      expect.stringContaining('Request access: https://portal.example/request'),
    ]);
    const stranger = await playground.call('POST', '/chat', prompt(ENDPOINT), {
      as: 'eve',
    });
    expect(stranger.status).toBe(404);
    const without = await playground.call('POST', '/chat', prompt(CHAT), {
      as: 'mallory',
    });
    expect(without.status).toBe(403);
    // Approved when it was opened, and not any more when it was asked.
    const { grants } = rig.hub;
    rig.hub.grants = grants.filter(it => it.gatewayId !== 'acme/other');
    rig.hub.publish();
    try {
      let events: Awaited<ReturnType<typeof eventsOf>> = [];
      await eventually('the gateway refuses', async () => {
        events = await eventsOf(
          await playground.call('POST', '/chat', prompt(ENDPOINT)),
        );
        return events.at(-1)?.event === 'error';
      });
      expect(events).toEqual([
        {
          event: 'error',
          data: expect.objectContaining({
            status: 403,
            accessUrl: expect.stringContaining(
              'https://portal.example/model-governance/request',
            ),
          }),
        },
      ]);
    } finally {
      rig.hub.grants = grants;
      rig.hub.publish();
    }
    for (const [body, words] of [
      [prompt('nothing'), /is no target/],
      [
        { ...prompt(CHAT), profile: 'shop' },
        /not a member of access profile 'shop'/,
      ],
      [prompt(CHAT, 'x'.repeat(200_001)), /200000 is the most/],
      [
        { target: CHAT, messages: [{ role: 'assistant', content: 'Hi' }] },
        /last message has to be the user/,
      ],
      [{ ...prompt(CHAT), settings: { maxTokens: 100_000 } }, /Ask for fewer/],
    ] as Array<[object, RegExp]>) {
      const { error } = await playground.json('POST', '/chat', body);
      expect(error.message).toMatch(words);
    }
  });

  it('ends the call at the provider when the caller is gone', async () => {
    const gone = new AbortController();
    const calls = rig.upstream.calls.length;
    const response = await playground.call(
      'POST',
      '/chat',
      prompt(CHAT, 'word '.repeat(4000)),
      { signal: gone.signal },
    );
    const reader = response.body!.getReader();
    await reader.read();
    await eventually(
      'the provider is asked',
      () => rig.upstream.calls.length > calls,
    );
    gone.abort();
    await reader.read().catch(() => {});
    await eventually(
      'the provider is let go',
      () => rig.upstream.calls.at(-1)!.aborted,
    );
    expect(rig.upstream.calls.at(-1)).toMatchObject({ stream: true });
  });

  it('lists what can be prompted, with prices and limits', async () => {
    await eventsOf(await playground.call('POST', '/chat', prompt(CHAT)));
    const list = await playground.json('GET', '/targets');
    expect(list).toMatchObject({
      profile: 'care',
      profiles: [{ id: 'care', title: 'CARE' }],
      purpose: 'experimentation',
      limits: { targets: 4, rows: 2000 },
    });
    expect(list.items).toEqual([
      expect.objectContaining({
        id: ENDPOINT,
        price: { basis: 'time', currency: 'USD', perHour: 3.6 },
      }),
      expect.objectContaining({ id: CHAT, available: true }),
      expect.objectContaining({ id: 'model:acme/other@1.0' }),
    ]);
    expect(
      (await playground.json('GET', '/targets', undefined, { as: 'eve' }))
        .items,
    ).toHaveLength(2);
  });
});
