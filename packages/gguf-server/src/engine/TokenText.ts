const TORN = '\ufffd';
/** Tokens that a character can be torn into, and one more. */
const MOST_HELD = 5;
/** What decides about the space before a token. */
const LOOK_BACK = 4;

/**
 * Makes text of tokens as they come. A character whose bytes are spread over
 * several tokens is held back until it is whole; spaces at the beginning of an
 * answer are left out.
 */
export class TokenText<Token> {
  readonly #detokenize: (tokens: Token[], before: Token[]) => string;
  #before: Token[] = [];
  #held: Token[] = [];
  #hasBegun = false;

  constructor(detokenize: (tokens: Token[], before: Token[]) => string) {
    this.#detokenize = detokenize;
  }

  add(token: Token): string {
    this.#held.push(token);
    const text = this.#detokenize(this.#held, this.#before);
    if (text.endsWith(TORN) && this.#held.length < MOST_HELD) return '';
    return this.#give(text);
  }

  /** What is left; to be called once. */
  end(): string {
    if (this.#held.length === 0) return '';
    return this.#give(this.#detokenize(this.#held, this.#before));
  }

  #give(text: string): string {
    this.#before = [...this.#before, ...this.#held].slice(-LOOK_BACK);
    this.#held = [];
    const shown = this.#hasBegun ? text : text.trimStart();
    this.#hasBegun ||= shown !== '';
    return shown;
  }
}
