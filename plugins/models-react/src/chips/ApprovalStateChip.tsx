import BlockIcon from '@material-ui/icons/Block';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import CreateIcon from '@material-ui/icons/Create';
import HighlightOffIcon from '@material-ui/icons/HighlightOff';
import HistoryIcon from '@material-ui/icons/History';
import PauseCircleFilledIcon from '@material-ui/icons/PauseCircleFilled';
import RateReviewIcon from '@material-ui/icons/RateReview';
import ReplayIcon from '@material-ui/icons/Replay';
import SyncIcon from '@material-ui/icons/Sync';
import TimerOffIcon from '@material-ui/icons/TimerOff';
import UndoIcon from '@material-ui/icons/Undo';
import type { ApprovalState } from '@modelhub/backstage-plugin-models-common';
import { StatusChip, StatusChipProps } from './StatusChip';

const looks: Record<ApprovalState, StatusChipProps> = {
  draft: {
    icon: CreateIcon,
    label: 'Draft',
    explanation: 'Not submitted yet.',
  },
  checking: {
    icon: SyncIcon,
    label: 'Checking',
    tone: 'info',
    explanation: 'The automatic checks run.',
  },
  'changes-requested': {
    icon: ReplayIcon,
    label: 'Changes requested',
    tone: 'caution',
    explanation: 'The requester has something to fix before it goes on.',
  },
  'in-review': {
    icon: RateReviewIcon,
    label: 'In review',
    tone: 'info',
    explanation: 'The checks passed; people have to sign.',
  },
  approved: {
    icon: CheckCircleIcon,
    label: 'Approved',
    tone: 'good',
    explanation: 'May be used until it expires.',
  },
  rejected: {
    icon: HighlightOffIcon,
    label: 'Rejected',
    tone: 'bad',
    explanation: 'Somebody who had to sign said no.',
  },
  withdrawn: {
    icon: UndoIcon,
    label: 'Withdrawn',
    explanation: 'The requester or the owner took it back.',
  },
  suspended: {
    icon: PauseCircleFilledIcon,
    label: 'Suspended',
    tone: 'bad',
    explanation: 'Calls are refused until every hold is cleared.',
  },
  revoked: {
    icon: BlockIcon,
    label: 'Revoked',
    tone: 'bad',
    explanation: 'Ended for good.',
  },
  expired: {
    icon: TimerOffIcon,
    label: 'Expired',
    tone: 'caution',
    explanation: 'Its time is over; ask again to renew it.',
  },
  superseded: {
    icon: HistoryIcon,
    label: 'Superseded',
    explanation: 'A newer approval of the same scope took its place.',
  },
};

/**
 * What an approval state is called and what it means.
 *
 * @public
 */
export function approvalStateText(state: ApprovalState): {
  label: string;
  meaning?: string;
} {
  return { label: looks[state].label, meaning: looks[state].explanation };
}

/**
 * Where an approval stands.
 *
 * @public
 */
export function ApprovalStateChip({ state }: { state: ApprovalState }) {
  return <StatusChip {...looks[state]} />;
}
