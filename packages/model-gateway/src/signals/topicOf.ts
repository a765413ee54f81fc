import { TOPIC_BUCKETS } from '@modelhub/governance-protocol';

/** Words of five letters or more; scripts without spaces in pairs. */
const WORDS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{2}|\p{L}{5,40}/gu;

/** Words of one prompt that are looked at. */
const MOST_WORDS = 400;

/** FNV-1a over the code units. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) {
    hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash;
}

/**
 * Puts a prompt into one of the groups, by a hash of the word that stands out:
 * how often it comes times how long it is. Prompts about the same things fall
 * into the same groups more often than not, so a mix that changes is seen; what
 * the words are cannot be told from a group.
 */
export function topicOf(text: string): number | undefined {
  const weights = new Map<string, number>();
  let words = 0;
  for (const [word] of text.toLowerCase().matchAll(WORDS)) {
    weights.set(word, (weights.get(word) ?? 0) + word.length);
    words += 1;
    if (words === MOST_WORDS) break;
  }
  let best: string | undefined;
  let most = 0;
  for (const [word, weight] of weights) {
    if (
      weight > most ||
      (weight === most && best !== undefined && word < best)
    ) {
      best = word;
      most = weight;
    }
  }
  return best === undefined ? undefined : hashOf(best) % TOPIC_BUCKETS;
}
