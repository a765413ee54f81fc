import type {
  ApprovalDetail,
  ApprovalState,
  CommandOption,
} from '@modelhub/backstage-plugin-models-common';
import type { ReasonOptions } from '@modelhub/backstage-plugin-models-react';
import { nameOfRef } from '../lib/words';

/** A command as a button. */
export interface CommandButton {
  option: CommandOption;
  label: string;
  enabled: boolean;
  /** Why it is disabled. */
  hint?: string;
}

/** What the one who looks may do, and what they have to be told. */
export interface CommandView {
  buttons: CommandButton[];
  /** Sentences that are shown as text, because they concern the person and not one button. */
  notes: string[];
}

/** Reasons that leave nothing to see: the command is not for this person or this moment. */
const silent = new Set([
  'illegal-transition',
  'not-allowed',
  'not-a-person',
  'role-not-asked',
  'role-not-held',
]);

/** Reasons that hold for the person whatever the button: said once, in words. */
const personal = new Set(['own-request', 'already-signed', 'owner-conflict']);

/** Refusals that only mean that something is still asked for on the way. */
const askedOnTheWay = new Set(['step-up-required', 'reason-missing']);

const destructive = new Set([
  'reject',
  'withdraw',
  'suspend',
  'revoke',
  'request-changes',
]);

const order: CommandOption['command'][] = [
  'submit',
  'approve',
  'request-changes',
  'reject',
  'clear-hold',
  'suspend',
  'withdraw',
  'revoke',
];

export function isDestructive(option: CommandOption): boolean {
  return destructive.has(option.command);
}

/** The stable name of a button; browser tests find it by this. */
export function commandLabel(
  option: CommandOption,
  state: ApprovalState,
): string {
  const inPlaceOf = option.onBehalfOf
    ? ` for ${nameOfRef(option.onBehalfOf)}`
    : '';
  const as = `${option.role ? ` as ${option.role}` : ''}${inPlaceOf}`;
  switch (option.command) {
    case 'submit':
      return state === 'changes-requested' ? 'Submit again' : 'Submit request';
    case 'approve':
      return `Approve${as}`;
    case 'reject':
      return `Reject${as}…`;
    case 'request-changes':
      return `Request changes${as}…`;
    case 'withdraw':
      return 'Withdraw…';
    case 'suspend':
      return 'Suspend…';
    case 'clear-hold':
      return 'Clear hold…';
    case 'revoke':
      return 'Revoke…';
    default:
      return option.command;
  }
}

/** Whether the state machine lets the person do it, once asked for what is needed. */
export function isOpen(option: CommandOption): boolean {
  return (
    option.allowed ||
    (option.refusal !== undefined && askedOnTheWay.has(option.refusal.code))
  );
}

/**
 * Only the buttons that are legal for the one who looks. The state machine of
 * the backend has decided; here it is only laid out.
 */
export function commandView(
  approval: Pick<ApprovalDetail, 'commands' | 'state'>,
): CommandView {
  const buttons: CommandButton[] = [];
  const notes = new Set<string>();
  for (const option of approval.commands) {
    if (isOpen(option)) {
      buttons.push({
        option,
        label: commandLabel(option, approval.state),
        enabled: true,
      });
      continue;
    }
    const { refusal } = option;
    if (!refusal || silent.has(refusal.code)) continue;
    if (personal.has(refusal.code)) {
      notes.add(refusal.message);
      continue;
    }
    buttons.push({
      option,
      label: commandLabel(option, approval.state),
      enabled: false,
      hint: refusal.message,
    });
  }
  buttons.sort(
    (a, b) => order.indexOf(a.option.command) - order.indexOf(b.option.command),
  );
  return { buttons, notes: [...notes] };
}

/** What to ask for with a command. */
export function reasonFor(option: CommandOption): ReasonOptions | undefined {
  if (option.command === 'submit') return undefined;
  if (option.command === 'withdraw' && !option.needsReason) return undefined;
  return {
    label: option.needsReason ? 'Reason' : 'Comment',
    required: option.needsReason,
  };
}

/** What will happen, in one sentence. */
export function consequence(option: CommandOption): string {
  switch (option.command) {
    case 'submit':
      return 'The checks run, then the people whom the tier asks for are notified.';
    case 'approve':
      return 'Your decision is recorded. When it is the last one that is needed, calls are let through at once.';
    case 'reject':
      return 'This ends the request. The requester reads your reason.';
    case 'request-changes':
      return 'The request goes back to the requester, and the sign-offs so far are void once it is submitted again.';
    case 'withdraw':
      return 'This ends the request. It can be asked for again.';
    case 'suspend':
      return 'Calls are refused at every gateway within seconds, until the hold is cleared.';
    case 'clear-hold':
      return 'When this was the last hold, calls are let through again at once.';
    case 'revoke':
      return 'This ends the approval for good; calls are refused at once. It can only be asked for again.';
    default:
      return '';
  }
}

/** The word on the button that carries it out. */
export function confirmWord(option: CommandOption): string {
  switch (option.command) {
    case 'submit':
      return 'Submit';
    case 'approve':
      return 'Approve';
    case 'reject':
      return 'Reject';
    case 'request-changes':
      return 'Request changes';
    case 'withdraw':
      return 'Withdraw';
    case 'suspend':
      return 'Suspend';
    case 'clear-hold':
      return 'Clear hold';
    case 'revoke':
      return 'Revoke';
    default:
      return 'Confirm';
  }
}
