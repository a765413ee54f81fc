import { setTimeout } from 'node:timers/promises';
import OpenAI from 'openai';

const QUESTION =
  'Summarise: the parcel was late. The customer wants a refund. The refund was paid on Monday.';

/** A client of the gateway that tries nothing twice by itself. */
export function gatewayClient(
  portal: { gatewayUrl: string },
  apiKey: string,
): OpenAI {
  return new OpenAI({
    apiKey,
    baseURL: `${portal.gatewayUrl}/v1`,
    maxRetries: 0,
  });
}

/** A streamed call, piece by piece. */
export async function streamed(client: OpenAI, model: string) {
  const stream = await client.chat.completions.create({
    model,
    stream: true,
    messages: [{ role: 'user', content: QUESTION }],
  });
  const pieces: string[] = [];
  for await (const chunk of stream) {
    pieces.push(chunk.choices[0]?.delta?.content ?? '');
  }
  return { pieces: pieces.length, text: pieces.join('') };
}

/** Status and code of a call that is refused. */
export async function refusalOf(
  call: PromiseLike<unknown>,
): Promise<{ status: number | undefined; code: string | null | undefined }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof OpenAI.APIError) {
      const { status, code } = error;
      return { status, code };
    }
    throw error;
  }
  throw new Error('The call was answered, though it had to be refused');
}

/** Asks a short question. */
export function ask(
  client: OpenAI,
  model: string,
  options: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming> = {},
) {
  return client.chat.completions.create({
    model,
    messages: [{ role: 'user', content: QUESTION }],
    ...options,
  });
}

/** Status of a call: 200, or that of the refusal. */
export async function statusOf(client: OpenAI, model: string): Promise<number> {
  try {
    await client.chat.completions.create({
      model,
      messages: [{ role: 'user', content: QUESTION }],
    });
    return 200;
  } catch (error) {
    if (error instanceof OpenAI.APIError && error.status) return error.status;
    throw error;
  }
}

/** Milliseconds until `attempt` stops throwing. */
export async function timeUntil(
  attempt: () => Promise<unknown>,
  limitMs: number,
): Promise<number> {
  const from = performance.now();
  for (;;) {
    try {
      await attempt();
      return performance.now() - from;
    } catch (error) {
      if (performance.now() - from > limitMs) throw error;
      await setTimeout(20);
    }
  }
}
