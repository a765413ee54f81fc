import { sha256Hex } from '@modelhub/governance-protocol';
import type { CallState } from '../pipeline/CallState';

type Fields = Record<string, unknown>;

/** Of a text that tells conversations apart. */
const LONGEST = 4_096;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/**
 * What stays the same for a caller, so that a conversation does not change its
 * model in the middle: the user that the call names, else its trace, else how
 * the conversation began.
 */
export function callerUnit({
  caller,
  body = {},
  trace,
}: Pick<CallState, 'caller' | 'body' | 'trace'>): string {
  const metadata = (body.metadata ?? {}) as Fields;
  const user =
    textOf(body.user) ??
    textOf(body.safety_identifier) ??
    textOf(metadata.user_id);
  return `${caller.key.id}\n${user ?? trace ?? beginningOf(body)}`;
}

/** Later turns repeat everything up to the first words of the user. */
function beginningOf(body: Fields): string {
  const turns = body.messages ?? body.input ?? body.prompt;
  const first = Array.isArray(turns)
    ? turns.slice(
        0,
        turns.findIndex(turn => (turn as Fields | null)?.role === 'user') + 1,
      )
    : turns;
  const text = JSON.stringify(first ?? '') ?? '';
  return sha256Hex(text.slice(0, LONGEST));
}
