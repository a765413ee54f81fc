import { parseEntityRef } from '@backstage/catalog-model';
import type { DuplicateModels } from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  countText,
  DataTable,
  EmptyHint,
  Loaded,
  ModelLink,
  Pager,
  People,
  Person,
  Section,
  usePages,
} from '@modelhub/backstage-plugin-models-react';
import Typography from '@material-ui/core/Typography';
import { costsText, manyText } from '../insights/words';
import { useUsage } from '../lib/useUsage';

const ROWS_SHOWN = 10;

type Made = DuplicateModels['models'][number];

const columns: Column<Made>[] = [
  {
    header: 'Model',
    render: ({ entityRef, title }) => (
      <ModelLink entityRef={entityRef} title={title} />
    ),
  },
  { header: 'Owner', render: ({ owner }) => <Person entityRef={owner} /> },
  {
    header: 'Calls in 28 days',
    numeric: true,
    render: ({ calls }) => countText(calls),
  },
  { header: 'Cost', numeric: true, render: ({ costs }) => costsText(costs) },
];

/** `Three teams made models of llama for summarization`, as the heading of a group. */
export function duplicatesText({
  teams,
  baseModel,
  tasks,
}: Pick<DuplicateModels, 'teams' | 'baseModel' | 'tasks'>): string {
  const base = parseEntityRef(baseModel, { defaultKind: 'model' }).name;
  return `${manyText(
    teams.length,
    'team',
    'teams',
  )} made models of ${base} for ${tasks.join(', ')}`;
}

/** Models that several teams made of the same base for the same task. */
export function DuplicatesView() {
  const pages = usePages('duplicates');
  const query = useUsage(`duplicates ${pages.cursor}`, (api, signal) =>
    api.listDuplicateModels(
      { cursor: pages.cursor, limit: ROWS_SHOWN },
      { signal },
    ),
  );
  return (
    <Loaded
      query={query}
      room="model-usage"
      failure="The duplicates could not be loaded"
    >
      {({ items, nextCursor }) =>
        items.length === 0 ? (
          <EmptyHint
            title="No two teams made the same of the same model"
            description="Models are compared by their base model, tasks and owners in the catalog, as far as you may see them."
          />
        ) : (
          <>
            {items.map(each => (
              <Section
                key={`${each.baseModel} ${each.tasks.join(' ')}`}
                title={duplicatesText(each)}
              >
                <Typography variant="body2" paragraph>
                  <People entityRefs={each.teams} /> could share one. Together
                  the models were called {countText(each.calls)} times in 28
                  days and cost {costsText(each.costs).toLowerCase()}.
                </Typography>
                <DataTable
                  label={duplicatesText(each)}
                  rows={each.models}
                  rowKey={({ entityRef }) => entityRef}
                  columns={columns}
                />
              </Section>
            ))}
            <Pager pages={pages} nextCursor={nextCursor} />
          </>
        )
      }
    </Loaded>
  );
}
