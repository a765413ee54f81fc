import type {
  PlaygroundCost,
  PlaygroundDone,
  PlaygroundPrice,
} from '@modelhub/backstage-plugin-models-common';

/** Times are milliseconds of one clock. */
export interface Measured {
  beganAt: number;
  /** When the first piece of the answer came, thoughts too. */
  firstAt?: number;
  /** When the last piece of the answer came. */
  lastAt?: number;
  endedAt: number;
  finishReason?: string;
  /** Characters that were sent, and that came. */
  promptCharacters: number;
  answerCharacters: number;
  usage?: { inputTokens?: number; outputTokens?: number };
}

const HOUR_MS = 3600_000;

/** Rough, of languages in Latin letters; where the server counts, it is not used. */
const estimated = (characters: number) => Math.ceil(characters / 4);

const tenth = (value: number) => Math.round(value * 10) / 10;

/** Six digits are more than anybody pays. */
const money = (value: number) => Number(value.toPrecision(6));

/** What an answer costs, where its price is known. */
export function costOf(
  price: PlaygroundPrice | undefined,
  used: { inputTokens: number; outputTokens: number; latencyMs: number },
): PlaygroundCost | undefined {
  if (!price) return undefined;
  const { currency, basis, perHour, inputPerMTok, outputPerMTok } = price;
  if (basis === 'time') {
    return perHour === undefined
      ? undefined
      : {
          amount: money((perHour * used.latencyMs) / HOUR_MS),
          currency,
          basis,
        };
  }
  return inputPerMTok === undefined || outputPerMTok === undefined
    ? undefined
    : {
        amount: money(
          (used.inputTokens * inputPerMTok +
            used.outputTokens * outputPerMTok) /
            1e6,
        ),
        currency,
        basis,
      };
}

/** The figures under an answer. */
export function figuresOf(
  it: Measured,
  price: PlaygroundPrice | undefined,
): PlaygroundDone {
  const { usage, beganAt, firstAt, lastAt } = it;
  const inputTokens = usage?.inputTokens ?? estimated(it.promptCharacters);
  const outputTokens = usage?.outputTokens ?? estimated(it.answerCharacters);
  const latencyMs = tenth(it.endedAt - beganAt);
  // The first token is what was waited for; the others came after it.
  const streamedMs =
    firstAt !== undefined && lastAt !== undefined ? lastAt - firstAt : 0;
  const cost = costOf(price, { inputTokens, outputTokens, latencyMs });
  return {
    ...(it.finishReason !== undefined && { finishReason: it.finishReason }),
    inputTokens,
    outputTokens,
    tokensEstimated:
      usage?.inputTokens === undefined || usage.outputTokens === undefined,
    ...(firstAt !== undefined && { ttftMs: tenth(firstAt - beganAt) }),
    latencyMs,
    ...(streamedMs > 0 &&
      outputTokens > 1 && {
        tokensPerSecond: tenth(((outputTokens - 1) / streamedMs) * 1000),
      }),
    ...(cost && { cost }),
  };
}
