import BlockIcon from '@material-ui/icons/Block';
import CheckIcon from '@material-ui/icons/Check';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import PlayArrowIcon from '@material-ui/icons/PlayArrow';
import type {
  PackRun,
  PackRunState,
} from '@modelhub/backstage-plugin-models-common';
import {
  StatusChip,
  type StatusChipProps,
} from '@modelhub/backstage-plugin-models-react';

const looks: Record<PackRunState, StatusChipProps> = {
  queued: { icon: HourglassEmptyIcon, label: 'Queued' },
  running: { icon: PlayArrowIcon, label: 'Running', tone: 'info' },
  finished: { icon: CheckIcon, label: 'Finished', tone: 'good' },
  failed: { icon: ErrorOutlineIcon, label: 'Failed', tone: 'bad' },
  cancelled: { icon: BlockIcon, label: 'Cancelled' },
};

/** Where a run stands. */
export function RunState({ run }: { run: Pick<PackRun, 'state'> }) {
  return <StatusChip {...looks[run.state]} />;
}

/** It is not over. */
export const isUnderWay = ({ state }: Pick<PackRun, 'state'>): boolean =>
  state === 'queued' || state === 'running';
