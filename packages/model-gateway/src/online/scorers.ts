import type {
  OnlineScorer,
  OnlineScorerType,
} from '@modelhub/governance-protocol';
import Ajv from 'ajv';
import { RE2JS } from 're2js';

/** What a scorer sees of an answer. */
export interface ScoredAnswer {
  text: string;
  /** Whether the end is missing. */
  isCut: boolean;
}

type Score = (answer: ScoredAnswer) => number | null;

/** Declined in so many words, in the languages that the demo organisation speaks. */
const REFUSALS =
  /\b(?:I(?:'|’)?m (?:sorry|unable|not able)|I am (?:sorry|unable|not able)|I (?:can(?:'|’)?t|cannot|won(?:'|’)?t|will not|must decline|have to decline)|as an AI|not (?:able|allowed|permitted) to (?:help|assist|provide|comply)|ich kann (?:dir|Ihnen|das|dabei)? ?(?:leider )?nicht|(?:es )?tut mir leid|je (?:ne peux|suis désolé)|lo siento|no puedo (?:ayudar|hacer|proporcionar)|non posso aiutar)/i;

/** A refusal comes first, if at all: within so many characters. */
export const REFUSAL_WITHIN = 300;

/** Whether an answer begins as refusals do. */
export const isRefusal = (text: string) =>
  REFUSALS.test(text.slice(0, REFUSAL_WITHIN));

const GRAM = 4;

/** Words of an answer that are looked at for repetitions. */
const MOST_WORDS = 20_000;

/** Share of the 4-grams that came before: 0 for a text that never repeats itself, or is too short to. */
export function repetitionOf(text: string): number {
  const words = text.toLowerCase().split(/\s+/u, MOST_WORDS).filter(Boolean);
  const grams = words.length - GRAM + 1;
  if (grams < 1) {
    return 0;
  }
  const seen = new Set<string>();
  for (let at = 0; at < grams; at++) {
    seen.add(words.slice(at, at + GRAM).join(' '));
  }
  return 1 - seen.size / grams;
}

/** What stands in a fence of Markdown, or all of it. */
const unfenced = (text: string) =>
  /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/.exec(text)?.[1] ?? text;

/** Patterns are other people's: RE2 needs time in proportion to the text, whatever the pattern. */
const engine = Object.assign(
  (pattern: string) => {
    const compiled = RE2JS.compile(pattern);
    return { test: (text: string) => compiled.matcher(text).find() };
  },
  { code: 're2js' },
);

/** Words of JSON schemas whose cost is not in proportion to the answer. */
const COSTLY = /"(?:uniqueItems|\$ref|\$dynamicRef|\$recursiveRef)"/;

const makers: Record<OnlineScorerType, (scorer: OnlineScorer) => Score> = {
  length:
    () =>
    ({ text, isCut }) =>
      isCut ? null : text.length,
  refusal:
    () =>
    ({ text }) =>
      isRefusal(text) ? 1 : 0,
  repetition:
    () =>
    ({ text }) =>
      repetitionOf(text),
  regex: ({ pattern = '' }) => {
    const { test } = engine(pattern);
    return ({ text }) => (test(text) ? 1 : 0);
  },
  'json-schema': ({ schema = 'true' }) => {
    if (COSTLY.test(schema)) {
      throw new Error('The schema uses uniqueItems or references');
    }
    const ajv = new Ajv({ strict: false, code: { regExp: engine } });
    const fits = ajv.compile(JSON.parse(schema));
    return ({ text, isCut }) => {
      if (isCut) {
        return null;
      }
      try {
        return fits(JSON.parse(unfenced(text))) ? 1 : 0;
      } catch {
        return 0;
      }
    };
  },
};

/**
 * @throws when the pattern or the schema is none
 */
export function createScore(scorer: OnlineScorer): Score {
  return makers[scorer.type](scorer);
}
