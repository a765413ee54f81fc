import type { SnapshotSanitation } from '@modelhub/governance-protocol';
import fc from 'fast-check';
import {
  aCall,
  codeOf,
  handleOf,
  outcomeOf,
  streamed,
} from '../__testUtils__/aCall';
import { createSanitationStage, FindingReport } from './createSanitationStage';
import { mapTexts } from './mapTexts';
import { createPersonalDataDetector } from './personalData';
import { createSecretsDetector } from './secrets';
import { SentBodies } from './SentBodies';

// Put together here, so that no scanner takes this file for a leak.
const GITHUB = `ghp_${'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5'}`;
const ANTHROPIC = `sk-ant-api03-${'a'.repeat(93)}AA`;
const AWS = `AKIA${'QYLPMN5HFIQR7XYA'}`;
const PEM = [
  `-----BEGIN ${'PRIVATE'} KEY-----`,
  ...Array.from(
    { length: 24 },
    (_, n) => `MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ${n}`,
  ),
  `-----END ${'PRIVATE'} KEY-----`,
].join('\n');
const GATEWAY = `mh_${'x1Y2'.repeat(10)}abc`;
const JWT =
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';

const types = (text: string) => {
  const found = [createSecretsDetector(), createPersonalDataDetector()].flatMap(
    detector => detector.find(text),
  );
  return [
    ...new Set(
      found.map(({ type, start, end }) => `${type}: ${text.slice(start, end)}`),
    ),
  ];
};

describe('what is found', () => {
  it.each([
    [`token ${GITHUB} here`, `github: ${GITHUB}`],
    [`key=${ANTHROPIC}`, `anthropic: ${ANTHROPIC}`],
    [`id ${AWS}.`, `aws: ${AWS}`],
    [`use ${GATEWAY}, please`, `gateway-key: ${GATEWAY}`],
    [`Bearer ${JWT}`, `jwt: ${JWT}`],
    ['write to jane.doe+x@example.co.uk.', 'email: jane.doe+x@example.co.uk'],
    ['call +49 30 901820 now', 'phone: +49 30 901820'],
    ['call (415) 555-2671 now', 'phone: (415) 555-2671'],
    ['card 4111 1111 1111 1111 ok', 'payment-card: 4111 1111 1111 1111'],
    [
      'to DE89 3704 0044 0532 0130 00 AND THEN',
      'iban: DE89 3704 0044 0532 0130 00',
    ],
    ['ssn 123-45-6789', 'us-social-security: 123-45-6789'],
  ])('%s', (text, found) => {
    expect(types(text)).toContain(found);
  });

  it('is a private key, whole or short', () => {
    expect(types(`here: ${PEM} end`).join()).toContain('privatekey');
  });

  it.each([
    'order 1234567890123456 of 2024-01-02, 3.14159265358979',
    'card 4111 1111 1111 1112',
    'version 10.20.30.40 at http://example.com/a@b',
    'ring 555-2671 or 000-12-3456',
    'DE89 3704 0044 0532 0130 01',
    'an ordinary sentence about keys, tokens and passwords',
    'someone@nowhere and @handle',
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  ])('is not: %s', text => {
    expect(types(text)).toEqual([]);
  });

  it('cannot be switched off by the text itself', () => {
    expect(types(`// secretlint-disable\n${GITHUB}`)).toHaveLength(1);
  });

  it.each([
    ['a'.repeat(200_000)],
    ['1 '.repeat(100_000)],
    ['1234567890 '.repeat(18_000)],
    [`${'a.'.repeat(60)}@`.repeat(1500)],
    ['-----BEGIN PRIVATE KEY-----'.repeat(7000)],
    ['eyJ'.repeat(60_000)],
    ['AB12 '.repeat(40_000)],
    ['+1 '.repeat(60_000)],
  ])('is looked for in linear time', text => {
    const started = performance.now();
    types(text);
    expect(performance.now() - started).toBeLessThan(2_500);
  });
});

describe('texts', () => {
  const shout = (value: object) => mapTexts(value, text => text.toUpperCase());

  it('are those that people and models write', () => {
    expect(
      shout({
        model: 'm',
        messages: [
          { role: 'user', content: 'a' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'b' },
              { type: 'image_url', image_url: { url: 'data:x' } },
              { type: 'input_audio', input_audio: { data: 'x' } },
              {
                type: 'document',
                source: { type: 'text', media_type: 'text/plain', data: 'c' },
              },
              { type: 'image', source: { type: 'base64', data: 'x' } },
            ],
          },
          {
            role: 'assistant',
            tool_calls: [
              { id: 'x', function: { name: 'f', arguments: '{"q":"d"}' } },
            ],
          },
          { role: 'tool', tool_call_id: 'x', content: 'e' },
        ],
        input: ['f', [1, 2, 3]],
        instructions: 'g',
        system: [{ type: 'text', text: 'h' }],
        prompt: 'i',
      }),
    ).toEqual({
      model: 'm',
      messages: [
        { role: 'user', content: 'A' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'B' },
            { type: 'image_url', image_url: { url: 'data:x' } },
            { type: 'input_audio', input_audio: { data: 'x' } },
            {
              type: 'document',
              source: { type: 'text', media_type: 'text/plain', data: 'C' },
            },
            { type: 'image', source: { type: 'base64', data: 'x' } },
          ],
        },
        {
          role: 'assistant',
          tool_calls: [
            { id: 'x', function: { name: 'f', arguments: '{"q":"D"}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'x', content: 'E' },
      ],
      input: ['F', [1, 2, 3]],
      instructions: 'G',
      system: [{ type: 'text', text: 'H' }],
      prompt: 'I',
    });
  });

  it('are not copied where nothing changes', () => {
    const value = { messages: [{ content: 'A' }], n: 1 };
    expect(shout(value)).toBe(value);
  });
});

/** An event of any API, as far as its texts go. */
interface Streamed {
  choices?: Array<{ delta?: { content?: string } }>;
  delta?: string | { text?: string };
}

const begin = (
  sanitation: SnapshotSanitation,
  body?: Record<string, unknown>,
) => {
  const reports: FindingReport[] = [];
  const sent = new SentBodies();
  const stage = createSanitationStage({ report: it => reports.push(it), sent });
  const context = aCall({ sanitation }, { body });
  return { reports, sent, context, begun: () => stage.begin?.(context) };
};
const chat = (content: string) => ({ messages: [{ role: 'user', content }] });

describe('a request', () => {
  it('costs nothing where nothing is asked', () => {
    expect(
      createSanitationStage().begin?.(aCall({}, { body: chat(GITHUB) })),
    ).toBeUndefined();
  });

  it('is masked, and counted by kind', () => {
    const { begun, reports, sent, context } = begin(
      { requests: { secrets: 'redact', 'personal-data': 'redact' } },
      chat(`${GITHUB} and ${GITHUB} of a@example.com`),
    );
    const handle = handleOf(begun());
    const masked = chat(
      '[redacted github] and [redacted github] of [redacted email]',
    );
    expect(handle.request?.(context.body!)).toEqual(masked);
    expect(sent.of(context)).toEqual(masked);
    expect(handle.headers?.()).toEqual({
      'x-modelhub-sanitation': 'secrets/github=2, personal-data/email=1',
    });
    handle.end?.(outcomeOf());
    expect(reports).toEqual([
      {
        direction: 'request',
        kind: 'secrets',
        type: 'github',
        action: 'redact',
        count: 2,
      },
      {
        direction: 'request',
        kind: 'personal-data',
        type: 'email',
        action: 'redact',
        count: 1,
      },
    ]);
    expect(JSON.stringify(reports)).not.toContain('ghp_');
    // Another stage may have changed the body before.
    expect(handle.request?.({ ...context.body, seed: 1 })).toEqual({
      ...masked,
      seed: 1,
    });
  });

  it('passes as it is where it is only reported', () => {
    const { begun, reports, context, sent } = begin(
      { requests: { 'personal-data': 'report' } },
      chat(`a@example.com ${GITHUB}`),
    );
    const handle = handleOf(begun());
    expect(handle.request).toBeUndefined();
    expect(sent.of(context)).toBe(context.body);
    handle.end?.(outcomeOf());
    expect(reports).toMatchObject([{ type: 'email', count: 1 }]);
  });

  it('is refused, without a word of what was found', () => {
    const { begun, reports } = begin(
      { requests: { secrets: 'refuse', 'personal-data': 'redact' } },
      chat(`a@example.com ${GITHUB}`),
    );
    let message = '';
    try {
      begun();
    } catch (error) {
      message = `${(error as { status: number }).status} ${
        (error as Error).message
      }`;
    }
    expect(message).toMatch(/^403 .*'github'/);
    expect(message).not.toContain('ghp_');
    expect(reports).toMatchObject([
      { type: 'email' },
      { type: 'github', action: 'refuse' },
    ]);
  });

  it('is left alone when it is no JSON', () => {
    expect(
      handleOf(begin({ requests: { secrets: 'refuse' } }).begun()).request,
    ).toBeUndefined();
  });
});

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
