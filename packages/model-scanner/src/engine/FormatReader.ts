import type { RuleId } from '../rules';
import type { ByteSource } from '../source';
import type { ScanLimits, Severity } from '../types';

/** What a file shows at first sight. */
export interface Probe {
  /** Last part of its path. */
  name: string;
  /** Lower case, without the dot; empty without one. */
  extension: string;
  size: number;
  /** The first 64 KiB at most. */
  head: Buffer;
  /** The last 64 KiB and 22 bytes at most: where a zip keeps its directory. */
  tail: Buffer;
}

/** What readers are told about what lies around the part they read. */
export interface Surroundings {
  /** An archive of torch: persistent ids name storages. */
  torch?: boolean;
  /** An archive of TorchScript: classes below `__torch__` are its own. */
  torchScript?: boolean;
}

/** What a reader of a format works with. */
export interface ScanContext {
  readonly limits: ScanLimits;
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal | undefined;
  /** Tells of a finding, at an offset of this part. */
  report(
    rule: RuleId,
    message: string,
    options?: { offset?: number; severity?: Severity },
  ): void;
  /** Scans a part of this file as a file of its own. */
  scanPart(part: ByteSource, surroundings?: Surroundings): Promise<void>;
  /**
   * Scans a part that comes as a stream, for which it is held in memory. A part
   * that is too large for that is read as it comes where its format can be, and
   * a finding otherwise; the stream is read to its end all the same when `drain`
   * says so.
   */
  scanStream(
    name: string,
    stream: AsyncIterable<Buffer>,
    options?: { surroundings?: Surroundings; drain?: boolean },
  ): Promise<void>;
  /** Counts what was unpacked; throws a {@link LimitError} beyond the limit. */
  spend(bytes: number): void;
}

/** Reads one format. */
export interface FormatReader {
  id: string;
  title: string;
  /** Extensions under which the format is expected, without dots. */
  extensions: string[];
  /**
   * Whether the bytes are of the format. By content wherever the format has a
   * mark; by name only where it has none.
   */
  matches(probe: Probe): boolean;
  /**
   * The format is looked for only where no other matched, and gives way to one
   * to which the extension belongs.
   */
  isFallback?: boolean;
  /** A fallback that is read even where the extension belongs to another. */
  insists?(probe: Probe): boolean;
  read(source: ByteSource, context: ScanContext): Promise<void>;
  /**
   * Reads what is too large to be held and can be read only once, in order.
   * Without it such a part is a finding.
   */
  readStream?(
    stream: AsyncIterable<Buffer>,
    name: string,
    context: ScanContext,
  ): Promise<void>;
}

/** A bound of the scan was reached. */
export class LimitError extends Error {
  constructor(
    message: string,
    readonly rule: Extract<RuleId, 'too-large' | 'too-deep' | 'archive-bomb'>,
  ) {
    super(message);
  }
}

/** What a format holds cannot be read on. */
export class PartError extends Error {
  constructor(message: string, readonly rule: RuleId) {
    super(message);
  }
}
