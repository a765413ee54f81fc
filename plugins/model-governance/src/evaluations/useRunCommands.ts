import { useApi } from '@backstage/core-plugin-api';
import type { PackRun } from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';

/** End a run, and take one up again. */
export function useRunCommands(onChange: (after: PackRun) => void) {
  const api = useApi(modelGovernanceApiRef);
  const { submit, busy, error } = useSubmission<PackRun>();
  const send = async (command: 'cancel' | 'retry', run: PackRun) => {
    const after = await submit({
      body: { command, id: run.id, attempts: run.attempts },
      send: (_, idempotencyKey) =>
        command === 'cancel'
          ? api.cancelPackRun({ id: run.id, idempotencyKey })
          : api.retryPackRun({ id: run.id, idempotencyKey }),
    });
    if (after) onChange(after);
  };
  return {
    cancel: (run: PackRun) => send('cancel', run),
    retry: (run: PackRun) => send('retry', run),
    busy,
    error,
  };
}
