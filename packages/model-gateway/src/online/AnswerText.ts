import type { AnswerTransform, EventTransform } from '../pipeline';

type Fields = Record<string, unknown>;

/** Of one answer, in characters; the rest is not scored. */
const LONGEST_ANSWER = 256 * 1024;

const isTool = (type: unknown) =>
  type === 'tool_use' || type === 'function_call';

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

const listOf = (value: unknown): Fields[] =>
  Array.isArray(value) ? value.map(fieldsOf) : [];

/** Reads the text of an answer in passing, in the shape of whatever route. Changes nothing. */
export class AnswerText implements AnswerTransform {
  #parts: string[] = [];
  #length = 0;
  /** Whether the end is missing. */
  isCut = false;
  /** Whether the model asked for tools. */
  hasTools = false;

  get text(): string {
    return this.#parts.join('');
  }

  json(answer: Fields): Fields {
    const [choice] = listOf(answer.choices);
    if (choice) {
      this.#message(choice);
    } else {
      // Anthropic's content, or the output of a response.
      for (const item of [
        ...listOf(answer.content),
        ...listOf(answer.output),
      ]) {
        this.#block(item);
        listOf(item.content).forEach(part => this.#block(part));
      }
    }
    return answer;
  }

  events(): EventTransform {
    // Another attempt begins anew.
    this.#parts = [];
    this.#length = 0;
    this.isCut = false;
    this.hasTools = false;
    return {
      event: data => {
        if (!this.isCut) {
          this.#event(parsed(data));
        }
        return data;
      },
      end: () => undefined,
    };
  }

  #event(event: Fields): void {
    const [choice] = listOf(event.choices);
    if (choice) {
      if ((choice.index ?? 0) === 0) {
        this.#message(choice);
      }
      return;
    }
    const delta = fieldsOf(event.delta);
    if (event.type === 'response.output_text.delta') {
      this.#add(event.delta);
    } else if (event.type === 'content_block_delta') {
      this.#add(delta.text);
    }
    const block = fieldsOf(event.content_block ?? event.item);
    this.hasTools ||= isTool(block.type);
  }

  #message(choice: Fields): void {
    const message = fieldsOf(choice.message ?? choice.delta);
    this.#add(choice.text ?? message.content);
    this.hasTools ||= listOf(message.tool_calls).length > 0;
  }

  #block(block: Fields): void {
    this.#add(block.text);
    this.hasTools ||= isTool(block.type);
  }

  #add(text: unknown): void {
    if (typeof text !== 'string' || this.isCut) {
      return;
    }
    const rest = LONGEST_ANSWER - this.#length;
    this.isCut = text.length > rest;
    this.#parts.push(this.isCut ? text.slice(0, rest) : text);
    this.#length += Math.min(text.length, rest);
  }
}

function parsed(data: string): Fields {
  try {
    return fieldsOf(JSON.parse(data));
  } catch {
    return {};
  }
}
