import type { ChatReply } from '../endpoint/types';
import type { ChatMessage, ToolCall } from '../pack/types';
import { safeRegex } from '../scorers/text/safeRegex';
import { ToolSimulator } from './ToolSimulator';
import type {
  AgentCall,
  AgentEnd,
  AgentScript,
  AgentTrajectory,
  AgentUserTurn,
} from './types';

const DEFAULT_TURNS = 10;
const DEFAULT_LOOP = 4;

/** One request may ask for so many tools; those behind are refused. */
const MOST_CALLS_A_TURN = 20;

/**
 * Holds the conversation of an agentic case: asks the model, answers its calls
 * from the script, and says the user's next turn when the model answered
 * without a call.
 *
 * @param ask - one request to the model, by its number from 1 on
 */
export async function converse(
  script: AgentScript,
  opening: ChatMessage[],
  ask: (messages: ChatMessage[], turn: number) => Promise<ChatReply>,
): Promise<AgentTrajectory> {
  const { maxTurns = DEFAULT_TURNS, loopAfter = DEFAULT_LOOP } = script;
  const simulator = new ToolSimulator(script);
  const messages = [...opening];
  const calls: AgentCall[] = [];
  const texts: string[] = [];
  const asked = new Map<string, number>();
  let userTurns = script.userTurns ?? [];
  const trajectory = (ended: AgentEnd): AgentTrajectory => ({
    calls,
    texts,
    turns: texts.length,
    ended,
    state: simulator.world.state,
  });

  for (let turn = 1; turn <= maxTurns; turn++) {
    const { text, toolCalls = [] } = await ask([...messages], turn);
    texts.push(text);
    if (toolCalls.length === 0) {
      messages.push({ role: 'assistant', content: text });
      const [next, rest] = nextTurn(userTurns, text);
      if (!next) return trajectory('answered');
      userTurns = rest;
      messages.push({ role: 'user', content: next.content });
      continue;
    }
    const made = withIds(toolCalls.slice(0, MOST_CALLS_A_TURN), turn);
    messages.push({ role: 'assistant', content: text, toolCalls: made });
    for (const call of made) {
      const answer = simulator.call(call);
      calls.push({ ...call, turn, ...answer });
      messages.push({
        role: 'tool',
        toolCallId: call.id,
        content: contentOf(answer),
      });
      const key = JSON.stringify([call.name, sorted(call.arguments)]);
      const times = (asked.get(key) ?? 0) + 1;
      asked.set(key, times);
      if (times >= loopAfter) return trajectory('loop');
    }
  }
  return trajectory('turns');
}

/** The first that fits what was said, and those behind it. */
function nextTurn(
  turns: AgentUserTurn[],
  text: string,
): [AgentUserTurn | undefined, AgentUserTurn[]] {
  const index = turns.findIndex(
    ({ whenRegex }) => !whenRegex || safeRegex(whenRegex, 'i').test(text),
  );
  return index < 0 ? [undefined, []] : [turns[index], turns.slice(index + 1)];
}

/** Servers leave ids out, or give each call the same. */
function withIds(calls: ToolCall[], turn: number): ToolCall[] {
  const isUnique =
    new Set(calls.map(({ id }) => id)).size === calls.length &&
    calls.every(({ id }) => id !== '');
  return isUnique
    ? calls
    : calls.map((call, index) => ({ ...call, id: `call_${turn}_${index}` }));
}

function contentOf({ result, error }: { result?: unknown; error?: string }) {
  if (error !== undefined) return JSON.stringify({ error });
  return typeof result === 'string' ? result : JSON.stringify(result);
}

/** The same arguments in another order are the same call. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, it]) => [name, sorted(it)]),
    );
  }
  return value;
}
