import { ApiError } from '../http/ApiError';
import type { AnswerTransform, EventTransform } from '../pipeline';
import type { OfferedTool } from './offeredTools';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});
const items = (value: unknown): Fields[] =>
  Array.isArray(value) ? value.filter(isFields) : [];

/** Tools that providers run, by the beginning of their type. */
const BUILT_IN =
  /^(web_search|web_fetch|file_search|code_|computer|image_generation|local_shell|shell|bash|text_editor|apply_patch|mcp)/;

/** Names may come in pieces, so they are put together before they are judged. */
class OfferedEvents implements EventTransform {
  readonly #offered: ReadonlySet<string>;
  /** What came of a name so far, by choice and call. */
  readonly #begun = new Map<string, string>();

  constructor(offered: ReadonlySet<string>) {
    this.#offered = offered;
  }

  event(data: string): string {
    // Most events carry text only; they need not be parsed.
    if (!/"(tool_calls|[a-z_]*tool_use|[a-z_]+_call|mcp_[a-z_]+)"/.test(data)) {
      return data;
    }
    const event = parse(data);
    for (const choice of items(event.choices)) {
      this.#judgeDelta(String(choice.index), fieldsOf(choice.delta));
    }
    const whole = [
      ...calledIn(event),
      ...calledIn({ output: [event.item] }),
      ...calledIn({ content: [event.content_block] }),
      ...calledIn(fieldsOf(event.response)),
    ];
    for (const name of whole) {
      demand(this.#offered, name);
    }
    return data;
  }

  end(): undefined {
    for (const name of this.#begun.values()) {
      demand(this.#offered, name);
    }
  }

  #judgeDelta(choice: string, delta: Fields): void {
    const calls = items(delta.tool_calls).map((call, at) => ({
      id: `${choice} ${call.index ?? at}`,
      called: fieldsOf(call.function ?? call.custom),
    }));
    if (isFields(delta.function_call)) {
      calls.push({ id: choice, called: delta.function_call });
    }
    for (const { id, called } of calls) {
      this.#judgePiece(id, called);
    }
  }

  #judgePiece(id: string, { name }: Fields): void {
    const before = this.#begun.get(id);
    if (typeof name !== 'string' || name === '' || name === before) {
      if (before !== undefined) {
        demand(this.#offered, before);
      }
      return;
    }
    const soFar = (before ?? '') + name;
    this.#begun.set(id, soFar);
    if (![...this.#offered].some(offered => offered.startsWith(soFar))) {
      demand(this.#offered, soFar);
    }
  }
}

/**
 * Lets no call of a tool through that was not offered: who answers with one
 * would have an agent do what nobody judged. A plain answer is refused, a
 * stream is cut before the call.
 */
export function onlyOffered(offered: readonly OfferedTool[]): AnswerTransform {
  const names = new Set(offered.flatMap(tool => tool.names));
  return {
    json: answer => {
      for (const name of calledIn(answer)) {
        demand(names, name);
      }
      return answer;
    },
    events: () => new OfferedEvents(names),
  };
}

function parse(data: string): Fields {
  try {
    return fieldsOf(JSON.parse(data));
  } catch {
    return {};
  }
}

/** Names of the tools that a whole answer calls. */
function calledIn(answer: Fields): string[] {
  return [
    ...items(answer.choices).flatMap(({ message }) => {
      const { tool_calls: calls, function_call: older } = fieldsOf(message);
      return [
        ...items(calls).map(call => fieldsOf(call.function ?? call.custom)),
        ...(isFields(older) ? [older] : []),
      ].map(({ name }) => String(name));
    }),
    ...items(answer.output).flatMap(builtInName),
    ...items(answer.content)
      .filter(({ type }) => String(type).endsWith('tool_use'))
      .map(({ type, name }) =>
        type === 'mcp_tool_use' ? 'mcp' : String(name),
      ),
  ];
}

/** Of an output item of the responses API: its own name, or that of its type. */
function builtInName({ type, name }: Fields): string[] {
  const kind = String(type);
  if (kind.startsWith('mcp_')) {
    return ['mcp'];
  }
  if (!kind.endsWith('_call')) {
    return [];
  }
  return kind === 'function_call' || kind === 'custom_tool_call'
    ? [String(name)]
    : [kind.slice(0, -'_call'.length)];
}

function demand(offered: ReadonlySet<string>, name: string): void {
  if (!offered.has(name) && !isPartOf(offered, name)) {
    throw new ApiError(
      403,
      'tool_denied',
      `The model called tool '${name.slice(
        0,
        128,
      )}', which this call did not offer, so the answer is withheld. Offer the tool if it is meant to be called: the rules of the profile then decide.`,
      { type: 'tool_access_denied', details: { tool: name.slice(0, 128) } },
    );
  }
}

/**
 * Built-in tools are called by a shorter name than their type
 * (`web_search_preview` → `web_search`), or by that of a part of them
 * (`code_execution` → `bash_code_execution`).
 */
function isPartOf(offered: ReadonlySet<string>, name: string): boolean {
  return [...offered].some(
    it =>
      BUILT_IN.test(it) &&
      (it.startsWith(`${name}_`) || name.endsWith(`_${it}`)),
  );
}
