import OpenAI, { APIError, toFile } from 'openai';
import { ScriptedProvider } from './__testUtils__/ScriptedProvider';
import { secretOf } from './__testUtils__/TestControlPlane';
import { answerAsOpenAi } from './__testUtils__/openAiAnswers';
import { Rig } from './__testUtils__/rig';

jest.setTimeout(30_000);

const HELLO = 'Hello there';
const MP3 = [0xff, 0xf3, 0x00, 0x80];
const messages = [{ role: 'user' as const, content: 'Hi' }];
const image = () => toFile(Buffer.from([1, 2]), 'a.png', { type: 'image/png' });
const audio = () =>
  toFile(Buffer.from([1, 2]), 'a.mp3', { type: 'audio/mpeg' });

/** What a program does with the client, and what it reads of the answer. */
type Use = (client: OpenAI, model: string) => Promise<unknown>;

const USES: Array<[string, Use, unknown]> = [
  [
    'chat completions',
    async (client, model) => {
      const { choices, usage } = await client.chat.completions.create({
        model,
        messages,
      });
      return [choices[0].message.content, usage?.total_tokens];
    },
    [HELLO, 5],
  ],
  [
    'chat completions, streamed',
    async (client, model) => {
      let text = '';
      for await (const { choices } of await client.chat.completions.create({
        model,
        messages,
        stream: true,
      })) {
        // A chunk without choices is of usage that this program did not ask for.
        text += choices[0].delta.content ?? '';
      }
      return text;
    },
    HELLO,
  ],
  [
    'chat completions, streamed with usage',
    async (client, model) => {
      const stream = client.chat.completions.stream({
        model,
        messages,
        stream_options: { include_usage: true },
      });
      const { choices, usage } = await stream.finalChatCompletion();
      return [choices[0].message.content, usage?.total_tokens];
    },
    [HELLO, 5],
  ],
  [
    'completions',
    async (client, model) =>
      (await client.completions.create({ model, prompt: 'Hi' })).choices[0]
        .text,
    HELLO,
  ],
  [
    'completions, streamed',
    async (client, model) => {
      let text = '';
      for await (const { choices } of await client.completions.create({
        model,
        prompt: 'Hi',
        stream: true,
      })) {
        text += choices[0].text;
      }
      return text;
    },
    HELLO,
  ],
  [
    'responses',
    async (client, model) =>
      (await client.responses.create({ model, input: 'Hi' })).output_text,
    HELLO,
  ],
  [
    'responses, streamed',
    async (client, model) => {
      let text = '';
      for await (const event of await client.responses.create({
        model,
        input: 'Hi',
        stream: true,
      })) {
        text += event.type === 'response.output_text.delta' ? event.delta : '';
      }
      return text;
    },
    HELLO,
  ],
  [
    'embeddings',
    async (client, model) =>
      (
        await client.embeddings.create({
          model,
          input: 'Hi',
          encoding_format: 'float',
        })
      ).data[0].embedding,
    [0.5, -1],
  ],
  [
    'moderations',
    async (client, model) =>
      (await client.moderations.create({ model, input: 'Hi' })).results[0]
        .flagged,
    true,
  ],
  [
    'images',
    async (client, model) =>
      (await client.images.generate({ model, prompt: 'Hi' })).data?.[0]
        .b64_json,
    'aGk=',
  ],
  [
    'images, edited',
    async (client, model) =>
      (await client.images.edit({ model, prompt: 'Hi', image: await image() }))
        .data?.[0].b64_json,
    'aGk=',
  ],
  [
    'images, varied',
    async (client, model) =>
      (await client.images.createVariation({ model, image: await image() }))
        .data?.[0].b64_json,
    'aGk=',
  ],
  [
    'transcriptions',
    async (client, model) =>
      (await client.audio.transcriptions.create({ model, file: await audio() }))
        .text,
    HELLO,
  ],
  [
    'translations',
    async (client, model) =>
      (await client.audio.translations.create({ model, file: await audio() }))
        .text,
    HELLO,
  ],
  [
    'speech',
    async (client, model) => {
      const answer = await client.audio.speech.create({
        model,
        input: 'Hi',
        voice: 'alloy',
      });
      return [...new Uint8Array(await answer.arrayBuffer())];
    },
    MP3,
  ],
];

describe("OpenAI's client", () => {
  let provider: ScriptedProvider;
  let rig: Rig;

  beforeAll(async () => {
    provider = await ScriptedProvider.create(answerAsOpenAi);
    rig = await Rig.create({
      providers: [
        {
          name: 'acme',
          match: 'acme/*',
          baseUrl: provider.url,
          stripPrefix: true,
        },
      ],
    });
  });
  afterAll(async () => {
    await rig.stop();
    await provider.stop();
  });

  const clientOf = (apiKey: string) =>
    new OpenAI({ apiKey, baseURL: `${rig.url}/v1`, maxRetries: 0 });

  it.each(USES)('has its answer: %s', async (_, use, expected) => {
    const before = provider.received.length;
    expect(await use(clientOf(secretOf('strict')), 'acme/chat')).toEqual(
      expected,
    );
    expect(provider.received).toHaveLength(before + 1);
    expect(provider.last.headers.authorization).toBeUndefined();
    expect(provider.last.body.toString('latin1')).not.toContain('acme/chat');
  });

  it.each(USES)('is told what is not approved: %s', async (_, use) => {
    const before = provider.received.length;
    const refused = use(clientOf(secretOf('strict')), 'acme/unapproved');
    await expect(refused).rejects.toBeInstanceOf(APIError);
    await expect(refused).rejects.toMatchObject({
      status: 403,
      code: 'model_not_approved',
      type: 'model_access_denied',
    });
    await expect(use(clientOf('mh_nobody'), 'acme/chat')).rejects.toMatchObject(
      {
        status: 401,
        code: 'invalid_api_key',
      },
    );
    expect(provider.received).toHaveLength(before);
  });

  it('lists and gets models', async () => {
    const client = clientOf(secretOf('strict'));
    const ids: string[] = [];
    for await (const { id } of client.models.list()) {
      ids.push(id);
    }
    expect(ids).toContain('acme/chat');
    expect(ids).not.toContain('acme/unapproved');
    expect(await client.models.retrieve('acme/chat')).toMatchObject({
      id: 'acme/chat',
    });
    await expect(
      client.models.retrieve('acme/unapproved'),
    ).rejects.toMatchObject({ status: 403 });
  });

  it('may not send files and batches unless its profile may', async () => {
    const client = clientOf(secretOf('strict'));
    const file = await toFile(Buffer.from('{}\n'), 'a.jsonl');
    await expect(
      client.files.create({ file, purpose: 'batch' }),
    ).rejects.toMatchObject({ status: 403 });
    await expect(
      client.batches.create({
        input_file_id: 'file-1',
        endpoint: '/v1/chat/completions',
        completion_window: '24h',
      }),
    ).rejects.toMatchObject({ status: 403 });
  });

  it('ends the call of the provider when it goes away', async () => {
    let closed: () => void = () => {};
    const gone = new Promise<void>(resolve => {
      closed = resolve;
    });
    provider.script = (_, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write('data: {"choices":[{"index":0,"delta":{"content":"a"}}]}\n\n');
      res.once('close', closed);
    };
    const stream = await clientOf(secretOf('strict')).chat.completions.create({
      model: 'acme/chat',
      messages,
      stream: true,
    });
    for await (const { choices } of stream) {
      expect(choices[0].delta.content).toBe('a');
      break;
    }
    await gone;
    provider.script = answerAsOpenAi;
  });
});
