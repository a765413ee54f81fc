import { TASKS } from '../models';
import type { Stream } from './types';

const meanOf = ({ median, sigma }: { median: number; sigma: number }) =>
  median * Math.exp((sigma * sigma) / 2);

/** What a call of a stream costs on average, in its currency; nothing where its model has no price. */
export function expectedCost(stream: Stream): number | undefined {
  const { pricing, task } = stream.model;
  if (!pricing) return undefined;
  const { input, output } = TASKS[task];
  const { inputPerMTok = 0, outputPerMTok = 0 } = pricing;
  const cachedPerMTok = pricing.cachedInputPerMTok ?? inputPerMTok;
  const perInput =
    inputPerMTok * (1 - stream.cachedInput) +
    cachedPerMTok * stream.cachedInput;
  return (
    (meanOf(input) * stream.promptFactor * perInput +
      meanOf(output) * outputPerMTok) /
    1e6
  );
}
