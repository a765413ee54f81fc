import type { Sanitizer } from './Sanitizer';

/** What belongs to a finding may be so far from its end, but for one long run. */
const TAIL = 160;
/** A run without white space is held together up to this length. */
const LONGEST_RUN = 4096;
const LONGEST_KEY = 20_000;
const KEY_BEGINS = /-----BEGIN [A-Z ]{0,32}PRIVATE KEY/g;
const KEY_ENDS = /-----END [A-Z ]{0,32}PRIVATE KEY(?: BLOCK)?-----/g;

/**
 * One text that comes in pieces. The last of it is held back until what comes
 * next has shown that it is no part of a finding.
 */
export class TextWindow {
  readonly #sanitizer: Sanitizer;
  /** The end of what was let go, for what is only known by what stands before it. */
  #before = '';
  #held = '';

  constructor(sanitizer: Sanitizer) {
    this.#sanitizer = sanitizer;
  }

  /** @returns what can be let go now */
  push(piece: string): string {
    this.#held += piece;
    const text = this.#before + this.#held;
    return this.#release(text, safeCut(text));
  }

  /** @returns the rest */
  flush(): string {
    const text = this.#before + this.#held;
    return this.#release(text, text.length);
  }

  #release(text: string, wanted: number): string {
    const from = this.#before.length;
    if (wanted <= from) {
      return '';
    }
    const findings = this.#sanitizer
      .find(text)
      .filter(({ end }) => end > from)
      .map(finding => ({ ...finding, start: Math.max(finding.start, from) }));
    let cut = wanted;
    for (const { start, end } of findings) {
      if (start < cut && end > cut) {
        // The whole of it, or nothing.
        cut = wanted === text.length ? end : start;
      }
    }
    const released = this.#sanitizer.apply(
      text.slice(from, cut),
      findings
        .filter(({ end }) => end <= cut)
        .map(finding => ({
          ...finding,
          start: finding.start - from,
          end: finding.end - from,
        })),
    );
    this.#before = text.slice(Math.max(0, cut - TAIL), cut);
    this.#held = text.slice(cut);
    return released;
  }
}

/** Up to where nothing that comes later can make a finding of it. */
function safeCut(text: string): number {
  let cut = text.length - TAIL;
  if (cut <= 0) {
    return 0;
  }
  const least = Math.max(0, cut - LONGEST_RUN);
  while (cut > least && !/\s/.test(text[cut - 1])) {
    cut -= 1;
  }
  if (cut === least && least > 0) {
    cut = text.length - TAIL;
  }
  const begin = openKey(text);
  return begin !== undefined && text.length - begin < LONGEST_KEY
    ? Math.min(cut, begin)
    : cut;
}

/** Where a private key begins that has no end yet. */
function openKey(text: string): number | undefined {
  const begin = [...text.matchAll(KEY_BEGINS)].at(-1)?.index;
  const end = [...text.matchAll(KEY_ENDS)].at(-1)?.index ?? -1;
  return begin !== undefined && begin > end ? begin : undefined;
}
