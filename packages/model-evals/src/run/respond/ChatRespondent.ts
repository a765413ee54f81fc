import type { ModelClient } from '../../endpoint/ModelClient';
import type { ChatReply } from '../../endpoint/types';
import type { PackRequest } from '../../pack/types';
import type { CaseAnswer } from '../../scorers/types';
import { messagesOf, promptOf } from './messages';
import type { Asking, Respondent } from './types';

/** One request for each answer: a conversation, or a text that goes on. */
export class ChatRespondent implements Respondent {
  readonly #client: ModelClient;
  readonly #request: PackRequest;
  readonly #task: 'chat' | 'completion';

  constructor(
    client: ModelClient,
    request: PackRequest,
    task: 'chat' | 'completion',
  ) {
    this.#client = client;
    this.#request = request;
    this.#task = task;
  }

  async answer({ case: it, seed, signal }: Asking): Promise<CaseAnswer> {
    const question = { ...this.#request, seed, signal };
    const reply =
      this.#task === 'chat'
        ? await this.#client.chat(messagesOf(it, this.#request), question)
        : await this.#client.completion(promptOf(it, this.#request), question);
    return answerOf(reply);
  }
}

function answerOf({ model, ...answer }: ChatReply): CaseAnswer {
  return answer;
}
