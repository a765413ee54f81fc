import Typography from '@material-ui/core/Typography';
import BlockIcon from '@material-ui/icons/Block';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import PlaylistAddCheckIcon from '@material-ui/icons/PlaylistAddCheck';
import type {
  EndpointAccessPreview,
  EndpointPreview,
} from '@modelhub/backstage-plugin-models-common';
import {
  Facts,
  StatusChip,
  type StatusChipProps,
} from '@modelhub/backstage-plugin-models-react';
import {
  estimateText,
  hoursText,
  quotaText,
  resourcesText,
} from '../endpoints/words';

const accessLooks: Record<EndpointAccessPreview['state'], StatusChipProps> = {
  allowed: { icon: CheckCircleIcon, label: 'Passed already', tone: 'good' },
  'will-be-checked': {
    icon: PlaylistAddCheckIcon,
    label: 'Run by themselves first',
    tone: 'info',
  },
  refused: { icon: BlockIcon, label: 'Said no', tone: 'bad' },
};

function queueWords({ queuePosition, queueReason }: EndpointPreview) {
  if (queuePosition === undefined) return undefined;
  if (queuePosition === 0) return 'It starts at once';
  return [`Place ${queuePosition}`, queueReason].filter(Boolean).join(': ');
}

/** What it takes and costs, how long it waits and lives, and what is checked. */
export function PreviewFacts({ preview }: { preview: EndpointPreview }) {
  const { access, cost, quota } = preview;
  return (
    <Facts
      items={[
        ['Takes', preview.resources && resourcesText(preview.resources)],
        [
          'Costs',
          <>
            {estimateText(cost)}
            <Typography variant="body2" color="textSecondary">
              {cost.basis}
            </Typography>
          </>,
        ],
        [
          'Lives',
          `${hoursText(preview.hours)} from when it is ready, once ${hoursText(
            preview.extendHours,
          )} more`,
        ],
        ['Queue', queueWords(preview)],
        [
          'Team’s quota',
          quota &&
            `${quotaText(quota.endpoints)} endpoints now, ${quotaText(
              quota.today,
            )} today, ${quotaText(quota.gpus)} GPUs`,
        ],
        [
          'Sandbox checks',
          <>
            <StatusChip {...accessLooks[access.state]} />
            <Typography variant="body2" component="div">
              {access.reason}
            </Typography>
          </>,
        ],
      ]}
    />
  );
}
