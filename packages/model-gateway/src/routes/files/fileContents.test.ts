import { sha256Hex } from '@modelhub/governance-protocol';
import OpenAI, { toFile } from 'openai';
import { Rig } from '../../__testUtils__/rig';
import {
  ScriptedProvider,
  sendJson,
} from '../../__testUtils__/ScriptedProvider';
import { secretOf, someContent } from '../../__testUtils__/TestControlPlane';
import { GITHUB } from '../../sanitation/__testUtils__/samples';

// Real servers and, at times, a busy machine.
jest.setTimeout(60_000);

const MAIL = 'dana@example.org';

const result = (name: string, content: string) => ({
  id: `r-${name}`,
  custom_id: name,
  response: {
    status_code: 200,
    body: { choices: [{ message: { role: 'assistant', content } }] },
  },
  error: null,
});
const lines = (items: object[]) =>
  items.map(item => `${JSON.stringify(item)}\n`).join('');

function contentWith(sanitation: object | undefined) {
  const content = someContent();
  const [strict, ...others] = content.profiles;
  return {
    ...content,
    profiles: [{ ...strict, batches: true, sanitation }, ...others],
    keys: content.keys.map(key => ({
      ...key,
      hash: key.hash || sha256Hex(secretOf(key.id)),
    })),
  };
}

describe('the contents of files', () => {
  let file: Buffer;
  let headers: Record<string, string>;
  let chunkBytes: number;
  let provider: ScriptedProvider;
  let rig: Rig | undefined;

  beforeEach(async () => {
    headers = { 'content-type': 'application/octet-stream' };
    chunkBytes = 1_000_000;
    provider = await ScriptedProvider.create(async ({ path }, res) => {
      if (!path.endsWith('/content')) {
        sendJson(res, { id: 'file-1', object: 'file', purpose: 'batch' });
        return;
      }
      res.writeHead(200, headers);
      for (let at = 0; at < file.length; at += chunkBytes) {
        res.write(file.subarray(at, at + chunkBytes));
        await new Promise(setImmediate);
      }
      res.end();
    });
  });
  afterEach(async () => {
    await rig?.stop();
    rig = undefined;
    await provider.stop();
  });

  const start = async (sanitation: object | undefined) => {
    rig = await Rig.create({
      content: contentWith(sanitation),
      providers: [
        {
          name: 'acme',
          match: 'acme/*',
          baseUrl: provider.url,
          stripPrefix: true,
          apiKeyEnv: 'ACME_KEY',
        },
      ],
    });
    const client = new OpenAI({
      apiKey: secretOf('strict'),
      baseURL: `${rig.url}/v1`,
      maxRetries: 0,
    });
    const { id } = await client.files.create({
      purpose: 'batch',
      file: await toFile(
        Buffer.from(
          JSON.stringify({
            custom_id: 'one',
            method: 'POST',
            url: '/v1/chat/completions',
            body: { model: 'acme/chat', messages: [] },
          }),
        ),
        'batch.jsonl',
      ),
    });
    return async () => (await client.files.content(id)).text();
  };

  it.each([1, 7, 1_000_000])(
    'are masked line by line, in chunks of %d bytes',
    async size => {
      chunkBytes = size;
      const good = result('good', 'Größe and 漢字 are no findings.');
      const odd = JSON.stringify(good).replace('"id"', '  "id"');
      file = Buffer.from(
        `${lines([
          result(MAIL, `Write to ${MAIL}, and use ${GITHUB}`),
        ])}${odd}\r\n\n${lines([
          { id: 'r', error: { code: 'x', message: `No ${MAIL}` } },
        ])}mail ${MAIL}, no JSON\n${JSON.stringify(result('last', MAIL))}`,
      );
      const content = await start({
        responses: { secrets: 'redact', 'personal-data': 'redact' },
      });
      const text = await content();
      expect(text).toBe(
        `${lines([
          result(MAIL, 'Write to [redacted email], and use [redacted github]'),
        ])}${odd}\r\n\n${lines([
          { id: 'r', error: { code: 'x', message: 'No [redacted email]' } },
        ])}mail [redacted email], no JSON\n${lines([
          result('last', '[redacted email]'),
        ])}`,
      );
      const metrics = await rig!.metrics();
      expect(metrics).toMatch(
        /sanitation_findings_total{direction="answer",kind="personal-data",type="email",action="redact"} 4\n/,
      );
    },
  );

  it('lose the lines that are refused, and no others', async () => {
    file = Buffer.from(
      lines([
        result('a', 'fine'),
        result('b', `The key is ${GITHUB}`),
        result('c', 'fine too'),
      ]),
    );
    const content = await start({ responses: { secrets: 'refuse' } });
    const read = (await content())
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(read).toEqual([
      result('a', 'fine'),
      {
        id: 'r-b',
        custom_id: 'b',
        response: null,
        error: {
          code: 'sensitive_content',
          message: expect.stringContaining('github'),
        },
      },
      result('c', 'fine too'),
    ]);
  });

  it('are masked where the provider calls them JSON or text', async () => {
    file = Buffer.from(lines([result('a', MAIL), result('b', 'fine')]));
    const content = await start({ responses: { 'personal-data': 'redact' } });
    for (const type of [
      'application/json',
      'text/plain',
      'application/jsonl',
    ]) {
      headers = {
        'content-type': type,
        'content-length': String(file.length),
      };
      expect(await content()).toBe(
        lines([result('a', '[redacted email]'), result('b', 'fine')]),
      );
    }
    expect(provider.last.headers['accept-encoding']).toBe('identity');
  });

  it('do not come compressed, where nobody could look into them', async () => {
    file = Buffer.from('whatever');
    headers['content-encoding'] = 'gzip';
    const content = await start({ responses: { secrets: 'report' } });
    await expect(content()).rejects.toMatchObject({ status: 502 });
  });

  it('are passed on as they are where the profile asks for nothing', async () => {
    file = Buffer.from(lines([result('a', `${MAIL} ${GITHUB}`)]));
    headers['content-length'] = String(file.length);
    const content = await start({ requests: { secrets: 'redact' } });
    expect(await content()).toBe(file.toString());
  });
});
