import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type {
  Clock,
  IdempotencyKeys,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import type { LedgerStore } from '../ledger';
import type { Organisation } from '../organisation/Organisation';
import type { Outbox } from '../outbox';
import type { DefaultAccessDirectory } from './DefaultAccessDirectory';
import type { DatabaseGatewayKeyStore } from './DatabaseGatewayKeyStore';
import type { DatabaseScopeStore } from './DatabaseScopeStore';
import type { Guard } from './Guard';

/** Rows of this room. */
export interface AccessStores {
  scopes: DatabaseScopeStore;
  keys: DatabaseGatewayKeyStore;
}

/** What the services of this room share. */
export interface AccessDeps {
  stores: AccessStores;
  directory: DefaultAccessDirectory;
  guard: Guard;
  organisation: Organisation;
  transactions: Transactions;
  idempotency: IdempotencyKeys;
  ledger: LedgerStore;
  outbox: Outbox;
  clock: Clock;
}

/** One command, once for each idempotency key. */
export async function write<T extends object>(
  { idempotency, outbox, clock }: AccessDeps,
  options: { caller: string; key: string | undefined; request: object },
  work: (tx: Knex.Transaction, now: string) => Promise<T>,
): Promise<T> {
  const answer = await idempotency.run(options, tx =>
    work(tx, clock.now().toISOString()),
  );
  outbox.wake();
  return answer;
}

export const isUser = (ref: string) => ref.startsWith('user:');

export function canonicalRef(ref: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(ref));
  } catch {
    throw new InputError(
      `'${ref}' is not an entity reference such as group:default/checkout.`,
    );
  }
}
