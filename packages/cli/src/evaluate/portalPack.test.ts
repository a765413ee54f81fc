import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { portalOf, portalPack } from './portalPack';

const packYaml = JSON.stringify({
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'EvaluationPack',
  metadata: { namespace: 'acme', name: 'tickets' },
  spec: {
    type: 'quality',
    version: '1.0.0',
    owner: 'group:default/ml',
    lifecycle: 'active',
    license: 'Apache-2.0',
    task: 'chat',
    scorers: [{ name: 'exact', type: 'exact-match' }],
    criteria: [],
    cases: './cases.jsonl',
  },
});
const cases = '{"id":"a","input":"Where is it?","expected":"here"}\n';

let answer: { status: number; body: object };
const asked: Array<{ url?: string; who?: string }> = [];
const server = createServer((req, res) => {
  asked.push({ url: req.url, who: req.headers.authorization });
  res.writeHead(answer.status, { 'content-type': 'application/json' });
  res.end(JSON.stringify(answer.body));
});
let portal: string;
beforeAll(async () => {
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  portal = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.MODELHUB_TOKEN = 'of-ann';
});
afterAll(() => {
  delete process.env.MODELHUB_TOKEN;
  server.close();
});

const document = (digest: string, more: object = {}) => ({
  format: 'modelhub-evaluation-pack/v1',
  entityRef: 'evaluationpack:acme/tickets',
  digest,
  packYaml,
  files: { 'cases.jsonl': cases },
  ...more,
});

it('fetches a pack, and takes it only when it is what the portal says', async () => {
  answer = { status: 200, body: document(`sha256:${'0'.repeat(64)}`) };
  const refused = await portalPack('evaluationpack:acme/tickets', portal).catch(
    error => error.message,
  );
  const [, digest] = /^The pack is (sha256:[0-9a-f]{64}) here/.exec(refused)!;

  answer = { status: 200, body: document(digest) };
  const pack = await portalPack('acme/tickets', portal, '1.0.0');
  expect(pack).toMatchObject({ name: 'tickets', version: '1.0.0', digest });
  expect(pack.cases).toHaveLength(1);
  expect(asked.at(-1)).toEqual({
    url: '/api/model-governance/evaluation-packs/acme/tickets/download?version=1.0.0',
    who: 'Bearer of-ann',
  });
});

it.each([
  [{ files: {} }, 'cases.jsonl: cannot be read'],
  [
    { format: 'modelhub-evaluation-pack/v2' },
    'use the command line of that version',
  ],
])('does not run half a pack: %j', async (more, words) => {
  answer = { status: 200, body: document('sha256:x', more) };
  await expect(portalPack('acme/tickets', portal)).rejects.toThrow(words);
});

it('passes on what the portal says', async () => {
  answer = {
    status: 404,
    body: { error: { message: 'There is no evaluation pack x' } },
  };
  await expect(portalPack('x', portal)).rejects.toThrow(
    'The portal answered 404: There is no evaluation pack x',
  );
});

it('asks for a portal where a pack is named by its ref', () => {
  expect(() => portalOf('evaluationpack:acme/tickets', {})).toThrow('--portal');
  expect(() => portalOf('./pack', { packVersion: '1.0.0' })).toThrow(
    '--pack-version',
  );
  expect(portalOf('./evaluationpack', {})).toBeUndefined();
});
