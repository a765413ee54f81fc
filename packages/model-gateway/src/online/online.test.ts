import {
  assignOnline,
  onlineBatchProblem,
  type OnlineBatch,
  type OnlineSample,
  type SnapshotExperiment,
} from '@modelhub/governance-protocol';
import { randomUUID } from 'node:crypto';
import { Rig, eventually } from '../__testUtils__/rig';
import {
  ScriptedProvider,
  sendEvents,
  sendJson,
} from '../__testUtils__/ScriptedProvider';
import { secretOf, someContent } from '../__testUtils__/TestControlPlane';

// Real servers and, at times, a busy machine.
jest.setTimeout(30_000);

/** Another one for each test: what is still on its way from the last does not count. */
let id = '';

const experiment = (fields: Partial<SnapshotExperiment> = {}) => ({
  id,
  purpose: 'summarise',
  tiers: ['sandbox' as const, 'internal' as const],
  control: { gatewayId: 'acme/chat', version: '1.0' },
  challenger: { gatewayId: 'hosted/gpt', version: '1.0' },
  share: 0.5,
  sampling: 1,
  scorers: [
    { metric: 'chars', type: 'length' as const },
    {
      metric: 'is_json',
      type: 'json-schema' as const,
      schema: '{"type":"object","required":["answer"]}',
    },
    { metric: 'cites', type: 'regex' as const, pattern: '\\[\\d+\\]' },
    { metric: 'declines', type: 'refusal' as const },
  ],
  startsAt: new Date(Date.now() - 60_000).toISOString(),
  endsAt: new Date(Date.now() + 3_600_000).toISOString(),
  salt: '0123456789abcdef0123456789abcdef',
  ...fields,
});

/** Somebody who gets this arm. */
function userOf(arm: string, it = experiment()): string {
  for (let n = 0; ; n++) {
    if (assignOnline(it, `strict\nuser-${n}`).arm === arm) {
      return `user-${n}`;
    }
  }
}

/** A whole answer with this text. */
const says = (content: string) => ({
  id: 'c',
  choices: [{ index: 0, message: { role: 'assistant', content } }],
  usage: { prompt_tokens: 7, completion_tokens: 5 },
});

describe('online evaluation', () => {
  let rig: Rig;
  let control: ScriptedProvider;
  let challenger: ScriptedProvider;
  let batches: OnlineBatch[];

  beforeAll(async () => {
    control = await ScriptedProvider.create();
    challenger = await ScriptedProvider.create();
    rig = await Rig.create({
      providers: [
        { name: 'acme', match: 'acme/*', baseUrl: control.url },
        { name: 'hosted', match: 'hosted/*', baseUrl: challenger.url },
      ],
      settings: { routing: { retries: 0 } },
    });
  });
  afterAll(async () => {
    await rig.stop();
    await control.stop();
    await challenger.stop();
  });
  beforeEach(() => {
    batches = [];
    id = randomUUID();
    rig.plane.more = async ({ route, body }) => {
      if (route !== '/online-batches') return undefined;
      batches.push(JSON.parse(body));
      return { accepted: 1 };
    };
    control.script = (_, res) => sendJson(res, says('[1] the control'));
    challenger.script = (_, res) =>
      sendJson(res, says('```json\n{"answer": "the challenger"}\n```'));
  });

  const run = async (it: object | undefined) => {
    const content = someContent();
    rig.plane.change({
      ...content,
      profiles: content.profiles.map(profile =>
        profile.id === 'strict' && it
          ? { ...profile, experiments: [it as SnapshotExperiment] }
          : profile,
      ),
    });
    await eventually(
      'the gateway holds it',
      async () => (await rig.ready()).version === rig.plane.version,
    );
  };
  const mine = <T extends { experiment: string }>(list: T[]) =>
    list.filter(item => item.experiment === id);
  const samples = () => mine(batches.flatMap(batch => batch.samples));
  const total = (arm: string, what: 'calls' | 'failed') =>
    mine(batches.flatMap(batch => batch.tallies))
      .filter(tally => tally.arm === arm)
      .reduce((sum, tally) => sum + tally[what], 0);
  const notes = (what: 'optedOut' | 'dropped' | 'refused') =>
    mine(batches.flatMap(batch => batch.notes)).reduce(
      (sum, note) => sum + note[what],
      0,
    );
  const ask = (user: string, fields: object = {}, headers = {}) =>
    fetch(`${rig.url}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secretOf('strict')}`,
        'content-type': 'application/json',
        ...headers,
      },
      body: JSON.stringify({
        model: 'acme/chat',
        messages: [{ role: 'user', content: 'The secret question' }],
        user,
        ...fields,
      }),
    });

  it('splits callers, says so, and reports scores without content', async () => {
    await run(experiment());
    const ours = await ask(userOf('control'));
    expect(ours.headers.get('x-modelhub-evaluation')).toBe(
      `${experiment().id}; arm=control`,
    );
    expect(ours.headers.get('x-modelhub-model')).toBe('acme/chat@1.0');
    for (let n = 0; n < 3; n++) {
      const theirs = await ask(userOf('challenger'));
      expect(theirs.headers.get('x-modelhub-evaluation')).toMatch(
        /; arm=challenger$/,
      );
      expect(theirs.headers.get('x-modelhub-model')).toBe('hosted/gpt@1.0');
      expect((await theirs.json()).choices[0].message.content).toMatch(
        /challenger/,
      );
    }
    await eventually('four scores come', () => samples().length === 4);
    expect([total('control', 'calls'), total('challenger', 'calls')]).toEqual([
      1, 3,
    ]);
    const of = (arm: string) =>
      samples().find(sample => sample.arm === arm) as OnlineSample;
    expect(of('control')).toMatchObject({
      outcome: 'scored',
      scores: { chars: 15, is_json: 0, cites: 1, declines: 0 },
      inputTokens: 7,
      outputTokens: 5,
    });
    expect(of('control').latencyMs).toBeGreaterThan(0);
    expect(of('control').ttftMs).toBeUndefined();
    expect(of('control').at).toMatch(/:00\.000Z$/);
    expect(of('challenger').scores).toMatchObject({ is_json: 1, cites: 0 });
    const sent = JSON.stringify(batches);
    expect(sent).not.toMatch(/question|the control|user-\d|mh_|strict/);
    expect(batches.map(onlineBatchProblem)).toEqual(
      batches.map(() => undefined),
    );
  });

  it('keeps a conversation with its model when no user is named', async () => {
    await run(experiment());
    const arms = new Set<string>();
    for (let turn = 0; turn < 4; turn++) {
      const messages = [
        { role: 'system', content: 'Be brief' },
        { role: 'user', content: 'How it began' },
        ...Array.from({ length: turn * 2 }, (_, n) => ({
          role: n % 2 ? 'user' : 'assistant',
          content: `turn ${n}`,
        })),
      ];
      const answer = await ask('', { user: undefined, messages });
      arms.add(answer.headers.get('x-modelhub-evaluation') ?? 'none');
    }
    expect([...arms]).toHaveLength(1);
    expect([...arms][0]).toMatch(/arm=/);
  });

  it('leaves calls alone that opt out, pin a version, or are no text', async () => {
    await run(experiment());
    const before = challenger.received.length;
    const user = userOf('challenger');
    const answers = [
      await ask(user, {}, { 'x-modelhub-evaluation': 'off' }),
      await ask(user, { model: 'acme/chat@1.0' }),
      await fetch(`${rig.url}/v1/embeddings`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${secretOf('strict')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ model: 'acme/chat', input: 'a', user }),
      }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(answer.headers.get('x-modelhub-evaluation')).toBeNull();
      await answer.text();
    }
    expect(challenger.received).toHaveLength(before);
    await eventually('it is told', () => notes('optedOut') === 1);
    expect(samples()).toEqual([]);

    await run(experiment({ pinned: true }));
    const pinned = await ask(user, { model: 'acme/chat@1.0' });
    expect(pinned.headers.get('x-modelhub-model')).toBe('hosted/gpt@1.0');
  });

  it('never goes round the allowlist: a challenger that is revoked ends at once', async () => {
    await run(experiment());
    const user = userOf('challenger');
    expect((await ask(user)).headers.get('x-modelhub-model')).toBe(
      'hosted/gpt@1.0',
    );
    const { grants } = rig.plane.content;
    rig.plane.change({
      grants: grants.filter(({ gatewayId }) => gatewayId !== 'hosted/gpt'),
    });
    await eventually(
      'the gateway holds it',
      async () => (await rig.ready()).version === rig.plane.version,
    );
    const before = challenger.received.length;
    const answer = await ask(user);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-modelhub-model')).toBe('acme/chat@1.0');
    // It is no call of the control either: that would favour one arm.
    expect(answer.headers.get('x-modelhub-evaluation')).toBeNull();
    expect(challenger.received).toHaveLength(before);
    await eventually('it is told', () => notes('refused') === 1);
    expect(total('control', 'calls')).toBe(0);
  });

  it('ends with the consent, and with its time', async () => {
    const user = userOf('challenger');
    await run(experiment());
    expect((await ask(user)).headers.get('x-modelhub-evaluation')).toMatch(
      /challenger/,
    );
    await run(undefined);
    const after = await ask(user);
    expect(after.headers.get('x-modelhub-evaluation')).toBeNull();
    expect(after.headers.get('x-modelhub-model')).toBe('acme/chat@1.0');
    for (const other of [
      { endsAt: new Date(Date.now() - 1_000).toISOString() },
      { tiers: ['sandbox' as const] },
      { purpose: 'translate' },
      { control: { gatewayId: 'acme/chat', version: '2.0' } },
      { gateways: ['99999999-2222-4333-8444-555555555555'] },
    ]) {
      await run(experiment(other));
      const answer = await ask(user);
      expect(answer.headers.get('x-modelhub-evaluation')).toBeNull();
    }
  });

  it('lets the control answer where the challenger fails, and counts the failure', async () => {
    await run(experiment());
    challenger.script = (_, res) => sendJson(res, { error: 'broken' }, 500);
    const answer = await ask(userOf('challenger'));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-modelhub-model')).toBe('acme/chat@1.0');
    await eventually('it is told', () => samples().length === 1);
    expect(samples()[0]).toMatchObject({
      arm: 'challenger',
      outcome: 'failed',
      scores: {},
    });
    expect(samples()[0].latencyMs).toBeUndefined();
    expect(total('challenger', 'failed')).toBe(1);
  });

  it('scores streams, and sends a batch again until it is taken', async () => {
    await run(experiment({ challenger: undefined, share: 0, sampling: 1 }));
    let refusals = 2;
    const ids: string[] = [];
    rig.plane.more = async ({ route, body }) => {
      if (route !== '/online-batches') return undefined;
      const batch = JSON.parse(body) as OnlineBatch;
      ids.push(batch.batchId);
      if (refusals-- > 0) throw new Error('Not now');
      batches.push(batch);
      return {};
    };
    control.script = (_, res) =>
      sendEvents(res, [
        { choices: [{ index: 0, delta: { content: 'I cannot ' } }] },
        { choices: [{ index: 0, delta: { content: 'help with that' } }] },
        { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
        '[DONE]',
      ]);
    const answer = await ask('anybody', { stream: true });
    const text = await answer.text();
    expect(text).toContain('help with that');
    await eventually('it is taken', () => samples().length === 1);
    expect(samples()[0]).toMatchObject({
      arm: 'control',
      scores: { chars: 23, declines: 1, is_json: 0 },
    });
    expect(samples()[0].ttftMs).toBeGreaterThan(0);
    expect(ids.length).toBe(3);
    expect(new Set(ids).size).toBe(1);
  });
});
