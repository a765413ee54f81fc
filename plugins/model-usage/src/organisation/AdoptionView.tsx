import type { Adoption } from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  countText,
  countUnit,
  Loaded,
  percentText,
  Section,
  TimeSeriesFigure,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { Headline, type Stat } from '../insights/Headline';
import { NoUsage } from '../insights/NoUsage';
import { useUsage } from '../lib/useUsage';

const WEEKS = ['13', '26', '52', '104'];
const USUAL = '26';
const number = countUnit('', '');

const unit = { ...number, text: number.figure, name: 'number' };

function statsOf({ teams, called, approved, approvedAndCalled }: Adoption) {
  const stats: Stat[] = [
    {
      label: 'Teams that call models',
      value: countText(teams),
      words: 'In the last 28 days',
    },
    {
      label: 'Models that are called',
      value: countText(called),
      words: 'In the last 28 days',
    },
  ];
  if (approved === undefined || approvedAndCalled === undefined) {
    stats.push({
      label: 'Approved models',
      value: 'Not known',
      words: 'Governance does not answer',
    });
  } else {
    stats.push({
      label: 'Approved models that are called',
      value: `${countText(approvedAndCalled)} of ${countText(approved)}`,
      words:
        approved > 0
          ? `${percentText(
              approvedAndCalled / approved,
            )}; the others are under Waste`
          : 'Nothing is approved yet',
    });
  }
  return stats;
}

/** How many teams use how many models. */
export function AdoptionView() {
  const [{ weeks: asked }, setWeeks] = useUrlFilters(['weeks'] as const);
  const weeks = WEEKS.find(value => value === asked) ?? USUAL;
  const query = useUsage(`adoption ${weeks}`, (api, signal) =>
    api.getAdoption({ weeks: Number(weeks) }, { signal }),
  );
  return (
    <Section
      title="Adoption"
      description="A team uses a model in a week when it called it at least once."
      actions={
        <ChoiceField
          id="adoption-weeks"
          label="Time"
          value={weeks}
          choices={WEEKS.map(value => ({ value, label: `${value} weeks` }))}
          onChange={value => setWeeks({ weeks: value })}
        />
      }
    >
      <Loaded
        query={query}
        room="model-usage"
        failure="The adoption could not be loaded"
      >
        {adoption =>
          adoption.weeks.every(({ calls }) => calls === 0) ? (
            <NoUsage
              title="No team called a model in this time"
              dataSince={undefined}
            />
          ) : (
            <>
              <Headline stats={statsOf(adoption)} />
              <TimeSeriesFigure
                id="adoption-active"
                title="Active teams and models by week"
                step="week"
                // A team that is active in two weeks is one team: nothing adds up.
                unit={{ ...unit, adds: false }}
                series={[
                  { id: 'teams', label: 'Active teams' },
                  { id: 'models', label: 'Active models' },
                  { id: 'pairs', label: 'Teams × models' },
                ]}
                points={adoption.weeks.map(week => ({
                  at: week.week,
                  values: {
                    teams: week.activeTeams,
                    models: week.activeModels,
                    pairs: week.pairs,
                  },
                }))}
                note="Teams × models counts each model of each team: two teams of which one uses two models make three. The last week is not over."
              />
              <TimeSeriesFigure
                id="adoption-new"
                title="New teams and models by week"
                step="week"
                unit={unit}
                series={[
                  { id: 'teams', label: 'New teams', as: 'bar' },
                  { id: 'models', label: 'New models', as: 'bar' },
                ]}
                points={adoption.weeks.map(week => ({
                  at: week.week,
                  values: { teams: week.newTeams, models: week.newModels },
                }))}
                note="New is what called, or was called, for the first time as far as is known."
              />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}
