import Anthropic, { APIError } from '@anthropic-ai/sdk';
import {
  Received,
  ScriptedProvider,
  sendEvents,
  sendJson,
} from './__testUtils__/ScriptedProvider';
import { secretOf } from './__testUtils__/TestControlPlane';
import { answerAsOpenAi } from './__testUtils__/openAiAnswers';
import { Rig } from './__testUtils__/rig';
import type { ServerResponse } from 'node:http';

jest.setTimeout(30_000);

const usage = { input_tokens: 3, output_tokens: 2 };

/** Anthropic's own API. */
function answerAsAnthropic({ path, json }: Received, res: ServerResponse) {
  const message = {
    id: 'm-1',
    type: 'message',
    role: 'assistant',
    model: json?.model,
    content: [{ type: 'text', text: 'Hello there' }],
    stop_reason: 'end_turn',
    usage,
  };
  if (path === '/v1/messages/count_tokens') {
    sendJson(res, { input_tokens: 3 });
  } else if (!json?.stream) {
    sendJson(res, message);
  } else {
    sendEvents(res, [
      { type: 'message_start', message: { ...message, content: [] } },
      {
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'text', text: '' },
      },
      {
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'text_delta', text: 'Hello' },
      },
      {
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'text_delta', text: ' there' },
      },
      { type: 'content_block_stop', index: 0 },
      {
        type: 'message_delta',
        delta: { stop_reason: 'end_turn' },
        usage: { output_tokens: 2 },
      },
      { type: 'message_stop' },
    ]);
  }
}

describe.each([
  [
    'Anthropic itself',
    ['anthropic', 'openai'],
    answerAsAnthropic,
    '/v1/messages',
  ],
  [
    'a provider with the API of OpenAI',
    ['openai'],
    answerAsOpenAi,
    '/v1/chat/completions',
  ],
] as const)("Anthropic's client, with %s", (_, apis, script, path) => {
  let provider: ScriptedProvider;
  let rig: Rig;

  beforeAll(async () => {
    provider = await ScriptedProvider.create(script);
    rig = await Rig.create({
      providers: [
        {
          name: 'acme',
          match: 'acme/*',
          baseUrl: provider.url,
          stripPrefix: true,
          apis,
        },
      ],
    });
  });
  afterAll(async () => {
    await rig.stop();
    await provider.stop();
  });

  const clientOf = (apiKey: string) =>
    new Anthropic({ apiKey, baseURL: rig.url, maxRetries: 0 });
  const call = (model = 'acme/chat') => ({
    model,
    max_tokens: 10,
    messages: [{ role: 'user' as const, content: 'Hi' }],
  });

  it('has its answer', async () => {
    const message = await clientOf(secretOf('strict')).messages.create(call());
    expect(message).toMatchObject({
      role: 'assistant',
      content: [{ type: 'text', text: 'Hello there' }],
      stop_reason: 'end_turn',
      usage,
    });
    expect(provider.last).toMatchObject({ path, json: { model: 'chat' } });
  });

  it('has its answer, streamed', async () => {
    const texts: string[] = [];
    const stream = clientOf(secretOf('strict'))
      .messages.stream(call())
      .on('text', text => texts.push(text));
    const message = await stream.finalMessage();
    expect(texts).toEqual(['Hello', ' there']);
    expect(message).toMatchObject({
      content: [{ type: 'text', text: 'Hello there' }],
      stop_reason: 'end_turn',
      usage: { output_tokens: 2 },
    });
  });

  it('is told what is not approved, in its own words', async () => {
    const before = provider.received.length;
    const refused = clientOf(secretOf('strict')).messages.create(
      call('acme/unapproved'),
    );
    await expect(refused).rejects.toBeInstanceOf(APIError);
    await expect(refused).rejects.toMatchObject({
      status: 403,
      type: 'permission_error',
    });
    await expect(
      clientOf(secretOf('strict'))
        .messages.stream(call('acme/unapproved'))
        .finalMessage(),
    ).rejects.toMatchObject({ status: 403 });
    await expect(
      clientOf('mh_nobody').messages.create(call()),
    ).rejects.toMatchObject({
      status: 401,
      type: 'authentication_error',
    });
    expect(provider.received).toHaveLength(before);
  });

  it('counts tokens where the provider can', async () => {
    const counting = clientOf(secretOf('strict')).messages.countTokens({
      model: 'acme/chat',
      messages: call().messages,
    });
    const outcome = counting.then(
      ({ input_tokens }) => input_tokens,
      error => (error as APIError).status,
    );
    expect(await outcome).toBe(path === '/v1/messages' ? 3 : 400);
  });
});
