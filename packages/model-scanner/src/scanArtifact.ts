import { createHash } from 'node:crypto';
import { inOrder } from './engine/inOrder';
import { verdictOf, worstOf } from './engine/verdict';
import { rules, type RuleId } from './rules';
import { scanFile } from './scanFile';
import {
  ArtifactError,
  openArtifact,
  type ArtifactFile,
  type ArtifactSource,
  type OpenArtifactOptions,
} from './source';
import type { FileReport, Finding, ScanLimits, Verdict } from './types';

/**
 * How far a scan is. Sizes are bytes.
 *
 * @public
 */
export interface ScanProgress {
  /** The file that was read last. */
  path: string;
  filesDone: number;
  files: number;
  bytesDone: number;
  /** Of all files whose size is known by now. */
  bytes: number;
}

/**
 * What was found in an artifact.
 *
 * @public
 */
export interface ArtifactReport {
  uri: string;
  /** With the commit or digest that was scanned. */
  pinnedUri: string;
  /**
   * `sha256:…`. Of an OCI artifact its manifest's; of one file its own; of
   * several that of the text which `sha256sum` writes for them, sorted by path:
   * a line of digest, two spaces, path, line feed for each. Absent when a file
   * has no digest.
   */
  digest?: string;
  sizeBytes: number;
  /** The gravest of all files and of the artifact as a whole. */
  verdict: Verdict;
  /** Of the artifact as a whole: it cannot be listed, or is not what was promised. */
  findings: Finding[];
  files: FileReport[];
  /** Paths that were not scanned because the options say so. */
  leftOut: string[];
  /** A failure may pass: it is worth another try. */
  isTransient: boolean;
}

/**
 * How an artifact is scanned.
 *
 * @public
 */
export interface ScanArtifactOptions {
  limits?: Partial<ScanLimits>;
  signal?: AbortSignal;
  /** Files at a time; 2 by default. Large ones are scanned alone. */
  concurrency?: number;
  /**
   * Reads only what the formats need, and takes the registry's word for
   * digests; files of which it gives none get none.
   */
  isHeaderOnly?: boolean;
  /** What {@link ArtifactReport.digest} has to be, `sha256:…`. */
  expectedDigest?: string;
  onProgress?: (progress: ScanProgress) => void;
  /** Each file as it is done, in the order of the list. */
  onFile?: (report: FileReport) => void | Promise<void>;
}

/**
 * Scans every file of an artifact. What cannot be read is in the report and
 * never a pass; only an abort throws.
 *
 * @public
 */
export async function scanArtifact(
  artifact: string,
  options: ScanArtifactOptions & OpenArtifactOptions,
): Promise<ArtifactReport>;
/** @public */
export async function scanArtifact(
  artifact: ArtifactSource,
  options?: ScanArtifactOptions,
): Promise<ArtifactReport>;
export async function scanArtifact(
  artifact: string | ArtifactSource,
  options: ScanArtifactOptions & Partial<OpenArtifactOptions> = {},
): Promise<ArtifactReport> {
  const report: ArtifactReport = {
    uri: typeof artifact === 'string' ? artifact : artifact.uri,
    pinnedUri: typeof artifact === 'string' ? artifact : artifact.uri,
    sizeBytes: 0,
    verdict: 'error',
    findings: [],
    files: [],
    leftOut: [],
    isTransient: false,
  };
  options.signal?.throwIfAborted();
  let source: ArtifactSource | undefined;
  try {
    source =
      typeof artifact === 'string'
        ? await openArtifact(artifact, {
            ...options,
            access: options.access ?? { schemes: [] },
          })
        : artifact;
    await scanFiles(source, options, report);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!(error instanceof ArtifactError)) throw error;
    report.isTransient ||= error.isTransient;
    add(report, 'unreadable', error.message);
  } finally {
    if (typeof artifact === 'string') await source?.close();
  }
  const { files, findings } = report;
  report.verdict = worstOf([
    verdictOf(findings),
    ...files.map(({ verdict }) => verdict),
  ]);
  return report;
}

/** Two of that size would not fit into the memory that a scan may take. */
const ALONE_BYTES = 16 * 1024 * 1024;

const isAlone = ({ sizeBytes }: ArtifactFile) =>
  (sizeBytes ?? Infinity) > ALONE_BYTES;

async function scanFiles(
  source: ArtifactSource,
  options: ScanArtifactOptions,
  report: ArtifactReport,
): Promise<void> {
  const { signal, concurrency = 2 } = options;
  const listed: ArtifactFile[] = [];
  for await (const file of source.list({ signal })) listed.push(file);
  report.pinnedUri = source.pinnedUri;
  report.leftOut = [...source.leftOut];
  const progress: ScanProgress = {
    path: '',
    filesDone: 0,
    files: listed.length,
    bytesDone: 0,
    bytes: listed.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0),
  };
  const scans = inOrder(listed, { concurrency, isAlone }, async file => {
    const scanned = await scanFile(file, {
      ...options,
      onSize: bytes => {
        progress.bytes += bytes;
      },
      onBytes: count => {
        progress.path = file.path;
        progress.bytesDone += count;
        options.onProgress?.({ ...progress });
      },
    });
    progress.path = file.path;
    progress.filesDone += 1;
    options.onProgress?.({ ...progress });
    return scanned;
  });
  for await (const { report: scanned, isTransient } of scans) {
    signal?.throwIfAborted();
    const { path, ...rest } = scanned;
    const file = { path, address: source.addressOf(path), ...rest };
    report.files.push(file);
    report.sizeBytes += file.sizeBytes ?? 0;
    report.isTransient ||= isTransient;
    await options.onFile?.(file);
  }
  if (listed.length === 0) {
    add(report, 'artifact-empty', `${source.uri} holds no files`);
  }
  const digest = source.digest ?? digestOf(report.files);
  if (digest !== undefined) report.digest = digest;
  compareDigest(report, options.expectedDigest);
}

function digestOf(files: FileReport[]): string | undefined {
  if (files.length === 0 || !files.every(({ sha256 }) => sha256)) {
    return undefined;
  }
  if (files.length === 1) return `sha256:${files[0].sha256}`;
  const hash = createHash('sha256');
  const byPath = files
    .map(({ path, sha256 }) => ({ path, sha256 }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const { path, sha256 } of byPath) hash.update(`${sha256}  ${path}\n`);
  return `sha256:${hash.digest('hex')}`;
}

function compareDigest(
  report: ArtifactReport,
  expected: string | undefined,
): void {
  if (expected === undefined) return;
  const wanted = expected.toLowerCase().replace(/^(?!sha256:)/, 'sha256:');
  if (report.digest !== wanted) {
    add(
      report,
      'artifact-digest-mismatch',
      `is ${report.digest ?? 'of no known digest'} and not ${wanted}`,
    );
  }
}

function add(report: ArtifactReport, rule: RuleId, message: string): void {
  report.findings.push({
    rule,
    severity: rules[rule].severity,
    location: '',
    message,
  });
}
