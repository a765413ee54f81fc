import type { SnapshotPricing } from '../snapshot/types';

/**
 * What tokens cost, in millionths of the currency: a price for a million tokens
 * is the millionths for one token.
 *
 * @returns nothing where a price is missing for tokens that there are
 *
 * @public
 */
export function costMicros(
  pricing: SnapshotPricing,
  usage: {
    inputTokens: number;
    outputTokens: number;
    cachedInputTokens?: number;
  },
): number | undefined {
  const cached = Math.min(usage.cachedInputTokens ?? 0, usage.inputTokens);
  const { inputPerMTok, outputPerMTok } = pricing;
  const cachedPerMTok = pricing.cachedInputPerMTok ?? inputPerMTok;
  const parts: Array<[number, number | undefined]> = [
    [usage.inputTokens - cached, inputPerMTok],
    [cached, cachedPerMTok],
    [usage.outputTokens, outputPerMTok],
  ];
  let micros = 0;
  for (const [tokens, price] of parts) {
    if (tokens > 0) {
      if (price === undefined) {
        return undefined;
      }
      micros += tokens * price;
    }
  }
  return Math.round(micros);
}
