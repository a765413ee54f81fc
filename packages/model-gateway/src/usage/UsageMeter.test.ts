import fc from 'fast-check';
import type { RouteName } from '../pipeline';
import { UsageMeter, askForStreamUsage, lacksStreamUsage } from './UsageMeter';

const call = { body: { messages: [] }, promptBytes: 400 };

const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;

/** A stream of OpenAI's chat, with the usage block that `include_usage` adds. */
const chunks = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    event({
      choices: [{ delta: { content: `"usage": {"n":${n}}` } }],
      usage: null,
    }),
  );
const block = event({
  choices: [],
  usage: {
    prompt_tokens: 11,
    completion_tokens: 7,
    prompt_tokens_details: { cached_tokens: 4 },
  },
});
const done = 'data: [DONE]\n\n';

function run(
  route: RouteName,
  text: string,
  options: { events?: boolean; strip?: boolean; cut?: number[] } = {},
) {
  const meter = new UsageMeter({ route, events: false, ...options });
  const bytes = Buffer.from(text);
  const cuts = [...new Set(options.cut ?? [])].sort((a, b) => a - b);
  const out: Buffer[] = [];
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    out.push(meter.pass(bytes.subarray(from, cut)));
    from = cut;
  }
  out.push(meter.end());
  return { sent: Buffer.concat(out).toString(), usage: meter.usage(call) };
}

describe('UsageMeter of plain answers', () => {
  it.each<[string, RouteName, object, object | undefined]>([
    [
      'chat',
      'chat',
      {
        choices: [{ message: { content: '"usage": {"prompt_tokens": 9}' } }],
        usage: {
          prompt_tokens: 3,
          completion_tokens: 5,
          prompt_tokens_details: { cached_tokens: 0 },
        },
      },
      { inputTokens: 3, outputTokens: 5, estimated: false },
    ],
    [
      'responses',
      'responses',
      {
        output: [],
        usage: {
          input_tokens: 30,
          input_tokens_details: { cached_tokens: 10 },
          output_tokens: 5,
        },
      },
      {
        inputTokens: 30,
        outputTokens: 5,
        cachedInputTokens: 10,
        estimated: false,
      },
    ],
    [
      'Anthropic',
      'messages',
      {
        content: [],
        usage: {
          input_tokens: 10,
          cache_creation_input_tokens: 5,
          cache_read_input_tokens: 85,
          output_tokens: 9,
        },
      },
      {
        inputTokens: 100,
        outputTokens: 9,
        cachedInputTokens: 85,
        estimated: false,
      },
    ],
    [
      'embeddings',
      'embeddings',
      { data: [{ embedding: [1] }], usage: { prompt_tokens: 8 } },
      { inputTokens: 8, outputTokens: 0, estimated: false },
    ],
    [
      'rerankers',
      'rerank',
      { results: [], usage: { total_tokens: 21 } },
      { inputTokens: 21, outputTokens: 0, estimated: false },
    ],
    [
      'sound that is counted by its length',
      'transcription',
      { text: 'a', usage: { type: 'duration', seconds: 3 } },
      undefined,
    ],
    [
      'a block that is nonsense',
      'chat',
      { usage: { prompt_tokens: -1, completion_tokens: 'x' } },
      { inputTokens: 100, outputTokens: 14, estimated: true },
    ],
    [
      'no block',
      'chat',
      { choices: [{ message: { content: 'x'.repeat(365) } }] },
      { inputTokens: 100, outputTokens: 102, estimated: true },
    ],
  ])('%s', (_name, route, answer, usage) => {
    const text = JSON.stringify(answer);
    expect(run(route, text)).toEqual({ sent: text, usage });
  });

  it('reads the end of a long answer, however it is cut', () => {
    const text = JSON.stringify(
      {
        data: Array.from({ length: 20_000 }, (_, n) => n),
        usage: { prompt_tokens: 8, total_tokens: 8 },
      },
      undefined,
      1,
    );
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 20 }),
        cut => {
          expect(run('embeddings', text, { cut }).usage).toEqual({
            inputTokens: 8,
            outputTokens: 0,
            estimated: false,
          });
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('UsageMeter of streams', () => {
  const whole = [...chunks(3), block, done].join('');
  const expected = {
    inputTokens: 11,
    outputTokens: 7,
    cachedInputTokens: 4,
    estimated: false,
  };

  it('passes a block on to a caller who asked for it', () => {
    expect(run('chat', whole, { events: true })).toEqual({
      sent: whole,
      usage: expected,
    });
  });

  it('takes out a block that the caller did not ask for, however it is cut', () => {
    const stripped = [...chunks(3), done].join('');
    for (const [from, to] of [
      [whole, stripped],
      [whole.replaceAll('\n', '\r\n'), stripped.replaceAll('\n', '\r\n')],
    ]) {
      fc.assert(
        fc.property(
          fc.array(fc.integer({ min: 0, max: from.length }), { maxLength: 30 }),
          cut => {
            expect(
              run('chat', from, { events: true, strip: true, cut }),
            ).toEqual({ sent: to, usage: expected });
          },
        ),
      );
    }
  });

  it('leaves other events without choices alone', () => {
    const first = event({ choices: [], prompt_filter_results: [{}] });
    const text = [first, ...chunks(1), done].join('');
    expect(run('chat', text, { events: true, strip: true }).sent).toBe(text);
  });

  it('joins the first and the last word of Anthropic', () => {
    const text = [
      `event: message_start\n${event({
        type: 'message_start',
        message: { usage: { input_tokens: 25, output_tokens: 1 } },
      })}`,
      ...Array.from({ length: 3_000 }, () =>
        event({ type: 'content_block_delta', delta: { text: 'word' } }),
      ),
      event({ type: 'message_delta', usage: { output_tokens: 3_000 } }),
    ].join('');
    expect(run('messages', text, { events: true }).usage).toEqual({
      inputTokens: 25,
      outputTokens: 3_000,
      estimated: false,
    });
  });

  it('counts the events of a stream that broke off', () => {
    const text = chunks(40).join('');
    expect(run('chat', text, { events: true, strip: true }).usage).toEqual({
      inputTokens: 100,
      outputTokens: 40,
      estimated: true,
    });
  });

  it('does not take Anthropic’s first block for the last', () => {
    const text = [
      `event: message_start\n${event({
        type: 'message_start',
        message: { usage: { input_tokens: 25, output_tokens: 1 } },
      })}`,
      ...Array.from({ length: 30 }, () => event({ type: 'ping' })),
    ].join('');
    expect(run('messages', text, { events: true }).usage).toEqual({
      inputTokens: 25,
      outputTokens: 31,
      estimated: true,
    });
  });

  it('finds the block in the last event of responses', () => {
    const text = [
      ...chunks(2),
      `event: response.completed\n${event({
        response: {
          output: ['x'.repeat(100_000)],
          usage: { input_tokens: 4, output_tokens: 6 },
        },
      })}`,
    ].join('');
    expect(run('responses', text, { events: true }).usage).toEqual({
      inputTokens: 4,
      outputTokens: 6,
      estimated: false,
    });
  });
});

describe('asking for the block', () => {
  it.each([
    ['chat', true, {}, true],
    ['completions', true, { stream_options: {} }, true],
    ['chat', true, { stream_options: { include_usage: false } }, true],
    ['chat', true, { stream_options: { include_usage: true } }, false],
    ['chat', false, {}, false],
    ['responses', true, {}, false],
    ['transcription', true, undefined, false],
  ] as const)('%s, streamed %s, %j: %s', (route, streamed, body, lacks) => {
    expect(lacksStreamUsage({ route, streamed, body })).toBe(lacks);
  });

  it('keeps the other options', () => {
    expect(
      askForStreamUsage({ model: 'a', stream_options: { other: 1 } }),
    ).toEqual({
      model: 'a',
      stream_options: { other: 1, include_usage: true },
    });
  });
});
