import type { ArtifactReport } from '../scanArtifact';
import type { FileReport } from '../types';

/**
 * The report of one file as one line of JSON:
 * `{path, sha256, format, verdict, findings: [{rule, severity, location, message}]}`.
 * `sha256` is absent where nobody knows it.
 *
 * @public
 */
export function toJsonLine(file: FileReport): string {
  return JSON.stringify({
    path: file.address ?? file.path,
    sha256: file.sha256,
    format: file.format,
    verdict: file.verdict,
    findings: file.findings.map(({ rule, severity, location, message }) => ({
      rule,
      severity,
      location,
      message,
    })),
  });
}

/**
 * What was found on an artifact as a whole as a report of its own, as if it were
 * a file: that it could not be listed, or is not what was promised.
 *
 * @public
 */
export function reportOfWhole(
  artifact: ArtifactReport,
): FileReport | undefined {
  const { uri, findings } = artifact;
  if (findings.length === 0) return undefined;
  return { path: uri, format: 'unknown', verdict: 'error', findings };
}
