import { converse } from '../../agent/converse';
import type { AgentScript } from '../../agent/types';
import type { ModelClient } from '../../endpoint/ModelClient';
import type { ChatReply } from '../../endpoint/types';
import type { Json, PackRequest } from '../../pack/types';
import type { CaseAnswer } from '../../scorers/types';
import { messagesOf } from './messages';
import type { Asking, Respondent } from './types';

/** Several turns with simulated tools; the last text is the answer's. */
export class AgentRespondent implements Respondent {
  readonly #client: ModelClient;
  readonly #request: PackRequest;

  constructor(client: ModelClient, request: PackRequest) {
    this.#client = client;
    this.#request = request;
  }

  async answer(asking: Asking): Promise<CaseAnswer> {
    const { case: it, seed, signal, keptTurns } = asking;
    const script = it.agent as unknown as AgentScript;
    const replies: ChatReply[] = [];
    const trajectory = await converse(
      script,
      messagesOf(it, this.#request),
      async (messages, turn) => {
        const kept = keptTurns[turn - 1];
        const reply =
          kept ??
          (await this.#client.chat(messages, {
            ...this.#request,
            tools: script.tools,
            seed,
            signal,
          }));
        replies.push(reply);
        if (!kept) await asking.onTurn(turn, reply);
        return reply;
      },
    );
    const last = replies[replies.length - 1];
    return {
      text: trajectory.texts[trajectory.texts.length - 1] ?? '',
      ...(last?.finishReason && { finishReason: last.finishReason }),
      toolCalls: trajectory.calls.map(({ id, name, arguments: given }) => ({
        id,
        name,
        arguments: given,
      })),
      trajectory: trajectory as unknown as { [name: string]: Json },
      latencyMs: sum(replies.map(reply => reply.latencyMs)) ?? 0,
      ...(replies[0]?.ttftMs !== undefined && { ttftMs: replies[0].ttftMs }),
      ...tokens(replies),
    };
  }
}

/** Only where the endpoint counted each of them. */
function sum(values: Array<number | undefined>): number | undefined {
  let total = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    total += value;
  }
  return total;
}

function tokens(replies: ChatReply[]) {
  const inputTokens = sum(replies.map(reply => reply.inputTokens));
  const outputTokens = sum(replies.map(reply => reply.outputTokens));
  return {
    ...(inputTokens !== undefined && { inputTokens }),
    ...(outputTokens !== undefined && { outputTokens }),
  };
}
