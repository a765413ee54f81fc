import Typography from '@material-ui/core/Typography';
import type {
  FairnessAttribute,
  FairnessGroup,
} from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  DataTable,
} from '@modelhub/backstage-plugin-models-react';
import { domainOf, Scale } from '../evaluationRun/Scale';
import {
  amountText,
  confidenceText,
  intervalText,
} from '../evaluationRun/words';

const rates = [
  { header: 'Chosen', of: (it: FairnessGroup) => it.selectionRate },
  { header: 'Rightly chosen', of: (it: FairnessGroup) => it.truePositiveRate },
  { header: 'Wrongly chosen', of: (it: FairnessGroup) => it.falsePositiveRate },
];

/** The groups of an attribute on one scale. */
export function GroupsTable({ attribute }: { attribute: FairnessAttribute }) {
  const { groups, unit, title, confidence } = attribute;
  const domain = domainOf(
    groups.flatMap(({ value, interval }) => [value, ...(interval ?? [])]),
    { unit },
  );
  const hasRates = groups.some(
    ({ selectionRate }) => selectionRate !== undefined,
  );
  const columns: Array<Column<FairnessGroup>> = [
    {
      header: 'Group',
      render: ({ group, isTooSmall }) => (
        <>
          {group}
          {isTooSmall && (
            <Typography variant="caption" color="textSecondary" component="p">
              Too few cases: shown, not compared
            </Typography>
          )}
        </>
      ),
    },
    { header: 'Cases', numeric: true, render: ({ samples }) => samples },
    {
      header: title,
      render: ({ value, interval }) => {
        if (value === undefined) return 'nothing measured';
        const range = intervalText({ interval, unit });
        return (
          <>
            <strong>{amountText(value, unit)}</strong>
            {range && ` (${range})`}
          </>
        );
      },
    },
    {
      header: 'On a scale',
      tight: true,
      render: ({ value, interval }) =>
        value !== undefined &&
        domain && (
          <Scale
            domain={domain}
            value={value}
            interval={interval}
            testId="group-bar"
          />
        ),
    },
    ...(hasRates
      ? rates.map(({ header, of }) => ({
          header,
          numeric: true,
          render: (it: FairnessGroup) => {
            const rate = of(it);
            return rate === undefined ? '–' : amountText(rate, 'ratio');
          },
        }))
      : []),
  ];
  return (
    <>
      <DataTable
        label={`${title} by ${attribute.attribute}`}
        rows={groups}
        rowKey={({ group }) => group}
        columns={columns}
      />
      <Typography variant="caption" color="textSecondary" component="p">
        In brackets the {confidenceText(confidence)} interval.
        {hasRates &&
          ' Chosen: how often the answer is to people’s advantage; rightly and wrongly: of the cases where it ought to be, and ought not.'}
      </Typography>
    </>
  );
}
