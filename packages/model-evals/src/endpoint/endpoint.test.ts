import { startEndpoint, type Said } from '../__testUtils__/startEndpoint';
import { isPassing, retryAfter } from './failures';
import { ModelClient } from './ModelClient';
import { ReplyReader, wholeAnswer, withoutThoughts } from './reading';

const NOW = Date.parse('2026-11-21T10:00:00Z');

it.each([
  [{ 'retry-after': '3' }, 3_000],
  [{ 'retry-after': 'Sat, 21 Nov 2026 10:00:07 GMT' }, 7_000],
  [{ 'retry-after': 'Sat, 21 Nov 2026 09:00:00 GMT' }, 0],
  [{ 'retry-after-ms': '250', 'retry-after': '3' }, 250],
  [{ 'retry-after': 'soon' }, undefined],
  [{}, undefined],
])('%j asks to wait %s ms', (headers, ms) => {
  expect(retryAfter(new Headers(headers as Record<string, string>), NOW)).toBe(
    ms,
  );
});

it('knows what passes', () => {
  const passing = [429, 500, 502, 503, 504, 408];
  const not = [400, 401, 403, 404, 422, 501];
  const isOk = (status: number) =>
    isPassing({ reason: `http-${status}`, message: '' });
  expect(passing.filter(isOk)).toEqual(passing);
  expect(not.filter(isOk)).toEqual([]);
  expect(isPassing({ reason: 'endless', message: '' })).toBe(false);
});

it.each([
  ['plain', 'plain'],
  ['<think>a</think>b', 'b'],
  ['\n<thinking>\na\n</thinking>\n\nb', 'b'],
  ['<think>never ends', ''],
  ['I <think> so', 'I <think> so'],
])('of %j the answer is %j', (text, answer) => {
  expect(withoutThoughts(text)).toBe(answer);
});

it('puts calls together that come in pieces, without ids, or as no JSON', () => {
  const reader = new ReplyReader(0, true);
  const part = (index: number, name?: string, given?: string) =>
    reader.add({
      choices: [
        {
          delta: {
            tool_calls: [{ index, function: { name, arguments: given } }],
          },
        },
      ],
    });
  part(1, 'second', '{"a":');
  part(0, 'first', '');
  part(1, undefined, '1}');
  part(2, 'third', '{broken');
  reader.add({ choices: [{ delta: {}, finish_reason: 'tool_calls' }] });
  expect(reader.end().toolCalls).toEqual([
    { id: 'call_0', name: 'first', arguments: {} },
    { id: 'call_1', name: 'second', arguments: { a: 1 } },
    { id: 'call_2', name: 'third', arguments: '{broken' },
  ]);
});

it('stops an answer that does not end, in pieces or whole', async () => {
  const reader = new ReplyReader(0, true);
  const piece = 'x'.repeat(1024 * 1024);
  const add = () => reader.add({ choices: [{ delta: { content: piece } }] });
  expect(() => Array.from({ length: 9 }, add)).toThrow('does not end');
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: control => {
      sent += 1;
      control.enqueue(new TextEncoder().encode(piece));
    },
  });
  await expect(wholeAnswer(new Response(body))).rejects.toThrow('does not end');
  expect(sent).toBeLessThan(12);
});

describe('a client', () => {
  let server: Awaited<ReturnType<typeof startEndpoint>>;
  let say: (number: number) => Said | string;
  beforeAll(async () => {
    server = await startEndpoint((_, number) => say(number));
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    server.asked.length = 0;
  });

  const client = () =>
    ModelClient.create({
      endpoint: server.endpoint,
      model: 'm',
      retries: 3,
      backoffMs: 5,
      longestWaitMs: 1_000,
      timeoutMs: 5_000,
      tool: { name: 'test', version: '1' },
      onRetry: () => {},
    });
  const { signal } = new AbortController();
  const ask = (it: ModelClient, using = signal) =>
    it.chat([{ role: 'user', content: 'x' }], { signal: using, maxTokens: 5 });

  it('lets nobody ask before the time that the endpoint named', async () => {
    say = number =>
      number === 0
        ? { status: 429, headers: { 'retry-after-ms': '200' } }
        : 'ok';
    const it = client();
    const first = ask(it);
    while (it.waitingMs === 0) await new Promise(setImmediate);
    await Promise.all([first, ask(it), ask(it)]);
    const [refused, ...others] = server.asked.map(({ at }) => at);
    expect(others).toHaveLength(3);
    expect(Math.min(...others) - refused).toBeGreaterThanOrEqual(199);
  });

  it('does not wait for an hour', async () => {
    say = () => ({ status: 429, headers: { 'retry-after': '3600' } });
    const it = client();
    await expect(ask(it)).rejects.toThrow(
      'it asks to wait for 3600 s, which is too long',
    );
    expect(server.asked).toHaveLength(1);
    // Nor does anybody else.
    expect(it.waitingMs).toBe(0);
  });

  it('ends a wait when it is aborted', async () => {
    say = () => ({ status: 503, headers: { 'retry-after-ms': '900' } });
    const stop = new AbortController();
    const it = client();
    const asked = ask(it, stop.signal);
    while (it.waitingMs === 0) await new Promise(setImmediate);
    stop.abort(new Error('stopped'));
    await expect(asked).rejects.toThrow(/stopped|aborted/);
    expect(server.asked).toHaveLength(1);
  });

  it('does not learn from a refusal that was about something else', async () => {
    // The context is too long, and the words name max_tokens.
    say = number =>
      number < 2 ? { status: 400, message: 'max_tokens too large' } : 'ok';
    const it = client();
    await expect(ask(it)).rejects.toThrow('max_tokens too large');
    await ask(it);
    const limits = server.asked.map(({ body }) =>
      Object.keys(body).filter(name => name.endsWith('_tokens')),
    );
    expect(limits).toEqual([
      ['max_tokens'],
      ['max_completion_tokens'],
      ['max_tokens'],
    ]);
  });

  it('refuses vectors that do not belong to the texts', async () => {
    say = () => ({ vectors: [[1, 2]] });
    await expect(client().embed(['a', 'b'], { signal })).rejects.toThrow(
      '2 texts were sent, and 1 vectors of one length did not come',
    );
  });
});
