import Typography from '@material-ui/core/Typography';
import type { EvaluationEndpoint } from '@modelhub/backstage-plugin-models-common';
import { RelativeTime } from '@modelhub/backstage-plugin-models-react';
import type { ReactNode } from 'react';
import { TimeLeft } from '../lib/TimeLeft';
import { EndpointStateChip } from './EndpointStateChip';
import { endReasonText, queueText } from './words';

function detailOf(endpoint: EvaluationEndpoint): ReactNode {
  const { state, queuePosition, progress, endsAt, endedAt } = endpoint;
  if (state === 'ready' && endsAt) return <TimeLeft until={endsAt} />;
  if (state === 'queued' && queuePosition !== undefined) {
    return queueText(queuePosition);
  }
  if (state === 'starting' && progress !== undefined) {
    return `${Math.round(progress * 100)} % loaded`;
  }
  if (state === 'ended' && endedAt) return <RelativeTime at={endedAt} />;
  return undefined;
}

/** State of an endpoint with what matters most about it. */
export function EndpointStanding({
  endpoint,
}: {
  endpoint: EvaluationEndpoint;
}) {
  const detail = detailOf(endpoint);
  const words =
    endpoint.message ??
    (endpoint.endReason && endReasonText(endpoint.endReason));
  return (
    <>
      <EndpointStateChip state={endpoint.state} />
      {detail !== undefined && (
        <Typography variant="body2" component="div">
          {detail}
        </Typography>
      )}
      {endpoint.state !== 'ready' && words && (
        <Typography variant="body2" component="div" color="textSecondary">
          {words}
        </Typography>
      )}
    </>
  );
}
