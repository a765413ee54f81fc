import { StringDecoder } from 'node:string_decoder';

/** A line of more characters than this is not looked into. */
const LONGEST_LINE = 1024 * 1024;
/** A provider that names a new model in every chunk must not fill the memory. */
const MOST_NAMES = 16;

/** The models that an answer says it ran, from its first chunk to its last. */
export class NamedModels {
  readonly #names = new Set<string>();
  readonly #decoder = new StringDecoder('utf8');
  #line = '';

  /** Each once, in the order of the answer. */
  get names(): string[] {
    return [...this.#names];
  }

  /** Reads a whole JSON answer. */
  readJson(text: string): void {
    let model: unknown;
    try {
      model = (JSON.parse(text) as { model?: unknown } | null)?.model;
    } catch {
      return;
    }
    if (typeof model === 'string' && this.#names.size < MOST_NAMES) {
      this.#names.add(model);
    }
  }

  /** Reads on in a stream of server-sent events, wherever it was cut. */
  readEvents(chunk: Buffer): void {
    const lines = (this.#line + this.#decoder.write(chunk)).split(/\r\n|\r|\n/);
    this.#line = lines.pop() ?? '';
    if (this.#line.length > LONGEST_LINE) {
      this.#line = '';
    }
    lines.forEach(line => this.#readEvent(line));
  }

  /** Reads what no line end came after. */
  end(): void {
    this.#readEvent(this.#line);
    this.#line = '';
  }

  #readEvent(line: string): void {
    if (line.startsWith('data:') && line.includes('"model"')) {
      this.readJson(line.slice('data:'.length));
    }
  }
}
