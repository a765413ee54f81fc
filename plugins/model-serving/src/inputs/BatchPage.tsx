import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import type { PlaygroundBatch } from '@modelhub/backstage-plugin-models-common';
import {
  ActionDialog,
  EmptyHint,
  errorText,
  Facts,
  isGone,
  Loaded,
  RelativeTime,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { Announcement } from '../lib/Announcement';
import { useServingPaths } from '../lib/paths';
import { useChange } from '../lib/useChange';
import { useServing } from '../lib/useServing';
import { EvaluateTitle } from '../page/EvaluateTitle';
import { targetName } from '../playground/words';
import { ComparisonSection } from './ComparisonSection';
import { MetricsTable } from './MetricsTable';
import { RowsSection } from './RowsSection';
import { TargetProgress } from './TargetProgress';
import { isUnderWay, runStateText } from './words';

function EraseDialog(props: { batch: PlaygroundBatch; onClose: () => void }) {
  const { batch, onClose } = props;
  const navigate = useNavigate();
  const paths = useServingPaths();
  const { send, busy, error } = useChange<unknown>();
  return (
    <ActionDialog
      title={`Erase “${batch.name}”?`}
      confirm="Erase it"
      destructive
      busy={busy}
      error={error}
      onClose={onClose}
      onConfirm={async () => {
        const sent = await send({ id: batch.id }, (api, body, key) =>
          api.erasePlaygroundBatch({ ...body, idempotencyKey: key }),
        );
        if (sent) navigate(paths.inputs());
      }}
    >
      The file and all answers are forgotten at once. What was saved as an
      evaluation run stays with its model.
    </ActionDialog>
  );
}

function Actions(props: {
  batch: PlaygroundBatch;
  onChanged: (after: PlaygroundBatch) => void;
}) {
  const { batch, onChanged } = props;
  const [isErasing, setIsErasing] = useState(false);
  const change = useChange<PlaygroundBatch>();
  const command = async (name: 'cancel' | 'retry') => {
    const sent = await change.send({ id: batch.id }, (api, body, key) =>
      name === 'cancel'
        ? api.cancelPlaygroundBatch({ ...body, idempotencyKey: key })
        : api.retryPlaygroundBatch({ ...body, idempotencyKey: key }),
    );
    if (sent) onChanged(sent.answer);
  };
  return (
    <>
      {change.error !== undefined && (
        <Alert severity="error" role="alert">
          {errorText(change.error)}
        </Alert>
      )}
      {batch.mayCancel && (
        <Button
          size="small"
          variant="outlined"
          disabled={change.busy}
          onClick={() => void command('cancel')}
        >
          Cancel
        </Button>
      )}
      {batch.mayRetry && (
        <Button
          size="small"
          variant="outlined"
          disabled={change.busy}
          onClick={() => void command('retry')}
        >
          Go on where it ended
        </Button>
      )}
      <Button
        size="small"
        variant="outlined"
        onClick={() => setIsErasing(true)}
      >
        Erase…
      </Button>
      {isErasing && (
        <EraseDialog batch={batch} onClose={() => setIsErasing(false)} />
      )}
    </>
  );
}

/** Said when a target is through, and when all are. */
function announcementOf({ state, targets }: PlaygroundBatch): string {
  const through = targets.filter(target => !isUnderWay(target.state));
  if (!isUnderWay(state)) return `${runStateText(state)}.`;
  return through
    .map(
      ({ target, state: its }) =>
        `${targetName(target)}: ${runStateText(its)}.`,
    )
    .join(' ');
}

function Batch(props: {
  batch: PlaygroundBatch;
  onChanged: (after: PlaygroundBatch) => void;
}) {
  const { batch, onChanged } = props;
  const through = batch.targets.filter(
    ({ state, metrics }) => state === 'finished' && metrics.length > 0,
  );
  const { temperature, maxTokens } = batch.settings;
  return (
    <>
      <Section
        title={batch.name}
        actions={<Actions batch={batch} onChanged={onChanged} />}
      >
        <Announcement>{announcementOf(batch)}</Announcement>
        <Facts
          items={[
            ['State', runStateText(batch.state)],
            [
              'File',
              `${batch.fileName ?? 'without a name'}, ${batch.rows} ${
                batch.rows === 1 ? 'row' : 'rows'
              }`,
            ],
            ['Digest', <code>{batch.digest}</code>],
            ['System prompt', batch.system],
            [
              'Settings',
              [
                temperature !== undefined && `temperature ${temperature}`,
                maxTokens !== undefined && `at most ${maxTokens} tokens`,
              ]
                .filter(Boolean)
                .join(', '),
            ],
            ['Started', <RelativeTime at={batch.createdAt} />],
            ['Erased', <RelativeTime at={batch.eraseAt} />],
          ]}
        />
        {batch.targets.map(target => (
          <TargetProgress
            key={target.place}
            batch={batch}
            target={target}
            onChanged={onChanged}
          />
        ))}
      </Section>
      <Section title="What it came to">
        <MetricsTable targets={batch.targets} />
      </Section>
      {through.length > 1 && (
        <ComparisonSection id={batch.id} targets={through} />
      )}
      <RowsSection batch={batch} />
    </>
  );
}

/** One file through its targets: progress, figures, rows, and where to keep it. */
export function BatchPage() {
  const { id = '' } = useParams();
  const paths = useServingPaths();
  const query = useServing(`batch ${id}`, (api, signal) =>
    api.getPlaygroundBatch({ id }, { signal }),
  );
  if (query.error && isGone(query.error)) {
    return (
      <>
        <EvaluateTitle title="No such batch" />
        <EmptyHint
          title="It is not there any more"
          description="Own inputs and their answers are erased in time, and only who ran them sees them."
          action={<Link to={paths.inputs()}>Own inputs</Link>}
        />
      </>
    );
  }
  return (
    <>
      <EvaluateTitle title={query.value?.name} />
      <Loaded
        query={query}
        room="model-serving"
        failure="The batch could not be loaded"
      >
        {batch => (
          <Batch
            batch={batch}
            onChanged={after => {
              query.set(after);
              query.retry();
            }}
          />
        )}
      </Loaded>
    </>
  );
}
