import BlurOnIcon from '@material-ui/icons/BlurOn';
import DoneAllIcon from '@material-ui/icons/DoneAll';
import DoneIcon from '@material-ui/icons/Done';
import type { Standing } from '@modelhub/backstage-plugin-models-common';
import { StatusChip, StatusChipProps } from './StatusChip';

const looks: Record<Standing['maturity'], StatusChipProps> = {
  experimental: {
    icon: BlurOnIcon,
    label: 'Experimental',
    tone: 'caution',
    explanation: 'At your own risk: nothing is proved yet.',
  },
  validated: {
    icon: DoneIcon,
    label: 'Validated',
    tone: 'info',
    explanation: 'Approved for internal use or more, its checks passed.',
  },
  production: {
    icon: DoneAllIcon,
    label: 'Production',
    tone: 'good',
    explanation:
      'Validated, and live with a service level and a support owner.',
  },
};

/**
 * What a model has proved; always derived, never typed in.
 *
 * @public
 */
export function MaturityChip({ maturity }: { maturity: Standing['maturity'] }) {
  return <StatusChip {...looks[maturity]} />;
}
