import type { ScanContext } from '../engine/FormatReader';
import type { Severity } from '../types';
import { findAddresses } from './addresses';
import type { TextStart } from './encodings';
import { SecretSearch } from './secrets';
import { textWindows, type TextWindow } from './windows';

/** More hosts than that are counted only. */
const MOST_HOSTS = 100;
/** Later ones of a file say nothing more. */
const MOST_HIDDEN = 20;

const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/g;
const TAGS = /[\u{e0020}-\u{e007e}]{2,}/gu;

let search: SecretSearch | undefined;

/** Looks through a text for what no kind of text should hold. */
export class TextInspector {
  readonly #context: ScanContext;
  readonly #showsCharacters: boolean;
  readonly #hosts = new Map<string, Severity>();
  #hidden = 0;
  #more = 0;

  constructor(
    context: ScanContext,
    options: {
      /** Characters that nobody sees are findings; vocabularies hold all there are. */
      showsCharacters?: boolean;
    } = {},
  ) {
    this.#context = context;
    this.#showsCharacters = options.showsCharacters ?? true;
  }

  /** Reads a text to its end, or to where it is none any more. */
  async read(
    stream: AsyncIterable<Buffer>,
    start: TextStart,
    each: (window: TextWindow) => void = () => {},
  ): Promise<void> {
    if (start.encoding !== 'utf8') {
      this.#context.report(
        'text-encoding',
        start.encoding === 'latin1'
          ? 'is not UTF-8'
          : `is ${start.encoding.toUpperCase()}`,
      );
    }
    for await (const window of textWindows(stream, start)) {
      this.#context.signal?.throwIfAborted();
      this.push(window);
      each(window);
      if (window.brokenAt !== undefined) {
        this.#context.report('text-binary', 'bytes that are no text follow', {
          offset: window.brokenAt,
        });
      }
    }
    this.end();
  }

  push({ text, offsetOf }: Pick<TextWindow, 'text' | 'offsetOf'>): void {
    search ??= new SecretSearch();
    for (const { what, index } of search.find(text)) {
      this.#context.report('secret', `holds ${what}`, {
        offset: offsetOf(index),
      });
    }
    this.#findAddresses(text, offsetOf);
    if (!this.#showsCharacters) return;
    for (const pattern of [DIRECTION, TAGS]) {
      for (const { index, 0: found } of text.matchAll(pattern)) {
        if (this.#hidden >= MOST_HIDDEN) break;
        this.#hidden += 1;
        const code = found.codePointAt(0)?.toString(16).toUpperCase();
        this.#context.report('text-hidden-characters', `holds U+${code}`, {
          offset: offsetOf(index),
        });
      }
    }
  }

  end(): void {
    if (this.#more > 0) {
      this.#context.report('network-address', `names ${this.#more} more hosts`);
    }
  }

  #findAddresses(text: string, offsetOf: (index: number) => number): void {
    for (const { host, index, severity, why } of findAddresses(text)) {
      if (this.#hosts.get(host) === severity) continue;
      const isNew = !this.#hosts.has(host);
      if (isNew && this.#hosts.size >= MOST_HOSTS && severity !== 'medium') {
        this.#more += 1;
        continue;
      }
      this.#hosts.set(host, severity);
      this.#context.report(
        'network-address',
        `names ${host.slice(0, 100)}, ${why}`,
        { offset: offsetOf(index), severity },
      );
    }
  }
}
