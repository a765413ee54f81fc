import type { UsageRecord } from '@modelhub/governance-protocol';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { flatJson } from '../text/flatJson';
import { lostRecordOf } from './records';
import { readSegment, segmentFile, segmentOf, type Segment } from './segments';

/** Fewer than a batch may hold, so that calls in flight always fit. */
const SEALED_FROM_RECORDS = 500;

interface Active {
  segment: Segment;
  fd: number;
  records: number;
  /** Of the first record, by the monotonic clock. */
  since: number | undefined;
}

/**
 * Records on disk until the control plane has them: append-only segment files,
 * each of which becomes one batch with the id that its name holds.
 *
 * What was handed over is written at the end of the same turn of the event
 * loop, by one system call, and so survives the end of the process; it is
 * synced to the disk when its segment is sealed. A call is written down when it
 * begins, too: one whose end was not written before the process was killed is
 * found at the next start.
 */
export class Spool {
  readonly #dir: string;
  readonly #onError: (error: Error) => void;
  readonly #sealed: Segment[] = [];
  readonly #open = new Map<string, string>();
  readonly #rejected: string[] = [];
  #active: Active | undefined;
  #number = 0;
  #pending = '';
  #isScheduled = false;
  #bytes = 0;
  #syncing: Promise<void> = Promise.resolve();

  private constructor(dir: string, onError: (error: Error) => void) {
    this.#dir = dir;
    this.#onError = onError;
  }

  /**
   * Takes over what is on disk: every old segment is sealed, and calls that
   * never ended get a segment of their own.
   *
   * @param options - `found` gets every record that waits on disk; `onError`
   * hears of what cannot be written or read
   */
  static open(options: {
    dir: string;
    found: (record: UsageRecord) => void;
    onError: (error: Error) => void;
  }): Spool {
    fs.mkdirSync(options.dir, { recursive: true, mode: 0o700 });
    const spool = new Spool(options.dir, options.onError);
    spool.#takeOver(options.found);
    return spool;
  }

  /** Of all files, with what is about to be written. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Segments that wait to be sent. */
  get waiting(): number {
    return this.#sealed.length;
  }

  /** Files that the control plane did not take; somebody has to look at them. */
  get rejected(): number {
    return this.#rejected.length;
  }

  /** @param beginning - the JSON of what is known of a call */
  begin(id: string, beginning: string): void {
    const line = `?${beginning}\n`;
    this.#open.set(id, line);
    this.#write(line);
  }

  /**
   * The end of a call that began, or a record of its own.
   *
   * @returns whether it is taken; not where no file can be made
   */
  add(record: UsageRecord): boolean {
    this.#open.delete(record.id);
    const active = this.#write(`+${flatJson(record)}\n`);
    if (!active) {
      return false;
    }
    active.records += 1;
    active.since ??= performance.now();
    if (active.records >= SEALED_FROM_RECORDS) {
      this.seal();
    }
    return true;
  }

  /** A call that began here has ended, and its record is kept elsewhere. */
  forget(id: string): void {
    if (this.#open.delete(id)) {
      this.#write(`-{"id":"${id}"}\n`);
    }
  }

  /** Seals what has waited for so long, in milliseconds. */
  sealOlderThan(ms: number): void {
    const since = this.#active?.since;
    if (since !== undefined && performance.now() - since >= ms) {
      this.seal();
    }
  }

  /** Begins a new segment; calls that have not ended move to it. */
  seal(): void {
    this.flush();
    const active = this.#active;
    if (!active || active.records === 0) {
      return;
    }
    this.#active = undefined;
    this.#sealed.push(active.segment);
    for (const line of this.#open.values()) {
      this.#write(line);
    }
    this.flush();
    this.#syncing = Promise.all([
      this.#syncing,
      new Promise<void>(resolve => {
        fs.fdatasync(active.fd, error => {
          if (error) this.#onError(error);
          fs.close(active.fd, () => resolve());
        });
      }),
    ]).then(() => undefined);
  }

  /** Writes what was handed over, now. */
  flush(): void {
    this.#isScheduled = false;
    const text = this.#pending;
    if (text === '' || !this.#active) {
      return;
    }
    this.#pending = '';
    try {
      fs.writeFileSync(this.#active.fd, text);
    } catch (error) {
      // Kept in memory and written with the next line. What was written of it
      // before the disk was full is torn: it gets a line of its own.
      this.#pending = `\n${text}`;
      this.#onError(error as Error);
    }
  }

  /** The oldest segment that is to be sent. */
  next(): Segment | undefined {
    return this.#sealed[0];
  }

  async recordsOf(segment: Segment): Promise<string[]> {
    const text = await fs.promises.readFile(this.#path(segment.file), 'utf8');
    return readSegment(text).records;
  }

  /** The control plane has it. */
  async remove(segment: Segment): Promise<void> {
    await fs.promises.rm(this.#path(segment.file), { force: true });
    this.#leave(segment);
  }

  /** The control plane will never take it: it stays on disk under another name. */
  async reject(segment: Segment): Promise<void> {
    const file = `${segment.file}.rejected`;
    await fs.promises.rename(this.#path(segment.file), this.#path(file));
    this.#rejected.push(file);
    this.#leave(segment);
  }

  async close(): Promise<void> {
    this.seal();
    this.flush();
    await this.#syncing;
    if (this.#active) {
      fs.closeSync(this.#active.fd);
      this.#active = undefined;
    }
  }

  #leave(segment: Segment): void {
    const at = this.#sealed.indexOf(segment);
    if (at >= 0) {
      this.#sealed.splice(at, 1);
      this.#bytes -= segment.bytes;
    }
  }

  #path(file: string): string {
    return path.join(this.#dir, file);
  }

  #write(line: string): Active | undefined {
    const active = this.#active ?? this.#create();
    if (!active) {
      return undefined;
    }
    // Nearly all of it is ASCII.
    active.segment.bytes += line.length;
    this.#bytes += line.length;
    this.#pending += line;
    if (!this.#isScheduled) {
      this.#isScheduled = true;
      setImmediate(() => this.flush());
    }
    return active;
  }

  #create(): Active | undefined {
    this.#number += 1;
    const file = segmentFile(this.#number, randomUUID());
    const segment = { ...segmentOf(file)!, bytes: 0 };
    try {
      const fd = fs.openSync(this.#path(file), 'a', 0o600);
      this.#active = { segment, fd, records: 0, since: undefined };
      return this.#active;
    } catch (error) {
      this.#onError(error as Error);
      return undefined;
    }
  }

  #takeOver(found: (record: UsageRecord) => void): void {
    const files = fs.readdirSync(this.#dir).sort();
    this.#rejected.push(...files.filter(it => it.endsWith('.rejected')));
    const segments = files.flatMap(file => segmentOf(file) ?? []);
    let lost: UsageRecord[] = [];
    for (const segment of segments) {
      const text = fs.readFileSync(this.#path(segment.file), 'utf8');
      const { records, begun } = readSegment(text);
      // Calls that had not ended moved to the last segment.
      lost = begun;
      this.#number = Math.max(this.#number, segment.number);
      if (records.length === 0) {
        if (segment !== segments.at(-1)) {
          fs.rmSync(this.#path(segment.file));
        }
        continue;
      }
      segment.bytes = Buffer.byteLength(text);
      this.#bytes += segment.bytes;
      this.#sealed.push(segment);
      records.forEach(line => found(JSON.parse(line)));
    }
    for (const beginning of lost) {
      const record = lostRecordOf(beginning);
      this.add(record);
      found(record);
    }
    this.seal();
    const last = segments.at(-1);
    if (last && !this.#sealed.includes(last)) {
      fs.rmSync(this.#path(last.file));
    }
  }
}
