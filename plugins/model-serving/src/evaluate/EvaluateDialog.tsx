import { Link } from '@backstage/core-components';
import LinearProgress from '@material-ui/core/LinearProgress';
import TextField from '@material-ui/core/TextField';
import Alert from '@material-ui/lab/Alert';
import type {
  EndpointChoice,
  EndpointPreview,
  StartedEndpoint,
} from '@modelhub/backstage-plugin-models-common';
import {
  ActionDialog,
  Loaded,
  modelServingApiRef,
  useFieldStyles,
  useRoomQuery,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { shownKeys } from '../endpoints/shownKeys';
import { stateLooks } from '../endpoints/states';
import { useServingPaths } from '../lib/paths';
import { useChange } from '../lib/useChange';
import { ChoiceFields } from './ChoiceFields';
import { PreviewFacts } from './PreviewFacts';

/** The first choice: what the preview took where nothing was chosen. */
function bodyOf(
  preview: EndpointPreview,
  note: string,
): EndpointChoice & { note?: string } {
  const { entityRef, modelVersion, team, profile, engine } = preview;
  return {
    entityRef,
    modelVersion,
    team,
    profile,
    engine,
    ...(note.trim() && { note: note.trim() }),
  };
}

function Existing({ preview }: { preview: EndpointPreview }) {
  const paths = useServingPaths();
  const { existing } = preview;
  if (!existing) return null;
  return (
    <Alert severity="info">
      There is one already that you may use:{' '}
      <Link to={paths.endpoint(existing.id)}>
        {existing.title} {existing.modelVersion}
      </Link>{' '}
      ({stateLooks[existing.state].label.toLowerCase()}).
    </Alert>
  );
}

/** Everything there is to know before an endpoint starts; then one button. */
export function EvaluateDialog(props: {
  entityRef: string;
  title: string;
  onClose: () => void;
  onStarted: (endpoint: StartedEndpoint) => void;
}) {
  const { entityRef, title, onClose, onStarted } = props;
  const classes = useFieldStyles();
  const [choice, setChoice] = useState<EndpointChoice>({ entityRef });
  const [note, setNote] = useState('');
  const change = useChange<StartedEndpoint>();
  const preview = useRoomQuery(
    modelServingApiRef,
    (api, signal) => api.previewEndpoint({ body: choice }, { signal }),
    [JSON.stringify(choice)],
  );
  const shown = preview.value;
  const start = async () => {
    if (!shown) return;
    const sent = await change.send(bodyOf(shown, note), (api, body, key) =>
      api.createEndpoint({ body, idempotencyKey: key }),
    );
    if (!sent) return;
    shownKeys.remember(sent.answer.id, sent.answer.secret);
    onStarted(sent.answer);
  };
  return (
    <ActionDialog
      title={`Evaluate ${title}`}
      confirm={
        shown?.access.state === 'will-be-checked' ? 'Check and start' : 'Start'
      }
      busy={change.busy}
      error={change.error}
      disabled={preview.status !== 'ready' || !shown?.mayCreate}
      onClose={onClose}
      onConfirm={start}
    >
      <Loaded
        query={preview}
        room="model-serving"
        failure="What it would take could not be loaded"
      >
        {value => (
          <div className={classes.fields}>
            <Existing preview={value} />
            <ChoiceFields
              preview={value}
              onChange={changed => setChoice({ ...choice, ...changed })}
            />
            <TextField
              id="evaluate-note"
              label="What it is for"
              value={note}
              onChange={event => setNote(event.target.value)}
              helperText="Optional; your team sees it."
              inputProps={{ maxLength: 1000 }}
              variant="outlined"
              size="small"
              fullWidth
            />
            {preview.status === 'loading' && (
              <LinearProgress aria-label="Reckons anew" />
            )}
            <PreviewFacts preview={value} />
            {!value.mayCreate && (
              <Alert severity="warning" role="status">
                {value.reason ?? 'You may not start it.'}
              </Alert>
            )}
          </div>
        )}
      </Loaded>
    </ActionDialog>
  );
}
