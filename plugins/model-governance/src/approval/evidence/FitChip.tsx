import BlockIcon from '@material-ui/icons/Block';
import CheckIcon from '@material-ui/icons/Check';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import RemoveIcon from '@material-ui/icons/Remove';
import {
  StatusChip,
  type StatusChipProps,
} from '@modelhub/backstage-plugin-models-react';

/** Whether what is said fits what is asked. */
export type Fit = 'yes' | 'no' | 'unknown' | 'not-asked';

const looks: Record<Fit, StatusChipProps> = {
  yes: { icon: CheckIcon, label: 'Fits', tone: 'good' },
  no: { icon: BlockIcon, label: 'Does not fit', tone: 'bad' },
  unknown: { icon: HelpOutlineIcon, label: 'Not known', tone: 'caution' },
  'not-asked': { icon: RemoveIcon, label: 'Not asked' },
};

export const FitChip = ({ fits }: { fits: Fit }) => (
  <StatusChip {...looks[fits]} />
);
