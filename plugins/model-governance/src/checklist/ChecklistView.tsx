import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import ScheduleIcon from '@material-ui/icons/Schedule';
import type {
  Checklist,
  ChecklistItem,
} from '@modelhub/backstage-plugin-models-common';
import {
  ModelLink,
  People,
  RelativeTime,
  StatusChip,
} from '@modelhub/backstage-plugin-models-react';
import { rootRouteRef } from '../routes';
import { ApprovalLink } from '../shared/ApprovalLink';
import { dateText, daysText } from '../lib/words';
import {
  countsText,
  estimateText,
  groupTitles,
  lookOf,
  sourceText,
} from './checklistText';

const useStyles = makeStyles(
  theme => ({
    group: {
      fontSize: 14,
      fontWeight: 600,
      margin: theme.spacing(1.5, 0, 0.5),
    },
    list: { listStyle: 'none', margin: 0, padding: 0 },
    item: {
      padding: theme.spacing(1, 0),
      borderTop: `1px solid ${theme.palette.divider}`,
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
    title: { flexGrow: 1, flexBasis: '50%', fontWeight: 500 },
    more: { overflowWrap: 'anywhere' },
    hints: { margin: theme.spacing(0.5, 0), paddingLeft: theme.spacing(2.5) },
    actions: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(2),
      marginTop: theme.spacing(0.5),
    },
    estimate: {
      display: 'flex',
      gap: theme.spacing(1),
      alignItems: 'flex-start',
      marginTop: theme.spacing(1),
    },
  }),
  { name: 'ModelGovernanceChecklist' },
);

const groups = ['request', 'checks', 'people'] as const;

/** What is demanded, item by item: done, by itself, or owed by whom and how to get it. */
export function ChecklistView(props: { checklist: Checklist; label: string }) {
  const { checklist, label } = props;
  const classes = useStyles();
  const shown = groups.filter(group =>
    checklist.items.some(item => item.group === group),
  );
  return (
    <div role="group" aria-label={label}>
      <Typography variant="body2" role="status" aria-live="polite">
        {countsText(checklist)}
      </Typography>
      {checklist.estimate && (
        <Typography
          variant="body2"
          color="textSecondary"
          className={classes.estimate}
        >
          <ScheduleIcon fontSize="small" aria-hidden />
          {estimateText(checklist.estimate)}
        </Typography>
      )}
      {shown.map(group => (
        <section key={group} aria-label={`${label}: ${groupTitles[group]}`}>
          <Typography component="h3" className={classes.group}>
            {groupTitles[group]}
          </Typography>
          <ul className={classes.list}>
            {checklist.items
              .filter(item => item.group === group)
              .map(item => (
                <Item
                  key={item.id}
                  item={item}
                  entityRef={checklist.entityRef}
                />
              ))}
          </ul>
        </section>
      ))}
      {checklist.items.every(({ group }) => group !== 'people') && (
        <Typography variant="body2" color="textSecondary">
          Nobody has to sign: the checks decide.
        </Typography>
      )}
      {!checklist.approval && checklist.expiresAfterDays !== undefined && (
        <Typography variant="body2" color="textSecondary">
          Lasts {daysText(checklist.expiresAfterDays)}, then it has to be
          renewed.
        </Typography>
      )}
    </div>
  );
}

function Item({ item, entityRef }: { item: ChecklistItem; entityRef: string }) {
  const classes = useStyles();
  const source = sourceText(item);
  const { doneBy = [], howTo = [], owes, at, state } = item;
  return (
    <li className={classes.item} data-item={item.id}>
      <div className={classes.head}>
        <span className={classes.title}>
          {item.title}
          {!item.required && ' (advice only)'}
          {item.secondFactor && ', with a passkey'}
        </span>
        <StatusChip {...lookOf(item)} />
      </div>
      <Typography
        variant="body2"
        color="textSecondary"
        component="div"
        className={classes.more}
      >
        {item.summary && <div>{item.summary}</div>}
        {doneBy.length > 0 && (
          <div>
            {state === 'waived' ? 'Waived by ' : 'By '}
            <People entityRefs={doneBy} />
            {item.waivedUntil && <> until {dateText(item.waivedUntil)}</>}
            {at && (
              <>
                , <RelativeTime at={at} />
              </>
            )}
          </div>
        )}
        {doneBy.length === 0 && at && (
          <div>
            <RelativeTime at={at} />
            {item.evidenceId && `, evidence ${item.evidenceId.slice(0, 8)}`}
          </div>
        )}
        {source && <div>{source}</div>}
        {owes && <Owes owes={owes} />}
        {howTo.length === 1 && <div>{howTo[0]}</div>}
        {howTo.length > 1 && (
          <ul className={classes.hints} aria-label={`How to get ${item.title}`}>
            {howTo.map(hint => (
              <li key={hint}>{hint}</li>
            ))}
          </ul>
        )}
        <Actions item={item} entityRef={entityRef} />
      </Typography>
    </li>
  );
}

const parties: Record<NonNullable<ChecklistItem['owes']>['party'], string> = {
  requester: 'The requester',
  owner: 'The owner of the model',
  pipeline: 'A pipeline of the owner',
  signer: 'Asked',
  administrator: 'An administrator',
};

function Owes({ owes }: { owes: NonNullable<ChecklistItem['owes']> }) {
  const who = owes.people.length > 0 ? owes.people : owes.groups;
  return (
    <div>
      {parties[owes.party]}
      {who.length > 0 && (
        <>
          : <People entityRefs={who} />
        </>
      )}
      {owes.you && ' – that is you'}
    </div>
  );
}

function Actions({
  item,
  entityRef,
}: {
  item: ChecklistItem;
  entityRef: string;
}) {
  const classes = useStyles();
  const root = useRouteRef(rootRouteRef);
  const links = (item.actions ?? []).flatMap(({ kind, href, approvalId }) => {
    switch (kind) {
      case 'edit-model':
        return href ? (
          <Link key={kind} to={href}>
            Edit the model
          </Link>
        ) : (
          []
        );
      case 'view-model':
        return (
          <ModelLink key={kind} entityRef={entityRef} title="Open the model" />
        );
      case 'enrol-passkey':
        return (
          <Link key={kind} to={`${root()}/passkeys`}>
            Enrol a passkey
          </Link>
        );
      case 'send-evidence':
        return approvalId ? (
          <ApprovalLink key={kind} id={approvalId}>
            Send evidence
          </ApprovalLink>
        ) : (
          []
        );
      case 'open-request':
        return approvalId ? (
          <ApprovalLink key={kind} id={approvalId}>
            Open the request
          </ApprovalLink>
        ) : (
          []
        );
      default:
        return [];
    }
  });
  if (links.length === 0) return null;
  return <div className={classes.actions}>{links}</div>;
}
