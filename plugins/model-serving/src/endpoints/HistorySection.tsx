import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import ReportProblemOutlinedIcon from '@material-ui/icons/ReportProblemOutlined';
import {
  DataTable,
  EmptyHint,
  Loaded,
  Person,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { useServing } from '../lib/useServing';

const useStyles = makeStyles(
  theme => ({
    warning: { fontSize: 16, marginRight: 4, verticalAlign: 'text-bottom' },
    note: { marginTop: theme.spacing(1) },
  }),
  { name: 'ModelServingHistory' },
);

const timeText = (at: string) => new Date(at).toLocaleTimeString('en-GB');

/** What happened to an endpoint, by the hub's and the engine's word. */
export function HistorySection({ id }: { id: string }) {
  const classes = useStyles();
  const events = useServing(`events ${id}`, (api, signal) =>
    api.listEndpointEvents({ id }, { signal }),
  );
  return (
    <Section title="What happened">
      <Loaded
        query={events}
        room="model-serving"
        failure="The events could not be loaded"
      >
        {({ items, engineProblem }) => (
          <>
            {items.length === 0 ? (
              <EmptyHint title="Nothing happened yet" />
            ) : (
              <DataTable
                label="Events"
                columns={[
                  {
                    header: 'Time',
                    tight: true,
                    render: ({ at }) => (
                      <time
                        dateTime={at}
                        title={new Date(at).toLocaleString('en-GB')}
                      >
                        {timeText(at)}
                      </time>
                    ),
                  },
                  {
                    header: 'From',
                    tight: true,
                    render: ({ source, by }) =>
                      by ? (
                        <Person entityRef={by} />
                      ) : (
                        <>{source === 'hub' ? 'Model Hub' : 'Engine'}</>
                      ),
                  },
                  {
                    header: 'What',
                    render: ({ level, message }) => (
                      <>
                        {level === 'warning' && (
                          <ReportProblemOutlinedIcon
                            className={classes.warning}
                            titleAccess="Warning"
                          />
                        )}
                        {message}
                      </>
                    ),
                  },
                ]}
                rows={[...items].reverse().map((event, index) => ({
                  ...event,
                  index: items.length - index,
                }))}
                rowKey={({ index }) => String(index)}
              />
            )}
            {engineProblem && (
              <Typography variant="body2" className={classes.note}>
                The engine’s own events are missing: {engineProblem}
              </Typography>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}
