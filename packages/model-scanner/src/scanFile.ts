import { verdictOf } from './engine/verdict';
import { rules, type RuleId } from './rules';
import { scanSource } from './scanSource';
import { ArtifactError, type ArtifactFile, type ByteSource } from './source';
import { WatchedSource } from './source/WatchedSource';
import type { FileReport, Finding, ScanLimits } from './types';

const LFS_POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n/;
/** The specification bounds pointers. */
const LONGEST_POINTER = 1024;

const finding = (rule: RuleId, message: string): Finding => ({
  rule,
  severity: rules[rule].severity,
  location: '',
  message,
});

const remarksOn = ({ remarks = [] }: ArtifactFile): Finding[] =>
  remarks.map(it => finding(it.rule, it.message));

const ruleOf = (error: ArtifactError): RuleId =>
  error.reason === 'changed' ? 'artifact-changed' : 'unreadable';

/** Scans one file of an artifact. */
export async function scanFile(
  file: ArtifactFile,
  options: {
    limits?: Partial<ScanLimits>;
    signal?: AbortSignal;
    isHeaderOnly?: boolean;
    onBytes?: (count: number) => void;
    /** Told of the size of a file that the list does not tell. */
    onSize?: (bytes: number) => void;
  },
): Promise<{ report: FileReport; isTransient: boolean }> {
  const { signal } = options;
  if (file.problem) {
    return failed(file, file.problem.rule, file.problem.message);
  }
  let opened: ByteSource | undefined;
  try {
    opened = await file.open({ signal });
    if (file.sizeBytes === undefined) options.onSize?.(opened.size);
    const pointer = await pointerIn(opened);
    if (pointer) return failed(file, 'artifact-not-fetched', pointer);
    const source = new WatchedSource(opened);
    const report = await scanSource(source, {
      limits: options.limits,
      signal,
      onBytes: options.onBytes,
      digest: !options.isHeaderOnly,
    });
    await source.verifyUnchanged();
    return {
      report: judged(file, report, {
        failure: source.failure,
        isHeaderOnly: options.isHeaderOnly ?? false,
      }),
      isTransient: source.failure?.isTransient ?? false,
    };
  } catch (error) {
    signal?.throwIfAborted();
    const isKnown = error instanceof ArtifactError;
    return failed(
      file,
      isKnown ? ruleOf(error) : 'unreadable',
      (error as Error).message,
      isKnown && error.isTransient,
    );
  } finally {
    await opened?.close();
  }
}

/** What the scan says, with what the reading and the registry say to it. */
function judged(
  file: ArtifactFile,
  scanned: FileReport,
  {
    failure,
    isHeaderOnly,
  }: { failure: ArtifactError | undefined; isHeaderOnly: boolean },
): FileReport {
  const sha256 = isHeaderOnly ? file.sha256 : scanned.sha256;
  let findings = [...remarksOn(file), ...scanned.findings];
  if (failure) {
    findings = [
      ...findings.filter(
        ({ rule, message }) =>
          rule !== 'unreadable' || message !== failure.message,
      ),
      finding(ruleOf(failure), failure.message),
    ];
  }
  if (file.sha256 && sha256 && sha256 !== file.sha256) {
    findings = [
      ...findings,
      finding(
        'artifact-digest-mismatch',
        `has the digest ${sha256}; the registry says ${file.sha256}`,
      ),
    ];
  }
  return {
    path: file.path,
    ...(sha256 && { sha256 }),
    ...(isHeaderOnly && sha256 && { isDigestClaimed: true }),
    sizeBytes: scanned.sizeBytes,
    format: scanned.format,
    verdict: verdictOf(findings),
    findings,
  };
}

async function pointerIn(source: ByteSource): Promise<string | undefined> {
  if (source.size > LONGEST_POINTER) return undefined;
  const text = (await source.read(0, LONGEST_POINTER)).toString('utf8');
  if (!LFS_POINTER.test(text)) return undefined;
  const oid = /^oid (\S+)$/m.exec(text)?.[1];
  const size = /^size (\d+)$/m.exec(text)?.[1];
  return `is a pointer of Git LFS to ${oid ?? 'a file'} of ${
    size ?? 'unknown'
  } bytes, which was not fetched`;
}

function failed(
  file: ArtifactFile,
  rule: RuleId,
  message: string,
  isTransient = false,
): { report: FileReport; isTransient: boolean } {
  const { path, sizeBytes } = file;
  return {
    report: {
      path,
      ...(sizeBytes !== undefined && { sizeBytes }),
      format: 'unknown',
      verdict: 'error',
      findings: [...remarksOn(file), finding(rule, message)],
    },
    isTransient,
  };
}
