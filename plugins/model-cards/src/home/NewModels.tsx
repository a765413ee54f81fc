import { Link, Progress } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  EmptyHint,
  ErrorHint,
  modelCardsApiRef,
  ModelLink,
  RelativeTime,
  useRoomQuery,
} from '@modelhub/backstage-plugin-models-react';
import { useEffect } from 'react';
import { UsableAt } from '../browse/UsableAt';
import { rootRouteRef } from '../routes';

const SHOWN = 5;

/** The read side fills itself within a minute of its first start. */
const LOOK_AGAIN_MS = 5_000;

const useStyles = makeStyles(
  theme => ({
    list: {
      listStyle: 'none',
      margin: theme.spacing(0, 0, 1),
      padding: 0,
      display: 'grid',
      gap: theme.spacing(1.5),
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      gap: theme.spacing(0, 2),
    },
  }),
  { name: 'ModelHubNewModels' },
);

/** Models that came or changed last, with where each may be used. */
export function NewModels() {
  const classes = useStyles();
  const models = useRouteRef(rootRouteRef);
  const query = useRoomQuery(
    modelCardsApiRef,
    (api, signal) =>
      api.listModels(
        { sort: 'updated', lifecycle: ['active'], limit: SHOWN },
        { signal },
      ),
    [],
  );
  const { retry } = query;
  const empty = query.status === 'ready' && !query.value?.items.length;
  useEffect(() => {
    if (!empty) return undefined;
    const timer = setTimeout(retry, LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [empty, retry]);

  if (query.status === 'error' || query.status === 'forbidden') {
    return (
      <ErrorHint
        title="The models could not be loaded"
        error={query.error}
        retry={query.retry}
      />
    );
  }
  if (query.status === 'absent') {
    return <EmptyHint title="The read side of Model Hub is not installed" />;
  }
  if (!query.value) return <Progress />;
  if (!query.value.items.length) {
    return (
      <EmptyHint
        title="There are no models yet"
        description="They appear here by themselves as soon as the catalog has read them."
      />
    );
  }
  return (
    <>
      <ul className={classes.list}>
        {query.value.items.map(model => (
          <li key={model.entityRef}>
            <div className={classes.line}>
              <ModelLink entityRef={model.entityRef} title={model.title} />
              <Typography variant="body2" color="textSecondary">
                <RelativeTime at={model.updatedAt} />
              </Typography>
            </div>
            <UsableAt model={model} />
          </li>
        ))}
      </ul>
      <Link to={models()}>All models</Link>
    </>
  );
}
