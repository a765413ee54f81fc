import { useApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import type { PlaygroundSettings } from '@modelhub/backstage-plugin-models-common';
import {
  errorText,
  modelServingApiRef,
} from '@modelhub/backstage-plugin-models-react';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { readChatEvents } from './chatEvents';
import { isOpen, messagesFor, sessionAfter, type Turn } from './session';
import type { Problem } from './types';

/** What all targets are asked. */
export interface Question {
  prompt: string;
  system: string;
  withHistory: boolean;
  targets: string[];
  settings: PlaygroundSettings;
  profile?: string;
}

const problemOf = (error: unknown): Problem => ({
  message: errorText(error),
  ...(error instanceof ResponseError && { status: error.response.status }),
});

/** A session with several targets; it lives as long as the page. */
export function useChat() {
  const api = useApi(modelServingApiRef);
  const [turns, tell] = useReducer(sessionAfter, [] as Turn[]);
  const calls = useRef(new Map<string, AbortController>());

  const answer = useCallback(
    async (turn: string, target: string, question: Question, past: Turn[]) => {
      const at = { turn, target };
      const call = new AbortController();
      calls.current.set(`${turn} ${target}`, call);
      const { settings, profile } = question;
      const messages = messagesFor(past, target, question);
      try {
        const response = await api.chatInPlayground(
          { body: { target, profile, messages, settings } },
          { signal: call.signal },
        );
        for await (const event of readChatEvents(response)) {
          if (call.signal.aborted) break;
          if (event.type === 'delta') {
            tell({ type: 'text', ...at, text: event.text });
          } else if (event.type === 'done') {
            const { finishReason, ...figures } = event.answer;
            tell({ type: 'done', ...at, finishReason, figures });
          } else {
            tell({ type: 'failed', ...at, problem: event.problem });
          }
        }
      } catch (error) {
        if (!call.signal.aborted) {
          tell({ type: 'failed', ...at, problem: problemOf(error) });
        }
      } finally {
        calls.current.delete(`${turn} ${target}`);
      }
    },
    [api],
  );

  const ask = useCallback(
    (question: Question) => {
      const turn = globalThis.crypto.randomUUID();
      const { prompt, targets } = question;
      tell({ type: 'asked', turn, prompt, targets });
      for (const target of targets) {
        void answer(turn, target, question, turns);
      }
    },
    [answer, turns],
  );

  const stop = useCallback((turn: string, target: string) => {
    calls.current.get(`${turn} ${target}`)?.abort();
    tell({ type: 'stopped', turn, target });
  }, []);

  useEffect(() => {
    const underWay = calls.current;
    return () => underWay.forEach(call => call.abort());
  }, []);

  const last = turns.at(-1);
  const open = last
    ? last.targets.filter(target => isOpen(last.answers[target]))
    : [];
  return {
    turns,
    /** Targets that still answer. */
    open,
    ask,
    stop,
    stopAll: () => open.forEach(target => last && stop(last.id, target)),
    clear: () => tell({ type: 'cleared' }),
  };
}
