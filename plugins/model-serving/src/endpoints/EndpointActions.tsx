import { LinkButton } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type { EvaluationEndpoint } from '@modelhub/backstage-plugin-models-common';
import { useState } from 'react';
import { useServingPaths } from '../lib/paths';
import { ExtendDialog } from './ExtendDialog';
import { StopDialog } from './StopDialog';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  }),
  { name: 'ModelServingEndpointActions' },
);

/** What a person may do with an endpoint now. */
export function EndpointActions(props: {
  endpoint: EvaluationEndpoint;
  /** The endpoint as it is after an action. */
  onChanged: (after: EvaluationEndpoint) => void;
}) {
  const { endpoint, onChanged } = props;
  const classes = useStyles();
  const paths = useServingPaths();
  const [asking, setAsking] = useState<'extend' | 'stop'>();
  const name = `${endpoint.title} ${endpoint.modelVersion}`;
  const close = () => setAsking(undefined);
  const done = (after: EvaluationEndpoint) => {
    close();
    onChanged(after);
  };
  return (
    <div className={classes.root}>
      {endpoint.state === 'ready' && (
        <LinkButton
          size="small"
          variant="contained"
          color="primary"
          to={paths.playground({
            profile: endpoint.profile,
            targets: [`endpoint:${endpoint.id}`],
          })}
          aria-label={`Open ${name} in the playground`}
        >
          Playground
        </LinkButton>
      )}
      {endpoint.mayExtend && (
        <Button
          size="small"
          variant="outlined"
          onClick={() => setAsking('extend')}
          aria-label={`Extend ${name}`}
        >
          Extend…
        </Button>
      )}
      {endpoint.mayStop && (
        <Button
          size="small"
          variant="outlined"
          onClick={() => setAsking('stop')}
          aria-label={`Stop ${name}`}
        >
          Stop…
        </Button>
      )}
      {asking === 'extend' && (
        <ExtendDialog endpoint={endpoint} onClose={close} onDone={done} />
      )}
      {asking === 'stop' && (
        <StopDialog endpoint={endpoint} onClose={close} onDone={done} />
      )}
    </div>
  );
}
