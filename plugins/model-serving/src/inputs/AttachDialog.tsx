import { LinkButton } from '@backstage/core-components';
import type {
  Approval,
  ApprovalState,
  PlaygroundBatch,
  PlaygroundBatchTarget,
} from '@modelhub/backstage-plugin-models-common';
import {
  ActionDialog,
  approvalStateText,
  ChoiceField,
  EmptyHint,
  Loaded,
  modelGovernanceApiRef,
  tierText,
  useFieldStyles,
  useRoomQuery,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useServingPaths } from '../lib/paths';
import { useChange } from '../lib/useChange';
import { targetName } from '../playground/words';

/** States in which evidence still counts for something. */
const openStates: ApprovalState[] = [
  'draft',
  'changes-requested',
  'checking',
  'in-review',
];

const requestText = (it: Approval) =>
  `${tierText(it.tier).label}, ${it.purpose}, ${it.profile}: version ${
    it.modelVersion
  }, ${approvalStateText(it.state).label.toLowerCase()}`;

/** Adds what a target came to as evidence to one of the person's requests. */
export function AttachDialog(props: {
  batch: PlaygroundBatch;
  target: PlaygroundBatchTarget;
  onClose: () => void;
  onDone: (after: PlaygroundBatch) => void;
}) {
  const { batch, target, onClose, onDone } = props;
  const { entityRef, modelVersion } = target.target;
  const classes = useFieldStyles();
  const paths = useServingPaths();
  const [approvalId, setApprovalId] = useState('');
  const { send, busy, error } = useChange<PlaygroundBatch>();
  const requests = useRoomQuery(
    modelGovernanceApiRef,
    async (api, signal) =>
      (
        await api.listApprovals(
          { entityRef, requester: 'me', state: openStates, limit: 100 },
          { signal },
        )
      ).items.filter(({ id }) => !target.attachedTo.includes(id)),
    [entityRef, target.attachedTo.join(' ')],
  );
  return (
    <ActionDialog
      title={`Attach “${batch.name}” to a request`}
      confirm="Attach it"
      busy={busy}
      error={error}
      disabled={!approvalId}
      onClose={onClose}
      onConfirm={async () => {
        const sent = await send(
          { target: target.place, approvalId },
          (api, body, key) =>
            api.attachPlaygroundBatch({
              id: batch.id,
              body,
              idempotencyKey: key,
            }),
        );
        if (sent) onDone(sent.answer);
      }}
    >
      <Loaded
        query={requests}
        room="model-governance"
        failure="Your requests could not be loaded"
      >
        {items =>
          items.length === 0 ? (
            <EmptyHint
              title={`You have no open request for ${targetName(
                target.target,
              )}`}
              description="Save it as an evaluation run, or request access first and attach it then."
              action={
                paths.request && (
                  <LinkButton
                    variant="outlined"
                    to={paths.request(entityRef, modelVersion)}
                  >
                    Request access
                  </LinkButton>
                )
              }
            />
          ) : (
            <div className={classes.fields}>
              <ChoiceField
                id="attach-request"
                label="Your request"
                required
                fullWidth
                value={approvalId}
                none="Choose one"
                choices={items.map(it => ({
                  value: it.id,
                  label: requestText(it),
                  disabled: it.modelVersion !== modelVersion,
                }))}
                onChange={setApprovalId}
                helperText={`Only requests for version ${modelVersion} can take it. Those who decide see its metrics as evidence.${
                  target.resultId
                    ? ''
                    : ' It is saved as an evaluation run first.'
                }`}
              />
            </div>
          )
        }
      </Loaded>
    </ActionDialog>
  );
}
