const STOP_WORDS = new Set(
  'a an and are as at be been but by for from had has have he her his i if in is it its me my no not of on or our she so that the their them there they this to was we were what which who will with you your please summarise summarize'.split(
    ' ',
  ),
);

const wordsOf = (text: string) =>
  text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** About as many as a tokenizer would count: words and punctuation marks. */
export function countTokens(text: string): number {
  return text.match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)?.length ?? 0;
}

/**
 * An answer made from the prompt alone: its most telling sentences, in their
 * order. The same prompt always gives the same answer.
 */
export function answerTo(prompt: string): string {
  const sentences = prompt
    .split(/(?<=[.!?])\s+|\n+/)
    .map(sentence => sentence.trim())
    .filter(Boolean);
  if (sentences.length < 3) {
    return `You wrote ${countTokens(prompt)} tokens: ${prompt.trim()}`;
  }
  const counts = new Map<string, number>();
  for (const word of wordsOf(prompt)) {
    if (!STOP_WORDS.has(word)) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const score = (sentence: string) => {
    const words = wordsOf(sentence);
    const sum = words.reduce(
      (total, word) => total + (counts.get(word) ?? 0),
      0,
    );
    return sum / Math.sqrt(words.length + 1);
  };
  const best = sentences
    .map((sentence, place) => ({ sentence, place, score: score(sentence) }))
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .slice(0, Math.max(1, Math.min(3, Math.ceil(sentences.length / 4))))
    .sort((a, b) => a.place - b.place);
  return `In short: ${best.map(({ sentence }) => sentence).join(' ')}`;
}

/** A text's words, hashed into a unit vector: texts with the same words are near. */
export function embed(text: string, dimensions: number): number[] {
  const vector = new Array<number>(dimensions).fill(0);
  for (const word of wordsOf(text)) {
    let hash = 0x811c9dc5;
    for (let index = 0; index < word.length; index++) {
      hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193) >>> 0;
    }
    vector[hash % dimensions] += hash & 0x10000 ? 1 : -1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map(value => value / length);
}
