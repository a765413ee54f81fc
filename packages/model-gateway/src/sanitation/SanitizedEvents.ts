import type { EventTransform } from '../pipeline';
import { Delta, deltasOf, endedBy } from './deltas';
import { mapTexts } from './mapTexts';
import type { Sanitizer } from './Sanitizer';
import { TextWindow } from './TextWindow';

type Fields = Record<string, unknown>;

/** Of what a profile only wants counted, so much is kept to look at. */
const MOST_COUNTED = 1024 * 1024;

/** A stream in which what was found is masked, wherever it was cut. */
export class SanitizedEvents implements EventTransform {
  readonly #sanitizer: Sanitizer;
  readonly #texts = new Map<string, { window: TextWindow; last: Delta }>();
  #hadPieces = false;

  constructor(sanitizer: Sanitizer) {
    this.#sanitizer = sanitizer;
  }

  event(data: string): string | string[] {
    const event = parse(data);
    if (!event) {
      return this.#sanitizer.sanitize(data);
    }
    const deltas = deltasOf(event);
    const ended = endedBy(event);
    this.#hadPieces ||= deltas.length > 0;
    for (const delta of deltas) {
      const known = this.#texts.get(delta.key);
      const window = known?.window ?? new TextWindow(this.#sanitizer);
      this.#texts.set(delta.key, { window, last: delta });
      delta.set(window.push(delta.text));
    }
    const rests = ended ? this.#flush(ended) : [];
    if (deltas.length > 0) {
      withoutLogprobs(event);
      return [...chunksBefore(event, rests), JSON.stringify(event)];
    }
    // What repeats the pieces is not counted again.
    const counted = new Map(this.#sanitizer.counts);
    const changed = mapTexts(event, text => this.#sanitizer.sanitize(text));
    if (ended && this.#hadPieces) {
      this.#sanitizer.counts.clear();
      counted.forEach((n, name) => this.#sanitizer.counts.set(name, n));
    }
    return [...rests, changed === event ? data : JSON.stringify(changed)];
  }

  end(): string[] {
    return this.#flush(() => true);
  }

  #flush(isEnded: (key: string) => boolean): string[] {
    const rests: string[] = [];
    for (const [key, { window, last }] of this.#texts) {
      if (isEnded(key)) {
        this.#texts.delete(key);
        const rest = window.flush();
        if (rest !== '') {
          rests.push(JSON.stringify(last.event(rest)));
        }
      }
    }
    return rests;
  }
}

/** A last piece that comes with the end of its text stands before the rest of it. */
function chunksBefore(event: Fields, rests: string[]): string[] {
  if (rests.length > 0) {
    const pieces = deltasOf(event).filter(({ text }) => text !== '');
    const own = pieces.map(delta => JSON.stringify(delta.event(delta.text)));
    pieces.forEach(delta => delta.set(''));
    return [...own, ...rests];
  }
  return rests;
}

/** Tokens one by one would tell what was masked. */
export function withoutLogprobs(answer: Fields): void {
  if (Array.isArray(answer.choices)) {
    for (const choice of answer.choices as Fields[]) {
      if (choice?.logprobs) {
        choice.logprobs = null;
      }
    }
  }
  if (Array.isArray(answer.logprobs)) {
    answer.logprobs = [];
  }
}

/** A stream that passes as it is; what is in it is counted at its end. */
export class CountedEvents implements EventTransform {
  readonly #sanitizer: Sanitizer;
  readonly #texts = new Map<string, string>();
  #size = 0;

  constructor(sanitizer: Sanitizer) {
    this.#sanitizer = sanitizer;
  }

  event(data: string): string {
    const event = this.#size < MOST_COUNTED ? parse(data) : undefined;
    for (const { key, text } of event ? deltasOf(event) : []) {
      this.#size += text.length;
      this.#texts.set(key, (this.#texts.get(key) ?? '') + text);
    }
    return data;
  }

  end(): undefined {
    for (const text of this.#texts.values()) {
      this.#sanitizer.sanitize(text);
    }
  }
}

function parse(data: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null
      ? (value as Fields)
      : undefined;
  } catch {
    return undefined;
  }
}
