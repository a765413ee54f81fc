import { createHash } from 'node:crypto';
import { isUnreadable } from '../engine/verdict';
import { rules, type Rule } from '../rules';
import type { ArtifactReport } from '../scanArtifact';
import type { FileReport, Finding, Severity } from '../types';
import { reportOfWhole } from './json';

/**
 * What a catalog knows of a model and a scan does not see.
 *
 * @public
 */
export interface BomSubject {
  /** By default what the URI names. */
  name?: string;
  version?: string;
  description?: string;
  publisher?: string;
  /** SPDX ids, or names of licences that have none. */
  licences?: { id?: string; name?: string; url?: string }[];
  /** As CycloneDX defines it, for instance with tasks and considerations. */
  modelCard?: Record<string, unknown>;
}

/**
 * A CycloneDX document, as JSON.
 *
 * @public
 */
export type CycloneDxBom = Record<string, unknown>;

const hashes = (sha256: string) => ({
  hashes: [{ alg: 'SHA-256', content: sha256 }],
});

const property = (name: string, value: string) => ({
  name: `modelhub:${name}`,
  value,
});

const refOf = ({ pinnedUri }: ArtifactReport, file?: FileReport) =>
  file ? `${pinnedUri}#${file.path}` : pinnedUri;

/**
 * Artifacts as a CycloneDX 1.6 bill of materials for machine learning: a
 * `machine-learning-model` for each artifact, a `file` with its digest for each
 * file, and the findings as vulnerabilities of the file.
 *
 * @param options - `version` of the scanner; `at`, the moment of the scan;
 * `subjects` in the order of the artifacts
 *
 * @public
 */
export function toCycloneDx(
  artifacts: ArtifactReport[],
  options: { version: string; at: Date; subjects?: BomSubject[] },
): CycloneDxBom {
  const models = artifacts.map((artifact, index) =>
    toModel(artifact, options.subjects?.[index] ?? {}),
  );
  const [only] = models.length === 1 ? models : [];
  const timestamp = options.at.toISOString();
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf([
      timestamp,
      ...artifacts.flatMap(it => [it.pinnedUri, it.digest ?? '']),
    ])}`,
    version: 1,
    metadata: {
      timestamp,
      tools: {
        components: [
          {
            type: 'application',
            name: 'modelhub scan',
            version: options.version,
          },
        ],
      },
      ...(only && { component: only.component }),
    },
    components: only
      ? only.files
      : models.map(({ component, files }) => ({
          ...component,
          ...(files.length > 0 && { components: files }),
        })),
    dependencies: models.map(({ component, files }) => ({
      ref: component['bom-ref'],
      dependsOn: files.map(file => file['bom-ref']),
    })),
    compositions: models.map(({ component, isComplete }) => ({
      aggregate: isComplete ? 'complete' : 'incomplete',
      assemblies: [component['bom-ref']],
    })),
    vulnerabilities: artifacts.flatMap(toVulnerabilities),
  };
}

function toModel(artifact: ArtifactReport, subject: BomSubject) {
  const { uri, pinnedUri, digest, files, findings, leftOut } = artifact;
  const purl = purlOf(pinnedUri);
  const isPath = !/^[a-z0-9+.-]+:\/\//i.test(pinnedUri);
  const component = {
    type: 'machine-learning-model',
    'bom-ref': refOf(artifact),
    name: subject.name ?? nameOf(uri),
    ...(subject.version && { version: subject.version }),
    ...(subject.description && { description: subject.description }),
    ...(subject.publisher && { publisher: subject.publisher }),
    ...(subject.licences && {
      licenses: subject.licences.map(({ id, name, url }) => ({
        license: {
          ...(id ? { id } : { name: name ?? 'unknown' }),
          ...(url && { url }),
        },
      })),
    }),
    ...(files.length === 1 && files[0].sha256 && hashes(files[0].sha256)),
    ...(purl && { purl }),
    ...(!isPath && {
      externalReferences: [{ type: 'distribution', url: encodeURI(pinnedUri) }],
    }),
    ...(subject.modelCard && { modelCard: subject.modelCard }),
    properties: [
      property('verdict', artifact.verdict),
      ...(digest ? [property('digest', digest)] : []),
      ...leftOut.map(path => property('left-out', path)),
    ],
  };
  return {
    component,
    files: files.map(file => toFile(artifact, file)),
    isComplete:
      findings.length === 0 &&
      leftOut.length === 0 &&
      files.every(({ sha256 }) => sha256),
  };
}

function toFile(artifact: ArtifactReport, file: FileReport) {
  return {
    type: 'file',
    'bom-ref': refOf(artifact, file),
    name: file.path,
    ...(file.sha256 && hashes(file.sha256)),
    properties: [
      property('format', file.format),
      property('verdict', file.verdict),
      ...(file.sizeBytes === undefined
        ? []
        : [property('size-bytes', String(file.sizeBytes))]),
      ...(file.isDigestClaimed ? [property('digest-claimed', 'true')] : []),
    ],
  };
}

function toVulnerabilities(artifact: ArtifactReport): object[] {
  const whole = reportOfWhole(artifact);
  return [
    ...(whole?.findings ?? []).map(it => toVulnerability(refOf(artifact), it)),
    ...artifact.files.flatMap(file =>
      file.findings.map(it => toVulnerability(refOf(artifact, file), it)),
    ),
  ];
}

function toVulnerability(ref: string, finding: Finding): object {
  const table: Record<string, Rule> = rules;
  const { rule, severity, location, message } = finding;
  return {
    'bom-ref': uuidOf([ref, rule, location, message]),
    id: rule,
    source: { name: 'modelhub scan' },
    ratings: [{ severity: severity satisfies Severity, method: 'other' }],
    description: table[rule]?.title ?? rule,
    detail: location ? `${location}: ${message}` : message,
    ...(table[rule] && { recommendation: table[rule].explanation }),
    affects: [{ ref }],
    ...(isUnreadable(rule) && {
      properties: [property('could-not-be-judged', 'true')],
    }),
  };
}

/** Last part of a path or a URI, without revision or digest. */
function nameOf(uri: string): string {
  const [, repo] =
    /^hf:\/\/(?:models\/)?([^/@]+\/[^/@]+)/.exec(uri) ??
    /^oci:\/\/[^/]+\/([^@]+?)(?::[\w.-]+)?(?:@.*)?$/.exec(uri) ??
    [];
  const last = uri.split(/[?#]/)[0].replace(/\/+$/, '').split('/').pop();
  return repo ?? (last || uri);
}

/** As the purl types `huggingface` and `oci` are defined. */
function purlOf(pinnedUri: string): string | undefined {
  const hub = /^hf:\/\/([^/@]+)\/([^/@]+)@([^/]+)/.exec(pinnedUri);
  if (hub) return `pkg:huggingface/${hub[1]}/${hub[2]}@${hub[3]}`;
  const oci = /^oci:\/\/(.+?)@(sha256:[0-9a-f]{64})$/.exec(pinnedUri);
  if (!oci) return undefined;
  const name = oci[1].split('/').pop() ?? '';
  return `pkg:oci/${name.toLowerCase()}@${encodeURIComponent(
    oci[2],
  )}?repository_url=${encodeURIComponent(oci[1])}`;
}

/** A UUID (RFC 9562, version 8) that is the same for the same things. */
function uuidOf(parts: string[]): string {
  const hex = createHash('sha256')
    .update(parts.join('\n'))
    .digest('hex')
    .slice(0, 32);
  const variant = ((parseInt(hex[16], 16) % 4) + 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
