import { figuresOf, type Measured } from './figures';
import { ChatLimits } from './ChatLimits';
import { TestClock } from '@modelhub/backstage-plugin-models-node/testUtils';

const measured = (more: Partial<Measured> = {}): Measured => ({
  beganAt: 1000,
  firstAt: 1250,
  lastAt: 3250,
  endedAt: 3300,
  finishReason: 'stop',
  promptCharacters: 40,
  answerCharacters: 400,
  usage: { inputTokens: 12, outputTokens: 101 },
  ...more,
});

describe('the figures under an answer', () => {
  it('count speed without the wait for the first token', () => {
    expect(
      figuresOf(measured(), {
        basis: 'tokens',
        currency: 'EUR',
        inputPerMTok: 2,
        outputPerMTok: 10,
      }),
    ).toEqual({
      finishReason: 'stop',
      inputTokens: 12,
      outputTokens: 101,
      tokensEstimated: false,
      ttftMs: 250,
      latencyMs: 2300,
      tokensPerSecond: 50,
      cost: { amount: 0.001034, currency: 'EUR', basis: 'tokens' },
    });
  });

  it('are estimated and say so where the server does not count', () => {
    expect(figuresOf(measured({ usage: undefined }), undefined)).toMatchObject({
      inputTokens: 10,
      outputTokens: 100,
      tokensEstimated: true,
    });
  });

  it('leave out what cannot be known', () => {
    const nothing = figuresOf(
      measured({ firstAt: undefined, lastAt: undefined }),
      { basis: 'tokens', currency: 'EUR', inputPerMTok: 2 },
    );
    expect(Object.keys(nothing)).not.toEqual(
      expect.arrayContaining(['ttftMs']),
    );
    expect(nothing.tokensPerSecond).toBeUndefined();
    expect(nothing.cost).toBeUndefined();
    // Whole at once: no time went by in which tokens came.
    expect(
      figuresOf(measured({ lastAt: 1250 }), undefined).tokensPerSecond,
    ).toBeUndefined();
  });

  it('take the time of an endpoint', () => {
    expect(
      figuresOf(measured(), { basis: 'time', currency: 'USD', perHour: 36 })
        .cost,
    ).toEqual({ amount: 0.023, currency: 'USD', basis: 'time' });
  });
});

describe('how much one person prompts', () => {
  const setup = () => {
    const clock = new TestClock('2026-11-22T08:00:00.000Z');
    return {
      clock,
      limits: ChatLimits.create({ clock, atOnce: 2, perMinute: 3 }),
    };
  };

  it('is bounded at once, for each person alone', () => {
    const { limits } = setup();
    const leave = limits.enter('ann');
    limits.enter('ann');
    expect(() => limits.enter('ann')).toThrow(/2 models at once/);
    limits.enter('bob');
    leave();
    // Twice gives no second place.
    leave();
    limits.enter('ann');
    expect(() => limits.enter('ann')).toThrow(/at once/);
  });

  it('is bounded in a minute, and says how long to wait', () => {
    const { limits, clock } = setup();
    for (let n = 0; n < 3; n++) limits.enter('ann')();
    clock.advance(20);
    expect(() => limits.enter('ann')).toThrow(/Try again in 40 s/);
    clock.advance(41);
    expect(() => limits.enter('ann')()).not.toThrow();
  });
});
