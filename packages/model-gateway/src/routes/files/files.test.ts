import { sha256Hex } from '@modelhub/governance-protocol';
import OpenAI, { toFile } from 'openai';
import { Rig, eventually } from '../../__testUtils__/rig';
import {
  ScriptedProvider,
  sendJson,
} from '../../__testUtils__/ScriptedProvider';
import { secretOf, someContent } from '../../__testUtils__/TestControlPlane';

// Real servers and, at times, a busy machine.
jest.setTimeout(30_000);

const line = (model: string, fields = {}) =>
  JSON.stringify({
    custom_id: 'one',
    method: 'POST',
    url: '/v1/chat/completions',
    body: { model, messages: [] },
    ...fields,
  });

function contentWithBatches() {
  const content = someContent();
  const [strict, ...others] = content.profiles;
  const granted = content.grants.filter(({ profile }) => profile === 'strict');
  return {
    ...content,
    profiles: [
      { ...strict, batches: true },
      ...others,
      {
        id: 'other',
        title: 'Other',
        enforcement: 'enforce' as const,
        batches: true,
      },
      { id: 'none', title: 'None', enforcement: 'enforce' as const },
    ],
    keys: [
      ...content.keys,
      ...['other', 'none'].map(profile => ({
        ...content.keys[0],
        id: profile,
        hash: '',
        profile,
      })),
    ].map(key => ({ ...key, hash: key.hash || sha256Hex(secretOf(key.id)) })),
    grants: [
      ...content.grants,
      ...granted.map(grant => ({
        ...grant,
        id: `${grant.id}-other`,
        profile: 'other',
      })),
    ],
  };
}

describe('files and batches', () => {
  let rig: Rig;
  let provider: ScriptedProvider;
  const clientOf = (name: string) =>
    new OpenAI({
      apiKey: secretOf(name),
      baseURL: `${rig.url}/v1`,
      maxRetries: 0,
    });
  beforeAll(async () => {
    provider = await ScriptedProvider.create(({ method, path }, res) => {
      if (path === '/v1/files') {
        sendJson(res, { id: 'file-1', object: 'file', purpose: 'batch' });
      } else if (path.endsWith('/content')) {
        res
          .writeHead(200, { 'content-type': 'application/octet-stream' })
          .end('{"custom_id":"one"}\n');
      } else if (method === 'DELETE') {
        sendJson(res, { id: 'file-1', object: 'file', deleted: true });
      } else if (path.startsWith('/v1/files/')) {
        sendJson(res, { id: 'file-1', object: 'file' });
      } else {
        sendJson(res, {
          id: 'batch_1',
          object: 'batch',
          input_file_id: 'file-1',
          output_file_id: 'file-2',
          status: 'completed',
        });
      }
    });
    rig = await Rig.create({
      content: contentWithBatches(),
      providers: [
        {
          name: 'acme',
          match: 'acme/*',
          baseUrl: provider.url,
          stripPrefix: true,
          apiKeyEnv: 'ACME_KEY',
        },
        {
          name: 'hosted',
          match: 'hosted/*',
          baseUrl: provider.url,
          apiKeyEnv: 'ACME_KEY',
        },
      ],
    });
  });
  afterAll(async () => {
    await rig.stop();
    await provider.stop();
  });

  const upload = async (lines: string[], name = 'strict') =>
    clientOf(name).files.create({
      purpose: 'batch',
      file: await toFile(Buffer.from(lines.join('\n')), 'batch.jsonl'),
    });

  it('run from the upload to the result under sealed ids', async () => {
    const client = clientOf('strict');
    const file = await upload([line('acme/chat'), line('acme/embed@1.0'), '']);
    expect(provider.last.body.toString()).toContain('"model":"chat"');
    expect(provider.last.body.toString()).toContain('"model":"embed"');
    expect(provider.last.body.toString()).not.toContain('acme/');
    expect(file.id).toMatch(/^file-mh\./);

    const batch = await client.batches.create({
      input_file_id: file.id,
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
    });
    expect(provider.last).toMatchObject({
      path: '/v1/batches',
      json: { input_file_id: 'file-1', completion_window: '24h' },
      headers: { authorization: 'Bearer provider-secret' },
    });
    expect(batch.id).toMatch(/^batch-mh\./);

    const later = await client.batches.retrieve(batch.id);
    expect(provider.last.path).toBe('/v1/batches/batch_1');
    const output = await client.files.content(later.output_file_id ?? '');
    expect(await output.text()).toBe('{"custom_id":"one"}\n');
    expect(provider.last.path).toBe('/v1/files/file-2/content');
    await client.batches.cancel(batch.id);
    expect(provider.last.path).toBe('/v1/batches/batch_1/cancel');
    await client.files.delete(file.id);
    expect(provider.last).toMatchObject({
      method: 'DELETE',
      path: '/v1/files/file-1',
    });
  });

  it('are not for profiles that may not use them', async () => {
    const before = provider.received.length;
    await expect(upload([line('acme/chat')], 'none')).rejects.toMatchObject({
      status: 403,
      code: 'batches_not_allowed',
    });
    await expect(
      clientOf('none').files.retrieve('file-1'),
    ).rejects.toMatchObject({ status: 403 });
    expect(provider.received).toHaveLength(before);
  });

  it('are only for the profile that made them', async () => {
    const file = await upload([line('acme/chat')]);
    const before = provider.received.length;
    const other = clientOf('other');
    const forged = file.id.replace(/.\./, 'A.');
    const [kind, , mac] = file.id.split('.');
    const payload = Buffer.from(
      JSON.stringify(['acme', 'other', 'file-1', ['acme/chat']]),
    ).toString('base64url');
    for (const id of [file.id, forged, `${kind}.${payload}.${mac}`, 'file-1']) {
      await expect(other.files.retrieve(id)).rejects.toMatchObject({
        status: 404,
      });
      await expect(
        other.batches.create({
          input_file_id: id,
          endpoint: '/v1/chat/completions',
          completion_window: '24h',
        }),
      ).rejects.toMatchObject({ status: 404 });
    }
    expect(provider.received).toHaveLength(before);
  });

  it.each<[string, string[], number, string]>([
    [
      'a line that is not approved',
      [line('acme/chat'), line('acme/unapproved')],
      403,
      'model_not_approved',
    ],
    [
      'models of two providers',
      [line('acme/chat'), line('hosted/gpt')],
      400,
      'mixed_providers',
    ],
    ['no JSON', ['{'], 400, 'invalid_batch_file'],
    ['nothing', [''], 400, 'invalid_batch_file'],
    [
      'another route',
      [line('acme/chat', { url: '/v1/files' })],
      400,
      'invalid_batch_file',
    ],
    [
      'two models in a line',
      [
        '{"method":"POST","url":"/v1/chat/completions","body":{"model":"acme/chat","model":"acme/unapproved"}}',
      ],
      400,
      'invalid_batch_file',
    ],
    [
      'fallbacks',
      [line('acme/chat', { body: { model: 'acme/chat', fallbacks: [] } })],
      400,
      'unsupported_parameter',
    ],
  ])('refuses %s', async (_name, lines, status, code) => {
    const before = provider.received.length;
    await expect(upload(lines)).rejects.toMatchObject({ status, code });
    expect(provider.received).toHaveLength(before);
  });

  it('takes files for batches only', async () => {
    await expect(
      clientOf('strict').files.create({
        purpose: 'assistants',
        file: await toFile(Buffer.from('x'), 'x.txt'),
      }),
    ).rejects.toMatchObject({ status: 400, code: 'unsupported_purpose' });
  });

  it('decides again when the batch is made', async () => {
    const file = await upload([line('acme/embed')]);
    rig.plane.change({
      grants: rig.plane.content.grants.filter(it => it.id !== 'g-embed'),
    });
    await eventually(
      'it is revoked',
      async () => (await rig.ready()).version === 2,
    );
    const before = provider.received.length;
    await expect(
      clientOf('strict').batches.create({
        input_file_id: file.id,
        endpoint: '/v1/embeddings',
        completion_window: '24h',
      }),
    ).rejects.toMatchObject({ status: 403 });
    expect(provider.received).toHaveLength(before);
  });
});
