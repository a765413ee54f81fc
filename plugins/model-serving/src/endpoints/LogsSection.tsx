import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import {
  EmptyHint,
  Loaded,
  modelServingApiRef,
  Section,
  useRoomQuery,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';

const useStyles = makeStyles(
  theme => ({
    log: {
      maxHeight: 360,
      overflow: 'auto',
      margin: 0,
      padding: theme.spacing(1),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      background: theme.palette.background.default,
      fontSize: 12,
      lineHeight: 1.5,
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'ModelServingLogs' },
);

const LINES = 200;

/** A long log is scrolled by keyboard too. */
const scrollable = { tabIndex: 0 };

function Lines({ id }: { id: string }) {
  const classes = useStyles();
  const logs = useRoomQuery(
    modelServingApiRef,
    async (api, signal) =>
      (await api.getEndpointLogs({ id, tail: LINES }, { signal })).text(),
    [id],
  );
  return (
    <>
      <Loaded
        query={logs}
        room="model-serving"
        failure="The log could not be loaded"
      >
        {text =>
          text.trim() === '' ? (
            <EmptyHint
              title="The log is empty"
              description="The model server has written nothing yet, or it is gone and its log with it."
            />
          ) : (
            <div role="region" aria-label="Log" {...scrollable}>
              <pre className={classes.log}>{text}</pre>
            </div>
          )
        }
      </Loaded>
      <Button size="small" onClick={logs.retry}>
        Load again
      </Button>
    </>
  );
}

/** The last lines of the model server's log, when somebody asks for them. */
export function LogsSection({ id }: { id: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Section
      title="Log of the model server"
      actions={
        <Button
          size="small"
          variant="outlined"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Hide the log' : 'Show the log'}
        </Button>
      }
    >
      {open && <Lines id={id} />}
    </Section>
  );
}
