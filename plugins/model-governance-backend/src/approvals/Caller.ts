import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { LedgerActor } from '../ledger/LedgerStore';

/** Who calls, as their credentials say. */
export type Caller =
  | {
      kind: 'user';
      ref: string;
      /** False when a service or an agent acts on the user's behalf. */
      inPerson: boolean;
      credentials: BackstageCredentials;
    }
  | { kind: 'service'; ref: string; credentials: BackstageCredentials };

/** Throws `NotAllowedError` for callers without an identity. */
export function callerOf(
  auth: AuthService,
  credentials: BackstageCredentials,
): Caller {
  if (auth.isPrincipal(credentials, 'user')) {
    const { userEntityRef, actor } = credentials.principal;
    return {
      kind: 'user',
      ref: userEntityRef,
      inPerson: actor === undefined,
      credentials,
    };
  }
  if (auth.isPrincipal(credentials, 'service')) {
    return {
      kind: 'service',
      ref: credentials.principal.subject,
      credentials,
    };
  }
  throw new NotAllowedError('Sign in first.');
}

/** The person behind the call; throws `NotAllowedError` for services. */
export function personOf(caller: Caller): string {
  if (caller.kind !== 'user') {
    throw new NotAllowedError(
      'Only a person does this. Call with the credentials of a user.',
    );
  }
  return caller.ref;
}

export function ledgerActor(caller: Caller | undefined): LedgerActor {
  if (!caller) return { kind: 'system' };
  return caller.kind === 'user'
    ? { kind: 'person', ref: caller.ref }
    : { kind: 'service', name: caller.ref };
}
