import { InputError, NotAllowedError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { ModelGate } from '@modelhub/backstage-plugin-models-node';
import {
  EVIDENCE_MAX_AGE_SECONDS,
  type EvidenceStatement,
} from '@modelhub/governance-protocol';
import type { TokenRecord } from './TokenStore';

/** How far ahead the clock of a pipeline may be, in milliseconds. */
const CLOCK_AHEAD_MS = 2 * 60_000;

/** Throws `NotAllowedError` for a token that signs no more. */
export function demandLive(
  token: Pick<TokenRecord, 'revokedAt' | 'expiresAt'>,
  now: Date,
): void {
  if (token.revokedAt) {
    throw new NotAllowedError(
      'This evidence token was revoked. Issue another one in the portal.',
    );
  }
  if (Date.parse(token.expiresAt) <= now.getTime()) {
    throw new NotAllowedError(
      `This evidence token ended ${token.expiresAt}. Issue another one in the portal.`,
    );
  }
}

/** Throws `NotAllowedError` for another model, version, artifact or gate than the token's. */
export function demandScope(
  token: Pick<TokenRecord, 'entityRef' | 'modelVersion' | 'pin' | 'gates'>,
  statement: EvidenceStatement,
): void {
  if (
    statement.entityRef !== token.entityRef ||
    statement.modelVersion !== token.modelVersion
  ) {
    throw new NotAllowedError(
      `This token is for ${token.entityRef} version ${token.modelVersion}, and the statement is about ${statement.entityRef} version ${statement.modelVersion}. Issue a token for that one.`,
    );
  }
  if (statement.pin !== token.pin) {
    throw new NotAllowedError(
      `This token is for ${token.pin}, and the statement is about ${statement.pin}: other bytes. Test the version that is asked for, or issue a token for what it is now.`,
    );
  }
  if (!token.gates.includes(statement.gate)) {
    throw new NotAllowedError(
      `This token is for ${token.gates.join(', ')}, not for the check '${
        statement.gate
      }'. Issue a token for that one.`,
    );
  }
}

/** Throws `InputError` for what was signed too long ago, or is yet to be signed. */
export function demandFresh(
  { issuedAt }: Pick<EvidenceStatement, 'issuedAt'>,
  now: Date,
): void {
  const age = now.getTime() - Date.parse(issuedAt);
  if (age > EVIDENCE_MAX_AGE_SECONDS * 1000) {
    throw new InputError(
      `The statement was signed ${issuedAt}, more than ${
        EVIDENCE_MAX_AGE_SECONDS / 60
      } minutes ago. Sign it again right before the upload.`,
    );
  }
  if (age < -CLOCK_AHEAD_MS) {
    throw new InputError(
      `The statement was signed ${issuedAt}, which is in the future. Set the clock of the pipeline.`,
    );
  }
}

/** Throws `InputError` for what the gate does not take, or takes in another form. */
export function demandValid(
  gate: Pick<ModelGate, 'evidenceTypes'> | undefined,
  { gate: id, predicateType, predicate }: EvidenceStatement,
): void {
  const types = gate?.evidenceTypes ?? {};
  if (!Object.hasOwn(types, predicateType)) {
    throw new InputError(
      `The check '${id}' does not take ${predicateType}. It takes: ${
        Object.keys(types).join(', ') || 'nothing from outside'
      }.`,
    );
  }
  types[predicateType](predicate as JsonObject);
}
