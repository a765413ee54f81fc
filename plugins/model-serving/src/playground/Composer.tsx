import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import type {
  PlaygroundLimits,
  PlaygroundSettings,
} from '@modelhub/backstage-plugin-models-common';
import { countText } from '@modelhub/backstage-plugin-models-react';
import { type FormEvent, useState } from 'react';
import {
  initialSettings,
  settingsOf,
  settingsProblems,
  type SettingsForm,
} from './settings';
import { SettingsFields } from './SettingsFields';

const useStyles = makeStyles(
  theme => ({
    actions: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      marginTop: theme.spacing(1),
    },
    system: { marginTop: theme.spacing(2) },
    form: {
      '& .MuiFormHelperText-root.Mui-error': {
        color: theme.palette.error.dark,
      },
    },
  }),
  { name: 'ModelServingComposer' },
);

/** What is written here and goes to every model. */
export interface Written {
  prompt: string;
  system: string;
  withHistory: boolean;
  settings: PlaygroundSettings;
}

/** The prompt, what goes before it, and the settings. */
export function Composer(props: {
  limits: PlaygroundLimits;
  /** How many models it goes to. */
  targets: number;
  busy: boolean;
  hasHistory: boolean;
  onAsk: (written: Written) => void;
  onStop: () => void;
}) {
  const { limits, targets, busy, onAsk, onStop } = props;
  const classes = useStyles();
  const [prompt, setPrompt] = useState('');
  const [system, setSystem] = useState('');
  const [withHistory, setWithHistory] = useState(true);
  const [isOpen, setIsOpen] = useState(false);
  const [form, setForm] = useState<SettingsForm>(initialSettings);
  const problems = settingsProblems(form, limits.answerTokens);
  const isWrong = Object.keys(problems).length > 0;
  const isLong = prompt.length + system.length > limits.promptCharacters;
  const canAsk =
    !busy && targets > 0 && !isWrong && !isLong && prompt.trim() !== '';

  const ask = (event?: FormEvent) => {
    event?.preventDefault();
    if (!canAsk) return;
    onAsk({ prompt, system, withHistory, settings: settingsOf(form) });
    setPrompt('');
  };

  return (
    <form onSubmit={ask} noValidate className={classes.form}>
      <TextField
        id="playground-prompt"
        label="Prompt"
        value={prompt}
        onChange={event => setPrompt(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) ask();
        }}
        error={isLong}
        helperText={
          isLong
            ? `Together with the system prompt at most ${countText(
                limits.promptCharacters,
              )} characters.`
            : 'Ctrl+Enter sends it. Nothing of it is kept: it is gone when you leave this page.'
        }
        multiline
        minRows={3}
        maxRows={14}
        variant="outlined"
        fullWidth
      />
      <div className={classes.actions}>
        <Button
          type="submit"
          variant="contained"
          color="primary"
          disabled={!canAsk}
        >
          {targets > 1 ? `Send to ${targets} models` : 'Send'}
        </Button>
        {busy && (
          <Button variant="outlined" onClick={onStop}>
            Stop all
          </Button>
        )}
        <Button
          aria-expanded={isOpen}
          aria-controls="playground-settings"
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? 'Hide settings' : 'System prompt and settings'}
          {!isOpen && isWrong && ' (look here)'}
        </Button>
        {props.hasHistory && (
          <FormControlLabel
            control={
              <Checkbox
                color="primary"
                checked={withHistory}
                onChange={event => setWithHistory(event.target.checked)}
              />
            }
            label="Send the conversation along"
          />
        )}
      </div>
      <div id="playground-settings" hidden={!isOpen}>
        <TextField
          id="playground-system"
          className={classes.system}
          label="System prompt"
          value={system}
          onChange={event => setSystem(event.target.value)}
          helperText="Goes before the conversation, to all models alike."
          multiline
          minRows={2}
          maxRows={10}
          variant="outlined"
          fullWidth
        />
        <SettingsFields
          id="playground"
          value={form}
          answerTokens={limits.answerTokens}
          onChange={setForm}
        />
      </div>
    </form>
  );
}
