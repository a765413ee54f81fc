import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { TimelineEntry } from '@modelhub/backstage-plugin-models-common';
import {
  ModelLink,
  Person,
  RelativeTime,
} from '@modelhub/backstage-plugin-models-react';
import { ApprovalLink } from '../shared/ApprovalLink';
import { eventText } from './eventText';

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: 0, padding: 0 },
    item: {
      position: 'relative',
      padding: theme.spacing(0, 0, 2, 3),
      borderLeft: `2px solid ${theme.palette.divider}`,
      marginLeft: 6,
      '&:last-child': { borderLeftColor: 'transparent' },
      '&::before': {
        content: '""',
        position: 'absolute',
        left: -6,
        top: 4,
        width: 10,
        height: 10,
        borderRadius: '50%',
        background: theme.palette.primary.main,
      },
    },
    // Between other words, colour alone does not tell a link.
    links: { '& a': { textDecoration: 'underline' } },
    quote: { fontStyle: 'italic', overflowWrap: 'anywhere' },
  }),
  { name: 'ModelGovernanceEvents' },
);

const moment = (at: string) =>
  new Date(at).toLocaleString('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
  });

/** Whether the sentence begins with the person, as a reference. */
const namesActor = ({ actor, summary }: TimelineEntry) =>
  actor.startsWith('user:') && summary?.startsWith(`${actor} `) === true;

function Sentence({ event }: { event: TimelineEntry }) {
  const { actor, summary } = event;
  if (summary === undefined) return <>{eventText(event.type)}</>;
  if (!namesActor(event)) return <>{summary}</>;
  return (
    <>
      <Person entityRef={actor} />
      {summary.slice(actor.length)}
    </>
  );
}

/** Events of the ledger as a history that a person reads. */
export function EventList(props: {
  label: string;
  events: TimelineEntry[];
  /** Say which model each is about, where they are not all about one. */
  namesModels?: boolean;
  /** Lead to the request of each, where they are not all of one. */
  linksRequests?: boolean;
}) {
  const classes = useStyles();
  return (
    <ol className={classes.list} aria-label={props.label}>
      {props.events.map(event => (
        <li key={event.seq} className={classes.item}>
          <Typography variant="body2" component="div">
            <Sentence event={event} />
          </Typography>
          {event.text && (
            <Typography variant="body2" className={classes.quote}>
              “{event.text}”
            </Typography>
          )}
          <Typography
            variant="caption"
            color="textSecondary"
            component="div"
            className={classes.links}
            title={`Event ${event.seq}, ${event.hash}`}
          >
            {!namesActor(event) && (
              <>
                <Person entityRef={event.actor} />,{' '}
              </>
            )}
            {moment(event.at)} (<RelativeTime at={event.at} />)
            {props.namesModels && event.entityRef && (
              <>
                , <ModelLink entityRef={event.entityRef} />
              </>
            )}
            {props.linksRequests && event.approvalId && (
              <>
                {', '}
                <ApprovalLink
                  id={event.approvalId}
                  label={`Request of event ${event.seq}`}
                >
                  request
                </ApprovalLink>
              </>
            )}
          </Typography>
        </li>
      ))}
    </ol>
  );
}
