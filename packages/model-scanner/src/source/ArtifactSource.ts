import type { ByteSource } from './ByteSource';
import type { RuleId } from '../rules';

/**
 * What is wrong with a file, as the folder or registry shows it before it is
 * opened.
 *
 * @public
 */
export interface ArtifactProblem {
  rule: RuleId;
  message: string;
}

/**
 * One file of an artifact.
 *
 * @public
 */
export interface ArtifactFile {
  /** As the artifact names it, with `/` between folders. */
  readonly path: string;
  /** What the list says; the bytes decide. */
  readonly sizeBytes?: number;
  /**
   * What the registry says it is, lower-case hex. A scan that reads the file
   * whole compares it.
   */
  readonly sha256?: string;
  /** Of a layer in an OCI registry: what it is, and what is noted on it. */
  readonly mediaType?: string;
  readonly annotations?: Record<string, string>;
  /** What its name alone says; findings beside those in the file. */
  readonly remarks?: ArtifactProblem[];
  /** Why the file cannot be read; it is a finding and `open` throws. */
  readonly problem?: ArtifactProblem;
  /** @throws ArtifactError when it cannot be read */
  open(options?: { signal?: AbortSignal }): Promise<ByteSource>;
}

/**
 * What a scan is given: a file, a folder or a repository in a registry.
 *
 * @public
 */
export interface ArtifactSource {
  /** As it was asked for. */
  readonly uri: string;
  /**
   * The same with what it was found to be: the commit of a Hugging Face
   * repository, the digest of an OCI manifest. Set once `list` has begun.
   */
  readonly pinnedUri: string;
  /** Of the OCI manifest, `sha256:…`; other artifacts have none of their own. */
  readonly digest?: string;
  /** What was left out because the options say so. */
  readonly leftOut: string[];
  /**
   * Every file, in an order that does not change.
   *
   * @throws ArtifactError when the list cannot be had whole
   */
  list(options?: { signal?: AbortSignal }): AsyncIterable<ArtifactFile>;
  /** What names one of its files alone. */
  addressOf(path: string): string;
  close(): Promise<void>;
}

/**
 * Why an artifact cannot be read.
 *
 * - `invalid`: the URI is none
 * - `not-allowed`: the access rules of the scan refuse it
 * - `unauthorised`: the registry refuses (401, 403)
 * - `not-found`: there is no such thing
 * - `changed`: other bytes than at the beginning of the scan
 * - `too-large`: beyond a limit of the scan
 * - `unsupported`: an answer that the scanner cannot work with
 * - `unavailable`: it may work later
 *
 * @public
 */
export type ArtifactErrorReason =
  | 'invalid'
  | 'not-allowed'
  | 'unauthorised'
  | 'not-found'
  | 'changed'
  | 'too-large'
  | 'unsupported'
  | 'unavailable';

/**
 * An artifact, or a part of it, cannot be read.
 *
 * @public
 */
export class ArtifactError extends Error {
  readonly reason: ArtifactErrorReason;

  constructor(
    reason: ArtifactErrorReason,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'ArtifactError';
    this.reason = reason;
  }

  /** Whether it may work later without anybody doing anything. */
  get isTransient(): boolean {
    return this.reason === 'unavailable';
  }
}
