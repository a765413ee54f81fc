import { makeStyles } from '@material-ui/core/styles';
import type { PackRun } from '@modelhub/backstage-plugin-models-common';
import {
  Pager,
  Section,
  usePages,
} from '@modelhub/backstage-plugin-models-react';
import { useChanged } from '../hooks/useChanged';
import { useLive } from '../hooks/useLive';
import { Loaded } from '../shared/Loaded';
import { RunProgress } from './RunProgress';
import { isUnderWay } from './RunState';

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: 0, padding: 0 },
    item: {
      borderTop: `1px solid ${theme.palette.divider}`,
      '&:first-child': { borderTop: 'none' },
    },
  }),
  { name: 'ModelGovernancePackRuns' },
);

const PAGE = 10;

const underWayFirst = (a: PackRun, b: PackRun) =>
  Number(isUnderWay(b)) - Number(isUnderWay(a)) ||
  b.createdAt.localeCompare(a.createdAt);

/** Runs in the hub, those under way first; silent where there was none. */
export function RunsSection(props: {
  entityRef: string;
  /** How many runs were started on this page. */
  started: number;
  /** One more run is over. */
  onFinished: () => void;
}) {
  const { entityRef, started, onFinished } = props;
  const classes = useStyles();
  const pages = usePages(entityRef);
  const query = useLive(
    `pack-runs:${entityRef}:${pages.cursor ?? ''}`,
    (api, signal) =>
      api.listPackRuns(
        { entityRef, cursor: pages.cursor, limit: PAGE },
        { signal },
      ),
  );
  const items = query.value?.items;
  useChanged(
    items?.filter(({ state }) => state === 'finished').length,
    onFinished,
  );
  useChanged(started, query.retry);
  const isSilent = items ? items.length === 0 : query.status === 'loading';
  if (isSilent && pages.isFirst) return null;
  const changed = (after: PackRun) =>
    query.value &&
    query.set({
      ...query.value,
      items: query.value.items.map(it => (it.id === after.id ? after : it)),
    });
  return (
    <Section
      title="Runs in the hub"
      description="Started here with a click. One that was ended or failed can be taken up again; what was answered is not asked twice."
    >
      <Loaded query={query} failure="The runs could not be loaded">
        {page => (
          <>
            <ul className={classes.list} aria-label="Runs">
              {[...page.items].sort(underWayFirst).map(run => (
                <li key={run.id} className={classes.item}>
                  <RunProgress run={run} onChange={changed} />
                </li>
              ))}
            </ul>
            <Pager pages={pages} nextCursor={page.nextCursor} />
          </>
        )}
      </Loaded>
    </Section>
  );
}
