import Typography from '@material-ui/core/Typography';
import type { Approval } from '@modelhub/backstage-plugin-models-common';
import {
  Person,
  RelativeTime,
  tierText,
} from '@modelhub/backstage-plugin-models-react';
import { useLive } from '../hooks/useLive';
import { ApprovalLink } from '../shared/ApprovalLink';
import { Loaded } from '../shared/Loaded';

/** An approval that is off, and why. */
export function HeldApproval({ approval }: { approval: Approval }) {
  const query = useLive(`held:${approval.id}`, (api, signal) =>
    api.getApproval({ id: approval.id }, { signal }),
  );
  return (
    <div style={{ marginBottom: 12 }}>
      <Typography variant="subtitle2" component="h3">
        <ApprovalLink id={approval.id}>
          Version {approval.modelVersion}, {tierText(approval.tier).label},{' '}
          {approval.purpose}, {approval.profile}
        </ApprovalLink>
      </Typography>
      <Loaded query={query} failure="The reasons could not be loaded">
        {({ holds }) => (
          <ul>
            {holds
              .filter(hold => !hold.clearedAt)
              .map(hold => (
                <Typography key={hold.id} component="li" variant="body2">
                  {hold.reason} (<Person entityRef={hold.placedBy} />,{' '}
                  <RelativeTime at={hold.placedAt} />)
                </Typography>
              ))}
          </ul>
        )}
      </Loaded>
    </div>
  );
}
