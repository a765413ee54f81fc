import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard, Link, LinkButton } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  isModelEntity,
  modelEndpointCreatePermission,
} from '@modelhub/backstage-plugin-models-common';
import { Loaded, PersonName } from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { EndpointStanding } from '../endpoints/EndpointStanding';
import { runningStates } from '../endpoints/states';
import { EvaluateDialog } from '../evaluate/EvaluateDialog';
import { useServingPaths } from '../lib/paths';
import { useServing } from '../lib/useServing';

const useStyles = makeStyles(
  theme => ({
    buttons: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      margin: theme.spacing(2, 0, 1),
    },
    list: {
      listStyle: 'none',
      margin: theme.spacing(1, 0),
      padding: 0,
      ...theme.typography.body2,
      '& li + li': {
        marginTop: theme.spacing(1),
        paddingTop: theme.spacing(1),
        borderTop: `1px solid ${theme.palette.divider}`,
      },
    },
  }),
  { name: 'ModelServingEvaluateCard' },
);

const SHOWN = 5;

/** Endpoints of this model that the reader may use. */
function Running({ entityRef }: { entityRef: string }) {
  const classes = useStyles();
  const paths = useServingPaths();
  const list = useServing(`card ${entityRef}`, (api, signal) =>
    api.listEndpoints(
      { entityRef, state: runningStates, limit: SHOWN },
      { signal },
    ),
  );
  return (
    <Loaded
      query={list}
      room="model-serving"
      failure="The endpoints could not be loaded"
    >
      {({ items, nextCursor }) =>
        items.length === 0 ? (
          <Typography variant="body2" color="textSecondary">
            No evaluation endpoint of yours or your teams’ runs it.
          </Typography>
        ) : (
          <>
            <ul className={classes.list} aria-label="Evaluation endpoints">
              {items.map(endpoint => (
                <li key={endpoint.id}>
                  <Link to={paths.endpoint(endpoint.id)}>
                    Version {endpoint.modelVersion}
                  </Link>{' '}
                  of <PersonName entityRef={endpoint.team} />
                  <br />
                  <EndpointStanding endpoint={endpoint} />
                </li>
              ))}
            </ul>
            {nextCursor && (
              <Link to={`${paths.endpoints}?whose=teams`}>All endpoints</Link>
            )}
          </>
        )
      }
    </Loaded>
  );
}

/** On the overview of a model: evaluate it, and what runs of it already. */
export function EvaluateCard() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const classes = useStyles();
  const paths = useServingPaths();
  const navigate = useNavigate();
  const [isOpen, setIsOpen] = useState(false);
  const { allowed } = usePermission({
    permission: modelEndpointCreatePermission,
  });
  const installed = useServing(
    'card',
    (api, signal) => api.listEngines({ signal }),
    { still: true },
  );
  // A card that has nothing to say about this portal says nothing.
  if (installed.status === 'absent' || installed.status === 'forbidden') {
    return null;
  }
  const model = isModelEntity(entity) ? entity : undefined;
  const hasArtifact = Boolean(
    model?.spec.versions?.some(({ artifact }) => artifact),
  );
  const title = entity.metadata.title ?? entity.metadata.name;
  const canStart = allowed && hasArtifact;
  return (
    <InfoCard
      title="Evaluate"
      subheader={
        hasArtifact
          ? 'An endpoint of your own for an afternoon. The sandbox checks run by themselves; nobody has to sign.'
          : 'Its provider hosts it, so it needs no endpoint of yours.'
      }
    >
      <div className={classes.buttons}>
        {canStart && (
          <Button
            variant="contained"
            color="primary"
            onClick={() => setIsOpen(true)}
          >
            Evaluate this model
          </Button>
        )}
        <LinkButton
          variant={canStart ? 'outlined' : 'contained'}
          color={canStart ? 'default' : 'primary'}
          to={paths.playground({ entityRef })}
        >
          Try it in the playground
        </LinkButton>
      </div>
      {hasArtifact && <Running entityRef={entityRef} />}
      {isOpen && (
        <EvaluateDialog
          entityRef={entityRef}
          title={title}
          onClose={() => setIsOpen(false)}
          onStarted={endpoint => {
            setIsOpen(false);
            navigate(paths.endpoint(endpoint.id));
          }}
        />
      )}
    </InfoCard>
  );
}
