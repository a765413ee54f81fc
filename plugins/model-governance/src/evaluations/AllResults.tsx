import { makeStyles } from '@material-ui/core/styles';
import { Pager, usePages } from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useLive } from '../hooks/useLive';
import { Loaded } from '../shared/Loaded';
import type { PackResults } from './results';
import { ResultsTable } from './ResultsTable';

const useStyles = makeStyles(
  theme => ({ root: { marginTop: theme.spacing(2) } }),
  { name: 'ModelGovernanceAllResults' },
);

const PAGE = 20;

/** Every result of a model on a pack, older ones too; loaded when it is opened. */
export function AllResults(props: { entityRef: string; pack: PackResults }) {
  const classes = useStyles();
  const [opened, setOpened] = useState(false);
  return (
    <details
      className={classes.root}
      onToggle={event => setOpened(event.currentTarget.open)}
    >
      <summary>All results</summary>
      {opened && <List {...props} />}
    </details>
  );
}

function List({ entityRef, pack }: { entityRef: string; pack: PackResults }) {
  const pages = usePages(`${entityRef} ${pack.key}`);
  const query = useLive(
    `model-evaluations:${entityRef}:${pack.key}:${pages.cursor ?? ''}`,
    (api, signal) =>
      api.listModelEvaluations(
        { entityRef, pack: pack.key, cursor: pages.cursor, limit: PAGE },
        { signal },
      ),
  );
  return (
    <Loaded query={query} failure="The results could not be loaded">
      {({ items, nextCursor }) => (
        <>
          <ResultsTable
            label={`All results of ${pack.title}`}
            results={items}
          />
          <Pager pages={pages} nextCursor={nextCursor} />
        </>
      )}
    </Loaded>
  );
}
