import Checkbox from '@material-ui/core/Checkbox';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import type { PlaygroundScorer } from '@modelhub/backstage-plugin-models-common';
import { settingOf, settingProblem } from './fileForm';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'block', margin: theme.spacing(2, 0) },
    setting: { margin: theme.spacing(0.5, 0, 1, 4), maxWidth: 480 },
    about: { color: theme.palette.text.secondary },
  }),
  { name: 'ModelServingScorers' },
);

/** How answers are judged. */
export function ScorerFields(props: {
  fitting: PlaygroundScorer[];
  chosen: string[];
  typed: Record<string, string>;
  hasExpected: boolean;
  onChange: (chosen: string[]) => void;
  onType: (typed: Record<string, string>) => void;
}) {
  const { fitting, chosen, typed, hasExpected, onChange, onType } = props;
  const classes = useStyles();
  return (
    <FormControl component="fieldset" className={classes.root}>
      <FormLabel component="legend">How answers are judged</FormLabel>
      {fitting.length === 0 && (
        <Typography variant="body2">
          By their figures alone: no scorer fits these rows.
        </Typography>
      )}
      {fitting.map(({ type, title, about }) => {
        const isChosen = chosen.includes(type);
        const setting = isChosen ? settingOf(type) : undefined;
        const problem =
          setting && settingProblem(setting, typed[type] ?? '', hasExpected);
        return (
          <div key={type}>
            <FormControlLabel
              control={
                <Checkbox
                  color="primary"
                  checked={isChosen}
                  onChange={event =>
                    onChange(
                      event.target.checked
                        ? [...chosen, type]
                        : chosen.filter(other => other !== type),
                    )
                  }
                />
              }
              label={
                <Typography variant="body2" component="span">
                  {title}
                  <span className={classes.about}>: {about}</span>
                </Typography>
              }
            />
            {setting && (
              <TextField
                id={`inputs-scorer-${type}`}
                className={classes.setting}
                label={setting.label}
                value={typed[type] ?? ''}
                onChange={event =>
                  onType({ ...typed, [type]: event.target.value })
                }
                error={problem !== undefined}
                helperText={problem ?? setting.help}
                multiline={setting.isJson}
                variant="outlined"
                size="small"
                fullWidth
              />
            )}
          </div>
        );
      })}
      {!hasExpected && fitting.length > 0 && (
        <FormHelperText>
          Without expected answers, only what an answer shows by itself can be
          judged.
        </FormHelperText>
      )}
    </FormControl>
  );
}
