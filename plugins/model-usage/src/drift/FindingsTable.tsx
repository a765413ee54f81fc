import Typography from '@material-ui/core/Typography';
import type { DriftFinding } from '@modelhub/backstage-plugin-models-common';
import { countText, DataTable } from '@modelhub/backstage-plugin-models-react';
import { DriftChip } from './DriftChip';
import { numberText } from './words';

/** What the last check found, feature by feature. */
export function FindingsTable({ features }: { features: DriftFinding[] }) {
  return (
    <DataTable
      label="The last seven days against the reference"
      rows={features}
      rowKey={({ id }) => id}
      columns={[
        {
          header: 'What',
          render: ({ title, change }) => (
            <>
              {title}
              {change && (
                <Typography variant="caption" component="div">
                  {change}
                </Typography>
              )}
            </>
          ),
        },
        {
          header: 'State',
          tight: true,
          render: ({ state }) => <DriftChip state={state} />,
        },
        {
          header: 'PSI',
          numeric: true,
          render: ({ psi }) => numberText(psi),
        },
        {
          header: 'Of chance',
          numeric: true,
          render: ({ byChance }) => numberText(byChance),
        },
        { header: 'KS', numeric: true, render: ({ ks }) => numberText(ks) },
        {
          header: 'Calls',
          numeric: true,
          render: ({ calls }) => countText(calls),
        },
        {
          header: 'In the reference',
          numeric: true,
          render: ({ referenceCalls }) => countText(referenceCalls),
        },
      ]}
    />
  );
}
