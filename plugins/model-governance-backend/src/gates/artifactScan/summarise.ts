import type { ArtifactScanFinding } from '@modelhub/backstage-plugin-models-common';
import {
  rules,
  type ArtifactReport,
  type Finding,
  type Rule,
  type Severity,
} from '@modelhub/scanner';
import { documentsOf } from './documents';
import type { ScanResult } from './ScanResult';

export const MAX_FINDINGS = 200;
export const MAX_NOT_READ = 100;

const severities: Severity[] = ['critical', 'high', 'medium', 'low', 'info'];
const table: Record<string, Rule | undefined> = rules;

/** Whether a finding of the rule means that a file was not judged to its end. */
export const isUnreadable = (rule: string) => table[rule]?.unreadable === true;

/**
 * Text of a file as it may be kept and shown: without control characters,
 * invisible ones, which turn the direction of writing, and halves of characters.
 */
export function clean(text: string, limit = 500): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '\ufffd');
  if (plain.length <= limit) return plain;
  // Not half of a character at the end.
  return `${plain.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** What is kept of a report, bounded whatever is in the files. */
export function summarise(report: ArtifactReport): ScanResult {
  const all = [
    ...report.findings.map(finding => ({ file: '', finding })),
    ...report.files.flatMap(({ path, findings }) =>
      findings.map(finding => ({ file: path, finding })),
    ),
  ].sort(
    (a, b) =>
      severities.indexOf(a.finding.severity) -
      severities.indexOf(b.finding.severity),
  );
  const unread = new Map<string, string>();
  for (const { file, finding } of all) {
    if (isUnreadable(finding.rule) && !unread.has(file)) {
      unread.set(file, finding.message);
    }
  }
  const formats = new Map<string, number>();
  for (const { format } of report.files) {
    formats.set(format, (formats.get(format) ?? 0) + 1);
  }
  const { documents, omitted } = documentsOf(report);
  return {
    pinnedUri: clean(report.pinnedUri, 2000),
    ...(report.digest && { digest: report.digest }),
    verdict: report.verdict,
    files: report.files.length,
    bytes: report.sizeBytes,
    formats: [...formats]
      .map(([format, files]) => ({ format: clean(format, 100), files }))
      .sort((a, b) => b.files - a.files)
      .slice(0, 50),
    counts: countsOf(all.map(({ finding }) => finding)),
    findings: all.slice(0, MAX_FINDINGS).map(present),
    moreFindings: Math.max(0, all.length - MAX_FINDINGS),
    notRead: [...unread]
      .slice(0, MAX_NOT_READ)
      .map(([file, reason]) => ({ file: clean(file), reason: clean(reason) })),
    moreNotRead: Math.max(0, unread.size - MAX_NOT_READ),
    documents,
    omitted,
  };
}

function countsOf(findings: Finding[]): ScanResult['counts'] {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

function present({
  file,
  finding,
}: {
  file: string;
  finding: Finding;
}): Omit<ArtifactScanFinding, 'blocks'> {
  const rule = table[finding.rule];
  return {
    rule: finding.rule,
    title: rule?.title ?? finding.rule,
    severity: finding.severity,
    file: clean(file),
    location: clean(finding.location),
    message: clean(finding.message),
    explanation: rule?.explanation ?? '',
  };
}
