import type { Figures, Problem } from './types';

/** What one target answered to one prompt. */
export interface Answer {
  state: 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed';
  text: string;
  figures?: Figures;
  finishReason?: string;
  /** With `failed`. */
  problem?: Problem;
}

/** One prompt with the answers side by side. */
export interface Turn {
  id: string;
  prompt: string;
  /** Ids of the targets in the order of their columns. */
  targets: string[];
  /** By target. */
  answers: Record<string, Answer>;
}

/** What happened in a session; the page's memory alone, nothing is kept elsewhere. */
export type SessionEvent =
  | { type: 'asked'; turn: string; prompt: string; targets: string[] }
  | { type: 'text'; turn: string; target: string; text: string }
  | {
      type: 'done';
      turn: string;
      target: string;
      finishReason?: string;
      figures: Figures;
    }
  | {
      type: 'failed';
      turn: string;
      target: string;
      problem: Problem;
    }
  | { type: 'stopped'; turn: string; target: string }
  | { type: 'cleared' };

/** Whether more of the answer may come. */
export const isOpen = (answer: Answer) =>
  answer.state === 'waiting' || answer.state === 'streaming';

function withAnswer(
  turns: Turn[],
  at: { turn: string; target: string },
  change: (answer: Answer) => Answer,
): Turn[] {
  return turns.map(turn => {
    const answer = turn.answers[at.target];
    // What ended stays as it ended, whatever arrives late.
    if (turn.id !== at.turn || !answer || !isOpen(answer)) return turn;
    return {
      ...turn,
      answers: { ...turn.answers, [at.target]: change(answer) },
    };
  });
}

/** The session after an event. */
export function sessionAfter(turns: Turn[], event: SessionEvent): Turn[] {
  switch (event.type) {
    case 'asked':
      return [
        ...turns,
        {
          id: event.turn,
          prompt: event.prompt,
          targets: event.targets,
          answers: Object.fromEntries(
            event.targets.map(target => [
              target,
              { state: 'waiting', text: '' } satisfies Answer,
            ]),
          ),
        },
      ];
    case 'text':
      return withAnswer(turns, event, answer => ({
        ...answer,
        state: 'streaming',
        text: answer.text + event.text,
      }));
    case 'done':
      return withAnswer(turns, event, answer => ({
        ...answer,
        state: 'done',
        finishReason: event.finishReason,
        figures: event.figures,
      }));
    case 'failed':
      return withAnswer(turns, event, answer => ({
        ...answer,
        state: 'failed',
        problem: event.problem,
      }));
    case 'stopped':
      return withAnswer(turns, event, answer => ({
        ...answer,
        state: 'stopped',
      }));
    default:
      return [];
  }
}

/** One message of a conversation, as models take it. */
export interface Message {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/**
 * What a target is sent: the system prompt, what it and the person said before
 * where that is wanted, and the prompt. Prompts that it did not answer are left
 * out, for many models refuse two prompts in a row.
 */
export function messagesFor(
  turns: Turn[],
  target: string,
  next: { system?: string; prompt: string; withHistory: boolean },
): Message[] {
  const before = (next.withHistory ? turns : []).flatMap(turn => {
    const answer = turn.answers[target];
    return answer?.text && !isOpen(answer) && answer.state !== 'failed'
      ? ([
          { role: 'user', content: turn.prompt },
          { role: 'assistant', content: answer.text },
        ] satisfies Message[])
      : [];
  });
  const system = next.system?.trim();
  return [
    ...(system ? [{ role: 'system', content: system } satisfies Message] : []),
    ...before,
    { role: 'user', content: next.prompt },
  ];
}
