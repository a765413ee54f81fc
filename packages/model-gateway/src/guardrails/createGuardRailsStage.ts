import type {
  SnapshotAgentRules,
  TraceAnswer,
} from '@modelhub/governance-protocol';
import { ApiError } from '../http/ApiError';
import type { CallContext, CallHandle, CallStage } from '../pipeline';
import { onlyOffered } from './answeredTools';
import type { AskDesk } from './AskDesk';
import type { SharedTraces } from './SharedTraces';
import { WaitingAsks, confirmTools } from './confirmTools';
import { OfferedTool, offeredTools } from './offeredTools';
import { callHash, lastToolCallRepeats } from './repeats';
import { backOf, stepOf } from './traceSteps';
import { JudgedTool, judgeTool, judgesTools, riskOf } from './toolRules';
import { Trace, TraceTable } from './TraceTable';

const NEW_TASK =
  'Begin a new task with a trace id of its own (header x-modelhub-trace or traceparent), or have those who run the profile raise the limit.';

/**
 * Keeps agents within the rules of their profile: calls and risk of one trace,
 * loops, and the tools that a model is offered and calls. Costs one property
 * read for profiles without such rules.
 *
 * @param options - `desk` puts questions before a person; without it tools that
 * need one are refused. `shared` knows what other gateways have done in a
 * trace; without it this one counts for itself
 */
export function createGuardRailsStage(
  options: {
    desk?: AskDesk;
    shared?: SharedTraces;
    now?: () => number;
  } = {},
): CallStage {
  const { desk, shared, now = Date.now } = options;
  const traces = new TraceTable({ now });
  const waiting: WaitingAsks = new Map();
  return {
    name: 'guardRails',
    begin: context => {
      const rules = context.caller.profile?.agents;
      if (!rules) {
        return undefined;
      }
      const { key } = context.caller;
      const trace = traces.of(key.profile, key.id, context.trace);
      const offered = judgesTools(rules) ? offeredBy(context) : [];
      const judged = offered.map(tool => judgeTool(rules, tool));
      demandNoneDenied(judged);
      enterTrace(trace, rules, context, judged);

      const handle: CallHandle | undefined = judgesTools(rules)
        ? { answer: onlyOffered(offered) }
        : undefined;
      const asked = judged.filter(({ action }) => action === 'ask');
      const sharing = shared && isCounted(rules) ? shared : undefined;
      if (asked.length === 0 && !sharing) {
        return handle;
      }
      const leave = () => {
        // What was not offered after all takes nothing from the trace.
        trace.calls -= 1;
        trace.risk -= riskOf(judged);
      };
      const confirm = () =>
        confirmTools({ context, tools: asked, trace, desk, waiting, now });
      if (!sharing) {
        return confirm().then(
          () => handle,
          error => {
            leave();
            throw error;
          },
        );
      }
      const step = stepOf(context, rules, judged);
      let isEntered = false;
      return sharing
        .step(step)
        .then(answer => {
          demandShared(answer, rules);
          isEntered = true;
          return asked.length > 0 ? confirm() : undefined;
        })
        .then(
          () => handle,
          error => {
            leave();
            if (isEntered) {
              sharing.step(backOf(step));
            }
            throw error;
          },
        );
    },
  };
}

function offeredBy({ body }: CallContext): OfferedTool[] {
  return body ? offeredTools(body) : [];
}

function demandNoneDenied(tools: readonly JudgedTool[]): void {
  const denied = tools.find(({ action }) => action === 'deny');
  if (denied) {
    const name = denied.name.slice(0, 128);
    throw new ApiError(
      403,
      'tool_denied',
      `The profile of this key does not let a model be offered tool '${name}'. Send the call without it, or ask those who run the profile for a rule that allows it.`,
      {
        type: 'tool_access_denied',
        param: 'tools',
        details: { tool: name },
      },
    );
  }
}

/** Counts a call in its trace; refuses it, and counts nothing, where that is too much. */
function enterTrace(
  trace: Trace,
  rules: SnapshotAgentRules,
  context: CallContext,
  tools: readonly JudgedTool[],
): void {
  const { maxCallsPerTrace, riskBudgetPerTrace, maxRepeats } = rules;
  if (maxCallsPerTrace !== undefined && trace.calls >= maxCallsPerTrace) {
    throw exhausted(
      `This trace has made the ${maxCallsPerTrace} calls that its profile lets one trace make. ${NEW_TASK}`,
    );
  }
  const risk = riskOf(tools);
  if (
    riskBudgetPerTrace !== undefined &&
    trace.risk + risk > riskBudgetPerTrace
  ) {
    throw exhausted(
      `The tools that this call offers carry risk ${risk}, and of the ${riskBudgetPerTrace} that its profile lets one trace take ${Math.max(
        0,
        riskBudgetPerTrace - trace.risk,
      )} are left. Offer fewer tools. ${NEW_TASK}`,
    );
  }
  if (maxRepeats !== undefined) {
    demandNoLoop(trace, maxRepeats, context);
  }
  trace.calls += 1;
  trace.risk += risk;
}

function demandNoLoop(
  trace: Trace,
  maxRepeats: number,
  context: CallContext,
): void {
  const hash = callHash(context);
  const repeats = (trace.repeats.get(hash) ?? 0) + 1;
  if (repeats > maxRepeats) {
    throw looping(
      `This very call came ${maxRepeats} times in this trace already, which looks like a loop. Change what is asked, or stop.`,
    );
  }
  if (context.body && lastToolCallRepeats(context.body) > maxRepeats) {
    throw looping(
      `The conversation holds its last tool call, with the same arguments, more than ${maxRepeats} times, which looks like a loop. Tell the model what came of it, or stop.`,
    );
  }
  trace.repeats.set(hash, repeats);
}

/** Whether the rules bound what a trace may do. */
function isCounted(rules: SnapshotAgentRules): boolean {
  return (
    rules.maxCallsPerTrace !== undefined ||
    rules.riskBudgetPerTrace !== undefined ||
    rules.maxRepeats !== undefined
  );
}

function demandShared(
  answer: TraceAnswer | undefined,
  { maxCallsPerTrace, riskBudgetPerTrace, maxRepeats }: SnapshotAgentRules,
): void {
  if (!answer) {
    throw new ApiError(
      503,
      'trace_unknown',
      'The profile of this key bounds what a trace may do, and the control plane does not say at the moment what was done in this one. Try again shortly.',
      { headers: { 'retry-after': '2' } },
    );
  }
  switch (answer.exceeded) {
    case 'calls':
      throw exhausted(
        `This trace has made the ${maxCallsPerTrace} calls that its profile lets one trace make. ${NEW_TASK}`,
      );
    case 'risk':
      throw exhausted(
        `Of the risk of ${riskBudgetPerTrace} that its profile lets one trace take, this one has taken ${answer.risk}. Offer fewer tools. ${NEW_TASK}`,
      );
    case 'repeats':
      throw looping(
        `This very call came ${maxRepeats} times in this trace already, which looks like a loop. Change what is asked, or stop.`,
      );
    default:
  }
}

function exhausted(message: string): ApiError {
  return new ApiError(429, 'trace_budget_exhausted', message, {
    type: 'trace_limit_exceeded',
  });
}

function looping(message: string): ApiError {
  return new ApiError(429, 'loop_detected', message, {
    type: 'trace_limit_exceeded',
  });
}
