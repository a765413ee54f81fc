import { useApi } from '@backstage/core-plugin-api';
import type { Passkey } from '@modelhub/backstage-plugin-models-common';
import { modelGovernanceApiRef } from '@modelhub/backstage-plugin-models-react';
import {
  type PublicKeyCredentialCreationOptionsJSON,
  startRegistration,
} from '@simplewebauthn/browser';
import { useCallback, useRef, useState } from 'react';
import { useStepUp } from '../hooks/useStepUp';
import { PasskeyDialogError } from '../lib/errors';
import { fromJsonBody, toJsonBody } from '../lib/json';

/**
 * Enrol a passkey. Whoever has one already confirms with it; a first one needs
 * an administrator's invitation, which the backend checks.
 */
export function useEnrol() {
  const api = useApi(modelGovernanceApiRef);
  const stepUp = useStepUp();
  const underWay = useRef(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const enrol = useCallback(
    async (name: string, hasOne: boolean): Promise<Passkey | undefined> => {
      if (underWay.current) return undefined;
      underWay.current = true;
      setBusy(true);
      setError(undefined);
      try {
        const options = await api.passkeyRegistrationOptions({
          body: hasOne ? { stepUp: await stepUp('passkey.enrol', {}) } : {},
        });
        const response = await startRegistration({
          optionsJSON:
            fromJsonBody<PublicKeyCredentialCreationOptionsJSON>(options),
        }).catch(cause => {
          throw new PasskeyDialogError(
            `The passkey was not made: ${
              cause instanceof Error ? cause.message : cause
            }`,
          );
        });
        return await api.registerPasskey({
          body: { name, response: toJsonBody(response) },
        });
      } catch (cause) {
        setError(cause);
        return undefined;
      } finally {
        underWay.current = false;
        setBusy(false);
      }
    },
    [api, stepUp],
  );
  return { enrol, busy, error };
}
