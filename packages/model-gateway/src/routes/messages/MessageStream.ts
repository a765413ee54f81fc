import type { StreamTranslator } from '../../upstream/EventRewriter';
import { Usage, messageIdOf, stopReasonOf, usageOf } from './toMessage';

interface Chunk {
  id?: string;
  choices?: Array<{
    delta?: {
      content?: string | null;
      refusal?: string | null;
      tool_calls?: Array<{
        index?: number;
        id?: string;
        function?: { name?: string; arguments?: string };
      }>;
    };
    finish_reason?: string | null;
  }>;
  usage?: Usage | null;
  error?: { message?: string };
}

/** Chunks of a streamed chat completion as the events of a streamed message. */
export class MessageStream implements StreamTranslator {
  readonly #model: string;
  #begun = false;
  #ended = false;
  /** Number of the open block, which is a text or the tool call of this index. */
  #block = -1;
  #open: 'text' | number | undefined;
  #finish: string | undefined;
  #usage: Usage | undefined;

  /** @param model - as the caller named it */
  constructor(model: string) {
    this.#model = model;
  }

  event(data: string): string {
    const chunk = JSON.parse(data) as Chunk;
    if (chunk.error) {
      this.#ended = true;
      const message = chunk.error.message ?? 'The provider broke off.';
      return event('error', { error: { type: 'api_error', message } });
    }
    let out = this.#begun ? '' : this.#begin(chunk);
    this.#usage = chunk.usage ?? this.#usage;
    for (const { delta, finish_reason: finish } of chunk.choices ?? []) {
      const text = delta?.content ?? delta?.refusal;
      if (text) {
        out += this.#text(text);
      }
      for (const call of delta?.tool_calls ?? []) {
        out += this.#tool(call.index ?? 0, call.id, call.function);
      }
      this.#finish = finish ?? this.#finish;
    }
    return out;
  }

  end(): string {
    if (this.#ended) {
      return '';
    }
    this.#ended = true;
    const begin = this.#begun ? '' : this.#begin({});
    return [
      begin,
      this.#close(),
      event('message_delta', {
        delta: { stop_reason: stopReasonOf(this.#finish) },
        usage: usageOf(this.#usage),
      }),
      event('message_stop', {}),
    ].join('');
  }

  #begin({ id, usage }: Chunk): string {
    this.#begun = true;
    return event('message_start', {
      message: {
        id: messageIdOf(id),
        type: 'message',
        role: 'assistant',
        model: this.#model,
        content: [],
        usage: usageOf(usage ?? undefined),
      },
    });
  }

  #text(text: string): string {
    const start =
      this.#open === 'text'
        ? ''
        : this.#start('text', { type: 'text', text: '' });
    return start + this.#delta({ type: 'text_delta', text });
  }

  #tool(
    index: number,
    id: string | undefined,
    call: { name?: string; arguments?: string } | undefined,
  ): string {
    const start =
      this.#open === index
        ? ''
        : this.#start(index, {
            type: 'tool_use',
            id,
            name: call?.name,
            input: {},
          });
    return call?.arguments
      ? start +
          this.#delta({
            type: 'input_json_delta',
            partial_json: call.arguments,
          })
      : start;
  }

  #start(kind: 'text' | number, block: object): string {
    const before = this.#close();
    this.#open = kind;
    this.#block += 1;
    return (
      before +
      event('content_block_start', { index: this.#block, content_block: block })
    );
  }

  #delta(delta: object): string {
    return event('content_block_delta', { index: this.#block, delta });
  }

  #close(): string {
    if (this.#open === undefined) {
      return '';
    }
    this.#open = undefined;
    return event('content_block_stop', { index: this.#block });
  }
}

function event(type: string, fields: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}
