import { ApiError } from '../../http/ApiError';
import { AnswerSink } from '../../http/AnswerSink';
import type { FileReader } from '../../pipeline';

const NEWLINE = 0x0a;
/** Longer lines are no results of a batch. */
const LONGEST_LINE = 32 * 1024 * 1024;

/**
 * Lets a file through line by line, as its readers leave it. A line that a
 * reader withholds becomes the error of its request; the others still come.
 */
export class FileSink extends AnswerSink {
  readonly #readers: readonly FileReader[];
  #pieces: Buffer[] = [];
  #size = 0;
  /** The caller was told that the rest does not come. */
  #isOver = false;

  constructor(
    readers: readonly FileReader[],
    ...rest: ConstructorParameters<typeof AnswerSink>
  ) {
    super(...rest);
    this.#readers = readers;
  }

  override begin(
    status: number,
    type: string,
    headers: readonly string[],
  ): void {
    if (headers.includes('content-encoding')) {
      this.#isOver = true;
      this.refuse(
        new ApiError(
          502,
          'upstream_error',
          'The provider sent this file compressed, though it was asked not to, so it cannot be looked into as the profile of this key says.',
        ),
      );
      return;
    }
    const kept = headers.filter(
      (_, n) => headers[n - (n % 2)] !== 'content-length',
    );
    super.begin(status, type, kept);
  }

  override write(chunk: Buffer | string): boolean {
    const out = this.#take(Buffer.from(chunk));
    return out.length === 0 || super.write(out);
  }

  override end(chunk?: Buffer | string): void {
    const out = chunk === undefined ? [] : [this.#take(Buffer.from(chunk))];
    if (this.#isOver) {
      return;
    }
    out.push(this.#changed(Buffer.concat(this.#pieces)));
    this.#pieces = [];
    super.end(Buffer.concat(out));
  }

  override send(
    status: number,
    type: string,
    headers: string[],
    body: Buffer,
  ): void {
    this.begin(status, type, headers);
    this.end(body);
  }

  override breakOff(error: ApiError): void {
    if (!this.#isOver) {
      super.breakOff(error);
    }
  }

  /** The lines that have ended. */
  #take(chunk: Buffer): Buffer {
    const out: Buffer[] = [];
    let from = 0;
    while (!this.#isOver) {
      const end = chunk.indexOf(NEWLINE, from);
      const piece = chunk.subarray(from, end < 0 ? undefined : end + 1);
      this.#pieces.push(piece);
      this.#size += piece.length;
      if (this.#size > LONGEST_LINE) {
        super.breakOff(
          new ApiError(
            502,
            'upstream_error',
            'A line of this file is too long to be looked into.',
          ),
        );
        this.#isOver = true;
        break;
      }
      if (end < 0) {
        break;
      }
      out.push(this.#changed(Buffer.concat(this.#pieces)));
      this.#pieces = [];
      this.#size = 0;
      from = end + 1;
    }
    return Buffer.concat(out);
  }

  /** The very bytes where nothing is to be changed. */
  #changed(line: Buffer): Buffer {
    const text = line.toString();
    const content = text.trim();
    if (content === '') {
      return line;
    }
    const read = parsed(content);
    try {
      const changed = read ? this.#line(read) : this.#text(content);
      return changed === (read ?? content)
        ? line
        : Buffer.from(`${read ? JSON.stringify(changed) : String(changed)}\n`);
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      return Buffer.from(`${withheld(read, error)}\n`);
    }
  }

  #line(line: Record<string, unknown>): Record<string, unknown> {
    return this.#readers.reduce((it, reader) => reader.line(it), line);
  }

  #text(line: string): string {
    return this.#readers.reduce((it, reader) => reader.text(it), line);
  }
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** As a provider tells of a request that failed. */
function withheld(
  line: Record<string, unknown> | undefined,
  { code, message }: ApiError,
): string {
  const { id, custom_id } = line ?? {};
  return JSON.stringify({
    id,
    custom_id,
    response: null,
    error: { code, message },
  });
}
