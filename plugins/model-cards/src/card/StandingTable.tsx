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
import {
  Standing,
  Tier,
  tiers,
} from '@modelhub/backstage-plugin-models-common';
import { StatusChip, tierText } from '@modelhub/backstage-plugin-models-react';
import { Link } from '@backstage/core-components';
import { formatDate, humanize } from '../format';
import { useGovernanceLinks } from './governanceLinks';
import { StandingCell, StandingRow, standingRows } from './standingText';

const useStyles = makeStyles(
  theme => ({
    cell: { verticalAlign: 'top', minWidth: 104 },
    scope: { verticalAlign: 'top', minWidth: 130 },
    detail: { marginTop: theme.spacing(0.5), display: 'block' },
  }),
  { name: 'ModelHubStandingTable' },
);

function Cell(props: {
  cell: StandingCell;
  /** To the form that asks for exactly this; undefined when that is no use. */
  request?: { to: string; label: string };
}) {
  const { cell, request } = props;
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
        <Typography variant="body2" color="textSecondary" component="div">
          No
          {request && (
            <div>
              <Link to={request.to} aria-label={request.label}>
                Request
              </Link>
            </div>
          )}
        </Typography>
      );
  }
}

/** Tiers × purposes × profiles: where the model may be used today. */
export function StandingTable(props: {
  standing: Standing;
  /** Whether more may be asked for. */
  open: boolean;
}) {
  const { standing, open } = props;
  const classes = useStyles();
  const links = useGovernanceLinks();
  const requestOf = (tier: Tier, { purpose, profile }: StandingRow) =>
    open && links.request
      ? {
          to: links.request({
            entityRef: standing.entityRef,
            tier,
            purpose,
            profile,
          }),
          label: `Request ${tierText(tier).label.toLowerCase()} for ${humanize(
            purpose,
          ).toLowerCase()}, profile ${profile}`,
        }
      : undefined;
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
          {rows.map(row => (
            <TableRow key={`${row.purpose} ${row.profile}`}>
              <TableCell
                component="th"
                scope="row"
                role="rowheader"
                className={classes.scope}
              >
                {humanize(row.purpose)}
                <Typography
                  variant="caption"
                  color="textSecondary"
                  className={classes.detail}
                >
                  Profile {row.profile}
                </Typography>
              </TableCell>
              {tiers.map(tier => (
                <TableCell key={tier} className={classes.cell}>
                  <Cell cell={row.cells[tier]} request={requestOf(tier, row)} />
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
