import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type {
  MeasuredTarget,
  ModelEvaluation,
} from '@modelhub/backstage-plugin-models-common';
import { RelativeTime, Section } from '@modelhub/backstage-plugin-models-react';
import {
  type OtherModel,
  TargetsTable,
} from '../approval/evaluationRun/TargetsTable';
import {
  caseCountText,
  casesText,
  sliceText,
} from '../approval/evaluationRun/words';
import { AllResults } from './AllResults';
import { CompareResults } from './CompareResults';
import { Failures } from './Failures';
import { OutcomeChip } from './OutcomeChip';
import { PackLink } from './PackLink';
import { PackStandingNote } from './PackStandingNote';
import { ReportButtons } from './ReportButtons';
import { ResultDetails } from './ResultDetails';
import { type PackResults, targetsOf } from './results';
import { Trend } from './Trend';

const useStyles = makeStyles(
  theme => ({
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(1),
      // Links within sentences are told by more than their colour.
      '& a': { textDecoration: 'underline' },
    },
    part: { marginTop: theme.spacing(1.5) },
  }),
  { name: 'ModelGovernancePackResults' },
);

/** What a model was measured to be by one pack. */
export function PackResultsSection(props: {
  entityRef: string;
  pack: PackResults;
  mayReadContent: boolean;
  onRun?: () => void;
}) {
  const { entityRef, pack, mayReadContent, onRun } = props;
  const { newest, results, title } = pack;
  const classes = useStyles();
  const before = previousOf(newest, results);
  return (
    <Section
      title={title}
      actions={
        <>
          <ReportButtons result={newest} comparedWith={before?.id} />
          {onRun && (
            <Button
              size="small"
              variant="outlined"
              onClick={onRun}
              aria-label={`Run ${title}…`}
            >
              Run…
            </Button>
          )}
        </>
      }
    >
      <div className={classes.head}>
        <Typography variant="body2" component="span">
          {pack.entityRef ? (
            <PackLink entityRef={pack.entityRef} title={newest.pack.name} />
          ) : (
            newest.pack.name
          )}{' '}
          {newest.pack.version} on version {newest.modelVersion},{' '}
          <RelativeTime at={newest.finishedAt} />
        </Typography>
        <OutcomeChip outcome={newest.outcome} />
        <PackStandingNote result={newest} />
      </div>
      {newest.cases && (
        <Typography variant="body2" color="textSecondary">
          {casesText(newest.cases)}
        </Typography>
      )}
      <ResultTable title={title} result={newest} before={before} />
      {newest.failures > 0 && (
        <Failures
          key={newest.id}
          resultId={newest.id}
          title={title}
          count={newest.failures}
          mayRead={mayReadContent}
        />
      )}
      <div className={classes.part}>
        <ResultDetails key={newest.id} result={newest} />
      </div>
      <Trend id={pack.key} title={title} results={results} />
      <CompareResults title={title} results={results} />
      <AllResults entityRef={entityRef} pack={pack} />
    </Section>
  );
}

/** The numbers of a result beside what is asked, and beside those of an earlier version. */
function ResultTable(props: {
  title: string;
  result: ModelEvaluation;
  before?: ModelEvaluation;
}) {
  const { title, result, before } = props;
  const classes = useStyles();
  const targets = targetsOf(result);
  const valuesBefore = new Map(
    before && targetsOf(before).map(({ id, value }) => [id, value]),
  );
  const other = before && {
    header: `Version ${before.modelVersion}`,
    valueOf: ({ id }: MeasuredTarget) =>
      // Its criteria are not known where its pack is not.
      valuesBefore.get(id) ??
      valuesBefore.get(id.replace(/ at-(most|least)$/, '')),
  };
  const asked = targets.filter(({ target }) => target !== undefined);
  const shown = targets.filter(({ target }) => target === undefined);
  const label = `${title} on version ${result.modelVersion}`;
  if (asked.length === 0) {
    return <Figures label={label} targets={shown} other={other} />;
  }
  return (
    <>
      <Figures label={label} targets={asked} other={other} />
      {shown.length > 0 && (
        <details className={classes.part}>
          <summary>
            {shown.length === 1
              ? 'Another figure, of which nothing is asked'
              : `${shown.length} more figures, of which nothing is asked`}
          </summary>
          <Figures
            label={`${label}: more figures`}
            targets={shown}
            other={other}
          />
        </details>
      )}
    </>
  );
}

function Figures(props: {
  label: string;
  targets: MeasuredTarget[];
  other?: OtherModel<MeasuredTarget>;
}) {
  return (
    <TargetsTable
      {...props}
      header="Metric"
      title={({ title, slice }) => (
        <>
          {title}
          {slice && ` (${sliceText(slice)})`}
        </>
      )}
      about={({ samples, value }) =>
        [
          ...(value === undefined ? ['The run did not measure it.'] : []),
          ...(samples === undefined ? [] : [caseCountText(samples)]),
        ].join(' ')
      }
    />
  );
}

/** Of an earlier version of the model, on the same content of the pack. */
function previousOf(
  newest: ModelEvaluation,
  results: ModelEvaluation[],
): ModelEvaluation | undefined {
  return results.find(
    it =>
      it.modelVersion !== newest.modelVersion &&
      !it.isWithdrawn &&
      it.pack.version === newest.pack.version &&
      it.pack.digest === newest.pack.digest,
  );
}
