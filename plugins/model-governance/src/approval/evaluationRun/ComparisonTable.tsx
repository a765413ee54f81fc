import Typography from '@material-ui/core/Typography';
import type { IncumbentComparison } from '@modelhub/backstage-plugin-models-common';
import { DataTable } from '@modelhub/backstage-plugin-models-react';
import { ComparisonChip } from './ComparisonChip';
import { domainAroundZero, Scale } from './Scale';
import {
  amountText,
  caseCountText,
  comparisonSentence,
  confidenceText,
  differenceIntervalText,
  differenceText,
  sizeText,
} from './words';

/** Two models on the same cases, metric by metric: what differs, and whether that is more than chance. */
export function ComparisonTable(props: {
  label: string;
  comparisons: IncumbentComparison[];
  /** Header of the number that the difference is about. */
  candidate: string;
  /** Header of the number that it is compared with. */
  other: string;
}) {
  const { label, comparisons, candidate, other } = props;
  if (comparisons.length === 0) return null;
  return (
    <>
      <DataTable
        label={label}
        rows={comparisons}
        rowKey={({ metric }) => metric}
        columns={[
          { header: 'Metric', render: ({ title }) => title },
          {
            header: candidate,
            tight: true,
            render: it => amountText(it.candidate, it.unit),
          },
          {
            header: other,
            tight: true,
            render: it => amountText(it.incumbent, it.unit),
          },
          {
            header: 'Difference',
            render: it => (
              <>
                <strong>{differenceText(it.difference, it.unit)}</strong> (
                {differenceIntervalText(it)})
                <Typography
                  variant="caption"
                  color="textSecondary"
                  component="p"
                >
                  {caseCountText(it.pairs)} that both answered.{' '}
                  {comparisonSentence(it)}
                </Typography>
              </>
            ),
          },
          {
            header: 'Worse, the same, better',
            tight: true,
            render: it => (
              <Scale
                domain={domainAroundZero([
                  it.difference,
                  ...it.interval,
                  it.margin,
                ])}
                value={it.difference}
                interval={it.interval}
                limit={{ at: -it.margin, direction: 'at-least' }}
                testId="difference-bar"
              />
            ),
          },
          {
            header: 'Says',
            tight: true,
            render: it => <ComparisonChip {...it} />,
          },
        ]}
      />
      <Typography variant="caption" color="textSecondary" component="p">
        {intervalsText(comparisons)}
      </Typography>
    </>
  );
}

/** Which intervals they are, and how much worse may be. */
function intervalsText(comparisons: IncumbentComparison[]): string {
  const [{ confidence, margin, unit }] = comparisons;
  const same = comparisons.every(
    it => it.margin === margin && it.unit === unit,
  );
  return [
    `In brackets the ${confidenceText(confidence)} interval of the difference.`,
    ...(same && margin > 0
      ? [`Up to ${sizeText(margin, unit)} worse is accepted.`]
      : []),
  ].join(' ');
}
