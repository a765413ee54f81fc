import type {
  FinishReason,
  Prompt,
  Sampling,
  TextEngine,
} from '../engine/TextEngine';
import { StopTexts } from '../engine/StopTexts';
import { ApiError } from './ApiError';
import type { GenerationCall } from './calls';
import type { Metrics } from './Metrics';
import type { Slots } from './Slots';

/** What an answer took, in tokens. */
export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
}

/** How an answer ended. */
export interface Outcome {
  finishReason: FinishReason;
  usage: Usage;
}

/** What a call is answered with. */
export interface Kitchen {
  engine: TextEngine;
  slots: Slots;
  metrics: Metrics;
}

const secondsSince = (start: number) => (performance.now() - start) / 1000;

/** @throws ApiError where the prompt leaves no room for an answer */
function samplingOf(
  { sampling }: GenerationCall,
  prompt: Prompt,
  { contextTokens, canEmbed }: TextEngine,
): Sampling {
  if (canEmbed) {
    throw new ApiError(
      400,
      'This model makes embeddings and no answers; call /v1/embeddings.',
      { code: 'unsupported_model' },
    );
  }
  const room = contextTokens - prompt.tokens;
  if (room < 1) {
    throw new ApiError(
      400,
      `The prompt has ${prompt.tokens} tokens, and the context ${contextTokens} with the answer; shorten it.`,
      { param: 'messages', code: 'context_length_exceeded' },
    );
  }
  return { ...sampling, maxTokens: Math.min(sampling.maxTokens ?? room, room) };
}

/**
 * Waits for its turn and answers. Ends the work at once when the signal says so,
 * which is what a caller that went away does.
 *
 * @param say - is given each piece of the answer
 * @throws ApiError, or the signal's reason
 */
export async function generate(
  { engine, slots, metrics }: Kitchen,
  work: {
    prompt: Prompt;
    call: GenerationCall;
    signal: AbortSignal;
    say: (text: string) => void | Promise<void>;
  },
): Promise<Outcome> {
  const { prompt, call, signal, say } = work;
  const start = performance.now();
  const sampling = samplingOf(call, prompt, engine);
  const giveBack = await slots.take(signal);
  let answerTokens = 0;
  let reason: string = 'abort';
  metrics.queued(secondsSince(start));
  try {
    const stops = new StopTexts([...prompt.stops, ...call.stops]);
    const pieces = prompt.answer(sampling, signal);
    let last = start;
    let finishReason: FinishReason | undefined;
    while (!finishReason) {
      const { done, value } = await pieces.next();
      if (done) {
        const rest = stops.end();
        if (rest) await say(rest);
        finishReason = value;
        break;
      }
      signal.throwIfAborted();
      answerTokens += value.tokens;
      if (answerTokens === 1) metrics.first(secondsSince(start));
      else metrics.between(secondsSince(last));
      last = performance.now();
      const { text, isEnd } = stops.add(value.text);
      if (text) await say(text);
      if (isEnd) {
        await pieces.return('stop');
        finishReason = 'stop';
      }
    }
    reason = finishReason;
    return {
      finishReason,
      usage: {
        prompt_tokens: prompt.tokens,
        completion_tokens: answerTokens,
        total_tokens: prompt.tokens + answerTokens,
      },
    };
  } finally {
    giveBack();
    metrics.done({
      reason,
      promptTokens: prompt.tokens,
      answerTokens,
      seconds: secondsSince(start),
    });
  }
}
