import type { DriftHistory as History } from '@modelhub/backstage-plugin-models-common';
import {
  DataTable,
  EmptyHint,
  Loaded,
  numberUnit,
  Person,
  Section,
  TimeSeriesFigure,
} from '@modelhub/backstage-plugin-models-react';
import { useUsage } from '../lib/useUsage';

const psiUnit = numberUnit('PSI');

/** As many lines as can be told apart. */
const MOST_LINES = 8;

function pointsOf({ checks }: History) {
  return checks.map(({ day, features }) => ({
    at: day,
    values: Object.fromEntries(
      features.flatMap(({ id, psi }) => (psi === undefined ? [] : [[id, psi]])),
    ),
  }));
}

function seriesOf({ checks }: History) {
  const titles = new Map(
    checks.flatMap(({ features }) =>
      features
        .filter(({ psi }) => psi !== undefined)
        .map(({ id, title }) => [id, title] as const),
    ),
  );
  return [...titles]
    .slice(0, MOST_LINES)
    .map(([id, label]) => ({ id, label, as: 'line' as const }));
}

/** What checks found over time, times of drift, and who said what is usual. */
export function DriftHistory(props: { model: string; version: string }) {
  const { model, version } = props;
  const query = useUsage(`drift history ${model} ${version}`, (api, signal) =>
    api.getDriftHistory({ model, version }, { signal }),
  );
  return (
    <Loaded
      query={query}
      room="model-usage"
      failure="The history could not be loaded"
    >
      {history => (
        <>
          <TimeSeriesFigure
            id="drift-history"
            title="Distance from the reference in 90 days (PSI)"
            step="day"
            unit={psiUnit}
            series={seriesOf(history)}
            points={pointsOf(history)}
          />
          <Section title="Times of drift">
            {history.episodes.length === 0 ? (
              <EmptyHint
                title="There was none"
                description="Owners of the model hear of it once when one begins."
              />
            ) : (
              <DataTable
                label="Times of drift"
                rows={history.episodes}
                rowKey={({ id }) => id}
                columns={[
                  { header: 'From', tight: true, render: it => it.begun },
                  {
                    header: 'To',
                    tight: true,
                    render: ({ ended, endedBecause }) =>
                      ended
                        ? `${ended.slice(0, 10)}${
                            endedBecause === 'new-reference'
                              ? ', by a new reference'
                              : ''
                          }`
                        : 'Not over',
                  },
                  { header: 'What', render: it => it.features.join(', ') },
                  {
                    header: 'What was done',
                    render: ({ taken = [] }) =>
                      taken.map(({ words }) => words).join(' ') ||
                      'The owners heard of it.',
                  },
                ]}
              />
            )}
          </Section>
          <Section title="References">
            <DataTable
              label="References"
              rows={history.references}
              rowKey={({ id }) => id}
              columns={[
                {
                  header: 'Days',
                  tight: true,
                  render: ({ from, to }) => `${from} to ${to}`,
                },
                {
                  header: 'By',
                  render: ({ setBy }) =>
                    setBy === 'system' ? (
                      'The hub itself'
                    ) : (
                      <Person entityRef={setBy} />
                    ),
                },
                { header: 'Why', render: it => it.reason },
              ]}
            />
          </Section>
        </>
      )}
    </Loaded>
  );
}
