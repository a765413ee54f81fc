import type { AnswerTransform, CallContext, EventTransform } from '../pipeline';
import type { CachedAnswer } from './AnswerCache';

type Fields = Record<string, unknown>;

/** Events after which a stream is whole. */
const LAST = new Set(['message_stop', 'response.completed']);

/** Writes down an answer on its way, in the shape that the caller gets. */
export class AnswerRecorder implements AnswerTransform {
  readonly #mostBytes: number;
  /** Translated answers are not kept: this is what they were before. */
  readonly #isChat: boolean;
  readonly #wantsUsage: boolean;
  answer: CachedAnswer | undefined;

  constructor({ route, body }: CallContext, mostBytes: number) {
    this.#mostBytes = mostBytes;
    this.#isChat = route !== 'messages' && route !== 'responses';
    const { include_usage: wanted } = (body?.stream_options ?? {}) as Fields;
    this.#wantsUsage = wanted === true;
  }

  json(answer: Fields): Fields {
    if (this.#isChat || answer.choices === undefined) {
      this.answer = {
        type: 'application/json',
        body: Buffer.from(JSON.stringify(answer)),
      };
    }
    return answer;
  }

  events(): EventTransform {
    this.answer = undefined;
    let lines: string[] | undefined = [];
    let size = 0;
    let isOver = false;
    return {
      event: data => {
        const { type, choices } = read(data);
        const isUsage = Array.isArray(choices) && choices.length === 0;
        size += data.length + 64;
        if (
          size > this.#mostBytes ||
          (choices !== undefined) !== this.#isChat
        ) {
          lines = undefined;
        } else if (!isUsage || this.#wantsUsage) {
          const name = this.#isChat ? '' : `event: ${type}\n`;
          lines?.push(`${name}data: ${data}\n\n`);
        }
        isOver ||= this.#isChat
          ? /"finish_reason":\s*"/.test(data)
          : LAST.has(String(type));
        return data;
      },
      end: () => {
        if (lines && isOver) {
          const text =
            lines.join('') + (this.#isChat ? 'data: [DONE]\n\n' : '');
          this.answer = { type: 'text/event-stream', body: Buffer.from(text) };
        }
        return undefined;
      },
    };
  }
}

function read(data: string): Fields {
  try {
    return JSON.parse(data) as Fields;
  } catch {
    return {};
  }
}
