import { canonicalJson } from '@modelhub/governance-protocol';
import { createHash } from 'node:crypto';
import type { CallContext } from '../pipeline';

type Fields = Record<string, unknown>;

/** Fields that change nothing about what is asked. */
const BESIDE_THE_POINT = new Set([
  'metadata',
  'prompt_cache_key',
  'safety_identifier',
  'stream',
  'stream_options',
  'user',
]);

/** One for calls that ask the same of the same model. */
export function callHash(context: CallContext): string {
  const hash = createHash('sha256').update(`${context.model}\n`);
  const { body } = context;
  if (!body) {
    return hash.update(context.raw).digest('base64url');
  }
  const asked = Object.fromEntries(
    Object.entries(body).filter(([name]) => !BESIDE_THE_POINT.has(name)),
  );
  return hash.update(canonical(asked)).digest('base64url');
}

/**
 * How often the conversation holds the tool call that its assistant made last:
 * an agent that goes round in a circle asks for the same thing again and again.
 */
export function lastToolCallRepeats(body: Fields): number {
  const calls = toolCallsOf(body);
  const last = calls.at(-1);
  return calls.filter(call => call === last).length;
}

/** Each tool call of a conversation as one text, in order. */
function toolCallsOf(body: Fields): string[] {
  return [...items(body.messages), ...items(body.input)].flatMap(message => [
    ...items(message.tool_calls).map(({ function: called, custom }) =>
      callText(fieldsOf(called ?? custom)),
    ),
    ...(isFields(message.function_call)
      ? [callText(message.function_call)]
      : []),
    ...items(message.content)
      .filter(({ type }) => String(type).endsWith('tool_use'))
      .map(callText),
    ...(String(message.type).endsWith('_call') ? [callText(message)] : []),
  ]);
}

function callText({ name, type, arguments: args, input, action }: Fields) {
  return canonical([name ?? type, parsed(args ?? input ?? action)]);
}

/** Arguments come as JSON in a text, whose spelling may differ. */
function parsed(args: unknown): unknown {
  if (typeof args !== 'string') {
    return args ?? '';
  }
  try {
    return JSON.parse(args);
  } catch {
    return args;
  }
}

function canonical(value: unknown): string {
  try {
    return canonicalJson(value);
  } catch {
    // A text that is no Unicode has no canonical form.
    return JSON.stringify(value);
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function items(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}
