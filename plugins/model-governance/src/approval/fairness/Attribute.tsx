import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type {
  FairnessAttribute,
  FairnessGap,
  MeasuredTarget,
} from '@modelhub/backstage-plugin-models-common';
import { TargetsTable } from '../evaluationRun/TargetsTable';
import { GroupsTable } from './GroupsTable';

const useStyles = makeStyles(
  theme => ({ heading: { margin: theme.spacing(2, 0, 0.5) } }),
  { name: 'ModelGovernanceFairness' },
);

/** One attribute: its groups, and the gaps between them. */
export function Attribute({ attribute: it }: { attribute: FairnessAttribute }) {
  const classes = useStyles();
  return (
    <>
      <Typography
        variant="subtitle2"
        component="h5"
        className={classes.heading}
      >
        By {it.attribute}
      </Typography>
      <GroupsTable attribute={it} />
      {it.gaps.length > 0 && (
        <TargetsTable
          label={`Gaps by ${it.attribute}`}
          targets={it.gaps.map(asTarget)}
          header="Largest gap"
          about={({ note }) => note}
        />
      )}
    </>
  );
}

/** A gap is a number that may be so large at most. */
function asTarget(gap: FairnessGap): MeasuredTarget {
  const { id, title, unit, standing, value, interval, between, atMost } = gap;
  return {
    id,
    title,
    unit,
    standing,
    value,
    interval,
    direction: 'at-most',
    target: atMost,
    note: between
      ? `Between ${between[0]} (more) and ${between[1]}.`
      : 'Too few cases in too many groups to compare them.',
  };
}
