import CheckIcon from '@material-ui/icons/Check';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import HighlightOffIcon from '@material-ui/icons/HighlightOff';
import type { ModelEvaluation } from '@modelhub/backstage-plugin-models-common';
import {
  StatusChip,
  type StatusChipProps,
} from '@modelhub/backstage-plugin-models-react';

const looks: Record<ModelEvaluation['outcome'], StatusChipProps> = {
  met: { icon: CheckIcon, label: 'Met', tone: 'good' },
  missed: { icon: HighlightOffIcon, label: 'Missed', tone: 'bad' },
  unknown: {
    icon: HelpOutlineIcon,
    label: 'Not judged',
    explanation: 'The pack has no criteria, or its content is not known here',
  },
};

/** Whether a model reached what a pack asks. */
export function OutcomeChip({
  outcome,
}: {
  outcome: ModelEvaluation['outcome'];
}) {
  return <StatusChip {...looks[outcome]} />;
}
