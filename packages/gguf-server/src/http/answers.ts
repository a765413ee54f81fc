import { randomUUID } from 'node:crypto';
import type { FinishReason } from '../engine/TextEngine';
import type { Outcome, Usage } from './generate';

/** How answers of one route look. */
export interface Shape {
  id: string;
  whole(text: string, outcome: Outcome): object;
  /** Before the first piece. */
  begin?(): object;
  piece(text: string): object;
  end(reason: FinishReason): object;
  usage(usage: Usage): object;
}

const now = () => Math.floor(Date.now() / 1000);
const idOf = (kind: string) => `${kind}-${randomUUID().replaceAll('-', '')}`;

/** Answers of `/v1/chat/completions`. */
export function chatShape(model: string): Shape {
  const id = idOf('chatcmpl');
  const created = now();
  const chunk = (choices: object[], more: object = {}) => ({
    id,
    object: 'chat.completion.chunk',
    created,
    model,
    choices,
    ...more,
  });
  const choice = (delta: object, reason: FinishReason | null = null) => ({
    index: 0,
    delta,
    logprobs: null,
    finish_reason: reason,
  });
  return {
    id,
    whole: (content, { finishReason, usage }) => ({
      id,
      object: 'chat.completion',
      created,
      model,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content, refusal: null },
          logprobs: null,
          finish_reason: finishReason,
        },
      ],
      usage,
    }),
    begin: () => chunk([choice({ role: 'assistant', content: '' })]),
    piece: content => chunk([choice({ content })]),
    end: reason => chunk([choice({}, reason)]),
    usage: usage => chunk([], { usage }),
  };
}

/** Answers of `/v1/completions`. */
export function completionShape(model: string): Shape {
  const id = idOf('cmpl');
  const created = now();
  const answer = (choices: object[], more: object = {}) => ({
    id,
    object: 'text_completion',
    created,
    model,
    choices,
    ...more,
  });
  const choice = (text: string, reason: FinishReason | null = null) => ({
    index: 0,
    text,
    logprobs: null,
    finish_reason: reason,
  });
  return {
    id,
    whole: (text, { finishReason, usage }) =>
      answer([choice(text, finishReason)], { usage }),
    piece: text => answer([choice(text)]),
    end: reason => answer([choice('', reason)]),
    usage: usage => answer([], { usage }),
  };
}
