/**
 * A unigram vocabulary: stems of the words that were learned from, endings,
 * letters. A text is cut into the pieces whose scores add up to the most, as
 * SentencePiece and llama.cpp do.
 *
 * Source: Kudo, Subword Regularization, 2018.
 */
export const TOKEN_TYPES = { normal: 1, unknown: 2, control: 3 };
export const SPACE = '\u2581';
/** Such a piece is never cut from a text: it is only said. */
const ONLY_SAID = -1000;
const ENDINGS =
  'ations ation ments ment ings ing ers er ies ied es ed ly able y e s n t d'.split(
    ' ',
  );
const SHORTEST_STEM = 3;
const PRINTABLE = Array.from({ length: 94 }, (_, at) =>
  String.fromCharCode(33 + at),
);
const LETTERS = PRINTABLE.filter(it => /[a-zA-Z0-9]/.test(it));

const wordsOf = text => text.toLowerCase().match(/[a-z]+/g) ?? [];

function stemOf(word) {
  const ending = ENDINGS.find(
    it => word.endsWith(it) && word.length - it.length >= SHORTEST_STEM,
  );
  return ending ? word.slice(0, -ending.length) : word;
}

const capital = word => word[0].toUpperCase() + word.slice(1);

/** Few pieces are better than many, and long ones than short ones. */
const scoreOf = piece => Number((-10 + piece.length * 0.1).toFixed(1));

export class Vocabulary {
  tokens = [];
  #ids = new Map();
  #longest = 0;

  /**
   * @param texts - what to know the words of
   * @param said - pieces that the model says, beside those
   */
  constructor(texts, said) {
    this.#add('<unk>', 0, TOKEN_TYPES.unknown);
    for (const name of ['<s>', '</s>']) this.#add(name, 0, TOKEN_TYPES.control);
    for (const role of ['system', 'user', 'assistant']) {
      this.#add(`<|${role}|>`, 0, TOKEN_TYPES.control);
    }
    for (const piece of said) this.#add(piece, ONLY_SAID, TOKEN_TYPES.normal);
    for (const piece of ['\n', SPACE, ...PRINTABLE, ...ENDINGS]) {
      this.#normal(piece);
    }
    for (const letter of LETTERS) this.#normal(SPACE + letter);
    const stems = new Map();
    for (const stem of texts.flatMap(wordsOf).map(stemOf)) {
      stems.set(stem, (stems.get(stem) ?? 0) + 1);
    }
    for (const [stem, count] of [...stems].sort()) {
      this.#normal(SPACE + stem);
      if (count > 1) this.#normal(SPACE + capital(stem));
    }
  }

  get size() {
    return this.tokens.length;
  }

  idOf(piece) {
    const id = this.#ids.get(piece);
    if (id === undefined) throw new Error(`there is no piece '${piece}'`);
    return id;
  }

  /** Ids of the pieces of a text; what is unknown is left out. */
  cut(text) {
    const whole = SPACE + text.replaceAll(' ', SPACE);
    const best = [{ score: 0, from: 0, id: -1 }];
    for (let end = 1; end <= whole.length; end++) {
      best[end] = { score: best[end - 1].score - 2000, from: end - 1, id: -1 };
      for (let from = Math.max(0, end - this.#longest); from < end; from++) {
        const id = this.#ids.get(whole.slice(from, end));
        if (id === undefined) continue;
        const { type, score: own } = this.tokens[id];
        const score = best[from].score + own;
        if (type === TOKEN_TYPES.normal && score > best[end].score) {
          best[end] = { score, from, id };
        }
      }
    }
    const ids = [];
    for (let at = whole.length; at > 0; at = best[at].from) {
      if (best[at].id >= 0) ids.unshift(best[at].id);
    }
    return ids;
  }

  /** Pieces that mean the same get the id of the one in small letters. */
  meaningOf(id) {
    const { text } = this.tokens[id];
    return this.#ids.get(text.toLowerCase()) ?? id;
  }

  #normal(piece) {
    const known = this.tokens[this.#ids.get(piece)];
    if (known) known.score = scoreOf(piece);
    else this.#add(piece, scoreOf(piece), TOKEN_TYPES.normal);
  }

  #add(text, score, type) {
    this.#ids.set(text, this.tokens.length);
    this.tokens.push({ text, score, type });
    this.#longest = Math.max(this.#longest, text.length);
  }
}
