import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type {
  IncumbentComparison,
  MeasuredTarget,
  PackStanding,
} from '@modelhub/backstage-plugin-models-common';
import {
  DataTable,
  ModelLink,
  Person,
} from '@modelhub/backstage-plugin-models-react';
import type { ReactNode } from 'react';
import { Failures } from '../../evaluations/Failures';
import { MeasureIt } from '../../evaluations/MeasureIt';
import { PackLink } from '../../evaluations/PackLink';
import { ComparisonTable } from '../evaluationRun/ComparisonTable';
import { RunFacts, SetAsideRuns } from '../evaluationRun/Runs';
import { TargetsTable } from '../evaluationRun/TargetsTable';
import {
  caseCountText,
  casesText,
  sliceText,
  targetText,
} from '../evaluationRun/words';
import { useSubject } from '../SubjectContext';
import { PackStandingChip } from './PackStandingChip';

const useStyles = makeStyles(
  theme => ({
    root: {
      marginTop: theme.spacing(1.5),
      paddingTop: theme.spacing(1),
      borderTop: `1px solid ${theme.palette.divider}`,
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
    title: { flexGrow: 1 },
    heading: { margin: theme.spacing(2, 0, 0.5) },
    run: { marginTop: theme.spacing(1) },
  }),
  { name: 'ModelGovernancePack' },
);

/**
 * One pack that a check asks for: what the newest result says beside what is
 * asked and beside the incumbent, and how to get a result where there is none.
 */
export function PackView(props: {
  standing: PackStanding;
  /** What this kind of check shows beside. */
  children?: ReactNode;
}) {
  const { standing: it, children } = props;
  const { pack, run, targets, comparisons, incumbent, setAside } = it;
  const classes = useStyles();
  const subject = useSubject();
  return (
    <section className={classes.root} aria-label={pack.title}>
      <div className={classes.head}>
        <Typography
          variant="subtitle2"
          component="h4"
          className={classes.title}
        >
          <PackLink entityRef={pack.entityRef} title={pack.title} />{' '}
          {pack.version}
        </Typography>
        <PackStandingChip standing={it.standing} />
      </div>
      <Typography variant="caption" color="textSecondary" component="p">
        {casesText(it.cases)}
        {pack.owner && (
          <>
            {it.cases && ' '}
            <Person entityRef={pack.owner} /> answers for the pack.
          </>
        )}
      </Typography>
      <MeasureIt
        pack={pack}
        subject={subject}
        because={
          run
            ? undefined
            : `There is no result of ${pack.title} ${pack.version} that counts for this version yet.`
        }
      />
      {run && targets.length > 0 && (
        <TargetsTable
          label={`Criteria of ${pack.title}`}
          targets={targets}
          header="Metric"
          title={titleOf}
          about={aboutTarget}
          other={
            comparisons.length > 0
              ? {
                  header: 'Incumbent',
                  valueOf: target => comparisonOf(target, it)?.incumbent,
                }
              : undefined
          }
        />
      )}
      {!run && targets.length > 0 && (
        <DataTable
          label={`Criteria of ${pack.title}`}
          rows={targets}
          rowKey={({ id }) => id}
          columns={[
            { header: 'Metric', render: titleOf },
            { header: 'Asked for', render: targetText },
          ]}
        />
      )}
      {children}
      {incumbent && (
        <>
          <Typography
            variant="subtitle2"
            component="h5"
            className={classes.heading}
          >
            Beside what serves the purpose now
          </Typography>
          <Typography variant="body2" paragraph>
            <ModelLink entityRef={incumbent.entityRef} /> {incumbent.version}:{' '}
            {incumbent.because}
            {!incumbent.run &&
              ' There is no result of it on this pack, so nothing can be compared.'}
          </Typography>
          <ComparisonTable
            label={`${pack.title}: beside the incumbent`}
            comparisons={comparisons}
            candidate="This version"
            other="Incumbent"
          />
        </>
      )}
      {run && (it.failures ?? 0) > 0 && (
        <Failures
          resultId={run.evidenceId}
          title={pack.title}
          count={it.failures}
        />
      )}
      {run && (
        <details className={classes.run}>
          <summary>The run</summary>
          <RunFacts run={run} />
        </details>
      )}
      <SetAsideRuns runs={setAside} />
    </section>
  );
}

function aboutTarget({ value, samples, note }: MeasuredTarget): string {
  return [
    ...(value === undefined && !note ? ['The run did not measure it.'] : []),
    ...(samples === undefined ? [] : [`${caseCountText(samples)}.`]),
    ...(note ? [note] : []),
  ].join(' ');
}

function titleOf({ title, slice }: MeasuredTarget): string {
  return slice ? `${title} (${sliceText(slice)})` : title;
}

/** The comparison of the very number that a target is about; it names pack, metric and direction. */
function comparisonOf(
  target: MeasuredTarget,
  { pack, comparisons }: Pick<PackStanding, 'pack' | 'comparisons'>,
): IncumbentComparison | undefined {
  if (target.slice) return undefined;
  const name = pack.entityRef.split('/').at(-1);
  return comparisons.find(({ metric }) =>
    [
      metric,
      `${name}-${metric}-${target.direction}`,
      `${name}-${metric}-mean-${target.direction}`,
    ].includes(target.id),
  );
}
