import ArchiveIcon from '@material-ui/icons/Archive';
import CheckIcon from '@material-ui/icons/Check';
import ReportProblemIcon from '@material-ui/icons/ReportProblem';
import type { ModelLifecycle } from '@modelhub/backstage-plugin-models-common';
import { StatusChip, StatusChipProps } from './StatusChip';

const looks: Record<ModelLifecycle, StatusChipProps> = {
  active: { icon: CheckIcon, label: 'Active' },
  deprecated: {
    icon: ReportProblemIcon,
    label: 'Deprecated',
    tone: 'caution',
    explanation: 'Still answers, but do not start anything new with it.',
  },
  retired: {
    icon: ArchiveIcon,
    label: 'Retired',
    tone: 'bad',
    explanation: 'No longer allowed anywhere; kept for the record.',
  },
};

/**
 * Where a model is in its life.
 *
 * @public
 */
export function LifecycleChip({ lifecycle }: { lifecycle: ModelLifecycle }) {
  return <StatusChip {...looks[lifecycle]} />;
}
