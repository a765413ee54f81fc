import CheckCircleOutlineIcon from '@material-ui/icons/CheckCircleOutline';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import ReportProblemOutlinedIcon from '@material-ui/icons/ReportProblemOutlined';
import type { DriftVersion } from '@modelhub/backstage-plugin-models-common';
import { StatusChip } from '@modelhub/backstage-plugin-models-react';
import { states } from './words';

const icons = {
  changed: ReportProblemOutlinedIcon,
  unsure: HelpOutlineIcon,
  steady: CheckCircleOutlineIcon,
  'too-few': HourglassEmptyIcon,
  collecting: HourglassEmptyIcon,
};

/** Whether calls are as they were. */
export function DriftChip({ state }: { state: DriftVersion['state'] }) {
  const { label, tone, explanation } = states[state];
  return (
    <StatusChip
      icon={icons[state]}
      label={label}
      tone={tone}
      explanation={explanation}
    />
  );
}
