import { useApi } from '@backstage/core-plugin-api';
import type { StepUpProof } from '@modelhub/backstage-plugin-models-common';
import { modelGovernanceApiRef } from '@modelhub/backstage-plugin-models-react';
import {
  startAuthentication,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { useCallback } from 'react';
import { NoPasskeyError, PasskeyDialogError } from '../lib/errors';
import { fromJsonBody, toJsonBody } from '../lib/json';

export type StepUpAction =
  | 'approval.command'
  | 'approval.break-glass'
  | 'gate.waive'
  | 'passkey.enrol'
  | 'signing-key.rotate'
  | 'policy.activate';

/**
 * Ask the person for their passkey over exactly this payload.
 *
 * Throws {@link NoPasskeyError} when there is none to ask for, and
 * {@link PasskeyDialogError} when the browser's dialog ended without one.
 */
export function useStepUp(): (
  action: StepUpAction,
  payload: object,
) => Promise<StepUpProof> {
  const api = useApi(modelGovernanceApiRef);
  return useCallback(
    async (action, payload) => {
      const { items } = await api.listPasskeys();
      if (items.length === 0) throw new NoPasskeyError();
      const { challengeId, options } = await api.createStepUpChallenge({
        body: { action, payload: toJsonBody(payload) },
      });
      try {
        const response = await startAuthentication({
          optionsJSON:
            fromJsonBody<PublicKeyCredentialRequestOptionsJSON>(options),
        });
        return { challengeId, response: toJsonBody(response) };
      } catch (error) {
        throw new PasskeyDialogError(
          error instanceof Error && error.name === 'NotAllowedError'
            ? 'The passkey was not confirmed: it was cancelled or took too long. Nothing was done; try again.'
            : `The passkey could not be used: ${
                error instanceof Error ? error.message : error
              }`,
        );
      }
    },
    [api],
  );
}
