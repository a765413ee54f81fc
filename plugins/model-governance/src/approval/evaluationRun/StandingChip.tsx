import CheckIcon from '@material-ui/icons/Check';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import HighlightOffIcon from '@material-ui/icons/HighlightOff';
import InboxIcon from '@material-ui/icons/Inbox';
import type { TargetStanding } from '@modelhub/backstage-plugin-models-common';
import {
  StatusChip,
  type StatusChipProps,
} from '@modelhub/backstage-plugin-models-react';
import { standingText } from './words';

const looks: Record<
  TargetStanding,
  Pick<StatusChipProps, 'icon' | 'tone' | 'explanation'>
> = {
  met: { icon: CheckIcon, tone: 'good' },
  uncertain: {
    icon: HelpOutlineIcon,
    tone: 'caution',
    explanation: 'The measured value meets it, and its interval reaches beyond',
  },
  missed: { icon: HighlightOffIcon, tone: 'bad' },
  'not-measured': { icon: InboxIcon, tone: 'neutral' },
};

/** How a measured number stands to its target. */
export function StandingChip({ standing }: { standing: TargetStanding }) {
  return <StatusChip {...looks[standing]} label={standingText[standing]} />;
}
