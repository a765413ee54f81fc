import { useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import {
  isModelEntity,
  type ModelInsights,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  countUnit,
  EmptyHint,
  HeatMapFigure,
  Loaded,
  Section,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { ModelDriftSection } from '../drift/ModelDrift';
import {
  CallsFigure,
  CostFigures,
  DurationFigure,
  TokensFigure,
} from '../insights/figures';
import { Headline } from '../insights/Headline';
import { NoUsage } from '../insights/NoUsage';
import type { Range } from '../insights/range';
import { RangeField, useRange } from '../insights/RangeField';
import { callStats, costStats, qualityStats } from '../insights/stats';
import { useUsage } from '../lib/useUsage';
import { ModelObjectivesSection } from '../slo/ModelObjectives';
import { ModelCallersSection } from './ModelCallersSection';
import { ModelTeamsSection } from './ModelTeamsSection';

const useStyles = makeStyles(
  theme => ({
    fields: {
      // On the page's grey, the usual grey of labels is too pale.
      '& .MuiInputLabel-root': { color: theme.palette.text.primary },
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(2),
    },
  }),
  { name: 'ModelUsageEntity' },
);

/** One model, in one version or all, in a range of days. */
interface Asked {
  model: string;
  version: string | undefined;
  range: Range;
}

/** The tab "Usage" of a model. */
export function EntityModelUsage() {
  const { entity } = useEntity();
  const model = isModelEntity(entity) ? entity.spec.gatewayId : undefined;
  if (!model) {
    return (
      <EmptyHint
        title="This model has no gateway id"
        description="Calls are counted by it: give `spec.gatewayId` in the catalog."
      />
    );
  }
  return <ModelUsage key={model} model={model} />;
}

function ModelUsage({ model }: { model: string }) {
  const classes = useStyles();
  const [range, setRange] = useRange();
  const [{ version }, setVersion] = useUrlFilters(['version'] as const);
  const { from, to } = range;
  const asked = { model, version, range };
  const query = useUsage(
    `model ${model} ${version} ${from} ${to}`,
    (api, signal) =>
      api.getModelInsights({ model, version, from, to }, { signal }),
  );
  // The versions of all, so that another one can be chosen.
  const all = useUsage(`versions ${model} ${from} ${to}`, (api, signal) =>
    version
      ? api.getModelInsights({ model, from, to }, { signal })
      : Promise.resolve(undefined),
  );
  const versions = (all.value ?? query.value)?.versions
    .map(each => each.version)
    .filter(name => name !== '');

  return (
    <>
      <div className={classes.fields}>
        <RangeField range={range} onChange={setRange} />
        <ChoiceField
          id="usage-version"
          label="Version"
          value={version ?? ''}
          none="All versions"
          choices={[
            ...new Set([...(versions ?? []), ...(version ? [version] : [])]),
          ].map(value => ({ value, label: value }))}
          onChange={value => setVersion({ version: value })}
        />
      </div>
      <Loaded
        query={query}
        room="model-usage"
        failure="The usage could not be loaded"
      >
        {insights => <Numbers insights={insights} asked={asked} />}
      </Loaded>
      <ModelTeamsSection {...asked} />
      <ModelObjectivesSection model={model} />
      <ModelDriftSection
        model={model}
        version={version}
        onVersion={value => setVersion({ version: value })}
      />
    </>
  );
}

function Numbers(props: { insights: ModelInsights; asked: Asked }) {
  const { insights, asked } = props;
  if (insights.totals.calls === 0) {
    return (
      <Section title="Usage">
        <NoUsage
          title="Nobody called this model in this time"
          dataSince={insights.range.dataSince}
        />
      </Section>
    );
  }
  const course = { ...insights, id: 'model' };
  return (
    <>
      <Section title="At a glance">
        <Headline
          stats={[
            ...callStats(insights),
            ...costStats(insights),
            ...qualityStats(insights),
          ]}
        />
      </Section>
      <Section title="Calls and cost">
        <CallsFigure {...course} />
        <TokensFigure {...course} />
        <CostFigures {...course} />
      </Section>
      {insights.latency && (
        <Section title="How long answers take">
          <DurationFigure {...course} of="latency" />
          <DurationFigure {...course} of="timeToFirstToken" />
        </Section>
      )}
      <ModelCallersSection {...asked} />
      <Week {...asked} />
    </>
  );
}

const calls = countUnit('call', 'calls');

/** When in a week it is called. */
function Week({ model, version, range }: Asked) {
  const { from, to } = range;
  const query = useUsage(
    `week ${model} ${version} ${from} ${to}`,
    (api, signal) =>
      api.getModelHeatMap({ model, version, from, to }, { signal }),
  );
  const later = query.value && query.value.from > from;
  return (
    <Section title="When it is called">
      <HeatMapFigure
        id="model-week"
        title="Calls by weekday and hour"
        unit={calls}
        cells={(query.value?.items ?? []).map(({ weekday, hour, ...cell }) => ({
          weekday,
          hour,
          value: cell.calls,
        }))}
        loading={query.status === 'loading' && !query.value}
        error={query.value ? undefined : query.error}
        retry={query.retry}
        empty={<EmptyHint title="No hours are known of this time" />}
        note={
          later &&
          `Hours are kept for less than was asked for: these are the calls since ${query.value?.from}.`
        }
      />
    </Section>
  );
}
