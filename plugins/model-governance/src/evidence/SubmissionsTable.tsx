import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { EvidenceSubmission } from '@modelhub/backstage-plugin-models-common';
import {
  DataTable,
  Person,
  RelativeTime,
} from '@modelhub/backstage-plugin-models-react';

const useStyles = makeStyles(
  { digest: { overflowWrap: 'anywhere' } },
  { name: 'ModelGovernanceSubmissions' },
);

/** The last part of a predicate type: `evaluation-run/v1`. */
const typeOf = (predicateType: string) =>
  predicateType.split('/').slice(-2).join('/');

/** Where it ran, where the CI system told. */
function origin({ token }: EvidenceSubmission): string {
  const { identity } = token;
  const ran = identity?.run_id ?? identity?.pipeline_id;
  return ran ? `${token.name}, run ${ran}` : token.name;
}

/** What was submitted to one check: who, when, and its digest. */
export function SubmissionsTable(props: {
  title: string;
  items: EvidenceSubmission[];
  onWithdraw: (submission: EvidenceSubmission) => void;
}) {
  const { title, items, onWithdraw } = props;
  const classes = useStyles();
  return (
    <DataTable
      label={`Evidence for ${title}`}
      rows={items}
      rowKey={({ id }) => id}
      columns={[
        {
          header: 'Submitted',
          tight: true,
          render: it => <RelativeTime at={it.submittedAt} />,
        },
        {
          header: 'By',
          render: it => (
            <>
              <Person entityRef={it.submittedBy} /> with {origin(it)}
            </>
          ),
        },
        {
          header: 'What',
          render: it => (
            <>
              {typeOf(it.predicateType)}
              <Typography
                variant="caption"
                color="textSecondary"
                component="p"
                className={classes.digest}
              >
                {it.digest}
              </Typography>
              {it.withdrawn && (
                <Typography variant="body2">
                  Withdrawn by <Person entityRef={it.withdrawn.by} />{' '}
                  <RelativeTime at={it.withdrawn.at} />: “{it.withdrawn.reason}
                  ”.
                </Typography>
              )}
            </>
          ),
        },
        {
          header: 'Action',
          tight: true,
          render: it =>
            it.mayWithdraw && (
              <Button
                size="small"
                aria-label={`Withdraw evidence ${it.digest.slice(7, 15)}…`}
                onClick={() => onWithdraw(it)}
              >
                Withdraw…
              </Button>
            ),
        },
      ]}
    />
  );
}
