import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { PlaygroundBatchTarget } from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  DataTable,
  EmptyHint,
  Loaded,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useServing } from '../lib/useServing';
import { targetName } from '../playground/words';
import {
  amountText,
  differenceText,
  intervalText,
  standingTexts,
} from './words';

const useStyles = makeStyles(
  theme => ({
    fields: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(2),
      margin: theme.spacing(1, 0, 2),
    },
  }),
  { name: 'ModelServingComparison' },
);

function Outcome(props: { id: string; candidate: number; incumbent: number }) {
  const { id, candidate, incumbent } = props;
  const query = useServing(
    `comparison ${id} ${candidate} ${incumbent}`,
    (api, signal) =>
      api.comparePlaygroundTargets({ id, candidate, incumbent }, { signal }),
    { still: true },
  );
  return (
    <Loaded
      query={query}
      room="model-serving"
      failure="The models could not be compared"
    >
      {({ items, missing }) => (
        <>
          {items.length === 0 ? (
            <EmptyHint title="There is nothing that both models have" />
          ) : (
            <DataTable
              label="Comparison"
              columns={[
                { header: 'Figure', render: ({ title }) => title },
                {
                  header: 'First',
                  numeric: true,
                  render: it => amountText(it.candidate, it.unit),
                },
                {
                  header: 'Second',
                  numeric: true,
                  render: it => amountText(it.incumbent, it.unit),
                },
                {
                  header: 'The first is',
                  render: it => (
                    <>
                      {differenceText(it.difference, it.unit)}
                      <Typography
                        variant="body2"
                        color="textSecondary"
                        component="div"
                      >
                        between {intervalText(it.interval, it.unit)}
                      </Typography>
                    </>
                  ),
                },
                {
                  header: 'Which means',
                  render: ({ standing, pairs }) =>
                    `${standingTexts[standing]} (${pairs} rows)`,
                },
              ]}
              rows={items}
              rowKey={({ metric }) => metric}
            />
          )}
          {missing.map(({ metric, reason }) => (
            <Typography key={metric} variant="body2" color="textSecondary">
              {metric}: {reason}
            </Typography>
          ))}
        </>
      )}
    </Loaded>
  );
}

/** Two targets row by row: what of their difference is more than chance. */
export function ComparisonSection(props: {
  id: string;
  /** Those that are through; at least two. */
  targets: PlaygroundBatchTarget[];
}) {
  const { id, targets } = props;
  const classes = useStyles();
  const [candidate, setCandidate] = useState(targets[0].place);
  const [incumbent, setIncumbent] = useState(targets[1].place);
  const choices = targets.map(({ place, target }) => ({
    value: String(place),
    label: targetName(target),
  }));
  return (
    <Section
      title="Two models compared"
      description="Row by row, so that easy and hard rows weigh the same for both."
    >
      <div className={classes.fields}>
        <ChoiceField
          id="comparison-first"
          label="First"
          value={String(candidate)}
          choices={choices}
          onChange={value => setCandidate(Number(value))}
        />
        <ChoiceField
          id="comparison-second"
          label="Second"
          value={String(incumbent)}
          choices={choices}
          onChange={value => setIncumbent(Number(value))}
        />
      </div>
      {candidate === incumbent ? (
        <Typography variant="body2">Choose two different models.</Typography>
      ) : (
        <Outcome id={id} candidate={candidate} incumbent={incumbent} />
      )}
    </Section>
  );
}
