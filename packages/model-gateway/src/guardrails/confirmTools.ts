import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import { randomUUID } from 'node:crypto';
import { ApiError } from '../http/ApiError';
import { OidcIdentities, principalOf } from '../identity';
import type { CallContext } from '../pipeline';
import type { AskDesk, AskOutcome } from './AskDesk';
import type { JudgedTool } from './toolRules';
import type { KeptDecision, Trace } from './TraceTable';

const DEFAULT_SECONDS = 120;
/** The control plane takes no longer ones. */
const MOST_SECONDS = 3600;
/** More are not put before a person. */
const MOST_TOOLS = 50;
const LONGEST_NAME = 200;

/** Questions that wait, by what they are about: equal ones are asked once. */
export type WaitingAsks = Map<string, Promise<AskOutcome>>;

/**
 * Holds a call until a person has decided about its tools. What was decided for
 * the rest of the trace is not asked again until then.
 *
 * @throws ApiError 403 `tool_not_confirmed`
 */
export async function confirmTools(options: {
  context: CallContext;
  tools: readonly JudgedTool[];
  trace: Trace;
  desk: AskDesk | undefined;
  waiting: WaitingAsks;
  now: () => number;
}): Promise<void> {
  const { context, trace, desk, waiting, now } = options;
  const keyId = context.caller.key.id;
  const decisionKey = (tool: JudgedTool) => `${keyId} ${toolHash(tool)}`;
  for (;;) {
    const open = options.tools.filter(tool => {
      const kept = trace.decisions.get(decisionKey(tool));
      if (!kept || kept.until <= now()) {
        return true;
      }
      demandAllowed(kept, tool.name);
      return false;
    });
    if (open.length === 0) {
      return;
    }
    if (!desk) {
      throw notConfirmed(open, 'Nobody can be asked on this gateway.');
    }
    const { key } = context.caller;
    if (OidcIdentities.isPrincipal(key) && !principalOf(key)) {
      throw notConfirmed(
        open,
        'The gateway cannot tell whose token this is, so nobody can be asked: nobody may decide about calls of their own. Have whoever runs the gateway set oidc[].principal to a claim that names you, or use a gateway key.',
      );
    }
    if (open.length > MOST_TOOLS) {
      throw notConfirmed(
        open,
        `A person is asked about ${MOST_TOOLS} tools at most. Offer fewer.`,
      );
    }
    const about = `${context.caller.key.profile} ${keyId} ${
      context.trace ?? ''
    } ${open.map(toolHash).sort().join()}`;
    const other = waiting.get(about);
    if (other) {
      await waitFor(other, context.signal);
      const isDecided = open.every(tool =>
        trace.decisions.has(decisionKey(tool)),
      );
      if (isDecided || waiting.has(about)) {
        continue;
      }
    }
    // Whoever else waits finds what was decided in the trace.
    const asking = desk
      .ask(requestOf(context, open), context.signal)
      .then(outcome => {
        waiting.delete(about);
        keep(trace, open.map(decisionKey), outcome);
        return outcome;
      });
    if (context.trace !== undefined) {
      waiting.set(about, asking);
    }
    const outcome = await asking;
    demandConfirmed(outcome, open);
    return;
  }
}

function requestOf(context: CallContext, tools: readonly JudgedTool[]) {
  const { caller, trace, admission } = context;
  const principal = principalOf(caller.key);
  return {
    id: randomUUID(),
    keyId: caller.key.id,
    ...(principal && {
      caller: { ...principal, profile: caller.key.profile },
    }),
    ...(trace !== undefined && { trace }),
    model: admission.gatewayId,
    tools: tools.map(tool => ({
      name: tool.name.slice(0, LONGEST_NAME),
      descriptionHash: toolHash(tool),
      risk: tool.risk,
    })),
    seconds: Math.min(
      caller.profile?.agents?.askSeconds ?? DEFAULT_SECONDS,
      MOST_SECONDS,
    ),
  };
}

/** A tool that says something else about itself is another tool. */
function toolHash({ name, tool }: JudgedTool): string {
  const { description } = tool;
  try {
    return sha256Hex(`${name}\n${canonicalJson(description)}`);
  } catch {
    return sha256Hex(`${name}\n${JSON.stringify(description)}`);
  }
}

function keep(trace: Trace, keys: string[], outcome: AskOutcome): void {
  const isKept = outcome.outcome === 'allowed' || outcome.outcome === 'denied';
  if (!isKept || outcome.until === undefined) {
    return;
  }
  const decision: KeptDecision = {
    allowed: outcome.outcome === 'allowed',
    ...(outcome.outcome === 'denied' && { reason: outcome.reason }),
    until: Date.parse(outcome.until),
  };
  for (const key of keys) {
    trace.decisions.set(key, decision);
  }
}

/** Waits until a question has an outcome, or the caller goes away. */
async function waitFor(
  asking: Promise<AskOutcome>,
  signal: AbortSignal,
): Promise<void> {
  let leave: () => void = () => {};
  await Promise.race([
    asking,
    new Promise<void>(resolve => {
      leave = resolve;
      signal.addEventListener('abort', leave, { once: true });
    }),
  ]);
  signal.removeEventListener('abort', leave);
  signal.throwIfAborted();
}

function demandAllowed({ allowed, reason }: KeptDecision, name: string): void {
  if (!allowed) {
    throw refused(name, reason);
  }
}

function demandConfirmed(
  outcome: AskOutcome,
  tools: readonly JudgedTool[],
): void {
  switch (outcome.outcome) {
    case 'allowed':
      return;
    case 'denied':
      throw refused(namesOf(tools), outcome.reason);
    case 'too-many':
      throw notConfirmed(
        tools,
        'Too many questions of this key wait already. Wait for their answers.',
      );
    case 'unreachable':
      throw notConfirmed(
        tools,
        'The portal could not be reached to ask. Try again later.',
      );
    default:
      throw notConfirmed(
        tools,
        'Nobody decided in time. Ask those who run the profile to look under “Waiting for a person” in the portal, and send the call again.',
      );
  }
}

function refused(names: string, reason: string | undefined): ApiError {
  return error(
    names,
    `A person refused tool ${names}${
      reason ? `: ${reason}` : '.'
    } Send the call without it.`,
  );
}

function notConfirmed(tools: readonly JudgedTool[], what: string): ApiError {
  const names = namesOf(tools);
  return error(
    names,
    `The profile of this key asks a person before a model is offered ${names}. ${what}`,
  );
}

function error(tool: string, message: string): ApiError {
  return new ApiError(403, 'tool_not_confirmed', message, {
    type: 'tool_access_denied',
    param: 'tools',
    details: { tool },
  });
}

function namesOf(tools: readonly JudgedTool[]): string {
  return tools
    .slice(0, 10)
    .map(({ name }) => `'${name.slice(0, 128)}'`)
    .join(', ');
}
