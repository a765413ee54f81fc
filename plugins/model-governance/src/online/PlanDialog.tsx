import { useApi } from '@backstage/core-plugin-api';
import Checkbox from '@material-ui/core/Checkbox';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormGroup from '@material-ui/core/FormGroup';
import FormLabel from '@material-ui/core/FormLabel';
import TextField from '@material-ui/core/TextField';
import {
  ONLINE_SCORERS,
  onlineMeasureOf,
  type OnlineExperimentDetail,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  modelGovernanceApiRef,
  useFieldStyles,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useLive } from '../hooks/useLive';
import { ActionDialog } from '../shared/ActionDialog';
import { ConsentText } from './ConsentText';
import {
  EMPTY_PLAN,
  planOf,
  previewOf,
  problemsOf,
  scorersOf,
  type PlanFields,
} from './planForm';

const PLAIN = ['length', 'refusal', 'repetition'] as const;
const MEASURED = ['latency', 'ttft', 'output_tokens', 'cost'];

/** Plans an experiment, and shows beforehand what the owner will be asked. */
export function PlanDialog(props: {
  onClose: () => void;
  onPlanned: (planned: OnlineExperimentDetail) => void;
}) {
  const api = useApi(modelGovernanceApiRef);
  const classes = useFieldStyles();
  const submission = useSubmission<OnlineExperimentDetail>();
  const [fields, setFields] = useState<PlanFields>(EMPTY_PLAN);
  const profiles = useLive('online:profiles', (client, signal) =>
    client.listAccessProfiles({ signal }),
  );
  const purposes = useLive('online:purposes', (client, signal) =>
    client.listPurposes({ signal }),
  );
  const set =
    <K extends keyof PlanFields>(name: K) =>
    (value: PlanFields[K]) =>
      setFields(before => ({ ...before, [name]: value }));
  const problems = problemsOf(fields);
  const isPair = fields.challenger.trim() !== '';
  const profile = profiles.value?.items.find(({ id }) => id === fields.profile);
  const scorers = scorersOf(fields);

  const text = (
    name:
      | 'title'
      | 'control'
      | 'challenger'
      | 'share'
      | 'sampling'
      | 'days'
      | 'pattern'
      | 'schema'
      | 'margin',
    label: string,
    more: {
      helperText?: string;
      required?: boolean;
      multiline?: boolean;
      /** A problem is shown at once: an empty field is none yet. */
      strict?: boolean;
    } = {},
  ) => {
    const { strict, helperText, ...rest } = more;
    const problem = strict || fields[name] ? problems[name] : undefined;
    return (
      <TextField
        {...rest}
        id={`online-${name}`}
        label={label}
        variant="outlined"
        size="small"
        value={fields[name]}
        onChange={event => set(name)(event.target.value)}
        error={problem !== undefined}
        helperText={problem ?? helperText}
        InputLabelProps={{ shrink: true }}
      />
    );
  };

  const confirm = async () => {
    const planned = await submission.submit<ReturnType<typeof planOf>>({
      body: planOf(fields),
      send: (body, idempotencyKey) =>
        api.createOnlineExperiment({ body, idempotencyKey }),
    });
    if (planned) props.onPlanned(planned);
  };

  return (
    <ActionDialog
      title="Plan an experiment"
      confirm="Ask for consent"
      disabled={Object.keys(problems).length > 0}
      busy={submission.busy}
      error={submission.error}
      onClose={props.onClose}
      onConfirm={confirm}
    >
      <div className={classes.fields}>
        {text('title', 'What do you want to find out?', { required: true })}
        <ChoiceField
          id="online-profile"
          label="Calls of the access profile"
          required
          none="Choose…"
          value={fields.profile}
          choices={(profiles.value?.items ?? []).map(({ id, title }) => ({
            value: id,
            label: title,
          }))}
          onChange={set('profile')}
          helperText="You plan for profiles whose owner group you belong to."
        />
        <ChoiceField
          id="online-purpose"
          label="For the purpose"
          required
          none="Choose…"
          value={fields.purpose}
          choices={(purposes.value?.items ?? []).map(({ id, title }) => ({
            value: id,
            label: title,
          }))}
          onChange={set('purpose')}
        />
        {text('control', 'Model that is called', {
          required: true,
          helperText:
            'As callers name it: meta/llama-3.3-70b-instruct, with @version for another than the newest.',
        })}
        {text('challenger', 'Challenger', {
          helperText:
            'Approved for the same profile and purpose. Empty to score answers alone.',
        })}
        {isPair &&
          text('share', 'Share of the callers that get the challenger, in %', {
            strict: true,
          })}
        {text('sampling', 'Share of the answers that are scored, in %', {
          strict: true,
        })}
        {text('days', 'Days', { strict: true })}
        <FormControl component="fieldset">
          <FormLabel component="legend">
            Scored, besides latency, tokens, cost and failures
          </FormLabel>
          <FormGroup>
            {PLAIN.map(type => (
              <FormControlLabel
                key={type}
                label={ONLINE_SCORERS[type].title}
                control={
                  <Checkbox
                    color="primary"
                    checked={fields.plain.includes(type)}
                    onChange={(_, checked) =>
                      set('plain')(
                        PLAIN.filter(it =>
                          it === type ? checked : fields.plain.includes(it),
                        ),
                      )
                    }
                  />
                }
              />
            ))}
          </FormGroup>
        </FormControl>
        {text('pattern', 'Pattern that answers ought to hold', {
          helperText:
            'A regular expression of RE2, such as \\[\\d+\\] for a citation.',
        })}
        {text('schema', 'JSON schema that answers ought to fit', {
          multiline: true,
        })}
        {isPair && (
          <ChoiceField
            id="online-stop-metric"
            label="Stop when the challenger is worse in"
            none="Nothing but failures"
            value={fields.stopMetric}
            choices={[...MEASURED, ...scorers.map(({ metric }) => metric)].map(
              metric => ({
                value: metric,
                label: onlineMeasureOf(scorers, metric)?.title ?? metric,
              }),
            )}
            onChange={set('stopMetric')}
            helperText="It stops by itself as soon as that is certain, however often it is looked at."
          />
        )}
        {isPair &&
          fields.stopMetric !== '' &&
          text('margin', 'By more than', {
            strict: true,
            helperText: 'In the unit of the metric; 0.05 is 5 % of a share.',
          })}
        <ConsentText
          title="What the owner will be asked"
          text={previewOf(fields, profile?.title ?? '')}
        />
      </div>
    </ActionDialog>
  );
}
