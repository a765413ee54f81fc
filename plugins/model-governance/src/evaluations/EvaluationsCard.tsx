import { InfoCard, Link } from '@backstage/core-components';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { isModelEntity } from '@modelhub/backstage-plugin-models-common';
import { RelativeTime } from '@modelhub/backstage-plugin-models-react';
import { useLive } from '../hooks/useLive';
import { Loaded } from '../shared/Loaded';
import { OutcomeChip } from './OutcomeChip';
import { PackStandingNote } from './PackStandingNote';
import { byPack, type PackResults } from './results';
import { mainFigure } from './ResultsTable';

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: 0, padding: 0 },
    item: {
      padding: theme.spacing(1, 0),
      borderTop: `1px solid ${theme.palette.divider}`,
      '&:first-child': { borderTop: 'none', paddingTop: 0 },
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
    title: { flexGrow: 1 },
  }),
  { name: 'ModelGovernanceEvaluationsCard' },
);

const MOST = 5;

/** On the overview of a model: the packs it was measured by, and whether it reached what they ask. */
export function EvaluationsCard() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const classes = useStyles();
  const versions = isModelEntity(entity)
    ? (entity.spec.versions ?? []).map(version => version.name)
    : [];
  const query = useLive(`evaluations-card:${entityRef}`, (api, signal) =>
    api.listModelEvaluations(
      { entityRef, latest: true, limit: 100 },
      { signal },
    ),
  );
  // A card that has nothing to say about this portal says nothing.
  if (query.status === 'absent' || query.status === 'forbidden') return null;
  return (
    <InfoCard
      title="Evaluations"
      deepLink={{ title: 'All evaluations', link: 'evaluations' }}
    >
      <Loaded query={query} failure="The results could not be loaded">
        {({ items }) => {
          const packs = byPack(items, versions).sort(bestKnownFirst);
          if (packs.length === 0) {
            return (
              <Typography variant="body2">
                Nothing was measured here yet.
              </Typography>
            );
          }
          return (
            <>
              <ul className={classes.list} aria-label="Evaluations">
                {packs.slice(0, MOST).map(pack => (
                  <li key={pack.key} className={classes.item}>
                    <Row pack={pack} />
                  </li>
                ))}
              </ul>
              {packs.length > MOST && (
                <Link to="evaluations">{packs.length - MOST} more</Link>
              )}
            </>
          );
        }}
      </Loaded>
    </InfoCard>
  );
}

function Row({ pack }: { pack: PackResults }) {
  const classes = useStyles();
  const { newest, title } = pack;
  return (
    <>
      <div className={classes.head}>
        <Typography variant="body2" component="span" className={classes.title}>
          {title}
        </Typography>
        <OutcomeChip outcome={newest.outcome} />
        <PackStandingNote result={newest} />
      </div>
      <Typography variant="caption" color="textSecondary" component="p">
        {mainFigure(newest)}, version {newest.modelVersion},{' '}
        <RelativeTime at={newest.finishedAt} />
      </Typography>
    </>
  );
}

/** Packs of the catalog before what only a pipeline knows, judged before not judged. */
function bestKnownFirst(a: PackResults, b: PackResults): number {
  const rank = ({ entityRef, newest }: PackResults) =>
    (entityRef ? 0 : 2) + (newest.outcome === 'unknown' ? 1 : 0);
  return rank(a) - rank(b) || b.results.length - a.results.length;
}
