import { agentScorers } from '../agent/scorers';
import { embeddingSimilarity } from './answers/embeddingSimilarity';
import { jsonSchema } from './answers/jsonSchema';
import { numeric } from './answers/numeric';
import { passAtKScorer } from './answers/passAtK';
import { classification } from './classification/classification';
import { contains } from './match/contains';
import { judge } from './judge/judge';
import { exactMatch } from './match/exactMatch';
import { normalisedMatch } from './match/normalisedMatch';
import { regex } from './match/regex';
import { bleu } from './overlap/bleu';
import { rouge1, rouge2, rougeL } from './overlap/rouge';
import { tokenF1 } from './overlap/tokenF1';
import { retrieval } from './retrieval/retrieval';
import { injection } from './safety/injection';
import { leak } from './safety/leak';
import { refusal } from './safety/refusal';
import type { Json } from '../pack/types';
import type { Scorer } from './types';

const known = new Map<string, Scorer>(
  [
    ...[exactMatch, normalisedMatch, contains, regex],
    ...[tokenF1, rougeL, rouge1, rouge2, bleu],
    ...[jsonSchema, numeric, classification, retrieval],
    ...[passAtKScorer, embeddingSimilarity, judge],
    ...[refusal, leak, injection],
    ...agentScorers,
  ].map(scorer => [scorer.type, scorer]),
);

/** Every scorer that is known, by its type. @public */
export const scorers: ReadonlyMap<string, Scorer> = known;

/** The scorer of a type; nothing where none is known. @public */
export const scorerOf = (type: string): Scorer | undefined => known.get(type);

/**
 * Makes a scorer of one's own known. Throws where its type is taken: two
 * scorers of one type would make numbers that look alike and are not.
 *
 * @public
 */
export function addScorer(scorer: Scorer): void {
  if (known.has(scorer.type)) {
    throw new Error(
      `A scorer '${scorer.type}' is known already; give yours another type`,
    );
  }
  known.set(scorer.type, scorer);
}

/**
 * Which other model a scorer asks with these parameters, if any.
 *
 * @public
 */
export const asksOf = (
  scorer: Scorer | undefined,
  params: Record<string, Json> = {},
): 'judge' | 'embeddings' | undefined =>
  scorer?.asks ?? scorer?.asksFor?.(params);
