import { makeStyles } from '@material-ui/core/styles';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import type { GatewayKey } from '@modelhub/backstage-plugin-models-common';
import {
  DataTable,
  Person,
  RelativeTime,
} from '@modelhub/backstage-plugin-models-react';
import { KeyState } from './KeyState';

const useStyles = makeStyles(theme => ({
  head: { margin: theme.spacing(3, 0, 1) },
}));

/** What the key of an evaluation endpoint opens. */
function Opens({ endpoint }: Pick<GatewayKey, 'endpoint'>) {
  return endpoint?.boundAt ? (
    <>
      {endpoint.gatewayId}@{endpoint.version}
    </>
  ) : (
    <>Nothing yet: the endpoint is not ready</>
  );
}

/**
 * Keys that belong to evaluation endpoints and end with them. A new secret is
 * had from the endpoint, which keeps what it needs of it.
 */
export function EndpointKeys(props: {
  keys: GatewayKey[];
  onRevoke: (key: GatewayKey) => void;
}) {
  const { keys, onRevoke } = props;
  const classes = useStyles();
  if (keys.length === 0) return null;
  return (
    <>
      <div className={classes.head}>
        <Typography variant="subtitle2" component="h3">
          Keys of evaluation endpoints
        </Typography>
        <Typography variant="body2">
          Each opens the one model that runs at its endpoint, and ends with it.
          A new secret is given where the endpoint is shown.
        </Typography>
      </div>
      <DataTable
        label="Keys of evaluation endpoints"
        rows={keys}
        rowKey={key => key.id}
        columns={[
          {
            header: 'Name',
            render: key => (
              <>
                {key.name} <code>…{key.hint}</code>
              </>
            ),
          },
          { header: 'Opens', render: key => <Opens endpoint={key.endpoint} /> },
          { header: 'Access profile', render: key => key.profile },
          {
            header: 'Owner',
            render: key => <Person entityRef={key.owner} />,
          },
          {
            header: 'Ends',
            tight: true,
            render: key =>
              key.expiresAt && (
                <>
                  With its endpoint, or <RelativeTime at={key.expiresAt} />
                </>
              ),
          },
          {
            header: 'State',
            tight: true,
            render: key => <KeyState of={key} />,
          },
          {
            header: 'Action',
            tight: true,
            render: key => (
              <Button
                size="small"
                aria-label={`Revoke key ${key.name}…`}
                onClick={() => onRevoke(key)}
              >
                Revoke…
              </Button>
            ),
          },
        ]}
      />
    </>
  );
}
