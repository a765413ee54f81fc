import type {
  ExceptionInForce,
  Waiver,
} from '@modelhub/backstage-plugin-models-common';
import type { StatusChipProps } from '@modelhub/backstage-plugin-models-react';
import CheckIcon from '@material-ui/icons/Check';
import HistoryIcon from '@material-ui/icons/History';
import ScheduleIcon from '@material-ui/icons/Schedule';
import { dateText, daysText } from '../lib/words';

export const stateLooks: Record<Waiver['state'], StatusChipProps> = {
  active: { icon: CheckIcon, label: 'Counts', tone: 'info' },
  ending: {
    icon: ScheduleIcon,
    label: 'Ends soon',
    tone: 'caution',
    explanation: 'It ends within 14 days.',
  },
  ended: { icon: HistoryIcon, label: 'Ended' },
};

const endings: Record<NonNullable<Waiver['ended']>, string> = {
  time: 'Its time was over',
  early: 'Ended early',
  renewed: 'Renewed',
  'other-question': 'The check was asked something else',
  'approval-over': 'The approval is over',
};

/** Why it does not count any more. */
export function endedText({ ended }: Pick<Waiver, 'ended'>): string {
  return ended ? endings[ended] : '';
}

/** What rests on a waiver, in words. */
export function restsText({ approval, state }: Waiver): string {
  if (state === 'ended') return 'Nothing any more';
  if (approval.restsOnIt) return 'A live approval';
  return ['approved', 'suspended'].includes(approval.state)
    ? 'An approval that would stand without it'
    : 'A request';
}

export const ageText = (days: number) =>
  days === 0 ? 'Since today' : daysText(days);

export const waiverColumns: Record<
  string,
  (row: Waiver) => string | number | undefined
> = {
  state: row => row.state,
  check: row => row.title,
  model: row => row.approval.entityRef,
  version: row => row.approval.modelVersion,
  tier: row => row.approval.tier,
  purpose: row => row.approval.purpose,
  profile: row => row.approval.profile,
  'given by': row => row.by,
  reason: row => row.reason,
  given: row => row.at,
  'ends or ended': row => row.endedAt ?? row.until,
  'age in days': row => row.ageDays,
  'why it ended': row => endedText(row),
  'ended by': row => row.endedBy,
  'reason of the end': row => row.endReason,
  approval: row => row.approval.id,
  'state of the approval': row => row.approval.state,
  'rests on it': row => restsText(row),
};

export const exceptionColumns: Record<
  string,
  (row: ExceptionInForce) => string | number | undefined
> = {
  state: row => row.state,
  name: row => row.name,
  tier: row => row.tier,
  scope: row => row.scope,
  'answered for by': row => row.by,
  reason: row => row.reason,
  'last day': row => row.until,
  loosens: row => row.loosens?.join('; '),
  file: row => row.file,
  'live approvals': row => row.approvals.length,
};

export const untilText = ({ until }: Pick<ExceptionInForce, 'until'>) =>
  dateText(`${until}T00:00:00`);
