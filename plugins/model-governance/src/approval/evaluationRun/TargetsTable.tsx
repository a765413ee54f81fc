import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { MeasuredTarget } from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  DataTable,
} from '@modelhub/backstage-plugin-models-react';
import type { ReactNode } from 'react';
import { StandingChip } from './StandingChip';
import { TargetBar } from './TargetBar';
import { amountText, intervalText, targetText } from './words';

const useStyles = makeStyles(
  // Amounts are not torn from their units.
  { whole: { whiteSpace: 'nowrap' } },
  { name: 'ModelGovernanceTargets' },
);

/** What another model has of the same number. */
export interface OtherModel<T> {
  /** `Incumbent`, `Version 1.1`. */
  header: string;
  valueOf: (target: T) => number | undefined;
}

/**
 * What is asked, what was measured, and how the one stands to the other: as
 * words, and on a scale.
 */
export function TargetsTable<T extends MeasuredTarget>(props: {
  label: string;
  targets: T[];
  /** Header of the first column; `What` by default. */
  header?: string;
  title?: (target: T) => ReactNode;
  asked?: (target: T) => ReactNode;
  /** Small words below what was measured. */
  about?: (target: T) => ReactNode;
  other?: OtherModel<T>;
}) {
  const { label, targets, header = 'What', title, asked, about, other } = props;
  const classes = useStyles();
  const columns: Array<Column<T>> = [
    { header, render: title ?? (target => target.title) },
    {
      header: 'Asked for',
      render:
        asked ??
        (target => <span className={classes.whole}>{targetText(target)}</span>),
    },
    {
      header: 'Measured',
      render: target => (
        <Measured measured={target}>{about?.(target)}</Measured>
      ),
    },
  ];
  if (other) {
    columns.push({
      header: other.header,
      tight: true,
      render: target => {
        const value = other.valueOf(target);
        return value === undefined ? '–' : amountText(value, target.unit);
      },
    });
  }
  columns.push(
    {
      header: 'On a scale',
      tight: true,
      render: target => (
        <TargetBar measured={target} other={other?.valueOf(target)} />
      ),
    },
    {
      header: 'Result',
      tight: true,
      // What is not asked for is neither met nor missed.
      render: ({ standing, target }) =>
        (target !== undefined || standing === 'not-measured') && (
          <StandingChip standing={standing} />
        ),
    },
  );
  return (
    <>
      <DataTable
        label={label}
        rows={targets}
        rowKey={({ id }) => id}
        columns={columns}
      />
      <ScaleLegend
        targets={targets}
        other={targets.some(target => other?.valueOf(target) !== undefined)}
      />
    </>
  );
}

function Measured(props: { measured: MeasuredTarget; children?: ReactNode }) {
  const { measured, children } = props;
  const classes = useStyles();
  const { value, unit } = measured;
  const interval = intervalText(measured);
  return (
    <>
      {value !== undefined && <strong>{amountText(value, unit)}</strong>}
      {value !== undefined && interval && (
        <>
          {' '}
          <span className={classes.whole}>({interval})</span>
        </>
      )}
      {children && (
        <Typography variant="caption" color="textSecondary" component="p">
          {children}
        </Typography>
      )}
    </>
  );
}

/** How to read the pictures; nothing where there is none. */
function ScaleLegend(props: { targets: MeasuredTarget[]; other: boolean }) {
  const measured = props.targets.filter(({ value }) => value !== undefined);
  if (measured.length === 0) return null;
  const parts = [
    'the dot is what was measured',
    ...(measured.some(({ interval }) => interval)
      ? ['the line its interval']
      : []),
    ...(measured.some(({ target }) => target !== undefined)
      ? ['the shaded part what is asked for']
      : []),
    ...(props.other ? ['the diamond the other model'] : []),
  ];
  return (
    <Typography
      variant="caption"
      color="textSecondary"
      component="p"
      aria-hidden
    >
      On the scale {parts.join(', ')}.
    </Typography>
  );
}
