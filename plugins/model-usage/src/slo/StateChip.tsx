import CheckCircleOutlineIcon from '@material-ui/icons/CheckCircleOutline';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import ReportProblemOutlinedIcon from '@material-ui/icons/ReportProblemOutlined';
import WhatshotIcon from '@material-ui/icons/Whatshot';
import type { ObjectiveState } from '@modelhub/backstage-plugin-models-common';
import { StatusChip } from '@modelhub/backstage-plugin-models-react';
import { states } from './words';

const icons = {
  burning: WhatshotIcon,
  missed: ErrorOutlineIcon,
  'at-risk': ReportProblemOutlinedIcon,
  kept: CheckCircleOutlineIcon,
  'no-events': HourglassEmptyIcon,
};

/** Whether an objective is kept. */
export function StateChip({ state }: { state: ObjectiveState }) {
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
