import type {
  ObjectiveAlert,
  ObjectiveChange,
} from '@modelhub/backstage-plugin-models-common';
import {
  DataTable,
  EmptyHint,
  Loaded,
  Pager,
  Person,
  Section,
  usePages,
} from '@modelhub/backstage-plugin-models-react';
import { useUsage } from '../lib/useUsage';
import {
  leftText,
  momentText,
  rules,
  severities,
  termsText,
  timesText,
} from './words';

const ROWS_SHOWN = 10;

const actions: Record<ObjectiveChange['action'], string> = {
  set: 'Set',
  changed: 'Changed',
  removed: 'Removed',
};

function Alerts({ items }: { items: ObjectiveAlert[] }) {
  return (
    <DataTable
      label="Alerts"
      rows={items}
      rowKey={({ id }) => id}
      columns={[
        {
          header: 'From',
          tight: true,
          render: it => momentText(it.openedAt),
        },
        {
          header: 'To',
          tight: true,
          render: it => (it.closedAt ? momentText(it.closedAt) : 'Not over'),
        },
        { header: 'For whom', render: it => severities[it.severity] },
        { header: 'Because it burnt', render: it => rules[it.rule] },
        {
          header: 'At most',
          tight: true,
          render: it => timesText(it.peakBurn),
        },
        {
          header: 'Budget when it began',
          render: it => leftText(it.budgetLeft),
        },
      ]}
    />
  );
}

/** Alerts about an objective, from begin to end. */
export function AlertsSection({ id }: { id: string }) {
  const pages = usePages(id);
  const query = useUsage(`alerts ${id} ${pages.cursor}`, (api, signal) =>
    api.listObjectiveAlerts(
      { id, cursor: pages.cursor, limit: ROWS_SHOWN },
      { signal },
    ),
  );
  return (
    <Section title="Alerts">
      <Loaded
        query={query}
        room="model-usage"
        failure="The alerts could not be loaded"
      >
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyHint
              title="There was no alert yet"
              description="One is raised when the error budget burns 14.4 times as fast as it may over an hour, 6 times over six hours, or faster than it may over three days."
            />
          ) : (
            <>
              <Alerts items={items} />
              <Pager pages={pages} nextCursor={nextCursor} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

/** Who set and changed an objective. */
export function ChangesSection({ id }: { id: string }) {
  const pages = usePages(id);
  const query = useUsage(`changes ${id} ${pages.cursor}`, (api, signal) =>
    api.listObjectiveChanges(
      { id, cursor: pages.cursor, limit: ROWS_SHOWN },
      { signal },
    ),
  );
  return (
    <Section title="History">
      <Loaded
        query={query}
        room="model-usage"
        failure="The history could not be loaded"
      >
        {({ items, nextCursor }) => (
          <>
            <DataTable
              label="Who set and changed it"
              rows={items}
              rowKey={({ at, action }) => `${at} ${action}`}
              columns={[
                {
                  header: 'When',
                  tight: true,
                  render: ({ at }) => momentText(at),
                },
                {
                  header: 'Who',
                  render: ({ by }) =>
                    by === 'default' ? 'By default' : <Person entityRef={by} />,
                },
                { header: 'What', render: ({ action }) => actions[action] },
                {
                  header: 'Has to be kept',
                  render: ({ after }) => (after ? termsText(after) : '–'),
                },
                {
                  header: 'Before',
                  render: ({ before }) => (before ? termsText(before) : '–'),
                },
                { header: 'Why', render: ({ reason }) => reason ?? '–' },
              ]}
            />
            <Pager pages={pages} nextCursor={nextCursor} />
          </>
        )}
      </Loaded>
    </Section>
  );
}
