import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import type { LedgerActor } from '../ledger';
import { isUser, type AccessDeps } from './AccessDeps';
import type { KeyRecord } from './DatabaseGatewayKeyStore';

export type KeyEvent =
  | 'key.issued'
  | 'key.bound'
  | 'key.rotated'
  | 'key.revoked'
  | 'key.owner-missing'
  | 'key.owner-returned'
  | 'key.owner-left'
  | 'key.owner-rejoined';

/**
 * Into the ledger, and to the gateways. People wrote the name of the key: it
 * can be erased.
 */
export async function recordKey(
  { ledger, outbox }: Pick<AccessDeps, 'ledger' | 'outbox'>,
  tx: Knex.Transaction,
  options: {
    actor: LedgerActor;
    type: KeyEvent;
    key: KeyRecord;
    payload?: JsonObject;
  },
): Promise<void> {
  const { actor, type, key, payload } = options;
  const { id, name, profile, purpose, tier, owner, endpoint } = key;
  const [event] = await ledger.append(tx, [
    {
      actor,
      subject: `key:${id}`,
      type,
      payload: {
        profile,
        purpose,
        tier,
        ...(endpoint && { endpoint: endpoint.id }),
        ...(!isUser(owner) && { owner }),
        ...payload,
      },
      ...(isUser(owner) && { people: { owner } }),
      text: name,
    },
  ]);
  await outbox.add(tx, [{ topic: 'allowlist', payload: { seq: event.seq } }]);
}

/**
 * What the hub itself does to a key, in one transaction with its event.
 *
 * @param change - whether it changed anything; without that nothing is recorded
 */
export async function changeKey(
  deps: AccessDeps,
  key: KeyRecord,
  type: KeyEvent,
  payload: JsonObject,
  change: (tx: Knex.Transaction) => Promise<boolean>,
): Promise<void> {
  await deps.transactions.run(async tx => {
    if (await change(tx)) {
      const actor = { kind: 'system' as const };
      await recordKey(deps, tx, { actor, type, key, payload });
    }
  });
}

/** For the outbox: people hear that something is wrong with a key. */
export const keyNotice = (
  key: KeyRecord,
  notice: { recipients: string[]; title: string; description: string },
) => ({
  topic: 'notification' as const,
  payload: {
    ...notice,
    link: '/model-governance/gateways',
    severity: 'high' as const,
    scope: `model-governance:key:${key.id}`,
  },
});
