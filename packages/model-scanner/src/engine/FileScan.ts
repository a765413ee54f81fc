import { rules, type RuleId } from '../rules';
import { MemorySource, type ByteSource } from '../source';
import type { Finding, ScanLimits } from '../types';
import {
  LimitError,
  PartError,
  type FormatReader,
  type Probe,
  type ScanContext,
  type Surroundings,
} from './FormatReader';
import { probe, probeStart } from './probe';

/** The scan of one file with everything in it. */
export class FileScan {
  readonly #readers: FormatReader[];
  readonly #limits: ScanLimits;
  readonly #signal: AbortSignal | undefined;
  readonly #findings = new Map<string, Finding>();
  #unpacked = 0;
  /** Ids of the formats of the file itself. */
  readonly formats: string[] = [];

  constructor(options: {
    readers: FormatReader[];
    limits: ScanLimits;
    signal?: AbortSignal;
  }) {
    this.#readers = options.readers;
    this.#limits = options.limits;
    this.#signal = options.signal;
  }

  get findings(): Finding[] {
    return [...this.#findings.values()];
  }

  async scan(source: ByteSource): Promise<void> {
    await this.#scanPart(source, '', 0, {});
  }

  async #scanPart(
    source: ByteSource,
    place: string,
    depth: number,
    surroundings: Surroundings,
  ): Promise<void> {
    const context = this.#context(place, depth, surroundings);
    await this.#guarded(context, async () => {
      this.#signal?.throwIfAborted();
      if (depth > this.#limits.maxDepth) {
        throw new LimitError(
          `is more than ${this.#limits.maxDepth} archives deep`,
          'too-deep',
        );
      }
      await this.#read(source, context, depth);
    });
  }

  async #guarded(context: ScanContext, read: () => Promise<void>) {
    try {
      await read();
    } catch (error) {
      this.#signal?.throwIfAborted();
      const isKnown = error instanceof LimitError || error instanceof PartError;
      const rule = isKnown ? error.rule : 'unreadable';
      context.report(rule, (error as Error).message);
    }
  }

  async #read(source: ByteSource, context: ScanContext, depth: number) {
    const seen = await probe(source);
    const matching = this.#readers.filter(
      reader => !reader.isFallback && reader.matches(seen),
    );
    if (matching.length === 0) matching.push(...this.#fallbacks(seen));
    if (depth === 0) {
      this.formats.push(...matching.map(({ id }) => id));
    }
    if (matching.length === 0) {
      if (seen.size > 0) {
        context.report(
          'unknown-format',
          `begins with ${seen.head.subarray(0, 8).toString('hex')}`,
        );
      }
      return;
    }
    if (matching.length > 1) {
      context.report(
        'several-formats',
        `is ${matching.map(({ title }) => title).join(' and ')}`,
      );
    }
    this.#compareName(seen.extension, matching, context);
    // What one format makes nothing of may be whole for another.
    for (const reader of matching) {
      await this.#guarded(context, () => reader.read(source, context));
    }
  }

  /** The one to which the name belongs, or the first, and those that insist. */
  #fallbacks(seen: Probe): FormatReader[] {
    const matching = this.#readers.filter(
      reader => reader.isFallback && reader.matches(seen),
    );
    const chosen =
      matching.find(it => it.extensions.includes(seen.extension)) ??
      matching[0];
    return matching.filter(it => it === chosen || it.insists?.(seen));
  }

  /** An extension that belongs to other formats only hides what the file is. */
  #compareName(
    extension: string,
    matching: FormatReader[],
    context: ScanContext,
  ): void {
    const owners = this.#readers.filter(it =>
      it.extensions.includes(extension),
    );
    if (
      owners.length > 0 &&
      !matching.some(reader => owners.includes(reader))
    ) {
      context.report(
        'extension-mismatch',
        `is named .${extension} and is ${matching
          .map(({ title }) => title)
          .join(' and ')}`,
      );
    }
  }

  #context(
    place: string,
    depth: number,
    surroundings: Surroundings,
  ): ScanContext {
    const within = (name: string) => (place ? `${place}!${name}` : name);
    const context: ScanContext = {
      limits: this.#limits,
      surroundings,
      signal: this.#signal,
      report: (rule, message, { offset, severity } = {}) =>
        this.#add(rule, {
          rule,
          severity: severity ?? rules[rule].severity,
          location: offset === undefined ? place : `${place}@${offset}`,
          message,
        }),
      scanPart: (part, inner = {}) =>
        this.#scanPart(part, within(part.name), depth + 1, inner),
      scanStream: (name, stream, { surroundings: inner = {}, drain } = {}) =>
        this.#scanStream(name, stream, drain ?? false, {
          context,
          within: this.#context(within(name), depth + 1, inner),
          surroundings: inner,
        }),
      spend: bytes => {
        this.#unpacked += bytes;
        if (this.#unpacked > this.#limits.maxUnpackedBytes) {
          throw new LimitError(
            `unpacks to more than ${this.#limits.maxUnpackedBytes} bytes`,
            'too-large',
          );
        }
      },
    };
    return context;
  }

  async #scanStream(
    name: string,
    stream: AsyncIterable<Buffer>,
    drain: boolean,
    part: {
      context: ScanContext;
      within: ScanContext;
      surroundings: Surroundings;
    },
  ): Promise<void> {
    const chunks: Buffer[] = [];
    const rest = stream[Symbol.asyncIterator]();
    try {
      for (let size = 0; size <= this.#limits.maxHeldBytes; ) {
        const { done, value, failure } = await nextOf(rest);
        if (done) {
          const held = new MemorySource(name, Buffer.concat(chunks));
          chunks.length = 0;
          await part.context.scanPart(held, part.surroundings);
          // Loaders too use what comes before a break.
          if (failure) throw failure;
          return;
        }
        chunks.push(value);
        size += value.length;
      }
      await this.#readAsItComes(name, chunks, rest, part.within);
      while (drain && !(await rest.next()).done);
    } finally {
      await rest.return?.();
    }
  }

  /** A part that is not held can only be of a format that is read in order. */
  async #readAsItComes(
    name: string,
    chunks: Buffer[],
    rest: AsyncIterator<Buffer>,
    context: ScanContext,
  ): Promise<void> {
    const seen = probeStart(name, chunks);
    const certain = this.#readers.filter(
      it => !it.isFallback && it.matches(seen),
    );
    const [reader, ...others] =
      certain.length > 0 ? certain : this.#fallbacks(seen);
    if (!reader?.readStream || others.length > 0) {
      chunks.length = 0;
      context.report(
        'too-large',
        `is larger than the ${
          this.#limits.maxHeldBytes
        } bytes that the scanner holds`,
      );
      return;
    }
    this.#compareName(seen.extension, [reader], context);
    try {
      await reader.readStream(continued(chunks, rest), name, context);
    } catch (error) {
      this.#signal?.throwIfAborted();
      // What is wrong with the stream itself is told by who made it.
      if (!(error instanceof PartError)) throw error;
      context.report(error.rule, error.message);
    }
  }

  #add(rule: RuleId, finding: Finding): void {
    const key = `${rule} ${finding.location} ${finding.message}`;
    if (this.#findings.size < this.#limits.maxFindings) {
      this.#findings.set(key, finding);
    }
  }
}

/** What comes next, or why nothing more does. */
async function nextOf(
  rest: AsyncIterator<Buffer>,
): Promise<
  | { done: false; value: Buffer; failure?: undefined }
  | { done: true; value?: undefined; failure?: unknown }
> {
  try {
    const { done, value } = await rest.next();
    return done ? { done } : { done: false, value };
  } catch (failure) {
    return { done: true, failure };
  }
}

/** What was taken from a stream already, and what is still to come. */
async function* continued(
  chunks: Buffer[],
  rest: AsyncIterator<Buffer>,
): AsyncIterable<Buffer> {
  while (chunks.length > 0) yield chunks.shift() as Buffer;
  for (let next = await rest.next(); !next.done; next = await rest.next()) {
    yield next.value;
  }
}
