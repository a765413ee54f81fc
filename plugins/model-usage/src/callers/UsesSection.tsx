import type {
  CallerUse,
  UseKey,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  type Column,
  countText,
  DataTable,
  EmptyHint,
  Loaded,
  Pager,
  periodText,
  Person,
  Section,
  TierChip,
  usePages,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import type { Range } from '../insights/range';
import { costsText } from '../insights/words';
import { type KnownModel, useModels } from '../lib/useModels';
import { type Names, useNames } from '../lib/useNames';
import { useUsage } from '../lib/useUsage';
import { subjectText } from '../budgets/SubjectName';
import { ModelName } from '../shared/ModelName';
import type { Caller } from './useCaller';

const ROWS_SHOWN = 25;

/** Ways to look at who used what; the first is the usual one. */
const views: Array<{ value: string; label: string; by: UseKey[] }> = [
  {
    value: 'detail',
    label: 'Model, component, profile and tier',
    by: ['model', 'version', 'component', 'profile', 'tier'],
  },
  { value: 'model', label: 'Model', by: ['model', 'version'] },
  { value: 'component', label: 'Component', by: ['component'] },
  { value: 'team', label: 'Team', by: ['team'] },
  { value: 'month', label: 'Month and model', by: ['month', 'model'] },
  { value: 'day', label: 'Day', by: ['day'] },
];

const tiers = ['sandbox', 'internal', 'customer-facing', 'regulated'] as const;

function columnsOf(
  by: UseKey[],
  names: Names | undefined,
  modelOf: (id: string) => KnownModel | undefined,
): Column<CallerUse>[] {
  const known = (text: string | undefined) => text || 'Not known';
  const reference = (ref: string | undefined) =>
    ref ? <Person entityRef={ref} /> : 'Not known';
  const all: Partial<Record<UseKey, Column<CallerUse>>> = {
    day: {
      header: 'Day (UTC)',
      tight: true,
      render: ({ date = '' }) => periodText(date, 'day'),
    },
    month: {
      header: 'Month (UTC)',
      tight: true,
      render: ({ date = '' }) => periodText(date, 'month'),
    },
    model: {
      header: 'Model',
      render: ({ model = '' }) => (
        <ModelName id={model || 'Not known'} known={modelOf(model)} />
      ),
    },
    version: { header: 'Version', render: ({ version }) => known(version) },
    team: { header: 'Team', render: ({ team }) => reference(team) },
    component: {
      header: 'Component',
      render: ({ component }) => reference(component),
    },
    profile: {
      header: 'Access profile',
      render: ({ profile }) =>
        profile ? subjectText('profile', profile, names) : 'Not known',
    },
    tier: {
      header: 'Where',
      tight: true,
      render: ({ tier }) => {
        const found = tiers.find(one => one === tier);
        return found ? <TierChip tier={found} /> : known(tier);
      },
    },
  };
  return [
    ...by.flatMap(key => all[key] ?? []),
    {
      header: 'Calls',
      numeric: true,
      render: ({ sums }) => countText(sums.calls),
    },
    {
      header: 'Input tokens',
      numeric: true,
      render: ({ sums }) => countText(sums.inputTokens),
    },
    {
      header: 'Output tokens',
      numeric: true,
      render: ({ sums }) => countText(sums.outputTokens),
    },
    {
      header: 'Cost',
      numeric: true,
      render: ({ sums }) =>
        sums.costs.length === 0 && sums.unpricedCalls > 0
          ? 'No price'
          : costsText(sums.costs),
    },
  ];
}

/** Who used what, where, and what it cost. */
export function UsesSection(props: { of: Caller; range: Range }) {
  const { kind, name } = props.of;
  const { from, to } = props.range;
  const [{ by: asked }, setBy] = useUrlFilters(['by'] as const);
  const choices = views.filter(({ value }) => value !== kind);
  const view = choices.find(({ value }) => value === asked) ?? choices[0];
  const key = `uses ${kind} ${name} ${from} ${to} ${view.value}`;
  const pages = usePages(key);
  const names = useNames().value;
  const query = useUsage(`${key} ${pages.cursor}`, (api, signal) =>
    api.listCallerUses(
      {
        callerKind: kind,
        caller: name,
        from,
        to,
        by: view.by,
        cursor: pages.cursor,
        limit: ROWS_SHOWN,
      },
      { signal },
    ),
  );
  const modelOf = useModels(
    query.value?.items.flatMap(({ model }) => model ?? []),
  );
  return (
    <Section
      title="Who used what"
      actions={
        <ChoiceField
          id="uses-by"
          label="By"
          value={view.value}
          choices={choices}
          onChange={value => setBy({ by: value })}
        />
      }
    >
      <Loaded
        query={query}
        room="model-usage"
        failure="Who used what could not be loaded"
      >
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyHint title="Nothing was used in this time" />
          ) : (
            <>
              <DataTable
                label="Who used what"
                rows={items}
                rowKey={use => JSON.stringify({ ...use, sums: undefined })}
                columns={columnsOf(view.by, names, modelOf)}
              />
              <Pager pages={pages} nextCursor={nextCursor} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}
