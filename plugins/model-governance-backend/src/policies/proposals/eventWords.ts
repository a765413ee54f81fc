import type { ReadableLedgerEvent } from '../../ledger/LedgerStore';

type Words = (event: ReadableLedgerEvent) => string;

const titled = ({ payload }: ReadableLedgerEvent) =>
  typeof payload.title === 'string' ? ` “${payload.title}”` : '';

/** Events of policies, after the name of who did it. */
export const policyDeeds: Record<string, Words> = {
  'policy.proposed': event =>
    `proposed a change of the policies${titled(event)}`,
  'policy.proposal-changed': event =>
    `changed the proposal${titled(event)} for the policies`,
  'policy.proposal-rebased': event =>
    `put the proposal${titled(event)} over the policies in force`,
  'policy.proposal-withdrawn': event =>
    `withdrew the proposal${titled(event)} for the policies`,
  'policy.activated': event =>
    `put other policies into force by the proposal${titled(event)}`,
  'policy.conflict-settled': ({ payload }) =>
    `kept the portal's policy file ${String(
      payload.file,
    )} over what the folder says`,
};

/** The same where nobody did it: whole sentences without the full stop. */
export const policyHappenings: Record<string, Words> = {
  'policy.activated': () => 'Another version of the policies is in force',
  'policy.proposal-activated': event =>
    `The folder of policies holds the proposal${titled(event)} now`,
};
