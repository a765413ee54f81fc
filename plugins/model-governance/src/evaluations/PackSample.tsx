import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import type { EvaluationPackDetail } from '@modelhub/backstage-plugin-models-common';
import { DataTable, Section } from '@modelhub/backstage-plugin-models-react';
import { categoryText } from '../approval/safety/categoryText';
import { visibleText } from './results';

const useStyles = makeStyles(
  {
    text: {
      margin: 0,
      fontSize: 12,
      maxWidth: '72ch',
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      unicodeBidi: 'isolate',
    },
  },
  { name: 'ModelGovernancePackSample' },
);

const behaviours = { refuse: 'refuse it', comply: 'answer it' };

/** A few cases, as plain text; those of safety packs behind a click. */
export function PackSample({ pack }: { pack: EvaluationPackDetail }) {
  const { sample, type } = pack;
  if (sample.length === 0) return null;
  return (
    <Section
      title="A few of its cases"
      description="The first ones, shortened."
    >
      {type === 'safety' ? (
        <details>
          <summary>Show cases of a safety pack</summary>
          <Alert severity="warning">
            They ask for what a model ought to refuse, or try to deceive it.
          </Alert>
          <Cases pack={pack} />
        </details>
      ) : (
        <Cases pack={pack} />
      )}
    </Section>
  );
}

function Cases({ pack }: { pack: EvaluationPackDetail }) {
  const classes = useStyles();
  return (
    <DataTable
      label="Cases"
      rows={pack.sample}
      rowKey={({ id }) => id}
      columns={[
        { header: 'Case', tight: true, render: ({ id }) => id },
        {
          header: 'Asks',
          render: ({ input }) => (
            <pre className={classes.text}>{visibleText(input)}</pre>
          ),
        },
        {
          header: 'Expected',
          render: ({ expected, behaviour }) => (
            <pre className={classes.text}>
              {expected === undefined
                ? behaviour && `the model should ${behaviours[behaviour]}`
                : visibleText(expected)}
            </pre>
          ),
        },
        {
          header: 'Belongs to',
          render: ({ category, slices }) =>
            [
              ...(category ? [categoryText(category)] : []),
              ...Object.entries(slices ?? {}).map(
                ([attribute, value]) => `${attribute}: ${value}`,
              ),
            ].join(', ') || '–',
        },
      ]}
    />
  );
}
