import { aCall, handleOf, outcomeOf, streamed } from '../__testUtils__/aCall';
import type { CallContext, CallOutcome, CallStage } from '../pipeline';
import { cacheKey } from './cacheKey';
import { createCacheStage } from './createCacheStage';

type Options = Parameters<typeof aCall>[1];

const cold = (fields: object = {}) => ({
  model: 'acme/chat',
  temperature: 0,
  messages: [{ role: 'user', content: 'x' }],
  ...fields,
});
const call = (options: Options = {}, profile: object = {}) =>
  aCall({ cacheSeconds: 60, ...profile }, { body: cold(), ...options });
const answer = { id: 'a', choices: [{ message: { content: 'y' } }] };

/** Asks, answers when nothing is kept, and says what came of it. */
function ask(
  stage: CallStage,
  context: CallContext,
  outcome: Partial<CallOutcome> = {},
): string {
  const begun = stage.begin?.(context);
  if (!begun) {
    return 'none';
  }
  const handle = handleOf(begun);
  if (handle.shortcut) {
    const { headers, status, body } = handle.shortcut;
    expect([status, headers['content-type']]).toEqual([
      200,
      'application/json',
    ]);
    expect(JSON.parse(body.toString())).toEqual(answer);
    return headers['x-modelhub-cache'];
  }
  expect(handle.answer?.json?.(answer)).toBe(answer);
  handle.end?.(outcomeOf({ admission: context.admission, ...outcome }));
  return handle.headers?.()['x-modelhub-cache'] ?? '';
}

describe('the cache', () => {
  it('repeats an answer to the same call, for as long as the profile says', () => {
    let now = 1_000;
    const stage = createCacheStage({ now: () => now });
    expect(ask(stage, call())).toBe('miss');
    expect(ask(stage, call({ keyId: 'other' }))).toBe('hit');
    const spelt = {
      messages: cold().messages,
      temperature: 0,
      user: 'u',
      model: 'acme/chat',
    };
    expect(ask(stage, call({ body: spelt }))).toBe('hit');
    now += 59_999;
    expect(ask(stage, call())).toBe('hit');
    now += 2;
    expect(ask(stage, call())).toBe('miss');
  });

  it('is no matter of profiles that ask for none', () => {
    const stage = createCacheStage();
    expect(ask(stage, call({}, { cacheSeconds: undefined }))).toBe('none');
  });

  it.each<[string, Options, object?]>([
    ['another profile', {}, { id: 'other' }],
    ['another approval', { grantId: 'renewed' }],
    ['another version', { version: '2.0' }],
    ['another model', { model: 'acme/other' }],
    ['another route', { route: 'responses' }],
    ['another question', { body: cold({ messages: [] }) }],
    ['another setting', { body: cold({ max_tokens: 5 }) }],
    ['a stream', { body: cold({ stream: true }) }],
  ])('does not repeat it to %s', (_, options, profile = {}) => {
    const stage = createCacheStage();
    expect(ask(stage, call())).toBe('miss');
    expect(ask(stage, call(options, profile))).toBe('miss');
    expect(ask(stage, call())).toBe('hit');
  });

  it('keeps nothing for a call that no approval covers', () => {
    const context = { ...call(), admission: { gatewayId: 'acme/chat' } };
    expect(ask(createCacheStage(), context)).toBe('none');
  });

  it.each<[string, Partial<CallOutcome>]>([
    ['was refused', { status: 403, code: 'x' }],
    ['broke off', { code: 'upstream_error' }],
    ['nobody waited for', { clientGone: true }],
    ['a fallback gave', { admission: call({ grantId: 'fallback' }).admission }],
  ])('keeps no answer that %s', (_, outcome) => {
    const stage = createCacheStage();
    expect(ask(stage, call(), outcome)).toBe('miss');
    expect(ask(stage, call())).toBe('miss');
  });

  it.each<[boolean, Options]>([
    [true, { route: 'embeddings', body: { input: 'x' } }],
    [true, { route: 'rerank', body: { query: 'x' } }],
    [true, { body: cold({ tools: [{ type: 'function' }] }) }],
    [true, { route: 'messages', body: cold({ tools: [{ name: 'f' }] }) }],
    [true, { route: 'completions', body: { temperature: 0, prompt: 'x' } }],
    [false, { body: cold({ temperature: 0.1 }) }],
    [false, { body: cold({ temperature: undefined }) }],
    [false, { body: cold({ n: 2 }) }],
    [false, { route: 'responses', body: cold({ previous_response_id: 'r' }) }],
    [false, { route: 'responses', body: cold({ store: true }) }],
    [false, { route: 'responses', body: cold({ prompt: { id: 'p' } }) }],
    [
      false,
      { route: 'responses', body: cold({ tools: [{ type: 'web_search' }] }) },
    ],
    [false, { body: cold({ web_search_options: {} }) }],
    [false, { route: 'images', body: cold() }],
    [false, { route: 'speech', body: cold() }],
    [false, { route: 'transcription', body: undefined }],
  ])('%s: %j', (isKept, options) => {
    expect(cacheKey(call(options)) !== undefined).toBe(isKept);
  });

  it('replays streams, as the API writes them', () => {
    const stage = createCacheStage();
    const body = cold({ stream: true });
    const events = [
      { choices: [{ index: 0, delta: { content: 'y' } }] },
      { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
    ];
    const usage = { choices: [], usage: { prompt_tokens: 1 } };
    const context = call({ body });
    const handle = handleOf(stage.begin?.(context));
    expect(streamed(handle.answer, [...events, usage])).toHaveLength(3);
    handle.end?.(outcomeOf({ admission: context.admission }));
    const { shortcut } = handleOf(stage.begin?.(call({ body })));
    expect(shortcut?.headers['content-type']).toBe('text/event-stream');
    // The caller did not ask for the usage.
    expect(shortcut?.body.toString()).toBe(
      `${events
        .map(event => `data: ${JSON.stringify(event)}\n\n`)
        .join('')}data: [DONE]\n\n`,
    );
  });

  it('names events where the API does, and keeps no translated ones', () => {
    const stage = createCacheStage();
    const options: Options = {
      route: 'messages',
      body: cold({ stream: true }),
    };
    const run = (events: object[]) => {
      const context = call(options);
      const handle = handleOf(stage.begin?.(context));
      if (handle.shortcut) {
        return handle.shortcut.body.toString();
      }
      streamed(handle.answer, events);
      handle.end?.(outcomeOf({ admission: context.admission }));
      return 'miss';
    };
    const chat = [
      { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
    ];
    const own = [{ type: 'message_start' }, { type: 'message_stop' }];
    expect([run(chat), run(own.slice(0, 1)), run(own)]).toEqual([
      'miss',
      'miss',
      'miss',
    ]);
    expect(run([])).toBe(
      'event: message_start\ndata: {"type":"message_start"}\n\nevent: message_stop\ndata: {"type":"message_stop"}\n\n',
    );
  });

  it('stays within its memory, and forgets what was used least', () => {
    const stage = createCacheStage({ maxBytes: 16_000 });
    const about = (n: number) => call({ body: cold({ seed: n }) });
    for (let n = 0; n < 40; n++) {
      ask(stage, about(n));
      expect(ask(stage, about(0))).toBe('hit');
    }
    expect(ask(stage, about(1))).toBe('miss');
    const context = about(99);
    const handle = handleOf(stage.begin?.(context));
    handle.answer?.json?.({ text: 'x'.repeat(2_000) });
    handle.end?.(outcomeOf({ admission: context.admission }));
    expect(handleOf(stage.begin?.(about(99))).shortcut).toBeUndefined();
  });
});
