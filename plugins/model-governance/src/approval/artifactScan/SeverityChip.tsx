import BlockIcon from '@material-ui/icons/Block';
import InfoOutlinedIcon from '@material-ui/icons/InfoOutlined';
import ReportProblemOutlinedIcon from '@material-ui/icons/ReportProblemOutlined';
import type { Finding } from '@modelhub/backstage-plugin-models-common';
import { StatusChip, type Tone } from '@modelhub/backstage-plugin-models-react';

const tones: Record<Finding['severity'], Tone> = {
  critical: 'bad',
  high: 'bad',
  medium: 'caution',
  low: 'neutral',
  info: 'neutral',
};

/** How grave a finding is, and whether it stops the request. */
export function SeverityChip(props: {
  severity: Finding['severity'];
  blocks: boolean;
}) {
  const { severity, blocks } = props;
  const noted =
    tones[severity] === 'neutral'
      ? InfoOutlinedIcon
      : ReportProblemOutlinedIcon;
  return (
    <StatusChip
      icon={blocks ? BlockIcon : noted}
      tone={tones[severity]}
      label={blocks ? `${severity}, stops` : severity}
    />
  );
}
