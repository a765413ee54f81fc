import BlockIcon from '@material-ui/icons/Block';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import PlayCircleOutlineIcon from '@material-ui/icons/PlayCircleOutline';
import PowerSettingsNewIcon from '@material-ui/icons/PowerSettingsNew';
import SyncIcon from '@material-ui/icons/Sync';
import TimerOffIcon from '@material-ui/icons/TimerOff';
import type { EndpointState } from '@modelhub/backstage-plugin-models-common';
import type { StatusChipProps } from '@modelhub/backstage-plugin-models-react';

/** What each state is called and means. */
export const stateLooks: Record<EndpointState, StatusChipProps> = {
  checking: {
    icon: SyncIcon,
    label: 'Checking',
    tone: 'info',
    explanation: 'The sandbox checks of this version run by themselves.',
  },
  queued: {
    icon: HourglassEmptyIcon,
    label: 'In the queue',
    tone: 'info',
    explanation: 'It waits for its team’s quota or for a free GPU.',
  },
  starting: {
    icon: PlayCircleOutlineIcon,
    label: 'Starting',
    tone: 'info',
    explanation: 'The engine loads the model.',
  },
  ready: {
    icon: CheckCircleIcon,
    label: 'Ready',
    tone: 'good',
    explanation: 'It takes calls until its time is over.',
  },
  stopping: {
    icon: PowerSettingsNewIcon,
    label: 'Stopping',
    tone: 'caution',
    explanation: 'The engine gives everything back.',
  },
  ended: {
    icon: TimerOffIcon,
    label: 'Ended',
    explanation: 'It holds nothing any more, and its key is revoked.',
  },
  refused: {
    icon: BlockIcon,
    label: 'Refused',
    tone: 'bad',
    explanation: 'The sandbox checks said no. The request says why.',
  },
  failed: {
    icon: ErrorOutlineIcon,
    label: 'Failed',
    tone: 'bad',
    explanation: 'It could not be started or broke down.',
  },
};

/** States in which it holds something or will. */
export const runningStates: EndpointState[] = [
  'checking',
  'queued',
  'starting',
  'ready',
  'stopping',
];

/** Whether it is over. */
export const isOver = (state: EndpointState) => !runningStates.includes(state);
