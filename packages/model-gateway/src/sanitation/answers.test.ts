import fc from 'fast-check';
import { codeOf, handleOf, outcomeOf, streamed } from '../__testUtils__/aCall';
import { begin, chat } from './__testUtils__/begin';
import { AWS, GITHUB, PEM } from './__testUtils__/samples';

/** An event of any API, as far as its texts go. */
interface Streamed {
  choices?: Array<{ delta?: { content?: string } }>;
  delta?: string | { text?: string };
}

describe('an answer', () => {
  const answering = (action: 'report' | 'redact' | 'refuse') => {
    const it_ = begin(
      { responses: { secrets: action, 'personal-data': action } },
      chat('x'),
    );
    return { ...it_, handle: handleOf(it_.begun()) };
  };

  it.each<[string, object, object]>([
    [
      'chat',
      {
        choices: [
          {
            message: { content: `x ${AWS}` },
            logprobs: { content: [{ token: 'AK' }] },
          },
        ],
      },
      {
        choices: [{ message: { content: 'x [redacted aws]' }, logprobs: null }],
      },
    ],
    [
      'tool calls',
      {
        choices: [
          {
            message: {
              tool_calls: [
                {
                  id: 'i',
                  function: { name: 'f', arguments: '{"to":"a@example.com"}' },
                },
              ],
            },
          },
        ],
      },
      {
        choices: [
          {
            message: {
              tool_calls: [
                {
                  id: 'i',
                  function: {
                    name: 'f',
                    arguments: '{"to":"[redacted email]"}',
                  },
                },
              ],
            },
          },
        ],
      },
    ],
    [
      'responses',
      {
        output: [
          {
            type: 'message',
            content: [{ type: 'output_text', text: 'a@example.com' }],
          },
        ],
      },
      {
        output: [
          {
            type: 'message',
            content: [{ type: 'output_text', text: '[redacted email]' }],
          },
        ],
      },
    ],
    [
      'messages',
      { content: [{ type: 'text', text: 'a@example.com' }] },
      { content: [{ type: 'text', text: '[redacted email]' }] },
    ],
    ['transcriptions', { text: 'a@example.com' }, { text: '[redacted email]' }],
  ])('is masked: %s', (_, answer, masked) => {
    const { handle } = answering('redact');
    expect(handle.answer?.json?.({ ...answer })).toEqual(masked);
  });

  it('of vectors and images is left alone', () => {
    const { handle } = answering('refuse');
    const answer = { data: [{ embedding: [1, 2], b64_json: 'a@example.com' }] };
    expect(handle.answer?.json?.(answer)).toBe(answer);
  });

  it('is refused', () => {
    const { handle } = answering('refuse');
    expect(codeOf(() => handle.answer?.json?.({ text: `x ${GITHUB}` }))).toBe(
      'sensitive_content',
    );
  });

  const shapes: Array<
    [
      string,
      (piece: string, at: number) => object,
      object,
      (events: Streamed[]) => string,
    ]
  > = [
    [
      'chat',
      piece => ({
        id: 'c',
        choices: [{ index: 0, delta: { content: piece }, finish_reason: null }],
      }),
      { id: 'c', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
      events =>
        events.map(event => event.choices?.[0]?.delta?.content ?? '').join(''),
    ],
    [
      'responses',
      piece => ({
        type: 'response.output_text.delta',
        item_id: 'i',
        output_index: 0,
        content_index: 0,
        delta: piece,
      }),
      { type: 'response.output_text.done', item_id: 'i', text: '' },
      events => events.map(event => String(event.delta ?? '')).join(''),
    ],
    [
      'messages',
      piece => ({
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'text_delta', text: piece },
      }),
      { type: 'content_block_stop', index: 0 },
      events =>
        events
          .map(
            event =>
              (typeof event.delta === 'object' && event.delta.text) || '',
          )
          .join(''),
    ],
  ];
  const secret = 'Reach jane@example.com with ';
  const masked = 'Reach [redacted email] with ';

  it.each(shapes)(
    'is masked in a stream of %s wherever it is cut',
    (_, toEvent, last, textOf) => {
      fc.assert(
        fc.property(
          fc.array(fc.integer({ min: 1, max: 40 }), {
            minLength: 1,
            maxLength: 60,
          }),
          fc.lorem({ maxCount: 60 }),
          (sizes, words) => {
            const { handle, reports } = answering('redact');
            const text = `${words} ${secret}${GITHUB} or\n${PEM}\n${words} 4111 1111 1111 1111.`;
            const pieces: string[] = [];
            for (let at = 0, n = 0; at < text.length; n++) {
              const size = sizes[n % sizes.length];
              pieces.push(text.slice(at, at + size));
              at += size;
            }
            const events = streamed(handle.answer, [
              ...pieces.map(toEvent),
              last,
            ]);
            handle.end?.(outcomeOf());
            expect(textOf(events as Streamed[])).toBe(
              `${words} ${masked}[redacted github] or\n[redacted privatekey]\n${words} [redacted payment-card].`,
            );
            expect(events.at(-1)).toEqual(last);
            expect(
              reports.map(({ type, count }) => `${type} ${count}`).sort(),
            ).toEqual([
              'email 1',
              'github 1',
              'payment-card 1',
              'privatekey 1',
            ]);
          },
        ),
        { numRuns: 25 },
      );
    },
  );

  it('is not held back longer than it needs to be', () => {
    const { handle } = answering('redact');
    const [, toEvent, , textOf] = shapes[0];
    const transform = handle.answer?.events?.();
    const sentence = 'An ordinary sentence. ';
    let out = '';
    for (let n = 0; n < 50; n++) {
      const data = [
        transform?.event(JSON.stringify(toEvent(sentence, n))) ?? [],
      ].flat();
      out += textOf(data.map(it => JSON.parse(it)));
      expect(sentence.length * (n + 1) - out.length).toBeLessThan(200);
    }
  });

  it('keeps the texts of choices and tools apart', () => {
    const { handle } = answering('redact');
    const events = streamed(handle.answer, [
      {
        choices: [
          { index: 0, delta: { content: 'to a@exam' } },
          { index: 1, delta: { content: 'ple.com' } },
        ],
      },
      {
        choices: [
          {
            index: 0,
            delta: {
              tool_calls: [
                { index: 0, function: { arguments: '{"to":"b@exa' } },
              ],
            },
          },
        ],
      },
      {
        choices: [
          {
            index: 0,
            delta: {
              tool_calls: [{ index: 0, function: { arguments: 'mple.com"}' } }],
            },
          },
        ],
      },
    ]);
    expect(JSON.stringify(events)).toContain(
      '{\\"to\\":\\"[redacted email]\\"}',
    );
    expect(JSON.stringify(events)).toContain('to a@exam');
    expect(JSON.stringify(events)).toContain('ple.com');
  });

  it('is masked in the last event, which repeats it, and counted once', () => {
    const { handle, reports } = answering('redact');
    const output = (text: string) => [
      { type: 'message', content: [{ type: 'output_text', text }] },
    ];
    const events = streamed(handle.answer, [
      {
        type: 'response.output_text.delta',
        item_id: 'i',
        delta: 'a@example.com',
      },
      {
        type: 'response.output_text.done',
        item_id: 'i',
        text: 'a@example.com',
      },
      {
        type: 'response.completed',
        response: { output: output('a@example.com') },
      },
    ]);
    expect(JSON.stringify(events)).not.toContain('a@example.com');
    expect(events.at(-1)).toEqual({
      type: 'response.completed',
      response: { output: output('[redacted email]') },
    });
    handle.end?.(outcomeOf());
    expect(reports).toMatchObject([{ type: 'email', count: 1 }]);
  });

  it('is cut in a stream before what is refused', () => {
    const { handle } = answering('refuse');
    const transform = handle.answer?.events?.();
    const [, toEvent] = shapes[0];
    const out: unknown[] = [];
    const send = (text: string) =>
      out.push(transform?.event(JSON.stringify(toEvent(text, 0))));
    send('All fine so far. '.repeat(30));
    expect(
      codeOf(() => {
        send(GITHUB.slice(0, 20));
        send(`${GITHUB.slice(20)} `);
        send('More words. '.repeat(40));
      }),
    ).toBe('sensitive_content');
    expect(JSON.stringify(out)).toContain('All fine');
    expect(JSON.stringify(out)).not.toContain('ghp_');
  });

  it('passes unchanged where it is only reported', () => {
    const { handle, reports } = answering('report');
    const [, toEvent, last] = shapes[0];
    const events = [
      toEvent(GITHUB.slice(0, 9), 0),
      toEvent(GITHUB.slice(9), 1),
      last,
    ];
    expect(streamed(handle.answer, events)).toEqual(events);
    handle.end?.(outcomeOf());
    expect(reports).toMatchObject([{ type: 'github', count: 1 }]);
  });

  it('of sound passes as it is', () => {
    const { handle } = answering('redact');
    const events = [{ type: 'response.audio.delta', delta: 'a@example.com' }];
    expect(streamed(handle.answer, events)).toEqual(events);
  });
});
