import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type {
  IncumbentComparison,
  ModelEvaluation,
  ModelEvaluationComparison,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  EmptyHint,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { ComparisonTable } from '../approval/evaluationRun/ComparisonTable';
import { useLive } from '../hooks/useLive';
import { momentText } from '../lib/words';
import { Loaded } from '../shared/Loaded';
import { asInterval } from './results';

const useStyles = makeStyles(
  theme => ({
    root: { marginTop: theme.spacing(2) },
    fields: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(2),
      margin: theme.spacing(1, 0),
      '& > *': { flex: '1 1 240px', maxWidth: 420 },
    },
    list: { margin: 0, paddingLeft: theme.spacing(2.5) },
  }),
  { name: 'ModelGovernanceCompareResults' },
);

const nameOf = ({ modelVersion, pack, finishedAt }: ModelEvaluation) =>
  `Version ${modelVersion}, pack ${pack.version ?? '?'}, ${momentText(
    finishedAt,
  )}`;

/** Two results of a pack, case by case. Which two is in the address. */
export function CompareResults(props: {
  title: string;
  results: ModelEvaluation[];
}) {
  const { title, results } = props;
  const classes = useStyles();
  const [filters, setFilters] = useUrlFilters(['candidate', 'incumbent']);
  const comparable = results.filter(it => it.hasCases && !it.isWithdrawn);
  if (comparable.length < 2) return null;
  const find = (id?: string) => comparable.find(it => it.id === id);
  const candidate = find(filters.candidate);
  const incumbent = find(filters.incumbent);
  const choices = comparable.map(it => ({ value: it.id, label: nameOf(it) }));
  const choose = (changes: { candidate?: string; incumbent?: string }) =>
    setFilters({
      // What is left from another pack goes with it.
      candidate: candidate?.id,
      incumbent: incumbent?.id,
      ...changes,
    });
  const id = comparable[0].id;
  return (
    <div className={classes.root}>
      <Typography variant="subtitle2" component="h3">
        Compare two results
      </Typography>
      <div className={classes.fields}>
        <ChoiceField
          id={`candidate-${id}`}
          label={`Result of ${title}`}
          value={candidate?.id ?? ''}
          none="Choose a result"
          choices={choices}
          onChange={value => choose({ candidate: value })}
        />
        <ChoiceField
          id={`incumbent-${id}`}
          label="Compared with"
          value={incumbent?.id ?? ''}
          none="Choose another result"
          choices={choices.map(it => ({
            ...it,
            disabled: it.value === candidate?.id,
          }))}
          onChange={value => choose({ incumbent: value })}
        />
      </div>
      {candidate && incumbent && candidate.id !== incumbent.id && (
        <Comparison
          key={`${candidate.id} ${incumbent.id}`}
          title={title}
          candidate={candidate}
          incumbent={incumbent}
        />
      )}
    </div>
  );
}

const withInterval = (it: ModelEvaluationComparison['items'][number]) => ({
  ...it,
  interval:
    asInterval(it.interval) ??
    ([it.difference, it.difference] as [number, number]),
});

/** What the pack asks for, and the rest; all are the first where it asks for none of them. */
function askedFirst(
  items: IncumbentComparison[],
  { criteria }: ModelEvaluation,
): [IncumbentComparison[], IncumbentComparison[]] {
  const names = new Set(criteria.map(({ metric }) => metric));
  const asked = items.filter(({ metric }) => names.has(metric));
  return asked.length === 0
    ? [items, []]
    : [asked, items.filter(({ metric }) => !names.has(metric))];
}

function Comparison(props: {
  title: string;
  candidate: ModelEvaluation;
  incumbent: ModelEvaluation;
}) {
  const { title, candidate, incumbent } = props;
  const query = useLive(
    `compare:${candidate.id}:${incumbent.id}`,
    (api, signal) =>
      api.compareModelEvaluations(
        { id: candidate.id, with: incumbent.id },
        { signal },
      ),
    { still: true },
  );
  const isSameVersion = candidate.modelVersion === incumbent.modelVersion;
  const label = `${title}: ${nameOf(candidate)} and ${nameOf(incumbent)}`;
  const headers = isSameVersion
    ? { candidate: 'First', other: 'Second' }
    : {
        candidate: `Version ${candidate.modelVersion}`,
        other: `Version ${incumbent.modelVersion}`,
      };
  return (
    <Loaded query={query} failure="The results could not be compared">
      {({ items, skipped }) => {
        const [asked, others] = askedFirst(items.map(withInterval), candidate);
        return (
          <>
            {items.length === 0 && (
              <EmptyHint title="The two have no metric in common that can be compared" />
            )}
            <ComparisonTable label={label} comparisons={asked} {...headers} />
            {others.length + skipped.length > 0 && (
              <details>
                <summary>More figures</summary>
                <ComparisonTable
                  label={`${label}: more figures`}
                  comparisons={others}
                  {...headers}
                />
                <Skipped skipped={skipped} />
              </details>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

function Skipped({
  skipped,
}: {
  skipped: ModelEvaluationComparison['skipped'];
}) {
  const classes = useStyles();
  if (skipped.length === 0) return null;
  return (
    <>
      <Typography variant="body2">Not compared:</Typography>
      <ul className={classes.list} aria-label="Metrics that are not compared">
        {skipped.map(({ metric, reason }) => (
          <li key={metric}>
            <Typography variant="body2" component="span">
              {reason.includes(metric) ? reason : `${metric}: ${reason}`}
            </Typography>
          </li>
        ))}
      </ul>
    </>
  );
}
