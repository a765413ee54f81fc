import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { TimelineEntry } from '@modelhub/backstage-plugin-models-common';
import { RelativeTime } from '@modelhub/backstage-plugin-models-react';
import { Person } from '../shared/Person';
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
    quote: { fontStyle: 'italic', overflowWrap: 'anywhere' },
  }),
  { name: 'ModelGovernanceEvents' },
);

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
export function EventList(props: { label: string; events: TimelineEntry[] }) {
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
            title={`Event ${event.seq}, ${event.hash}`}
          >
            {!namesActor(event) && (
              <>
                <Person entityRef={event.actor} />,{' '}
              </>
            )}
            <RelativeTime at={event.at} />
          </Typography>
        </li>
      ))}
    </ol>
  );
}
