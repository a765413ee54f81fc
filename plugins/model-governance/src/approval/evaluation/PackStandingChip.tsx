import CheckIcon from '@material-ui/icons/Check';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import HighlightOffIcon from '@material-ui/icons/HighlightOff';
import InboxIcon from '@material-ui/icons/Inbox';
import type { PackStanding } from '@modelhub/backstage-plugin-models-common';
import {
  StatusChip,
  type StatusChipProps,
} from '@modelhub/backstage-plugin-models-react';

const looks: Record<PackStanding['standing'], StatusChipProps> = {
  met: { icon: CheckIcon, label: 'Met', tone: 'good' },
  uncertain: {
    icon: HelpOutlineIcon,
    label: 'Not for sure',
    tone: 'caution',
    explanation: 'What was measured leaves open whether it is met',
  },
  missed: { icon: HighlightOffIcon, label: 'Missed', tone: 'bad' },
  missing: { icon: InboxIcon, label: 'No result', tone: 'caution' },
};

/** How a model stands to a whole pack. */
export function PackStandingChip({
  standing,
}: {
  standing: PackStanding['standing'];
}) {
  return <StatusChip {...looks[standing]} />;
}
