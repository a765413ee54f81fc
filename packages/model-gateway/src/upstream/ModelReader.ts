import { StringDecoder } from 'node:string_decoder';

/** A line of more characters than this is not looked into. */
const LONGEST_LINE = 1024 * 1024;
/** A provider that names a new model in every chunk must not fill the memory. */
const MOST_NAMES = 16;

interface Named {
  model?: unknown;
  response?: { model?: unknown };
  message?: { model?: unknown };
}

/** The models that an answer says it ran, from its first chunk to its last. */
export class ModelReader {
  readonly #names: string[] = [];
  #decoder: StringDecoder | undefined;
  #line = '';
  /** As it stands in an event that repeats the model. */
  #repeated = '';

  /** Each once, in the order of the answer. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** Reads a whole answer, or the data of one event. */
  readValue(value: unknown): void {
    const named = value as Named | null | undefined;
    const model =
      named?.model ?? named?.response?.model ?? named?.message?.model;
    if (
      typeof model === 'string' &&
      this.#names.length < MOST_NAMES &&
      !this.#names.includes(model)
    ) {
      this.#names.push(model);
      this.#repeated = `"model":${JSON.stringify(model)}`;
    }
  }

  /** Reads on in a stream of server-sent events, wherever it was cut. */
  readEvents(chunk: Buffer): void {
    this.#decoder ??= new StringDecoder('utf8');
    const lines = (this.#line + this.#decoder.write(chunk)).split(/\r\n|\r|\n/);
    this.#line = lines.pop() ?? '';
    if (this.#line.length > LONGEST_LINE) {
      this.#line = '';
    }
    lines.forEach(line => this.#readLine(line));
  }

  /** Reads what no line end came after. */
  end(): void {
    this.#readLine(this.#line);
    this.#line = '';
  }

  #readLine(line: string): void {
    if (
      !line.startsWith('data:') ||
      !line.includes('"model"') ||
      (this.#repeated !== '' && line.includes(this.#repeated))
    ) {
      return;
    }
    try {
      this.readValue(JSON.parse(line.slice('data:'.length)));
    } catch {
      // Not for the gateway to judge.
    }
  }
}
