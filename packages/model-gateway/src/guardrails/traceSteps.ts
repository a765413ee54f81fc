import {
  SnapshotAgentRules,
  TraceStep,
  sha256Hex,
} from '@modelhub/governance-protocol';
import type { CallContext } from '../pipeline';
import { callHash } from './repeats';
import { JudgedTool, riskOf } from './toolRules';

/** What a call adds to its trace, without anything of what it says. */
export function stepOf(
  context: CallContext,
  rules: SnapshotAgentRules,
  tools: readonly JudgedTool[],
): TraceStep {
  const { key } = context.caller;
  const { trace } = context;
  const { maxCallsPerTrace, riskBudgetPerTrace, maxRepeats } = rules;
  return {
    trace: sha256Hex(
      JSON.stringify([key.profile, trace ?? null, trace ? null : key.id]),
    ),
    // As a gateway does that counts for itself.
    forget: trace === undefined ? 'hourly' : 'idle',
    calls: 1,
    risk: riskOf(tools),
    ...(maxRepeats !== undefined && { call: callHash(context) }),
    limits: {
      ...(maxCallsPerTrace !== undefined && { calls: maxCallsPerTrace }),
      ...(riskBudgetPerTrace !== undefined && { risk: riskBudgetPerTrace }),
      ...(maxRepeats !== undefined && { repeats: maxRepeats }),
    },
  };
}

/** Takes a step back: the call was not made. That it came stays counted. */
export function backOf({ call: _, ...step }: TraceStep): TraceStep {
  return { ...step, calls: -step.calls, risk: -step.risk };
}
