import type { InsightShare } from '@modelhub/backstage-plugin-models-common';
import {
  BarsFigure,
  ChoiceField,
  type Column,
  countText,
  DataTable,
  EmptyHint,
  Loaded,
  moneyUnit,
  Pager,
  percentText,
  Section,
  tierText,
  usePages,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { ChargebackButtons } from '../callers/ChargebackButtons';
import { CallsFigure, CostFigures } from '../insights/figures';
import { Headline } from '../insights/Headline';
import { NoUsage } from '../insights/NoUsage';
import type { Range } from '../insights/range';
import { RangeField, useRange } from '../insights/RangeField';
import { callStats, costStats } from '../insights/stats';
import { costsText } from '../insights/words';
import { useModels } from '../lib/useModels';
import { useNames } from '../lib/useNames';
import { useUsage } from '../lib/useUsage';
import { type BreakdownKey, breakdowns, ShareName } from './ShareName';

const ROWS_SHOWN = 25;
const tierName = (name: string) =>
  name === '' ? 'Not known' : tierText(name).label;

/** What all models cost, by tier, and by whatever is chosen. */
export function CostView() {
  const [range, setRange] = useRange();
  const { from, to } = range;
  const query = useUsage(`organisation ${from} ${to}`, (api, signal) =>
    api.getOrganisationInsights({ from, to }, { signal }),
  );
  return (
    <>
      <Section
        title="Usage and cost"
        actions={<RangeField range={range} onChange={setRange} />}
      >
        <Loaded
          query={query}
          room="model-usage"
          failure="What models cost could not be loaded"
        >
          {insights =>
            insights.totals.calls === 0 ? (
              <NoUsage
                title="No model was called in this time"
                dataSince={insights.range.dataSince}
              />
            ) : (
              <>
                <Headline
                  stats={[
                    ...costStats(insights),
                    ...callStats(insights),
                    { label: 'Teams', value: countText(insights.teams) },
                    { label: 'Models', value: countText(insights.models) },
                  ]}
                />
                <CostFigures {...insights} id="organisation" />
                <CallsFigure {...insights} id="organisation" />
                {insights.totals.costs.map(({ currency }) => (
                  <TierBars
                    key={currency}
                    currency={currency}
                    tiers={insights.tiers}
                  />
                ))}
              </>
            )
          }
        </Loaded>
      </Section>
      {query.status !== 'forbidden' && query.status !== 'absent' && (
        <>
          <Breakdown range={range} />
          <Section
            title="Chargeback"
            description={`What to charge whom from ${from} to ${to}, row by row. Exports are recorded.`}
          >
            <ChargebackButtons range={range} />
          </Section>
        </>
      )}
    </>
  );
}

function TierBars(props: { currency: string; tiers: InsightShare[] }) {
  const { currency } = props;
  return (
    <BarsFigure
      id="organisation-tiers"
      title={`Cost by tier in ${currency}`}
      of="Tier"
      measure="Cost"
      unit={moneyUnit(currency)}
      bars={props.tiers.map(({ name, sums }) => ({
        id: name,
        label: tierName(name),
        value: sums.costs.find(cost => cost.currency === currency)?.amount ?? 0,
      }))}
    />
  );
}

function Breakdown({ range }: { range: Range }) {
  const { from, to } = range;
  const [asked, setAsked] = useUrlFilters(['by', 'order'] as const);
  const by = (breakdowns.find(({ value }) => value === asked.by)?.value ??
    'model') as BreakdownKey;
  const orderBy = asked.order === 'calls' ? 'calls' : 'cost';
  const key = `breakdown ${from} ${to} ${by} ${orderBy}`;
  const pages = usePages(key);
  const names = useNames().value;
  const query = useUsage(`${key} ${pages.cursor}`, (api, signal) =>
    api.listOrganisationUses(
      { from, to, by, orderBy, cursor: pages.cursor, limit: ROWS_SHOWN },
      { signal },
    ),
  );
  const modelOf = useModels(
    by === 'model' ? query.value?.items.map(({ name }) => name) : [],
  );
  const columns: Column<InsightShare>[] = [
    {
      header: breakdowns.find(({ value }) => value === by)?.label ?? '',
      render: ({ name }) => (
        <ShareName by={by} name={name} names={names} modelOf={modelOf} />
      ),
    },
    {
      header: 'Cost',
      numeric: true,
      render: ({ sums }) =>
        sums.costs.length === 0 && sums.unpricedCalls > 0
          ? 'No price'
          : costsText(sums.costs),
    },
    {
      header: 'Calls',
      numeric: true,
      render: ({ sums }) => countText(sums.calls),
    },
    {
      header: 'Share of calls',
      numeric: true,
      render: ({ share }) => percentText(share),
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
  ];
  return (
    <Section
      title="By whom and what"
      actions={
        <>
          <ChoiceField
            id="breakdown-by"
            label="By"
            value={by}
            choices={[...breakdowns]}
            onChange={value => setAsked({ by: value })}
          />
          <ChoiceField
            id="breakdown-order"
            label="Most"
            value={orderBy}
            choices={[
              { value: 'cost', label: 'Cost first' },
              { value: 'calls', label: 'Calls first' },
            ]}
            onChange={value => setAsked({ order: value })}
          />
        </>
      }
    >
      <Loaded
        query={query}
        room="model-usage"
        failure="The rows could not be loaded"
      >
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyHint title="No model was called in this time" />
          ) : (
            <>
              <DataTable
                label="By whom and what"
                rows={items}
                rowKey={({ name }) => name}
                columns={columns}
              />
              <Pager pages={pages} nextCursor={nextCursor} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}
