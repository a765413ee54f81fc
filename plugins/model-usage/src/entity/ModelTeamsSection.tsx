import type { ModelTeam } from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  countText,
  DataTable,
  EmptyHint,
  Loaded,
  People,
  periodText,
  Person,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import Typography from '@material-ui/core/Typography';
import type { Range } from '../insights/range';
import { costsText, manyText } from '../insights/words';
import { useUsage } from '../lib/useUsage';

const dayText = (day: string | undefined) =>
  day ? periodText(day, 'day') : 'Never';

const columns: Column<ModelTeam>[] = [
  { header: 'Team', render: ({ team }) => <Person entityRef={team} /> },
  {
    header: 'Deployed in',
    render: ({ components }) =>
      components.length > 0 ? <People entityRefs={components} /> : '–',
  },
  { header: 'Calls', numeric: true, render: ({ calls }) => countText(calls) },
  { header: 'Cost', numeric: true, render: ({ costs }) => costsText(costs) },
  {
    header: 'First call',
    tight: true,
    render: ({ firstCall }) => dayText(firstCall),
  },
  {
    header: 'Last call',
    tight: true,
    render: ({ lastCall }) => dayText(lastCall),
  },
];

/** Teams that deployed a model or called it. */
export function ModelTeamsSection(props: {
  model: string;
  version: string | undefined;
  range: Range;
}) {
  const { model, version, range } = props;
  const { from, to } = range;
  const query = useUsage(
    `teams ${model} ${version} ${from} ${to}`,
    (api, signal) =>
      api.listModelTeams({ model, version, from, to }, { signal }),
  );
  return (
    <Section title="Teams">
      <Loaded
        query={query}
        room="model-usage"
        failure="The teams could not be loaded"
      >
        {({ teams, deployed, called, items, sees }) =>
          teams === 0 ? (
            <EmptyHint
              title="No team uses it yet"
              description="A team is listed when one of its components says in the catalog that it consumes the model (`spec.consumesModels`), or when it calls the model."
            />
          ) : (
            <>
              <Typography variant="body2" paragraph>
                {manyText(teams, 'team', 'teams')}: {countText(deployed)}{' '}
                deployed it, {countText(called)} called it in this time.
                {sees === 'own' &&
                  items.length < teams &&
                  ` You see ${
                    items.length === 0 ? 'none' : 'those'
                  } of them that are yours.`}
              </Typography>
              {items.length > 0 && (
                <DataTable
                  label="Teams"
                  columns={columns}
                  rows={items}
                  rowKey={({ team }) => team}
                />
              )}
            </>
          )
        }
      </Loaded>
    </Section>
  );
}
