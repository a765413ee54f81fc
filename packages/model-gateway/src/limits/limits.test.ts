import type {
  SharedLimit,
  SnapshotLimits,
} from '@modelhub/governance-protocol';
import fc from 'fast-check';
import { someCall, someCaller, someOutcome } from '../__testUtils__/calls';
import { ApiError } from '../http/ApiError';
import type { CallHandle } from '../pipeline';
import { estimatePromptTokens, expectedOutputTokens } from './estimateTokens';
import { createLimitsStage } from './LimitsStage';
import { LimitTable } from './LimitTable';
import { TokenBucket } from './TokenBucket';

function setup(gateways?: number) {
  const clock = { now: 1_000 };
  const table = new LimitTable(() => clock.now);
  if (gateways) {
    table.apply({ gateways, limits: [] });
  }
  const stage = createLimitsStage({ table });
  const attempt = <T>(work: () => T): T | ApiError => {
    try {
      return work();
    } catch (error) {
      return error as ApiError;
    }
  };
  return {
    clock,
    table,
    stage,
    /** What leaves the call, or the refusal. */
    enter: (key: SnapshotLimits, profile: SnapshotLimits = {}, id = 'k') => {
      const { id: callId, ...call } = someCall({
        caller: someCaller({ id, limits: key }, { limits: profile }),
      });
      return attempt(() => stage.enter!({ id: callId, ...call }));
    },
    begin: (limits: SnapshotLimits, body: Record<string, unknown>) =>
      attempt(
        () =>
          stage.begin!(
            someCall({ caller: someCaller({ limits }), body }),
          ) as CallHandle,
      ),
  };
}

const refusal = (value: unknown) =>
  value instanceof ApiError ? `${value.status} ${value.code}` : 'passes';

const times = <T>(n: number, work: () => T) => Array.from({ length: n }, work);

describe('TokenBucket', () => {
  it('lets through a minute’s worth at once and then one by one', () => {
    const bucket = new TokenBucket(60, 0);
    bucket.take(60, 0);
    expect(bucket.has(1, 999)).toBe(false);
    expect(bucket.secondsUntil(1, 0)).toBe(1);
    expect(bucket.has(1, 1_000)).toBe(true);
    expect(bucket.level(3_600_000)).toBe(60);
  });

  it('is not filled by a clock that goes back and forth', () => {
    const bucket = new TokenBucket(60, 10_000);
    bucket.take(60, 10_000);
    expect(bucket.level(0)).toBe(0);
    expect(bucket.level(10_000)).toBe(0);
    expect(bucket.level(11_000)).toBe(1);
  });

  it('loses nothing when it shrinks for a moment, and all beyond it in a minute', () => {
    const bucket = new TokenBucket(60, 0);
    bucket.resize(6, 0);
    expect(bucket.level(0)).toBe(60);
    expect(bucket.level(30_000)).toBe(33);
    expect(bucket.level(60_000)).toBe(6);
    bucket.resize(60, 60_000);
    expect(bucket.level(60_000)).toBe(6);
  });

  it('passes no more in T minutes than T + 1 minutes’ worth, whatever happens', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.array(
          fc.tuple(
            fc.integer({ min: -5_000, max: 20_000 }),
            fc.integer({ min: 1, max: 40 }),
            fc.integer({ min: 0, max: 100 }),
          ),
        ),
        (limit, steps) => {
          const bucket = new TokenBucket(limit, 0);
          let now = 0;
          let latest = 0;
          let passed = 0;
          for (const [step, amount, percent] of steps) {
            now += step;
            latest = Math.max(latest, now);
            bucket.resize((limit * percent) / 100, now);
            for (let n = 0; n < amount; n++) {
              if (bucket.has(1, now)) {
                bucket.take(1, now);
                passed += 1;
              }
            }
          }
          expect(passed).toBeLessThanOrEqual(limit * (latest / 60_000 + 1) + 1);
        },
      ),
    );
  });
});

describe('requests and calls at one time', () => {
  it('cost nothing for callers without limits', () => {
    const { stage, table } = setup();
    const call = someCall();
    expect(stage.enter!(call)).toBeUndefined();
    expect(stage.begin!(call)).toBeUndefined();
    expect(table.size).toBe(0);
  });

  it('are refused beyond the limit, with what clients wait by', () => {
    const { enter, clock } = setup();
    const limits = { requestsPerMinute: 2 };
    enter(limits);
    enter(limits);
    const refused = enter(limits) as ApiError;
    expect(refused).toMatchObject({
      status: 429,
      code: 'rate_limit_exceeded',
      type: 'rate_limit_error',
      message: 'This key may send 2 requests per minute. Try again in 30 s.',
      headers: {
        'retry-after': '30',
        'x-ratelimit-limit-requests': '2',
        'x-ratelimit-remaining-requests': '0',
        'x-ratelimit-reset-requests': '60s',
      },
    });
    clock.now += 30_000;
    expect(refusal(enter(limits))).toBe('passes');
  });

  it('hold for the key and for its profile, and take from both or neither', () => {
    const { enter } = setup();
    const profile = { requestsPerMinute: 3 };
    const outcomes = [
      ...times(4, () => enter({ requestsPerMinute: 2 }, profile, 'one')),
      ...times(4, () => enter({ requestsPerMinute: 2 }, profile, 'two')),
    ].map(refusal);
    expect(outcomes.filter(it => it === 'passes')).toHaveLength(3);
    expect((enter({}, profile, 'three') as ApiError).message).toContain(
      "Profile 'p' may send 3 requests",
    );
  });

  it('free their place when they end', () => {
    const { enter } = setup();
    const limits = { maxConcurrent: 2 };
    const first = enter(limits) as () => void;
    enter(limits);
    expect(enter(limits)).toMatchObject({
      status: 429,
      headers: { 'retry-after': '1' },
    });
    first();
    expect(refusal(enter(limits))).toBe('passes');
  });

  it('follow a limit that changes', () => {
    const { enter } = setup();
    times(10, () => enter({ requestsPerMinute: 10 }));
    expect(refusal(enter({ requestsPerMinute: 10 }))).toContain('429');
    expect(refusal(enter({ requestsPerMinute: 20 }))).toContain('429');
    expect(refusal(enter({}))).toBe('passes');
  });
});

describe('tokens', () => {
  const prompt = (words: number) => ({
    messages: [{ role: 'user', content: 'abc '.repeat(words) }],
    max_tokens: 100,
  });

  it('are reserved by estimate and settled by what was used', () => {
    const { begin } = setup();
    const limits = { tokensPerMinute: 300 };
    const first = begin(limits, prompt(50)) as CallHandle;
    expect(first.headers!()).toMatchObject({
      'x-ratelimit-limit-tokens': '300',
      'x-ratelimit-remaining-tokens': '135',
    });
    expect(begin(limits, prompt(50))).toMatchObject({
      status: 429,
      code: 'rate_limit_exceeded',
    });
    first.end!(
      someOutcome({
        usage: { inputTokens: 20, outputTokens: 10, estimated: false },
      }),
    );
    expect(refusal(begin(limits, prompt(50)))).toBe('passes');
  });

  it('go into debt when more was used than reserved', () => {
    const { begin, clock } = setup();
    const limits = { tokensPerMinute: 600 };
    const handle = begin(limits, prompt(1)) as CallHandle;
    handle.end!(
      someOutcome({
        usage: { inputTokens: 10, outputTokens: 890, estimated: false },
      }),
    );
    expect(begin(limits, prompt(1))).toMatchObject({
      headers: { 'retry-after': '42' },
    });
    clock.now += 42_000;
    expect(refusal(begin(limits, prompt(1)))).toBe('passes');
  });

  it('that no provider was asked for are given back', () => {
    const { begin } = setup();
    const limits = { tokensPerMinute: 200 };
    const handle = begin(limits, prompt(1)) as CallHandle;
    handle.end!(someOutcome({ status: 503, attempts: 0 }));
    expect((begin(limits, prompt(1)) as CallHandle).headers!()).toMatchObject({
      'x-ratelimit-remaining-tokens': '84',
    });
  });

  it('say that a call is larger than the limit', () => {
    const { begin } = setup();
    expect(begin({ tokensPerMinute: 90 }, prompt(1))).toMatchObject({
      status: 429,
      message: expect.stringContaining('this call alone'),
    });
  });

  it('bound the prompt', () => {
    const { begin } = setup();
    expect(begin({ maxPromptTokens: 50 }, prompt(100))).toMatchObject({
      status: 400,
      code: 'context_length_exceeded',
      param: 'messages',
    });
    expect(refusal(begin({ maxPromptTokens: 50 }, prompt(10)))).toBe('passes');
  });

  it('bound the bytes of a request, whatever is in them', () => {
    const { begin } = setup();
    const image = { image_url: `data:${'x'.repeat(1_000)}` };
    const size = JSON.stringify(image).length;
    expect(begin({ maxPromptBytes: size - 1 }, image)).toMatchObject({
      status: 413,
      code: 'request_too_large',
      message: expect.stringContaining(`and this one has ${size}`),
    });
    expect(refusal(begin({ maxPromptBytes: size }, image))).toBe('passes');
  });

  it('of images are not counted by their bytes', () => {
    const body = {
      messages: [
        {
          content: [
            { image_url: { url: `data:image/png;base64,${'A'.repeat(1e6)}` } },
            { input_audio: { data: 'B'.repeat(1e6) } },
            { text: 'word '.repeat(4_000) },
          ],
        },
      ],
    };
    const tokens = estimatePromptTokens({ body, promptBytes: 2e6 });
    expect(tokens).toBeGreaterThan(7_000);
    expect(tokens).toBeLessThan(7_100);
  });

  it.each([
    ['chat', {}, 512],
    ['chat', { max_completion_tokens: 7, n: 3 }, 21],
    ['responses', { max_output_tokens: 9 }, 9],
    ['messages', { max_tokens: 5 }, 5],
    ['embeddings', { max_tokens: 5 }, 0],
  ] as const)('%s %j expects %i', (route, body, expected) => {
    expect(expectedOutputTokens(route, body)).toBe(expected);
  });
});

describe('a part of a limit', () => {
  it('is an equal one at first, and then what the control plane says', () => {
    const { enter, table } = setup(3);
    const limits = { requestsPerMinute: 30 };
    expect(
      times(30, () => enter(limits))
        .map(refusal)
        .filter(it => it === 'passes'),
    ).toHaveLength(10);
    const share = (amount: number) =>
      table.apply({
        gateways: 3,
        limits: [
          { subject: 'key:k', limit: 'requestsPerMinute', share: amount },
        ],
      });
    share(28);
    expect(table.demands()[0]).toMatchObject({ total: 30, held: 28 });
    share(99);
    expect(table.demands()[0]).toMatchObject({ held: 30 });
  });

  it('asks by what callers want, refused or not, and forgets slowly', () => {
    const { enter, table, clock } = setup();
    for (const release of times(50, () => enter({ requestsPerMinute: 10 }))) {
      if (typeof release === 'function') release();
    }
    clock.now += 30_000;
    const demand = () => table.demands()[0]?.demand;
    expect(demand()).toBe(100);
    clock.now += 30_000;
    expect(demand()).toBe(50);
    clock.now += 121_000;
    expect(demand()).toBeUndefined();
    expect(table.size).toBe(0);
  });

  it('of places counts those that are taken', () => {
    const { enter, table } = setup();
    times(3, () => enter({ maxConcurrent: 4 }));
    table.apply({
      gateways: 2,
      limits: [
        { subject: 'key:k', limit: 'maxConcurrent' as SharedLimit, share: 2 },
      ],
    });
    expect(refusal(enter({ maxConcurrent: 4 }))).toContain('429');
    expect(table.demands()[0]).toMatchObject({ held: 3, demand: 4 });
  });
});
