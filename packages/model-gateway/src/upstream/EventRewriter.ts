import { StringDecoder } from 'node:string_decoder';
import type { EventTransform } from '../pipeline';

const LONGEST_EVENT = 8 * 1024 * 1024;

/** Turns the events of one API's streams into the text of another's. */
export interface StreamTranslator {
  /** @returns text to send, in whole events */
  event(data: string): string;
  end(): string;
}

/** Passes a stream of server-sent events through transforms, event by event. */
export class EventRewriter {
  readonly #transforms: readonly EventTransform[];
  readonly #decoder = new StringDecoder('utf8');
  #text = '';
  readonly #translator: StreamTranslator | undefined;
  #flushed = false;

  /** @param transforms - in the order in which they see an event */
  constructor(
    transforms: readonly EventTransform[],
    translator?: StreamTranslator,
  ) {
    this.#transforms = transforms;
    this.#translator = translator;
  }

  /** @returns what can be sent now */
  write(chunk: Buffer): string {
    this.#text += this.#decoder.write(chunk);
    if (this.#text.length > LONGEST_EVENT) {
      throw new Error('An event of the stream does not end');
    }
    let out = '';
    for (;;) {
      const cut = /\r\n\r\n|\n\n|\r\r/.exec(this.#text);
      if (!cut) {
        return out;
      }
      const event = this.#text.slice(0, cut.index);
      this.#text = this.#text.slice(cut.index + cut[0].length);
      out += this.#rewrite(event);
    }
  }

  end(): string {
    const rest = this.#text.trim() === '' ? '' : this.#rewrite(this.#text);
    this.#text = '';
    return rest + this.#flush();
  }

  #rewrite(event: string): string {
    const data: string[] = [];
    const other: string[] = [];
    for (const line of event.split(/\r\n|\r|\n/)) {
      if (line.startsWith('data:')) {
        data.push(line.slice(line[5] === ' ' ? 6 : 5));
      } else {
        other.push(line);
      }
    }
    if (data.length === 0) {
      return this.#translator ? '' : `${event}\n\n`;
    }
    const text = data.join('\n');
    if (text === '[DONE]') {
      return this.#flush() + (this.#translator ? '' : `${event}\n\n`);
    }
    const changed = this.#through(0, [text]);
    return changed.length === 1
      ? this.#render(changed[0], other.map(line => `${line}\n`).join(''))
      : changed.map(it => this.#render(it, nameOf(it, other))).join('');
  }

  /** What the transforms held back, each through those that come after it. */
  #flush(): string {
    if (this.#flushed) {
      return '';
    }
    this.#flushed = true;
    const out = this.#transforms.flatMap((transform, index) =>
      this.#through(index + 1, listOf(transform.end())),
    );
    return (
      out.map(it => this.#render(it, '')).join('') +
      (this.#translator?.end() ?? '')
    );
  }

  #render(data: string, before: string): string {
    return this.#translator
      ? this.#translator.event(data)
      : toEvent(data, before);
  }

  #through(from: number, data: readonly string[]): readonly string[] {
    let texts = data;
    for (let at = from; at < this.#transforms.length; at++) {
      const transform = this.#transforms[at];
      texts = texts.flatMap(text => listOf(transform.event(text)));
    }
    return texts;
  }
}

function listOf(
  value: string | readonly string[] | undefined,
): readonly string[] {
  return typeof value === 'string' ? [value] : value ?? [];
}

/** The name line of one of several events, where the event that they replace has one. */
function nameOf(data: string, other: string[]): string {
  if (!other.some(line => line.startsWith('event:'))) {
    return '';
  }
  const { type } = JSON.parse(data) as { type?: unknown };
  return typeof type === 'string' ? `event: ${type}\n` : '';
}

function toEvent(data: string, before: string): string {
  const lines = data
    .split('\n')
    .map(line => `data: ${line}\n`)
    .join('');
  return `${before}${lines}\n`;
}
