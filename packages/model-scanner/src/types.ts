/**
 * How grave a finding is.
 *
 * @public
 */
export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical';

/**
 * What a file is held for: `malicious` runs code that it has no business to
 * run, `suspicious` may, `error` could not be read to its end, so nobody knows.
 *
 * @public
 */
export type Verdict = 'clean' | 'suspicious' | 'malicious' | 'error';

/**
 * Something in a file that a person should know before the file is loaded.
 *
 * @public
 */
export interface Finding {
  /** Id of the rule, see {@link rules}. */
  rule: string;
  severity: Severity;
  /**
   * Where: the members of archives joined by `!`, then `@` and the offset in
   * bytes, for example `archive/data.pkl@112`; empty for the file as a whole.
   */
  location: string;
  message: string;
}

/**
 * What was found in one file.
 *
 * @public
 */
export interface FileReport {
  /** As the repository names it. */
  path: string;
  /** What names the file alone, where it is one of an artifact. */
  address?: string;
  /** Lower-case hex; absent when the bytes could not be read to their end. */
  sha256?: string;
  /** The digest is the registry's word, for the bytes were not read whole. */
  isDigestClaimed?: true;
  sizeBytes?: number;
  /** Id of the format, or several joined by `+` when the bytes are several things at once. */
  format: string;
  verdict: Verdict;
  findings: Finding[];
}

/**
 * Bounds on what a scan takes. All sizes are bytes.
 *
 * @public
 */
export interface ScanLimits {
  /** Archives within archives. */
  maxDepth: number;
  /** Members of one archive. */
  maxMembers: number;
  /** A compressed member that has to be held in memory. */
  maxHeldBytes: number;
  /** Unpacked bytes of one file, all members together. */
  maxUnpackedBytes: number;
  /** Unpacked by packed bytes of a member of more than a MiB. */
  maxRatio: number;
  /** Findings of one file; what comes after is counted only. */
  maxFindings: number;
}
