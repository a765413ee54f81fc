import {
  isAtLeast,
  type ArtifactReport,
  type Severity,
} from '@modelhub/scanner';
import { EXIT } from '../exitCodes';

/**
 * What a scan ends with. Whatever could not be judged goes before what was
 * found: whoever puts up with findings must not put up with that unseen.
 */
export function exitCodeOf(
  artifacts: ArtifactReport[],
  failOn: Severity,
): number {
  const verdicts = artifacts.flatMap(({ findings, files }) => [
    ...(findings.length > 0 ? ['error'] : []),
    ...files.map(({ verdict }) => verdict),
  ]);
  if (verdicts.includes('error')) return EXIT.unable;
  const isFound = artifacts.some(({ files }) =>
    files.some(({ findings }) =>
      findings.some(({ severity }) => isAtLeast(severity, failOn)),
    ),
  );
  return isFound ? EXIT.bad : EXIT.ok;
}
