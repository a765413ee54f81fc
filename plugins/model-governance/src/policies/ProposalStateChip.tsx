import EditIcon from '@material-ui/icons/Edit';
import HistoryIcon from '@material-ui/icons/History';
import NotInterestedIcon from '@material-ui/icons/NotInterested';
import VerifiedUserIcon from '@material-ui/icons/VerifiedUser';
import type { PolicyProposal } from '@modelhub/backstage-plugin-models-common';
import { StatusChip } from '@modelhub/backstage-plugin-models-react';
import type { ComponentProps } from 'react';
import { stateWords } from './proposalWords';

type Chip = ComponentProps<typeof StatusChip>;

const looks: Record<PolicyProposal['state'], Pick<Chip, 'icon' | 'tone'>> = {
  open: { icon: EditIcon, tone: 'info' },
  outdated: { icon: HistoryIcon, tone: 'caution' },
  activated: { icon: VerifiedUserIcon, tone: 'good' },
  withdrawn: { icon: NotInterestedIcon, tone: 'neutral' },
};

/** Where a proposal stands. */
export function ProposalStateChip({
  state,
}: {
  state: PolicyProposal['state'];
}) {
  return <StatusChip {...looks[state]} label={stateWords[state]} />;
}
