import type { TraceAnswer, TraceStep } from '@modelhub/governance-protocol';
import { aCall } from '../__testUtils__/aCall';
import { createGuardRailsStage } from './createGuardRailsStage';
import { ControlPlaneTraces, SharedTraces } from './SharedTraces';

const logger = { info() {}, warn() {}, error() {} };
const step: TraceStep = {
  trace: 'a'.repeat(64),
  forget: 'idle',
  calls: 1,
  risk: 0,
  limits: { calls: 5 },
};

describe('ControlPlaneTraces', () => {
  const setup = (
    statuses: Array<number | Error>,
    isStarted: () => Promise<boolean> = async () => true,
  ) => {
    const sent: string[] = [];
    let now = 1_000;
    const traces = new ControlPlaneTraces({
      logger,
      now: () => now,
      link: {
        isStarted,
        post: async (route, body) => {
          sent.push(`${route} ${body}`);
          const status = statuses.shift() ?? 200;
          if (status instanceof Error) {
            throw status;
          }
          return { status, body: { calls: 3, risk: 1 } };
        },
      },
    });
    return { traces, sent, later: (ms: number) => (now += ms) };
  };

  it('says what all gateways have done', async () => {
    const { traces, sent } = setup([]);
    expect(await traces.step(step)).toEqual({ calls: 3, risk: 1 });
    expect(sent).toEqual([`/traces ${JSON.stringify(step)}`]);
  });

  it.each<[string, Array<number | Error>, boolean]>([
    ['the portal is away', [new Error('ECONNREFUSED')], true],
    ['the portal has trouble', [500], true],
    ['it turns the gateway away', [401], true],
    ['the portal is starting', [404], false],
  ])('says nothing while %s', async (_, statuses, started) => {
    const { traces } = setup(statuses, async () => started);
    expect(await traces.step(step)).toBeUndefined();
    expect(await traces.step(step)).toEqual({ calls: 3, risk: 1 });
  });

  it('waits a second, and no longer', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
    try {
      const traces = new ControlPlaneTraces({
        logger,
        now: () => 0,
        link: {
          isStarted: async () => true,
          post: () => new Promise(() => {}),
        },
      });
      const answer = traces.step(step);
      await jest.advanceTimersByTimeAsync(1_000);
      expect(await answer).toBeUndefined();
    } finally {
      jest.useRealTimers();
    }
  });

  it('leaves the gateway alone with it where the portal has no usage backend', async () => {
    const { traces, sent, later } = setup([404, 404]);
    expect(await traces.step(step)).toEqual({ calls: 0, risk: 0 });
    await traces.step(step);
    expect(sent).toHaveLength(2);
    later(60_001);
    expect(await traces.step(step)).toMatchObject({ calls: 3 });
  });
});

describe('guard rails with other gateways', () => {
  const setup = (answers: Array<TraceAnswer | undefined>) => {
    const steps: TraceStep[] = [];
    const shared: SharedTraces = {
      async step(taken) {
        steps.push(taken);
        return answers.length > 0 ? answers.shift() : { calls: 1, risk: 0 };
      },
    };
    const stage = createGuardRailsStage({ shared });
    const call = async (agents: object, fields: object = {}) => {
      try {
        await stage.begin?.(
          aCall({ agents }, { trace: 't', body: { a: 1 }, ...fields }),
        );
        return 'passed';
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    return { steps, call };
  };

  it('refuse what passes a limit of all together, and when nobody can tell', async () => {
    const { call } = setup([
      { exceeded: 'calls', calls: 9, risk: 0 },
      { exceeded: 'risk', calls: 1, risk: 5 },
      { exceeded: 'repeats', calls: 1, risk: 0 },
      undefined,
    ]);
    const agents = {
      maxCallsPerTrace: 1,
      riskBudgetPerTrace: 5,
      maxRepeats: 9,
    };
    expect([
      await call(agents),
      await call(agents),
      await call(agents),
      await call(agents),
      // What was refused did not count here either.
      await call(agents),
      await call(agents),
    ]).toEqual([
      'trace_budget_exhausted',
      'trace_budget_exhausted',
      'loop_detected',
      'trace_unknown',
      'passed',
      'trace_budget_exhausted',
    ]);
  });

  it('tell names and numbers only, and nothing where nothing is bounded', async () => {
    const { steps, call } = setup([]);
    await call({ tools: [{ match: 'x', action: 'allow' }] });
    expect(steps).toEqual([]);
    await call({ maxCallsPerTrace: 3 });
    await call({ maxCallsPerTrace: 3 }, { keyId: 'other' });
    await call({ maxRepeats: 2 }, { trace: undefined });
    expect(steps).toEqual([
      { ...step, trace: steps[0].trace, limits: { calls: 3 } },
      steps[0],
      {
        trace: expect.stringMatching(/^[0-9a-f]{64}$/),
        forget: 'hourly',
        calls: 1,
        risk: 0,
        call: expect.any(String),
        limits: { repeats: 2 },
      },
    ]);
    expect(steps[2].trace).not.toBe(steps[0].trace);
    expect(JSON.stringify(steps)).not.toContain('"t"');
  });

  it('give back what a person refused', async () => {
    const { steps, call } = setup([]);
    const agents = {
      maxCallsPerTrace: 3,
      tools: [{ match: 'pay', action: 'ask', risk: 2 }],
    };
    const body = { tools: [{ type: 'function', function: { name: 'pay' } }] };
    expect(await call(agents, { body })).toBe('tool_not_confirmed');
    expect(steps).toMatchObject([
      { calls: 1, risk: 2 },
      { calls: -1, risk: -2 },
    ]);
  });
});
