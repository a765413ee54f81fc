import type { ModelEntityV1alpha1 } from '@modelhub/backstage-plugin-models-common';
import type { Transactions } from '@modelhub/backstage-plugin-models-node';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestClock } from '../../__testUtils__';
import { databaseIds, migratedDatabase } from '../../__testUtils__/databases';
import { gateContext } from '../__testUtils__/gateContext';
import { startOsv } from './__testUtils__/startOsv';
import { AdvisoryHttp } from './AdvisoryHttp';
import { advisoriesGate } from './advisoriesGate';
import { DefaultAdvisoryService } from './AdvisoryService';
import type { OsvAdvisory } from './osv';
import type { AdvisoryConfig } from './readAdvisoryConfig';

jest.setTimeout(60_000);

const CRITICAL = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';

const onPython = (
  id: string,
  name: string,
  fixed: string,
  changes: Partial<OsvAdvisory> = {},
): OsvAdvisory => ({
  id,
  modified: '2026-05-01T00:00:00Z',
  summary: `Hole ${id}`,
  severity: [{ type: 'CVSS_V3', score: CRITICAL }],
  affected: [
    {
      package: { ecosystem: 'PyPI', name },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }],
    },
  ],
  ...changes,
});

const model = (frameworks: string[]): ModelEntityV1alpha1 => ({
  apiVersion: 'modelhub.dev/v1alpha1',
  kind: 'Model',
  metadata: { name: 'm', namespace: 'acme', title: 'M' },
  spec: {
    type: 'llm',
    lifecycle: 'active',
    owner: 'group:default/ml',
    provider: 'acme',
    gatewayId: 'acme/m',
    compatibility: { frameworks },
  },
});

describe.each(databaseIds)('advisories on %s', databaseId => {
  let osv: Awaited<ReturnType<typeof startOsv>>;
  let folder: string;
  let transactions: Transactions;
  let clock: TestClock;

  beforeAll(async () => {
    ({ transactions } = await migratedDatabase(databaseId));
  });
  beforeEach(async () => {
    await transactions.knex('advisory_answers').delete();
    await transactions.knex('advisory_records').delete();
    clock = new TestClock();
    folder = await mkdtemp(join(tmpdir(), 'advisories-'));
    osv = await startOsv([
      onPython('GHSA-1', 'vllm', '0.8.5'),
      onPython('GHSA-2', 'vllm', '0.9.0', { aliases: ['CVE-2'] }),
      onPython('PYSEC-2', 'vllm', '0.9.0', { aliases: ['CVE-2'] }),
      onPython('GHSA-3', 'vllm', '0.11.1', { severity: [] }),
      onPython('GHSA-4', 'sglang', '0.5.0'),
    ]);
  });
  afterEach(async () => {
    await osv.stop();
    await rm(folder, { recursive: true });
  });

  const open = (changes: Partial<AdvisoryConfig> = {}) => {
    const config: AdvisoryConfig = {
      feeds: [],
      osv: { endpoint: osv.url },
      cacheSeconds: 3600,
      allowedHosts: [osv.host],
      plainHosts: [osv.host],
      runtimes: [],
      ...changes,
    };
    const service = DefaultAdvisoryService.create({
      config,
      transactions,
      clock,
      http: AdvisoryHttp.create({ ...config, firstWaitMs: 1 }),
    });
    return advisoriesGate({ service, runtimes: config.runtimes });
  };
  const ask = (
    gate = open(),
    frameworks = ['vllm==0.8.5', 'sglang==0.5.1'],
    params = {},
  ) =>
    gate.evaluate(
      {
        entity: model(frameworks),
        entityRef: 'model:acme/m',
        version: { name: '1', artifact: { uri: 'hf://acme/m' } },
        pin: 'sha256:aa',
        decisionFactsHash: 'sha256:bb',
        tier: 'internal',
        purpose: { id: 'p', title: 'P', dataClasses: [], regions: [] },
        profile: 'team',
      },
      params,
      gateContext({ now: clock.now() }),
    );
  const paths = () => osv.seen.map(({ method, path }) => `${method} ${path}`);

  it('asks OSV in batches and pages, and says each hole once', async () => {
    const outcome = await ask();
    expect(outcome).toMatchObject({
      verdict: 'fail',
      evidence: {
        kind: 'advisories',
        sources: [{ id: 'osv', advisories: 5 }],
        matches: [
          {
            id: 'GHSA-2',
            severity: 'critical',
            score: 9.8,
            fixedIn: ['0.9.0'],
            effect: 'stops',
            link: 'https://osv.dev/vulnerability/GHSA-2',
          },
          { id: 'GHSA-3', effect: 'stops' },
        ],
      },
    });
    expect(outcome.findings[0]).toMatchObject({
      message: 'GHSA-2 is about vllm 0.8.5: Hole GHSA-2',
      howToFix:
        'Run vllm in a version that is mended (0.9.0 or later), and say so.',
    });
    expect(paths().filter(it => it === 'POST /v1/querybatch')).toHaveLength(2);
    expect(osv.seen[1].body).toEqual({
      queries: [
        { package: { ecosystem: 'PyPI', name: 'vllm' }, page_token: '2' },
      ],
    });
    expect(paths().filter(it => it.startsWith('GET /v1/vulns/'))).toHaveLength(
      5,
    );
  });

  it('asks about one package for whole advisories', async () => {
    await ask(open(), ['vllm==1.0']);
    expect(paths()).toEqual(['POST /v1/query', 'POST /v1/query']);
  });

  it('remembers for an hour, on every replica, and then reads what changed', async () => {
    await ask();
    osv.seen.length = 0;
    const again = await ask();
    expect(osv.seen).toEqual([]);
    expect(again.verdict).toBe('fail');

    clock.advance(3600);
    osv.advisories[4] = onPython('GHSA-4', 'sglang', '0.6.0', {
      modified: '2026-06-01T00:00:00Z',
    });
    expect(await ask()).toMatchObject({
      evidence: {
        matches: expect.arrayContaining([
          expect.objectContaining({ id: 'GHSA-4', effect: 'stops' }),
        ]),
      },
    });
    expect(paths().filter(it => it.startsWith('GET'))).toEqual([
      'GET /v1/vulns/GHSA-4',
    ]);
  });

  it('waits for a busy server', async () => {
    osv.replies.push(
      {
        status: 429,
        body: '{"code":8,"message":"Quota"}',
        headers: { 'retry-after': '0' },
      },
      { status: 503, body: 'upstream' },
    );
    expect((await ask()).verdict).toBe('fail');
    expect(paths().slice(0, 3)).toEqual(Array(3).fill('POST /v1/querybatch'));
  });

  it.each([
    [
      'refuses',
      [{ status: 400, body: '{"code":3,"message":"Invalid ecosystem"}' }],
      '400, Invalid ecosystem',
    ],
    ['stays busy', Array(4).fill({ status: 503, body: '' }), '503'],
    [
      'wants much patience',
      [{ status: 429, body: '', headers: { 'retry-after': '3600' } }],
      'come back in 3600 s',
    ],
    [
      'sends a page',
      [{ status: 200, body: '<html>' }],
      'something else than JSON',
    ],
    [
      'has another form',
      [{ status: 200, body: '{"vulns":[]}' }],
      'in a form that',
    ],
    [
      'answers in part',
      [{ status: 200, body: '{"results":[{}]}' }],
      'answered 1 of 2 queries',
    ],
    [
      'leads elsewhere',
      [{ status: 302, body: '', headers: { location: 'http://example.com' } }],
      '302',
    ],
  ])(
    'is an error, never a pass, where the server %s',
    async (_, replies, words) => {
      osv.replies.push(...replies);
      const outcome = await ask();
      expect(outcome).toMatchObject({ verdict: 'error', findings: [] });
      expect(outcome.summary).toContain(words);
      expect(outcome.isFinal).toBeUndefined();
      // Nothing that was half read is kept.
      expect((await ask()).verdict).toBe('fail');
    },
  );

  it('is an error where nobody listens, or the host is not allowed', async () => {
    const stopped = open({
      osv: { endpoint: 'http://127.0.0.1:1' },
      allowedHosts: ['127.0.0.1'],
      plainHosts: ['127.0.0.1'],
    });
    expect((await ask(stopped)).summary).toMatch(
      /127\.0\.0\.1:1 gave no answer/,
    );
    const refused = open({ allowedHosts: ['api.osv.dev'] });
    expect((await ask(refused)).summary).toContain('allowedHosts');
    const plain = open({ plainHosts: [] });
    expect((await ask(plain)).summary).toContain('use https');
    expect(osv.seen).toEqual([]);
  });

  it('reads feeds of the organisation, from folders and addresses', async () => {
    await writeFile(
      join(folder, 'a.json'),
      JSON.stringify({
        id: 'ACME-1',
        summary: 'Weights were swapped',
        affected: [{ package: { purl: 'pkg:huggingface/acme/m' } }],
        database_specific: { severity: 'CRITICAL' },
        references: [{ type: 'WEB', url: 'data:text/html,1' }],
      }),
    );
    osv.documents.set(
      '/feed',
      JSON.stringify([onPython('PARTNER-1', 'vllm', '2')]),
    );
    const feeds = [
      { id: 'own', title: 'Own', folder },
      {
        id: 'partner',
        title: 'Partner',
        url: `${osv.url}/feed`,
        authorization: 'Bearer x',
      },
    ];
    const gate = open({ feeds, osv: undefined });
    const outcome = await ask(gate);
    expect(outcome).toMatchObject({
      verdict: 'fail',
      summary: 'Known advisories stop it: ACME-1 (M), PARTNER-1 (vllm).',
      evidence: {
        sources: [
          { id: 'own', advisories: 1 },
          { id: 'partner', advisories: 1 },
        ],
      },
    });
    expect(JSON.stringify(outcome)).not.toContain('data:');
    await ask(gate);
    expect(paths()).toEqual(['GET /feed']);
    expect(osv.seen[0].authorization).toBe('Bearer x');

    await writeFile(join(folder, 'b.json'), '{"id":');
    expect(await ask(gate)).toMatchObject({
      verdict: 'error',
      summary: expect.stringContaining('b.json is neither JSON'),
    });
    const gone = open({
      osv: undefined,
      feeds: [{ ...feeds[0], folder: join(folder, 'none') }],
    });
    expect((await ask(gone)).verdict).toBe('error');
  });

  it('does as the policy says', async () => {
    const verdict = async (params: object, frameworks = ['vllm==0.8.5']) =>
      (await ask(open(), frameworks, params)).verdict;
    const accepted = ['CVE-2'];
    expect(await verdict({ accepted })).toBe('fail');
    expect(await verdict({ accepted, unknownSeverity: 'low' })).toBe('pass');
    expect(
      await verdict({ accepted, unknownSeverity: 'low', failOn: 'low' }),
    ).toBe('fail');
    expect(await verdict({}, ['vllm'])).toBe('warn');
    expect(await verdict({ uncertain: 'note' }, ['vllm'])).toBe('pass');
    expect(await verdict({ uncertain: 'fail' }, ['vllm'])).toBe('fail');
    expect(await verdict({ requireSources: ['own'] })).toBe('error');
    expect((await ask(open({ osv: undefined }))).summary).toContain(
      'No source of advisories',
    );
  });
});
