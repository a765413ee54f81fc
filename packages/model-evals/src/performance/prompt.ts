import { randomOf } from '../statistics/random';

/** Words that the common tokenizers know whole, with the space before them. */
const WORDS =
  'the house and river with green light from many people over small road after long winter under open water when every story about good music into deep forest because warm bread near old bridge before new morning while quiet garden between blue mountain without dark stone'.split(
    ' ',
  );

/** What the question around the words takes, about. */
const FRAME_TOKENS = 24;

/**
 * A prompt of about so many tokens. Each begins differently, so that a cache of
 * prefixes does not answer for the model.
 */
export function promptOf(tokens: number, seed: number): string {
  const random = randomOf(seed * 7919 + 17);
  const number = Math.floor(random() * 1e9);
  const words = Array.from(
    { length: Math.max(1, tokens - FRAME_TOKENS) },
    () => WORDS[Math.floor(random() * WORDS.length)],
  );
  return `Note ${number}. Tell a long story in which these words occur: ${words.join(
    ' ',
  )}.`;
}
