import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { DemoUpstream } from './DemoUpstream';

const ARTIFACTS = path.resolve(__dirname, '../../../../catalog-info/artifacts');
const ROUTER = path.join(ARTIFACTS, 'acme/ticket-router');

const texts = fs
  .readFileSync(path.join(ROUTER, 'training.txt'), 'utf8')
  .split('\n')
  .filter(line => line.includes(' | ') && !line.startsWith('#'))
  .map(line => line.split(' | '));

describe('the ticket router of the demo upstream', () => {
  let upstream: DemoUpstream;
  beforeAll(async () => {
    upstream = await DemoUpstream.create({
      port: 0,
      delayMs: 0,
      artifacts: ARTIFACTS,
    });
  });
  afterAll(() => upstream.stop());

  const post = (body: object) =>
    fetch(`http://127.0.0.1:${upstream.port}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify(body),
    });

  const ask = async (model: string, content: unknown, before: object[] = []) =>
    (
      await (
        await post({ model, messages: [...before, { role: 'user', content }] })
      ).json()
    ).choices[0].message.content;

  /** How many of the training texts a version gets right. */
  const right = async (model: string, of: string[][]) => {
    const answers = await Promise.all(of.map(([, text]) => ask(model, text)));
    return of.filter(([label], index) => label === answers[index]).length;
  };

  it('answers with what the weights of the version say', async () => {
    expect(texts).toHaveLength(260);
    const few = texts.slice(0, 40);
    expect(await right('acme/ticket-router@1.1', few)).toBe(40);
    // It has never seen the others.
    const unseen = await right('acme/ticket-router@1.1', texts.slice(40));
    expect(unseen).toBeGreaterThan(70);
    expect(unseen).toBeLessThan(150);
    expect(await right('acme/ticket-router@1.2', texts)).toBeGreaterThan(250);
  });

  it('takes the newest version where none is named', async () => {
    const [newest, named, old] = await Promise.all(
      ['', '@1.2', '@1.1'].map(version =>
        Promise.all(
          texts.map(([, text]) => ask(`acme/ticket-router${version}`, text)),
        ),
      ),
    );
    expect(newest).toEqual(named);
    expect(newest).not.toEqual(old);
  });

  it('reads what the user said last, in parts too, and no instructions', async () => {
    const model = 'acme/ticket-router';
    const [, text] = texts.find(([label]) => label === 'account')!;
    const system = {
      role: 'system',
      content: 'Parcel, courier, shipping, delivery!',
    };
    expect(await ask(model, text, [system])).toBe('account');
    expect(await ask(model, [{ type: 'text', text }])).toBe('account');
    expect(await ask(model, '')).toMatch(/^[a-z]+$/);
  });

  it('streams its label', async () => {
    const [, text] = texts[0];
    const answer = await post({
      model: 'acme/ticket-router',
      stream: true,
      messages: [{ role: 'user', content: text }],
    });
    expect(await answer.text()).toContain('"delta":{"content":"billing"}');
  });

  it('lists its versions, and serves no others', async () => {
    const models = await fetch(`http://127.0.0.1:${upstream.port}/v1/models`);
    const { data } = await models.json();
    expect(data.map(({ id }: { id: string }) => id)).toEqual([
      'demo-chat',
      'demo-embedding',
      'acme/ticket-router',
      'acme/ticket-router@1.1',
      'acme/ticket-router@1.2',
    ]);
    const refused = await post({
      model: 'acme/ticket-router@1.0',
      messages: [{ role: 'user', content: 'Hello' }],
    });
    expect(refused.status).toBe(404);
    expect((await refused.json()).error).toEqual({
      message:
        'acme/ticket-router is not served in version 1.0; there are 1.1 and 1.2',
      code: 'model_not_found',
    });
  });

  it('leaves the answers of other models as they are', async () => {
    expect(await ask('meta/llama', 'Where is it?')).toBe(
      'You wrote 4 tokens: Where is it?',
    );
  });
});

describe('weights that are not right', () => {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'demo-models-'));
    const version = path.join(folder, 'a/b/1');
    fs.cpSync(path.join(ROUTER, '1.1'), version, { recursive: true });
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it.each([
    ['nothing', '', /no safetensors file/],
    [
      'another shape',
      '{"weight":{"dtype":"F32","shape":[5,9],"data_offsets":[0,180]}}',
      /no tensor 'weight' of F32 \[5,256\]/,
    ],
    [
      'a tensor that is not there',
      '{"weight":{"dtype":"F32","shape":[5,256],"data_offsets":[0,5120]}}',
      /tensor 'weight' does not lie within the file/,
    ],
  ])('keep the upstream from starting: %s', async (_, header, message) => {
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    fs.writeFileSync(
      path.join(folder, 'a/b/1/model.safetensors'),
      Buffer.concat([length, Buffer.from(header)]),
    );
    await expect(
      DemoUpstream.create({ port: 0, artifacts: folder }),
    ).rejects.toThrow(message);
  });
});

it('runs the weights that the training texts give', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [path.join(ROUTER, 'train.mjs'), '--check'],
    { encoding: 'utf8' },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
