import Anthropic from '@anthropic-ai/sdk';
import { Rig } from '../../__testUtils__/rig';
import {
  ScriptedProvider,
  sendEvents,
  sendJson,
} from '../../__testUtils__/ScriptedProvider';
import { secretOf } from '../../__testUtils__/TestControlPlane';

// Real servers and, at times, a busy machine.
jest.setTimeout(30_000);

const MESSAGE = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'gpt-2026-01-01',
  content: [{ type: 'text', text: 'Hi' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 3, output_tokens: 1 },
};
const TOOL = {
  name: 'weather',
  description: 'Tells the weather.',
  input_schema: {
    type: 'object' as const,
    properties: { city: { type: 'string' } },
  },
};

describe('messages', () => {
  let rig: Rig;
  let provider: ScriptedProvider;
  let client: Anthropic;
  beforeAll(async () => {
    provider = await ScriptedProvider.create();
    rig = await Rig.create({
      settings: { routing: { circuitFailures: 1_000 } },
      providers: [
        {
          name: 'chat-only',
          match: 'acme/*',
          baseUrl: provider.url,
          stripPrefix: true,
        },
        {
          preset: 'anthropic',
          name: 'native',
          match: 'hosted/*',
          baseUrl: provider.url,
          apiKeyEnv: 'ACME_KEY',
        },
      ],
    });
    client = new Anthropic({
      apiKey: secretOf('strict'),
      baseURL: rig.url,
      maxRetries: 0,
    });
  });
  afterAll(async () => {
    await rig.stop();
    await provider.stop();
  });

  const hello = (model: string) => ({
    model,
    max_tokens: 10,
    messages: [{ role: 'user' as const, content: 'Hello' }],
  });

  it('go as they are to a provider that speaks them, with its key and version', async () => {
    provider.script = (_received, res) => sendJson(res, MESSAGE);
    const { data, response } = await client.messages
      .create(hello('hosted/gpt'))
      .withResponse();
    expect(data.content).toEqual(MESSAGE.content);
    expect(response.headers.get('x-modelhub-approval')).toBe('g-hosted');
    expect(provider.last).toMatchObject({
      path: '/v1/messages',
      json: { ...hello('gpt-2026-01-01') },
      headers: {
        'x-api-key': 'provider-secret',
        'anthropic-version': '2023-06-01',
      },
    });
    expect(provider.last.headers.authorization).toBeUndefined();
  });

  it('count tokens where the provider does', async () => {
    provider.script = (_received, res) => sendJson(res, { input_tokens: 7 });
    const { model, messages } = hello('hosted/gpt');
    const { input_tokens: tokens } = await client.messages.countTokens({
      model,
      messages,
    });
    expect(tokens).toBe(7);
    expect(provider.last.path).toBe('/v1/messages/count_tokens');
    await expect(
      client.messages.countTokens({ model: 'acme/chat', messages }),
    ).rejects.toMatchObject({ status: 400 });
  });

  it('are streamed as they are', async () => {
    provider.script = (_received, res) =>
      sendEvents(res, [
        { type: 'message_start', message: { ...MESSAGE, content: [] } },
        {
          type: 'content_block_start',
          index: 0,
          content_block: { type: 'text', text: '' },
        },
        {
          type: 'content_block_delta',
          index: 0,
          delta: { type: 'text_delta', text: 'Hi' },
        },
        { type: 'content_block_stop', index: 0 },
        {
          type: 'message_delta',
          delta: { stop_reason: 'end_turn' },
          usage: { output_tokens: 1 },
        },
        { type: 'message_stop' },
      ]);
    const message = await client.messages
      .stream(hello('hosted/gpt'))
      .finalMessage();
    expect(message.content).toEqual([{ type: 'text', text: 'Hi' }]);
  });

  it('are translated for a provider that only knows chat completions', async () => {
    provider.script = (_received, res) =>
      sendJson(res, {
        id: 'chatcmpl-1',
        model: 'chat',
        choices: [
          {
            message: {
              content: 'Let me look.',
              tool_calls: [
                {
                  id: 'call_1',
                  type: 'function',
                  function: { name: 'weather', arguments: '{"city":"Bern"}' },
                },
              ],
            },
            finish_reason: 'tool_calls',
          },
        ],
        usage: {
          prompt_tokens: 20,
          completion_tokens: 5,
          prompt_tokens_details: { cached_tokens: 8 },
        },
      });
    const message = await client.messages.create({
      ...hello('acme/chat'),
      system: 'Be brief.',
      stop_sequences: ['END'],
      tools: [TOOL],
      tool_choice: { type: 'any' },
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'And here?' },
            {
              type: 'image',
              source: { type: 'base64', media_type: 'image/png', data: 'AAAA' },
            },
          ],
        },
        {
          role: 'assistant',
          content: [
            {
              type: 'tool_use',
              id: 'call_0',
              name: 'weather',
              input: { city: 'Rome' },
            },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'call_0', content: 'Sun' },
          ],
        },
      ],
    });
    expect(provider.last).toMatchObject({
      path: '/v1/chat/completions',
      json: {
        model: 'chat',
        max_tokens: 10,
        stop: ['END'],
        tool_choice: 'required',
        tools: [
          {
            type: 'function',
            function: { name: 'weather', parameters: TOOL.input_schema },
          },
        ],
        messages: [
          { role: 'system', content: 'Be brief.' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'And here?' },
              {
                type: 'image_url',
                image_url: { url: 'data:image/png;base64,AAAA' },
              },
            ],
          },
          {
            role: 'assistant',
            tool_calls: [
              {
                id: 'call_0',
                function: { name: 'weather', arguments: '{"city":"Rome"}' },
              },
            ],
          },
          { role: 'tool', tool_call_id: 'call_0', content: 'Sun' },
        ],
      },
    });
    expect(message).toMatchObject({
      model: 'acme/chat',
      stop_reason: 'tool_use',
      content: [
        { type: 'text', text: 'Let me look.' },
        {
          type: 'tool_use',
          id: 'call_1',
          name: 'weather',
          input: { city: 'Bern' },
        },
      ],
      usage: {
        input_tokens: 12,
        output_tokens: 5,
        cache_read_input_tokens: 8,
      },
    });
  });

  it('are streamed in translation, text and tools', async () => {
    const chunk = (delta: object, more = {}) => ({
      id: 'c1',
      choices: [{ index: 0, delta, ...more }],
    });
    provider.script = (_received, res) =>
      sendEvents(res, [
        chunk({ role: 'assistant', content: '' }),
        chunk({ content: 'Let ' }),
        chunk({ content: 'me.' }),
        chunk({
          tool_calls: [
            { index: 0, id: 'call_1', function: { name: 'weather' } },
          ],
        }),
        chunk({
          tool_calls: [{ index: 0, function: { arguments: '{"city":' } }],
        }),
        chunk({
          tool_calls: [{ index: 0, function: { arguments: '"Bern"}' } }],
        }),
        chunk({}, { finish_reason: 'tool_calls' }),
        {
          id: 'c1',
          choices: [],
          usage: { prompt_tokens: 9, completion_tokens: 4 },
        },
        '[DONE]',
      ]);
    const stream = client.messages.stream({
      ...hello('acme/chat'),
      tools: [TOOL],
    });
    const message = await stream.finalMessage();
    expect(provider.last.json).toMatchObject({
      stream: true,
      stream_options: { include_usage: true },
    });
    expect(message.content).toEqual([
      { type: 'text', text: 'Let me.' },
      {
        type: 'tool_use',
        id: 'call_1',
        name: 'weather',
        input: { city: 'Bern' },
      },
    ]);
    expect(message.stop_reason).toBe('tool_use');
    expect(message.usage.output_tokens).toBe(4);
  });

  it.each<[string, object]>([
    ['thinking', { thinking: { type: 'enabled', budget_tokens: 1024 } }],
    ['top_k', { top_k: 5 }],
    ['tools', { tools: [{ type: 'web_search_20250305', name: 'web_search' }] }],
    [
      'messages',
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'document', source: { type: 'url', url: 'http://a' } },
            ],
          },
        ],
      },
    ],
  ])('are refused where %s cannot be translated', async (param, fields) => {
    const before = provider.received.length;
    await expect(
      client.messages.create({ ...hello('acme/chat'), ...fields } as never),
    ).rejects.toMatchObject({
      status: 400,
      error: {
        type: 'error',
        error: { type: 'invalid_request_error', code: 'untranslatable', param },
      },
    });
    expect(provider.received).toHaveLength(before);
  });

  it('are refused in Anthropic’s own words', async () => {
    await expect(
      client.messages.create(hello('acme/unapproved')),
    ).rejects.toMatchObject({
      status: 403,
      error: {
        type: 'error',
        error: {
          type: 'permission_error',
          code: 'model_not_approved',
          request_access_url: expect.stringContaining('acme%2Funapproved'),
        },
      },
    });
    const stranger = new Anthropic({
      apiKey: secretOf('nobody'),
      baseURL: rig.url,
      maxRetries: 0,
    });
    await expect(
      stranger.messages.create(hello('acme/chat')),
    ).rejects.toMatchObject({
      status: 401,
      error: { type: 'error', error: { type: 'authentication_error' } },
    });
  });

  it('tell what the provider said of the request, also in translation', async () => {
    provider.script = (_received, res) =>
      sendJson(res, { error: { message: 'too long' } }, 400);
    await expect(
      client.messages.create(hello('acme/chat')),
    ).rejects.toMatchObject({
      status: 400,
      error: {
        type: 'error',
        error: { type: 'invalid_request_error', message: 'too long' },
      },
    });
  });

  it.each(['hosted/gpt', 'acme/chat'])(
    'of %s end with an error event when the provider breaks off',
    async model => {
      provider.script = (_received, res) => {
        res.writeHead(200, { 'content-type': 'text/event-stream' });
        res.write(
          model === 'acme/chat'
            ? 'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n'
            : `event: message_start\ndata: ${JSON.stringify({
                type: 'message_start',
                message: { ...MESSAGE, content: [] },
              })}\n\n`,
          () => res.destroy(),
        );
      };
      await expect(
        client.messages.stream(hello(model)).finalMessage(),
      ).rejects.toMatchObject({
        error: { type: 'error', error: { code: 'upstream_error' } },
      });
    },
  );
});
