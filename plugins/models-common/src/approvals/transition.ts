import type { ApprovalState } from '../generated/model-governance';
import {
  approve,
  breakGlass,
  bySystem,
  clearHold,
  create,
  decisionRule,
  gatesPassed,
  refuse,
  revoke,
  subjectChanged,
  submit,
  suspend,
  withdraw,
  type Rule,
} from './rules';
import type {
  ApprovalCommand,
  TransitionFacts,
  TransitionResult,
} from './types';

/**
 * The approval state machine: which command leads where, and under which
 * guard. What is not in the table is illegal.
 */
const table: {
  [state in ApprovalState | 'none']?: { [command in ApprovalCommand]?: Rule };
} = {
  none: { create, 'break-glass': breakGlass },
  draft: { submit, withdraw },
  'changes-requested': { submit, withdraw },
  checking: {
    'gates-passed': gatesPassed,
    'gates-failed': bySystem('changes-requested'),
    'gate-error': bySystem('checking'),
    'needs-evidence': bySystem('checking'),
    'check-deadline': bySystem('changes-requested'),
    'subject-changed': subjectChanged,
    withdraw,
  },
  'in-review': {
    approve,
    reject: decisionRule('rejected'),
    'request-changes': decisionRule('changes-requested'),
    'gates-failed': bySystem('changes-requested'),
    'subject-changed': subjectChanged,
    withdraw,
  },
  approved: {
    suspend,
    revoke,
    expire: bySystem('expired'),
    supersede: bySystem('superseded'),
    retire: bySystem('revoked'),
  },
  suspended: {
    suspend,
    'clear-hold': clearHold,
    revoke,
    expire: bySystem('expired'),
    retire: bySystem('revoked'),
  },
};

/**
 * All states, in the order of an approval's life.
 *
 * @public
 */
export const approvalStates: ApprovalState[] = [
  'draft',
  'checking',
  'changes-requested',
  'in-review',
  'approved',
  'suspended',
  'rejected',
  'withdrawn',
  'revoked',
  'expired',
  'superseded',
];

/**
 * All commands.
 *
 * @public
 */
export const approvalCommands: ApprovalCommand[] = [
  'create',
  'submit',
  'gates-passed',
  'gates-failed',
  'gate-error',
  'needs-evidence',
  'check-deadline',
  'subject-changed',
  'approve',
  'reject',
  'request-changes',
  'withdraw',
  'suspend',
  'clear-hold',
  'revoke',
  'expire',
  'supersede',
  'retire',
  'break-glass',
];

/**
 * Decide where a command leads. Pure: the backend uses it to decide, the
 * frontend to draw only legal buttons.
 *
 * @param from - The present state, `none` for an approval that does not exist yet.
 * @public
 */
export function transition(
  from: ApprovalState | 'none',
  command: ApprovalCommand,
  facts: TransitionFacts,
): TransitionResult {
  const rule = table[from]?.[command];
  if (!rule) {
    return refuse(
      'illegal-transition',
      from === 'none'
        ? `"${command}" needs an approval that exists.`
        : `An approval that is ${from} does not take "${command}".`,
    );
  }
  return rule(facts);
}

/**
 * Whether a state lets calls through.
 *
 * @public
 */
export function isLive(state: ApprovalState): boolean {
  return state === 'approved';
}

/**
 * Whether no command leads out of a state.
 *
 * @public
 */
export function isFinal(state: ApprovalState): boolean {
  return table[state] === undefined;
}
