import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  moneyText,
  type CostEnvelopeEvidence,
} from '@modelhub/backstage-plugin-models-common';
import { DataTable, Facts } from '@modelhub/backstage-plugin-models-react';
import { StackedBar, Swatch } from '../evidence/StackedBar';
import {
  budgetText,
  committedText,
  pictureText,
  quantityText,
  expectedUseText,
} from './words';

const useStyles = makeStyles(
  theme => ({
    root: { marginTop: theme.spacing(1) },
    heading: { margin: theme.spacing(2, 0, 0.5) },
    legend: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      margin: 0,
      padding: 0,
      listStyle: 'none',
    },
  }),
  { name: 'ModelGovernanceCostEnvelope' },
);

/** What a model is expected to cost in a month, against the budget. */
export function CostEnvelopeView({
  evidence,
}: {
  evidence: CostEnvelopeEvidence;
}) {
  const classes = useStyles();
  const { cost, budget, profile, expectedUse } = evidence;
  const { amount, currency } = cost;
  const isComparable = evidence.budgetState === 'set' && budget !== undefined;
  return (
    <div className={classes.root}>
      {amount !== undefined && isComparable && (
        <>
          <StackedBar
            label={pictureText(evidence)}
            parts={[
              { id: 'committed', value: budget.committed, shade: 3 as const },
              { id: 'expected', value: amount, shade: 0 as const },
            ].filter(({ value }) => value > 0)}
            mark={{
              value: budget.amount,
              label: `Budget ${moneyText(budget.amount, currency)}`,
            }}
          />
          <ul className={classes.legend} aria-label="Parts of the picture">
            <li>
              <Swatch shade={3} />
              {committedText(evidence)}
            </li>
            <li>
              <Swatch shade={0} />
              This model: {moneyText(amount, currency)}
            </li>
          </ul>
        </>
      )}
      {cost.parts.length > 0 && (
        <>
          <Typography
            variant="subtitle2"
            component="h4"
            className={classes.heading}
          >
            Expected in a month
          </Typography>
          <DataTable
            label="Parts of the cost"
            rows={cost.parts}
            rowKey={({ label }) => label}
            columns={[
              { header: 'Part', render: ({ label }) => label },
              {
                header: 'How much',
                tight: true,
                numeric: true,
                render: quantityText,
              },
              {
                header: 'Price',
                tight: true,
                numeric: true,
                render: ({ price }) => `${currency} ${price}`,
              },
              {
                header: 'Cost',
                tight: true,
                numeric: true,
                render: part => moneyText(part.amount, currency),
              },
              { header: 'Price from', render: ({ source }) => source },
            ]}
          />
        </>
      )}
      <Typography
        variant="subtitle2"
        component="h4"
        className={classes.heading}
      >
        What was compared
      </Typography>
      <Facts
        items={[
          [
            'Expected cost',
            amount === undefined
              ? 'cannot be told'
              : `${moneyText(amount, currency)} a month`,
          ],
          [
            'Expected use',
            expectedUse ? expectedUseText(expectedUse) : 'not said',
          ],
          [
            'Runs on',
            cost.gpus &&
              [
                cost.gpus,
                (cost.replicas ?? 1) > 1 && `${cost.replicas} replicas`,
              ]
                .filter(Boolean)
                .join(', '),
          ],
          [`Budget of ${profile}`, budgetText(evidence)],
          [
            'Of the budget',
            evidence.percentOfBudget !== undefined &&
              `${evidence.percentOfBudget} %, with what is spent already`,
          ],
          [
            'At most for one model',
            evidence.atMost !== undefined && moneyText(evidence.atMost, 'USD'),
          ],
        ]}
      />
    </div>
  );
}
