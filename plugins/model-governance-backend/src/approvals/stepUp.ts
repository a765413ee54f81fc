import type { JsonObject, JsonValue } from '@backstage/types';
import type { StepUpProof } from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import type {
  StepUpAction,
  StepUpEvidence,
  StepUpService,
} from '../stepUp/StepUpService';
import { personOf, type Caller } from './Caller';

/** The payload as it was sent: what was left out does not count. */
function sent(payload: Record<string, unknown>): JsonObject {
  return Object.fromEntries(
    Object.entries(payload).filter(
      (entry): entry is [string, JsonValue] => entry[1] !== undefined,
    ),
  );
}

/** Uses a passkey assertion up, where there is one. */
export async function consumeStepUp(
  service: StepUpService,
  tx: Knex.Transaction,
  caller: Caller,
  options: {
    action: StepUpAction;
    payload: Record<string, unknown>;
    proof?: StepUpProof;
  },
): Promise<StepUpEvidence | undefined> {
  const { action, payload, proof } = options;
  if (!proof) return undefined;
  return service.consume(tx, {
    userRef: personOf(caller),
    action,
    payload: sent(payload),
    proof,
  });
}
