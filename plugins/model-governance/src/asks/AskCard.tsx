import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import type { Ask, AskTool } from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  DataTable,
  Facts,
  Person,
  RelativeTime,
} from '@modelhub/backstage-plugin-models-react';
import { listing } from '../lib/words';
import { type Decision, decisions } from './decisions';
import { TimeLeft } from './TimeLeft';

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(2), marginBottom: theme.spacing(2) },
    title: {
      fontSize: 15,
      fontWeight: 600,
      margin: theme.spacing(0, 0, 1),
      overflowWrap: 'anywhere',
    },
    actions: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      marginTop: theme.spacing(2),
    },
  }),
  { name: 'ModelGovernanceAskCard' },
);

const HASH_SHOWN = 12;

const columns: Column<AskTool>[] = [
  { header: 'Tool', render: tool => <code>{tool.name}</code> },
  { header: 'Risk', tight: true, render: tool => tool.risk },
  {
    header: 'Description (SHA-256)',
    tight: true,
    render: tool => (
      <code title={tool.descriptionHash}>
        {tool.descriptionHash.slice(0, HASH_SHOWN)}…
      </code>
    ),
  },
];

/** `pay and mail`, as the question is called. */
export function toolNames(ask: Ask): string {
  return listing(ask.tools.map(tool => tool.name));
}

/** What a held call wants to offer, and what can be done about it. */
export function AskCard(props: {
  ask: Ask;
  onDecide: (ask: Ask, decision: Decision) => void;
}) {
  const { ask, onDecide } = props;
  const classes = useStyles();
  const title = `May this call offer ${toolNames(ask)}?`;
  const headingId = `ask-${ask.id}`;
  return (
    <Paper
      component="article"
      variant="outlined"
      className={classes.root}
      aria-labelledby={headingId}
    >
      <Typography id={headingId} component="h3" className={classes.title}>
        {title}
      </Typography>
      <Facts
        items={[
          [ask.issuer ? 'Identity' : 'Key', ask.keyName],
          [
            ask.issuer ? 'Caller' : 'Owner of the key',
            <Person entityRef={ask.keyOwner} />,
          ],
          ['Access profile', ask.profile],
          ['Model', <code>{ask.model}</code>],
          ['Trace', ask.trace ? <code>{ask.trace}</code> : 'None'],
          ['Gateway', ask.gateway],
          ['Asked', <RelativeTime at={ask.createdAt} />],
          ['Waits for', <TimeLeft until={ask.expiresAt} />],
        ]}
      />
      <DataTable
        label={`Tools of: ${title}`}
        columns={columns}
        rows={ask.tools}
        rowKey={tool => `${tool.name} ${tool.descriptionHash}`}
      />
      {ask.mayDecide ? (
        <div className={classes.actions}>
          {decisions
            .filter(({ id }) => id !== 'allow-trace' || ask.trace)
            .map(decision => (
              <Button
                key={decision.id}
                variant="outlined"
                color={decision.id === 'deny' ? 'secondary' : 'primary'}
                aria-label={`${decision.label}: ${toolNames(ask)}`}
                onClick={() => onDecide(ask, decision)}
              >
                {decision.label}…
              </Button>
            ))}
        </div>
      ) : (
        <Typography variant="body2">{ask.whyNot}</Typography>
      )}
    </Paper>
  );
}
