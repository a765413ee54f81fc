import { createHash } from 'node:crypto';
import type { Log, ReportingDescriptor, Result, Run } from 'sarif';
import { isUnreadable } from '../engine/verdict';
import { rules, type Rule } from '../rules';
import type { ArtifactReport } from '../scanArtifact';
import type { FileReport, Finding, Severity } from '../types';
import { reportOfWhole } from './json';

const LEVELS: Record<Severity, 'error' | 'warning' | 'note'> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** By the bands of CVSS, which code scanners sort by. */
const SCORES: Record<Severity, string> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '0.0',
};

const allRules: Rule[] = Object.values(rules);
const indexOfRule = new Map(allRules.map(({ id }, index) => [id, index]));

/**
 * Reports as a SARIF 2.1.0 log (OASIS), with every rule and its help, the
 * digests of the files, and what could not be scanned as a failed invocation.
 *
 * @public
 */
export function toSarif(
  artifacts: ArtifactReport[],
  options: { version: string },
): Log {
  const files = artifacts.flatMap(artifact => [
    ...[reportOfWhole(artifact)].filter(it => it !== undefined),
    ...artifact.files,
  ]);
  const run: Run = {
    tool: {
      driver: {
        name: 'modelhub',
        semanticVersion: options.version,
        rules: allRules.map(toDescriptor),
      },
    },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: files.every(({ verdict }) => verdict !== 'error'),
        toolExecutionNotifications: files.flatMap(file =>
          file.findings
            .filter(({ rule }) => isUnreadable(rule))
            .map(it => ({
              level: 'error' as const,
              message: { text: it.message },
              associatedRule: { id: it.rule, index: indexOfRule.get(it.rule) },
              locations: [locationOf(file, it)],
            })),
        ),
      },
    ],
    artifacts: files.map(file => ({
      location: { uri: uriOf(file) },
      ...(file.sizeBytes !== undefined && { length: file.sizeBytes }),
      ...(file.sha256 && { hashes: { 'sha-256': file.sha256 } }),
      properties: { format: file.format, verdict: file.verdict },
    })),
    results: files.flatMap((file, index) =>
      file.findings.map(finding => toResult(file, finding, index)),
    ),
  };
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  };
}

function toDescriptor(rule: Rule): ReportingDescriptor {
  return {
    id: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.explanation },
    help: {
      text: `${rule.title}. ${rule.explanation}`,
      markdown: `**${rule.title}**\n\n${rule.explanation}`,
    },
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: {
      'security-severity': SCORES[rule.severity],
      tags: ['security', 'machine-learning'],
    },
  };
}

function toResult(file: FileReport, finding: Finding, index: number): Result {
  const { rule, severity, location, message } = finding;
  return {
    ruleId: rule,
    ruleIndex: indexOfRule.get(rule),
    level: LEVELS[severity],
    message: { text: message },
    locations: [locationOf(file, finding, index)],
    partialFingerprints: {
      'modelhubFinding/v1': createHash('sha256')
        .update([rule, file.path, location, message].join('\n'))
        .digest('hex'),
    },
    properties: { severity },
  };
}

function locationOf(file: FileReport, { location }: Finding, index?: number) {
  // An offset within a member is none within the file.
  const [, offset] = /^@(\d+)$/.exec(location) ?? [];
  return {
    physicalLocation: {
      artifactLocation: {
        uri: uriOf(file),
        ...(index !== undefined && { index }),
      },
      ...(offset !== undefined && { region: { byteOffset: Number(offset) } }),
    },
    ...(location && {
      logicalLocations: [{ fullyQualifiedName: location, kind: 'member' }],
    }),
  };
}

/** Paths become references, relative where they are; URIs stay. */
function uriOf({ path, address = path }: FileReport): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(address) && URL.canParse(address)) {
    return new URL(address).href;
  }
  const reference = address
    .split('/')
    .map(part => encodeURIComponent(Buffer.from(part).toString()))
    .join('/');
  return address.startsWith('/') ? `file://${reference}` : reference;
}
