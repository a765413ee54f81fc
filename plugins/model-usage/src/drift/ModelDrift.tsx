import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import type {
  DriftVersion,
  ModelDrift,
} from '@modelhub/backstage-plugin-models-common';
import {
  BarsFigure,
  ChoiceField,
  countText,
  EmptyHint,
  Loaded,
  Section,
  shareUnit,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useUsage } from '../lib/useUsage';
import { DriftChip } from './DriftChip';
import { DriftHistory } from './DriftHistory';
import { FindingsTable } from './FindingsTable';
import { PolicyWords } from './PolicyWords';
import { ReferenceDialog } from './ReferenceDialog';
import { distributionBars } from './words';

/** Whether the calls of a model are as they were: a section of its usage. */
export function ModelDriftSection(props: {
  model: string;
  version?: string;
  onVersion: (version: string | undefined) => void;
}) {
  const { model, version, onVersion } = props;
  const query = useUsage(`drift ${model} ${version}`, (api, signal) =>
    api.getModelDrift({ model, version }, { signal }),
  );
  const [isSetting, setSetting] = useState(false);
  const drift = query.value;
  const hasReference = drift?.versions.some(
    it => it.version === drift.shown && it.reference !== undefined,
  );
  return (
    <Section
      title="Drift"
      description="Whether prompts and answers are as they were: the last seven days against a reference. Of sampled calls, gateways tell lengths, languages and groups of topics, and never what was said."
      actions={
        drift?.mayChange &&
        hasReference && (
          <Button variant="outlined" onClick={() => setSetting(true)}>
            Set a new reference…
          </Button>
        )
      }
    >
      <Loaded
        query={query}
        room="model-usage"
        failure="The drift could not be loaded"
      >
        {value =>
          value.versions.length === 0 ? (
            <EmptyHint
              title="No calls of this model are known yet"
              description="Its first weeks of calls become the reference."
            />
          ) : (
            <Shown drift={value} onVersion={onVersion} />
          )
        }
      </Loaded>
      {isSetting && drift?.shown !== undefined && (
        <ReferenceDialog
          model={model}
          version={drift.shown}
          onClose={() => setSetting(false)}
          onDone={() => {
            setSetting(false);
            query.retry();
          }}
        />
      )}
    </Section>
  );
}

function Shown(props: {
  drift: ModelDrift;
  onVersion: (version: string | undefined) => void;
}) {
  const { drift, onVersion } = props;
  const { model, versions, shown, features = [] } = drift;
  const version = versions.find(it => it.version === shown) ?? versions[0];
  const measured = features.filter(({ psi }) => psi !== undefined);
  const [chosen, setChosen] = useState<string>();
  const feature =
    measured.find(({ id }) => id === chosen) ??
    measured.find(({ state }) => state === 'changed') ??
    measured[0];
  return (
    <>
      <ChoiceField
        id="drift-version"
        label="Version"
        value={version.version}
        choices={versions.map(it => ({ value: it.version, label: it.version }))}
        onChange={value => onVersion(value)}
      />
      <VersionState version={version} rate={drift.falseAlarmsPerYear} />
      {features.length > 0 && <FindingsTable features={features} />}
      {feature && (
        <>
          <ChoiceField
            id="drift-feature"
            label="Distribution of"
            value={feature.id}
            choices={measured.map(({ id, title }) => ({
              value: id,
              label: title,
            }))}
            onChange={setChosen}
          />
          <BarsFigure
            id="drift-distribution"
            title={`${feature.title}: reference and now`}
            description={`${feature.words}${
              feature.change ? ` ${feature.change}.` : ''
            }`}
            of="Value"
            measure="Share of the calls"
            unit={shareUnit}
            bars={distributionBars(feature)}
          />
        </>
      )}
      <PolicyWords />
      <DriftHistory model={model} version={version.version} />
    </>
  );
}

function collectedText(it: NonNullable<DriftVersion['collected']>): string {
  return it.days >= it.ofDays && it.calls >= it.ofCalls
    ? 'The reference is complete, and calls are compared with it from the next night on. '
    : `${it.days} of ${it.ofDays} days and ${countText(
        it.calls,
      )} of ${countText(it.ofCalls)} calls of the reference are there. `;
}

function VersionState(props: { version: DriftVersion; rate: number }) {
  const { version, rate } = props;
  const { state, checked, collected, reference, episode } = version;
  return (
    <Typography component="div" paragraph>
      <DriftChip state={state} /> {collected && collectedText(collected)}
      {reference && `Reference: ${reference.from} to ${reference.to}. `}
      {checked && `Last compared for the seven days to ${checked}. `}
      {episode && `It drifts since ${episode.begun}. `}
      {reference &&
        `Chance alone alarms ${
          rate === 1 ? 'once' : `${rate} times`
        } in a year at most.`}
    </Typography>
  );
}
