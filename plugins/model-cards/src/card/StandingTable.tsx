import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Tooltip from '@material-ui/core/Tooltip';
import Typography from '@material-ui/core/Typography';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import PauseCircleFilledIcon from '@material-ui/icons/PauseCircleFilled';
import { Standing, tiers } from '@modelhub/backstage-plugin-models-common';
import { StatusChip, tierText } from '@modelhub/backstage-plugin-models-react';
import { formatDate, humanize } from '../format';
import { StandingCell, standingRows } from './standingText';

const useStyles = makeStyles(
  theme => ({
    cell: { verticalAlign: 'top', minWidth: 104 },
    scope: { verticalAlign: 'top', minWidth: 130 },
    detail: { marginTop: theme.spacing(0.5), display: 'block' },
  }),
  { name: 'ModelHubStandingTable' },
);

function Cell({ cell }: { cell: StandingCell }) {
  const classes = useStyles();
  switch (cell.kind) {
    case 'approved':
      return (
        <>
          <StatusChip icon={CheckCircleIcon} label="Allowed" tone="good" />
          {cell.grants.map(grant => (
            <Typography
              key={grant.approvalId}
              variant="caption"
              color="textSecondary"
              className={classes.detail}
            >
              Version {grant.modelVersion}
              {grant.kind === 'emergency' ? ', in an emergency' : ''}, until{' '}
              {formatDate(grant.expiresAt)}
            </Typography>
          ))}
        </>
      );
    case 'covered':
      return (
        <>
          <StatusChip icon={CheckCircleIcon} label="Allowed" tone="good" />
          <Typography
            variant="caption"
            color="textSecondary"
            className={classes.detail}
          >
            By the approval for {tierText(cell.by).label.toLowerCase()}
          </Typography>
        </>
      );
    case 'suspended':
      return (
        <StatusChip
          icon={PauseCircleFilledIcon}
          label="Suspended"
          tone="bad"
          explanation="Calls are refused until every hold is cleared."
        />
      );
    default:
      return (
        <Typography variant="body2" color="textSecondary">
          No
        </Typography>
      );
  }
}

/** Tiers × purposes × profiles: where the model may be used today. */
export function StandingTable({ standing }: { standing: Standing }) {
  const classes = useStyles();
  const rows = standingRows(standing);
  if (!rows.length) return null;
  return (
    <TableContainer>
      <Table size="small" aria-label="Where this model may be used today">
        <TableHead>
          <TableRow>
            <TableCell>Purpose and callers</TableCell>
            {tiers.map(tier => (
              <TableCell key={tier}>
                <Tooltip title={tierText(tier).meaning ?? ''}>
                  <span>{tierText(tier).label}</span>
                </Tooltip>
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ purpose, profile, cells }) => (
            <TableRow key={`${purpose} ${profile}`}>
              <TableCell
                component="th"
                scope="row"
                role="rowheader"
                className={classes.scope}
              >
                {humanize(purpose)}
                <Typography
                  variant="caption"
                  color="textSecondary"
                  className={classes.detail}
                >
                  Profile {profile}
                </Typography>
              </TableCell>
              {tiers.map(tier => (
                <TableCell key={tier} className={classes.cell}>
                  <Cell cell={cells[tier]} />
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
