import { useApi } from '@backstage/core-plugin-api';
import type {
  ApprovalCommandInput,
  ApprovalDetail,
  CommandOption,
} from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useStepUp } from '../hooks/useStepUp';

/**
 * Give a command to the state machine: with the revision that the person saw,
 * and with their passkey over exactly this command where it is asked for.
 */
export function useCommand(approval: ApprovalDetail) {
  const api = useApi(modelGovernanceApiRef);
  const stepUp = useStepUp();
  const { submit, busy, error, reset } = useSubmission<ApprovalDetail>();

  const run = (option: CommandOption, reason?: string) => {
    const { id, revision } = approval;
    const body: ApprovalCommandInput = {
      command: option.command,
      revision,
      ...(option.role && { role: option.role }),
      ...(option.onBehalfOf && { onBehalfOf: option.onBehalfOf }),
      ...(option.holdId && { holdId: option.holdId }),
      ...(reason && { reason }),
    };
    return submit<ApprovalCommandInput>({
      body,
      complete: option.needsStepUp
        ? async plain => ({
            ...plain,
            stepUp: await stepUp('approval.command', { id, ...plain }),
          })
        : undefined,
      send: (complete, idempotencyKey) =>
        api.commandApproval({ id, body: complete, idempotencyKey }),
    });
  };

  return { run, busy, error, reset };
}
