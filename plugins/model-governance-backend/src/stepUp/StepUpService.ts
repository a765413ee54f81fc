import type { JsonObject } from '@backstage/types';
import type { StepUpProof } from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';

export type StepUpAction =
  | 'approval.command'
  | 'approval.break-glass'
  | 'gate.waive'
  | 'passkey.enrol'
  | 'epoch.raise'
  | 'signing-key.rotate'
  | 'policy.activate';

/** Kept with the ledger event so that the assertion can be verified offline. */
export interface StepUpEvidence extends JsonObject {
  passkeyId: string;
  action: string;
  nonce: string;
  payloadHash: string;
  /** COSE public key, base64url. */
  publicKey: string;
  rpId: string;
  origin: string;
  clientDataJSON: string;
  authenticatorData: string;
  signature: string;
}

export interface StepUpService {
  /**
   * Check and use up an assertion. The challenge was made for exactly this user,
   * action and payload (canonical JSON); it is single use and short-lived, and
   * the authenticator verified the person. Throws `NotAllowedError` otherwise,
   * in which case nothing else of the transaction may be kept.
   */
  consume(
    tx: Knex.Transaction,
    input: {
      userRef: string;
      action: StepUpAction;
      payload: JsonObject;
      proof: StepUpProof;
    },
  ): Promise<StepUpEvidence>;
}
