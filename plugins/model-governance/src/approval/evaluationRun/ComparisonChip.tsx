import CheckIcon from '@material-ui/icons/Check';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import TrendingDownIcon from '@material-ui/icons/TrendingDown';
import TrendingUpIcon from '@material-ui/icons/TrendingUp';
import type { IncumbentComparison } from '@modelhub/backstage-plugin-models-common';
import {
  StatusChip,
  type StatusChipProps,
} from '@modelhub/backstage-plugin-models-react';
import { comparisonSentence } from './words';

const looks: Record<IncumbentComparison['standing'], StatusChipProps> = {
  better: { icon: TrendingUpIcon, label: 'Better', tone: 'good' },
  'not-worse': { icon: CheckIcon, label: 'Not worse', tone: 'good' },
  unclear: { icon: HelpOutlineIcon, label: 'Cannot tell', tone: 'caution' },
  worse: { icon: TrendingDownIcon, label: 'Worse', tone: 'bad' },
};

/** How a model stands to another one in a metric. */
export function ComparisonChip(
  props: Parameters<typeof comparisonSentence>[0],
) {
  return (
    <StatusChip
      {...looks[props.standing]}
      explanation={comparisonSentence(props)}
    />
  );
}
