import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Ajv from 'ajv';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { harmless, payload } from '../__testUtils__/scans';
import { rules } from '../rules';
import { scanArtifact, type ArtifactReport } from '../scanArtifact';
import {
  formatBytes,
  formatFile,
  formatSummary,
  reportOfWhole,
  toCycloneDx,
  toJsonLine,
  toSarif,
} from '.';

const schema = (pack: string, file: string) => {
  const root = path.dirname(require.resolve(`${pack}/package.json`));
  return JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
};

/** As OASIS published it, in the package of Microsoft's matchers. */
const sarifErrors = (log: unknown) => {
  // A pattern in it is none by the stricter rules for Unicode.
  const ajv = new AjvDraft04({
    strict: false,
    allErrors: true,
    unicodeRegExp: false,
  });
  addFormats(ajv);
  const validate = ajv.compile(
    schema('@microsoft/jest-sarif', 'lib/schemas/sarif-2.1.0-rtm.5.json'),
  );
  validate(log);
  return validate.errors ?? [];
};

/** As CycloneDX publishes it, in the package of their library. */
const bomErrors = (bom: unknown) => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  // The two formats of later drafts that ajv-formats does not know.
  ajv.addFormat('iri-reference', true);
  ajv.addFormat('idn-email', true);
  const published = (name: string) =>
    schema(
      '@cyclonedx/cyclonedx-library',
      `res/schema/${name}.SNAPSHOT.schema.json`,
    );
  for (const name of ['spdx', 'jsf-0.82']) {
    ajv.addSchema(
      published(name),
      `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`,
    );
  }
  const validate = ajv.compile(published('bom-1.6'));
  validate(bom);
  return validate.errors ?? [];
};

let folder: string;
let report: ArtifactReport;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'report-'));
  fs.mkdirSync(path.join(folder, 'sub'));
  fs.writeFileSync(path.join(folder, 'a b%.pkl'), harmless());
  fs.writeFileSync(path.join(folder, 'sub', 'evil.pkl'), payload());
  fs.writeFileSync(path.join(folder, 'x.pkl'), payload().subarray(0, -1));
  fs.symlinkSync('/etc/hostname', path.join(folder, 'y\u001b[2J'));
  report = await scanArtifact(folder, { access: { schemes: ['path'] } });
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const failed = () =>
  scanArtifact('ftp://nowhere', { access: { schemes: ['path'] } });
const at = new Date('2026-06-01T12:00:00Z');

describe('JSON', () => {
  it('is one object for each file, with what is documented and no more', () => {
    const lines = report.files.map(toJsonLine);
    expect(lines.every(line => !line.includes('\n'))).toBe(true);
    expect(JSON.parse(lines[1])).toEqual({
      path: `${folder}/sub/evil.pkl`,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      format: 'pickle',
      verdict: 'malicious',
      findings: [
        {
          rule: 'pickle-dangerous-import',
          severity: 'critical',
          location: '@2',
          message: expect.any(String),
        },
      ],
    });
    expect(Object.keys(JSON.parse(lines[3]))).toEqual([
      'path',
      'format',
      'verdict',
      'findings',
    ]);
  });

  it('tells of artifacts that could not be listed', async () => {
    const whole = reportOfWhole(await failed());
    expect(JSON.parse(toJsonLine(whole ?? report.files[0]))).toMatchObject({
      path: 'ftp://nowhere',
      verdict: 'error',
      findings: [{ rule: 'unreadable' }],
    });
    expect(reportOfWhole(report)).toBeUndefined();
  });
});

describe('SARIF', () => {
  it('is valid, with rules that help and places that are found', async () => {
    const log = toSarif([report, await failed()], { version: '1.2.3' });
    expect(sarifErrors(JSON.parse(JSON.stringify(log)))).toEqual([]);
    const [run] = log.runs;
    expect(run.tool.driver.rules?.length).toBe(Object.keys(rules).length);
    const evil = run.results?.find(it =>
      it.locations?.[0].physicalLocation?.artifactLocation?.uri?.endsWith(
        'sub/evil.pkl',
      ),
    );
    expect(evil).toMatchObject({
      ruleId: 'pickle-dangerous-import',
      level: 'error',
      locations: [{ physicalLocation: { region: { byteOffset: 2 } } }],
    });
    expect(run.tool.driver.rules?.[evil?.ruleIndex ?? -1].id).toBe(
      evil?.ruleId,
    );
    expect(run.artifacts?.[0].location?.uri).toMatch(
      /^file:\/\/.*\/a%20b%25\.pkl$/,
    );
    expect(run.invocations?.[0]).toMatchObject({ executionSuccessful: false });
    expect(run.invocations?.[0].toolExecutionNotifications?.length).toBe(3);
  });

  it('would be found wrong if it were', () => {
    expect(sarifErrors({ version: '2.1.0', runs: [{}] })).not.toEqual([]);
  });
});

describe('CycloneDX', () => {
  it('is valid for one model, with the digest of every file', () => {
    const bom = toCycloneDx([report], {
      version: '1.2.3',
      at,
      subjects: [
        {
          name: 'acme/tiny',
          version: '1',
          licences: [{ id: 'Apache-2.0' }, { name: 'LicenseRef-own' }],
          modelCard: { modelParameters: { task: 'text-generation' } },
        },
      ],
    });
    expect(bomErrors(bom)).toEqual([]);
    expect(bom).toMatchObject({
      metadata: {
        component: { type: 'machine-learning-model', name: 'acme/tiny' },
      },
      compositions: [{ aggregate: 'incomplete' }],
    });
    const components = bom.components as Record<string, unknown>[];
    expect(components.map(({ name, hashes }) => [name, hashes])).toEqual(
      report.files.map(({ path: name, sha256 }) => [
        name,
        sha256 && [{ alg: 'SHA-256', content: sha256 }],
      ]),
    );
    expect(bom.vulnerabilities).toContainEqual(
      expect.objectContaining({
        id: 'pickle-dangerous-import',
        affects: [{ ref: `${folder}#sub/evil.pkl` }],
      }),
    );
  });

  it('is valid for several, and names where they come from', async () => {
    const hub: ArtifactReport = {
      ...report,
      uri: 'hf://acme/tiny',
      pinnedUri: `hf://acme/tiny@${'c'.repeat(40)}`,
    };
    const oci: ArtifactReport = {
      ...(await failed()),
      uri: 'oci://host:5000/acme/tiny:v1',
      pinnedUri: `oci://host:5000/acme/tiny@sha256:${'d'.repeat(64)}`,
    };
    const bom = toCycloneDx([hub, oci], { version: '1.2.3', at });
    expect(bomErrors(bom)).toEqual([]);
    expect(bom.components).toMatchObject([
      {
        name: 'acme/tiny',
        purl: `pkg:huggingface/acme/tiny@${'c'.repeat(40)}`,
      },
      {
        name: 'acme/tiny',
        purl: `pkg:oci/tiny@sha256%3A${'d'.repeat(
          64,
        )}?repository_url=host%3A5000%2Facme%2Ftiny`,
      },
    ]);
  });

  it('is the same for the same scan', () => {
    const make = (moment: Date) =>
      toCycloneDx([report], { version: '1.2.3', at: moment });
    expect(make(at)).toEqual(make(at));
    expect(make(at).serialNumber).not.toBe(make(new Date(0)).serialNumber);
  });

  it('would be found wrong if it were', () => {
    expect(
      bomErrors({ bomFormat: 'CycloneDX', specVersion: '1.6', components: 1 }),
    ).not.toEqual([]);
  });
});

describe('what people read', () => {
  it('names file, finding and place, and obeys no file name', () => {
    const text = report.files.map(it => formatFile(it)).join('\n');
    expect(text).toContain(`✗ malicious  ${folder}/sub/evil.pkl  pickle`);
    expect(text).toContain('critical  pickle-dangerous-import  @2');
    expect(text).not.toContain('\u001b');
    expect(text).toContain('y\\u001b[2J');
    expect(formatFile(report.files[1], { hasColour: true })).toContain(
      '\u001b[31m✗ malicious',
    );
  });

  it('sums up, and explains each rule once', () => {
    const text = formatSummary([report]);
    expect(text).toContain('4 files');
    expect(text).toContain('1 could not be judged');
    expect(text.split('artifact-link-outside:').length).toBe(2);
  });

  it('counts findings of one rule that are many', () => {
    const [finding] = report.files[1].findings;
    const text = formatFile({
      ...report.files[1],
      findings: Array.from({ length: 25 }, () => finding),
    });
    expect(text).toContain('… and 15 more of pickle-dangerous-import');
  });

  it.each([
    [0, '0 bytes'],
    [1023, '1023 bytes'],
    [1536, '1.5 KiB'],
    [20 * 1024 ** 3, '20.0 GiB'],
  ])('%d bytes', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
