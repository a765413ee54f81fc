import { CodeSnippet, LinkButton } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import type {
  EvaluationEndpoint,
  StartedEndpoint,
} from '@modelhub/backstage-plugin-models-common';
import {
  ActionDialog,
  CopyButton,
  Facts,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useServingPaths } from '../lib/paths';
import { useChange } from '../lib/useChange';
import { shownKeys } from './shownKeys';
import { snippets } from './snippets';

const useStyles = makeStyles(
  theme => ({
    secret: {
      margin: theme.spacing(2, 0),
      '& code': { overflowWrap: 'anywhere' },
    },
    actions: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      margin: theme.spacing(2, 0),
    },
  }),
  { name: 'ModelServingConnection' },
);

function NewKeyDialog(props: {
  endpoint: EvaluationEndpoint;
  onClose: () => void;
  onDone: () => void;
}) {
  const { endpoint, onClose, onDone } = props;
  const { send, busy, error } = useChange<StartedEndpoint>();
  return (
    <ActionDialog
      title="Make a new key?"
      confirm="Make a new key"
      busy={busy}
      error={error}
      onClose={onClose}
      onConfirm={async () => {
        const sent = await send({ id: endpoint.id }, (api, body, key) =>
          api.renewEndpointKey({ ...body, idempotencyKey: key }),
        );
        if (!sent) return;
        shownKeys.remember(endpoint.id, sent.answer.secret);
        onDone();
      }}
    >
      The former key stops working at once, wherever it is used. The playground
      goes on with the new one.
    </ActionDialog>
  );
}

/** A key that is nowhere else. */
function KeyShown(props: { secret: string; onHide: () => void }) {
  const classes = useStyles();
  return (
    <Alert
      severity="info"
      className={classes.secret}
      action={
        <Button color="inherit" size="small" onClick={props.onHide}>
          Hide
        </Button>
      }
    >
      <Typography variant="body2" component="div">
        Your key is shown once. Copy it now: it goes when you close or reload
        this page, and here only a hash of it is kept.
      </Typography>
      <code aria-label="Gateway key" data-testid="secret">
        {props.secret}
      </code>
      <CopyButton text={props.secret} what="the gateway key" />
    </Alert>
  );
}

/** How to call an endpoint from outside the portal. */
export function ConnectionSection({
  endpoint,
}: {
  endpoint: EvaluationEndpoint;
}) {
  const classes = useStyles();
  const paths = useServingPaths();
  const [secret, setSecret] = useState(() => shownKeys.of(endpoint.id));
  const [renewing, setRenewing] = useState(false);
  const { connection } = endpoint;
  return (
    <Section
      title="Connection"
      description="Calls go through the gateway, with a key that opens this endpoint alone and ends with it."
    >
      {secret && (
        <KeyShown
          secret={secret}
          onHide={() => {
            shownKeys.forget(endpoint.id);
            setSecret(undefined);
          }}
        />
      )}
      {connection ? (
        <>
          <Facts
            items={[
              [
                'Base URL',
                <>
                  <code>{connection.gatewayUrl}</code>
                  <CopyButton
                    text={connection.gatewayUrl}
                    what="the base URL"
                  />
                </>,
              ],
              [
                'Model',
                <>
                  <code>{connection.model}</code>
                  <CopyButton text={connection.model} what="the model's id" />
                </>,
              ],
            ]}
          />
          <div className={classes.actions}>
            <LinkButton
              variant="contained"
              color="primary"
              to={paths.playground({
                profile: endpoint.profile,
                targets: [`endpoint:${endpoint.id}`],
              })}
            >
              Open in the playground
            </LinkButton>
            {endpoint.mayRenewKey && (
              <Button variant="outlined" onClick={() => setRenewing(true)}>
                Make a new key…
              </Button>
            )}
          </div>
          {snippets(connection.gatewayUrl, connection.model).map(snippet => (
            <div key={snippet.title}>
              <Typography variant="subtitle2" component="h3">
                {snippet.title}
              </Typography>
              <CodeSnippet
                text={snippet.text}
                language={snippet.language}
                showCopyCodeButton
                wrapLongLines
              />
            </div>
          ))}
        </>
      ) : (
        <Typography variant="body2">
          The address appears here when the endpoint is ready. Until then its
          key opens nothing.
        </Typography>
      )}
      {renewing && (
        <NewKeyDialog
          endpoint={endpoint}
          onClose={() => setRenewing(false)}
          onDone={() => {
            setRenewing(false);
            setSecret(shownKeys.of(endpoint.id));
          }}
        />
      )}
    </Section>
  );
}
