import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type {
  ApprovalDetail,
  CommandOption,
} from '@modelhub/backstage-plugin-models-common';
import { isFinal } from '@modelhub/backstage-plugin-models-common';
import { Section } from '@modelhub/backstage-plugin-models-react';
import { type CommandButton, commandView, isDestructive } from './buttons';

const useStyles = makeStyles(
  theme => ({
    buttons: {
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1),
      '& button': { justifyContent: 'flex-start' },
    },
    note: { marginBottom: theme.spacing(1) },
  }),
  { name: 'ModelGovernanceActions' },
);

function ActionButton(props: {
  button: CommandButton;
  onChoose: (option: CommandOption) => void;
}) {
  const { button, onChoose } = props;
  const main =
    button.option.command === 'approve' || button.option.command === 'submit';
  const hintId = `hint-${button.label.replace(/\W+/g, '-')}`;
  return (
    <div>
      <Button
        fullWidth
        variant={main ? 'contained' : 'outlined'}
        color={main || !isDestructive(button.option) ? 'primary' : 'default'}
        disabled={!button.enabled}
        aria-describedby={button.hint ? hintId : undefined}
        onClick={() => onChoose(button.option)}
      >
        {button.label}
      </Button>
      {/* As text and not as a tooltip: a disabled button takes no focus. */}
      {button.hint && (
        <Typography id={hintId} variant="caption" color="textSecondary">
          {button.hint}
        </Typography>
      )}
    </div>
  );
}

/** What the one who looks may do now, and why not where that matters. */
export function ActionsSection(props: {
  approval: ApprovalDetail;
  onChoose: (option: CommandOption) => void;
}) {
  const { approval, onChoose } = props;
  const classes = useStyles();
  const view = commandView(approval);
  const buttons = view.buttons.filter(
    button => button.option.command !== 'clear-hold',
  );
  return (
    <Section title="What you can do">
      {view.notes.map(note => (
        <Typography key={note} variant="body2" className={classes.note}>
          {note}
        </Typography>
      ))}
      <div className={classes.buttons}>
        {buttons.map(button => (
          <ActionButton
            key={button.label}
            button={button}
            onChoose={onChoose}
          />
        ))}
      </div>
      {buttons.length === 0 && view.notes.length === 0 && (
        <Typography variant="body2" color="textSecondary">
          {isFinal(approval.state)
            ? 'It is over: nothing more can be done here.'
            : 'Nothing for you to do at the moment.'}
        </Typography>
      )}
    </Section>
  );
}
