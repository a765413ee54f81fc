import type {
  ArtifactScanEvidence,
  ArtifactScanFinding,
  Finding,
  ModelArtifact,
  ModelEntityV1alpha1,
} from '@modelhub/backstage-plugin-models-common';
import type { GateOutcome } from '@modelhub/backstage-plugin-models-node';
import { billOfMaterials } from './documents';
import { scannerVersion } from './scannerVersion';
import type { ScanResult } from './ScanResult';
import { clean, isUnreadable } from './summarise';

export interface ScanParams {
  failOn?: Finding['severity'];
  requireArtifact?: boolean;
}

/** From the laxest `failOn` to the strictest. */
export const severityOrder: Finding['severity'][] = [
  'critical',
  'high',
  'medium',
  'low',
  'info',
];

const DIGEST_RULE = 'artifact-digest-mismatch';
/** What lists and messages show; all that is kept is in the evidence. */
const SHOWN = 20;

/** What a policy makes of what was found. */
export function judge(
  artifact: ModelArtifact,
  scan: { result: ScanResult; scannedAt: string; reused: boolean },
  params: ScanParams,
  about: { entity: ModelEntityV1alpha1; version: string },
): GateOutcome {
  const { documents, omitted, findings, ...result } = scan.result;
  const failOn = params.failOn ?? 'high';
  const reaches = (severity: Finding['severity']) =>
    severityOrder.indexOf(severity) <= severityOrder.indexOf(failOn);
  const judged = findings.map(
    (finding): ArtifactScanFinding => ({
      ...finding,
      blocks: reaches(finding.severity) || isUnreadable(finding.rule),
    }),
  );
  // Counted over all findings, of which only the gravest are listed.
  const blocked =
    severityOrder.some(it => reaches(it) && result.counts[it] > 0) ||
    result.notRead.length > 0 ||
    result.verdict === 'error' ||
    result.digest === undefined;
  const evidence: ArtifactScanEvidence = {
    kind: 'artifact-scan',
    uri: clean(artifact.uri, 2000),
    ...(artifact.digest && { declaredDigest: artifact.digest }),
    ...result,
    scannedAt: scan.scannedAt,
    scanner: scannerVersion,
    reused: scan.reused,
    failOn,
    findings: judged,
  };
  return {
    verdict: verdictOf(blocked, result.counts),
    summary: summaryOf(evidence, judged, blocked),
    findings: judged.slice(0, SHOWN).map(asGateFinding),
    evidence: {
      ...evidence,
      ...(omitted.length > 0 && { omitted }),
    },
    files: [
      ...billOfMaterials(documents, { ...about, scannedAt: scan.scannedAt }),
      ...documents,
    ],
  };
}

function verdictOf(blocked: boolean, counts: ScanResult['counts']) {
  if (blocked) return 'fail';
  return counts.critical + counts.high + counts.medium > 0 ? 'warn' : 'pass';
}

/** As the scanner writes it: the file, members of archives after `!`, the offset after `@`. */
const place = ({ file, location }: ArtifactScanFinding) =>
  [file, location]
    .filter(Boolean)
    .join('!')
    .replace(/!(@\d+)$/, '$1');

function summaryOf(
  evidence: ArtifactScanEvidence,
  findings: ArtifactScanFinding[],
  blocked: boolean,
): string {
  const digest = findings.find(({ rule }) => rule === DIGEST_RULE);
  if (digest) {
    return `The artifact is not what the catalog says: it ${digest.message}.`;
  }
  const [worst] = findings.filter(({ blocks }) => blocks === blocked);
  const total = findings.length + evidence.moreFindings;
  const read = `${evidence.files} ${evidence.files === 1 ? 'file' : 'files'}`;
  if (!worst) {
    return blocked
      ? 'The artifact could not be judged to its end.'
      : `Nothing was found in ${read}.`;
  }
  const where = place(worst);
  const more = total > 1 ? ` And ${total - 1} more.` : '';
  return `${worst.title}${where ? ` (${where})` : ''}: ${
    worst.message
  }.${more}`;
}

function asGateFinding(finding: ArtifactScanFinding, index: number): Finding {
  const { rule, severity, title, message, explanation } = finding;
  const where = place(finding);
  return {
    id: `${rule}-${index + 1}`,
    severity,
    message: `${title}${where ? ` in ${where}` : ''}: ${message}`,
    howToFix: explanation,
  };
}
