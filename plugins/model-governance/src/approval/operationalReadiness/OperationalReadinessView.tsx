import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CheckIcon from '@material-ui/icons/Check';
import HighlightOffIcon from '@material-ui/icons/HighlightOff';
import ReportProblemOutlinedIcon from '@material-ui/icons/ReportProblemOutlined';
import type {
  OperationalReadinessEvidence,
  ReadinessItem,
} from '@modelhub/backstage-plugin-models-common';
import {
  DataTable,
  ModelLink,
  Person,
  StatusChip,
  type StatusChipProps,
} from '@modelhub/backstage-plugin-models-react';

const useStyles = makeStyles(
  theme => ({
    root: {
      marginTop: theme.spacing(1),
      // Between other words, colour alone does not tell a link.
      '& a': { textDecoration: 'underline' },
    },
    detail: { overflowWrap: 'anywhere' },
  }),
  { name: 'ModelGovernanceReadiness' },
);

const titles: Record<ReadinessItem['id'], string> = {
  runbook: 'Runbook',
  'on-call': 'On call',
  slo: 'Objectives (SLO)',
  rollback: 'Roll-back',
  fallback: 'To fall back to',
  contact: 'Owner can be reached',
};

function looks({ status, required }: ReadinessItem): StatusChipProps {
  if (status === 'there') {
    return { icon: CheckIcon, label: 'There', tone: 'good' };
  }
  const label = status === 'weak' ? 'Not enough' : 'Missing';
  return required
    ? { icon: HighlightOffIcon, label: `${label}, required`, tone: 'bad' }
    : { icon: ReportProblemOutlinedIcon, label, tone: 'caution' };
}

/** What an item says, with a link where it leads somewhere. */
function Detail({ item }: { item: ReadinessItem }) {
  const { id, detail, url, entityRef, from } = item;
  const isModel = entityRef?.startsWith('model:');
  // Who is on call is the person or group itself.
  const isPerson = id === 'on-call' && !url && entityRef !== undefined;
  return (
    <>
      {isModel && entityRef ? (
        <ModelLink entityRef={entityRef} title={detail} />
      ) : (
        <>
          {url && <Link to={url}>{detail}</Link>}
          {!url && !isPerson && detail}
          {entityRef && (
            <>
              {!isPerson && ', '}
              <Person entityRef={entityRef} />
            </>
          )}
        </>
      )}
      {from && (
        <Typography variant="caption" color="textSecondary" component="p">
          From {from}
        </Typography>
      )}
    </>
  );
}

/** What is there to run the model by, where it is, and what is missing. */
export function OperationalReadinessView({
  evidence,
}: {
  evidence: OperationalReadinessEvidence;
}) {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <DataTable
        label="What is there to run it by"
        rows={evidence.items}
        rowKey={({ id }) => id}
        columns={[
          { header: 'What', tight: true, render: ({ id }) => titles[id] },
          {
            header: 'State',
            tight: true,
            render: item => <StatusChip {...looks(item)} />,
          },
          {
            header: 'Details',
            render: item => (
              <div className={classes.detail}>
                <Detail item={item} />
                {item.howToFix && (
                  <Typography variant="body2" color="textSecondary">
                    {item.howToFix}
                  </Typography>
                )}
              </div>
            ),
          },
        ]}
      />
    </div>
  );
}
