import type { Json } from '../pack/types';
import { safeRegex } from '../scorers/text/safeRegex';
import { fits, holds } from './matching';
import type { AgentExpectation, AgentTrajectory } from './types';
import { World } from './World';

/** Why a conversation did not come to what is wanted, in words; nothing where it did. */
export function outcomeProblem(
  outcome: NonNullable<AgentExpectation['outcome']>,
  trajectory: AgentTrajectory,
): string | undefined {
  const { ended, texts, state } = trajectory;
  if (ended !== 'answered') return 'It did not end with an answer';
  const last = texts[texts.length - 1] ?? '';
  const { regex, flags, notRegex, json, state: wanted = {} } = outcome;
  if (regex !== undefined && !safeRegex(regex, flags).test(last)) {
    return `The last answer does not match ${regex}`;
  }
  if (notRegex !== undefined && safeRegex(notRegex, flags).test(last)) {
    return `The last answer matches ${notRegex}, which it must not`;
  }
  if (json !== undefined) {
    const found = jsonIn(last);
    if (found === undefined) return 'The last answer holds no JSON';
    if (!holds(json, found)) {
      return `The last answer is not ${JSON.stringify(json)}`;
    }
  }
  const world = new World(state);
  for (const [path, value] of Object.entries(wanted)) {
    const found = world.get(path);
    if (!fits(value, found)) {
      return `${path} is ${JSON.stringify(
        found,
      )} in the end, and should be ${JSON.stringify(value)}`;
    }
  }
  return undefined;
}

/** The whole text, what is in a fence, or what is between the outer braces. */
function jsonIn(text: string): Json | undefined {
  const fenced = /```(?:json)?\s*([^]*?)```/.exec(text)?.[1];
  const braces = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
  for (const candidate of [text, fenced, braces]) {
    try {
      if (candidate?.trim()) return JSON.parse(candidate) as Json;
    } catch {
      // The next one may be.
    }
  }
  return undefined;
}
