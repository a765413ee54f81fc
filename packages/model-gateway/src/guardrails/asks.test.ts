import type { SnapshotAgentRules } from '@modelhub/governance-protocol';
import { aCall } from '../__testUtils__/aCall';
import type { PrincipalKey } from '../identity/principalOf';
import type { GatewayLogger } from '../telemetry/Logger';
import {
  AskDesk,
  AskOutcome,
  AskRequest,
  ControlPlaneAsks,
  ControlPlaneLink,
} from './AskDesk';
import { createGuardRailsStage } from './createGuardRailsStage';

const agents: SnapshotAgentRules = {
  tools: [
    { match: 'pay', action: 'ask', risk: 3 },
    { match: 'mail', action: 'ask' },
  ],
  maxCallsPerTrace: 5,
  riskBudgetPerTrace: 15,
  askSeconds: 30,
};
const later = '2026-11-21T13:00:00.000Z';
const NOW = Date.parse('2026-11-21T12:00:00Z');

/** A person who answers when the test says so. */
class Person implements AskDesk {
  readonly asked: AskRequest[] = [];
  readonly #answers: Array<(outcome: AskOutcome) => void> = [];

  ask(request: AskRequest, signal: AbortSignal): Promise<AskOutcome> {
    this.asked.push(request);
    return new Promise(resolve => {
      this.#answers.push(resolve);
      signal.addEventListener('abort', () =>
        resolve({ outcome: 'unanswered' }),
      );
    });
  }

  answer(outcome: AskOutcome): void {
    this.#answers.shift()?.(outcome);
  }
}

const setup = (options: { now?: () => number } = {}) => {
  const person = new Person();
  const stage = createGuardRailsStage({
    desk: person,
    now: options.now ?? (() => NOW),
  });
  const call = async (
    fields: Parameters<typeof aCall>[1] & {
      tools?: string[];
      about?: string;
    } = {},
  ) => {
    const { tools = ['pay'], about, ...rest } = fields;
    const body = {
      tools: tools.map(name => ({
        type: 'function',
        function: { name, description: about },
      })),
    };
    try {
      await stage.begin?.(aCall({ agents }, { trace: 't', body, ...rest }));
      return 'passed';
    } catch (error) {
      const { status, code, message } = error as Record<string, string>;
      return `${status} ${code} ${message}`;
    }
  };
  return { person, call };
};

describe('a call that offers a tool which needs a person', () => {
  it('waits, and passes once it is allowed', async () => {
    const { person, call } = setup();
    const calling = call({ tools: ['pay', 'mail', 'free'] });
    expect(person.asked).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        keyId: 'k',
        trace: 't',
        model: 'acme/chat',
        seconds: 30,
        tools: [
          {
            name: 'pay',
            risk: 3,
            descriptionHash: expect.stringMatching(/^[0-9a-f]{64}$/),
          },
          {
            name: 'mail',
            risk: 0,
            descriptionHash: expect.stringMatching(/^[0-9a-f]{64}$/),
          },
        ],
      },
    ]);
    person.answer({ outcome: 'allowed' });
    expect(await calling).toBe('passed');
    // Once is once.
    const again = call();
    expect(person.asked).toHaveLength(2);
    person.answer({ outcome: 'denied' });
    expect(await again).toMatch(/^403 tool_not_confirmed A person refused/);
  });

  it('is not asked about again in its trace, for as long as was decided', async () => {
    let now = NOW;
    const { person, call } = setup({ now: () => now });
    const first = call();
    person.answer({ outcome: 'allowed', until: later });
    expect(await first).toBe('passed');
    expect(await call()).toBe('passed');
    expect(person.asked).toHaveLength(1);
    const others = [
      call({ keyId: 'other' }),
      call({ trace: 'other' }),
      call({ about: 'pays everybody' }),
    ];
    expect(person.asked).toHaveLength(4);
    others.forEach(() => person.answer({ outcome: 'allowed' }));
    await Promise.all(others);
    now = Date.parse(later);
    const late = call();
    expect(person.asked).toHaveLength(5);
    person.answer({ outcome: 'allowed' });
    expect(await late).toBe('passed');
  });

  it('stays refused in its trace, with the reason', async () => {
    const { person, call } = setup();
    const first = call();
    person.answer({ outcome: 'denied', reason: 'Not today', until: later });
    expect(await first).toMatch(/Not today/);
    expect(await call()).toMatch(/^403 tool_not_confirmed .*Not today/);
    expect(person.asked).toHaveLength(1);
  });

  it('asks once for calls that come together', async () => {
    const { person, call } = setup();
    const calls = [call(), call()];
    await Promise.resolve();
    expect(person.asked).toHaveLength(1);
    person.answer({ outcome: 'allowed', until: later });
    expect(await Promise.all(calls)).toEqual(['passed', 'passed']);
    expect(person.asked).toHaveLength(1);
  });

  it('asks for the second one too where the first was allowed once', async () => {
    const { person, call } = setup();
    const [one, two] = [call(), call()];
    person.answer({ outcome: 'allowed' });
    expect(await one).toBe('passed');
    await new Promise(setImmediate);
    expect(person.asked).toHaveLength(2);
    person.answer({ outcome: 'denied' });
    expect(await two).toMatch(/refused/);
  });

  it.each<[AskOutcome, RegExp]>([
    [{ outcome: 'unanswered' }, /Nobody decided in time/],
    [{ outcome: 'unreachable' }, /portal could not be reached/],
    [{ outcome: 'too-many' }, /Too many questions/],
  ])(
    'is refused when %j, and takes nothing from its trace',
    async (outcome, words) => {
      const { person, call } = setup();
      for (let n = 0; n < 8; n++) {
        const calling = call();
        person.answer(outcome);
        expect(await calling).toMatch(words);
      }
      const good = call();
      person.answer({ outcome: 'allowed' });
      expect(await good).toBe('passed');
    },
  );

  it('is withdrawn when the caller goes away, and others ask for themselves', async () => {
    const { person, call } = setup();
    const leaving = new AbortController();
    const one = call({ signal: leaving.signal });
    const two = call();
    leaving.abort();
    expect(await one).toMatch(/tool_not_confirmed/);
    await new Promise(setImmediate);
    expect(person.asked).toHaveLength(2);
    person.answer({ outcome: 'denied' });
    person.answer({ outcome: 'allowed' });
    expect(await two).toBe('passed');
  });

  it('says who a caller with a token is', async () => {
    const { person } = setup();
    const stage = createGuardRailsStage({ desk: person });
    const context = aCall({ agents }, { body: { tools: [{ name: 'pay' }] } });
    const key: PrincipalKey = context.caller.key;
    key.hash = '';
    key.principal = { entityRef: 'user:default/dana', issuer: 'https://id' };
    const begun = stage.begin?.(context);
    expect(person.asked).toMatchObject([
      {
        keyId: key.id,
        caller: {
          entityRef: 'user:default/dana',
          issuer: 'https://id',
          profile: key.profile,
        },
      },
    ]);
    person.answer({ outcome: 'allowed' });
    await begun;
  });

  it('is refused for callers with tokens, who could be anybody', async () => {
    const { person } = setup();
    const stage = createGuardRailsStage({ desk: person });
    const context = aCall({ agents }, { body: { tools: [{ name: 'pay' }] } });
    context.caller.key.hash = '';
    await expect(stage.begin?.(context)).rejects.toThrow(/oidc\[\]\.principal/);
    expect(person.asked).toEqual([]);
  });

  it('is refused where nobody can be asked', async () => {
    const stage = createGuardRailsStage();
    const body = { tools: [{ type: 'function', name: 'pay' }] };
    await expect(
      stage.begin?.(aCall({ agents }, { body })),
    ).rejects.toMatchObject({ code: 'tool_not_confirmed', status: 403 });
  });
});

describe('ControlPlaneAsks', () => {
  const logger: GatewayLogger = { info() {}, warn() {}, error() {} };
  const request: AskRequest = {
    id: 'a1',
    keyId: 'k',
    model: 'm',
    tools: [],
    seconds: 60,
  };
  type Answer = { status: number; body?: unknown } | Error;
  const setupLink = (answers: Answer[]) => {
    const sent: string[] = [];
    const link: ControlPlaneLink = {
      async request(method, route) {
        sent.push(`${method} ${route}`);
        const answer = answers.shift() ?? new Error('no more');
        if (answer instanceof Error) throw answer;
        return { body: undefined, ...answer };
      },
    };
    const asks = new ControlPlaneAsks({ link, logger, retryMs: 1 });
    return { sent, asks };
  };
  const waiting = { status: 200, body: { state: 'waiting' } };
  const alive = () => new AbortController().signal;

  it('asks again until it was heard, then waits for the decision', async () => {
    const { sent, asks } = setupLink([
      new Error('reset'),
      { status: 503 },
      { status: 201, body: { state: 'waiting' } },
      waiting,
      new Error('reset'),
      { status: 200, body: { state: 'allowed', until: later } },
    ]);
    expect(await asks.ask(request, alive())).toEqual({
      outcome: 'allowed',
      until: later,
    });
    expect(sent).toEqual([
      'POST /asks',
      'POST /asks',
      'POST /asks',
      'GET /asks/a1?wait=8',
      'GET /asks/a1?wait=8',
      'GET /asks/a1?wait=8',
    ]);
  });

  it.each<[Answer, AskOutcome]>([
    [
      { status: 200, body: { state: 'denied', reason: 'no' } },
      { outcome: 'denied', reason: 'no' },
    ],
    [{ status: 200, body: { state: 'expired' } }, { outcome: 'unanswered' }],
    [{ status: 429 }, { outcome: 'too-many' }],
    [{ status: 400 }, { outcome: 'unreachable' }],
  ])('takes %j for %j', async (answer, outcome) => {
    const { asks } = setupLink([answer]);
    expect(await asks.ask(request, alive())).toEqual(outcome);
  });

  it('withdraws when the caller goes away, and takes a decision of the last moment', async () => {
    for (const [state, outcome] of [
      ['withdrawn', 'unanswered'],
      ['allowed', 'allowed'],
    ]) {
      const leaving = new AbortController();
      const sent: string[] = [];
      const asks = new ControlPlaneAsks({
        logger,
        link: {
          async request(method, route) {
            sent.push(`${method} ${route}`);
            if (method === 'GET') {
              leaving.abort();
              throw new Error('aborted');
            }
            return {
              status: 200,
              body: { state: method === 'DELETE' ? state : 'waiting' },
            };
          },
        },
      });
      expect(await asks.ask(request, leaving.signal)).toMatchObject({
        outcome,
      });
      expect(sent.at(-1)).toBe('DELETE /asks/a1');
    }
  });

  it('gives up when the time is over', async () => {
    const { asks, sent } = setupLink([]);
    const outcome = await asks.ask({ ...request, seconds: 0.02 }, alive());
    expect(outcome).toEqual({ outcome: 'unreachable' });
    expect(sent.at(-1)).toBe('DELETE /asks/a1');
  });
});
