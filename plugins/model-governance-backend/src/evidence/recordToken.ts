import type { Knex } from 'knex';
import type { LedgerActor } from '../ledger';
import type { EvidenceDeps } from './EvidenceDeps';
import type { TokenRecord } from './TokenStore';

const isUser = (ref: string) => ref.startsWith('user:');

/** Into the ledger. People wrote the name of the token: it can be erased. */
export async function recordToken(
  { ledger, outbox }: Pick<EvidenceDeps, 'ledger' | 'outbox'>,
  tx: Knex.Transaction,
  type:
    | 'evidence-token.issued'
    | 'evidence-token.exchanged'
    | 'evidence-token.revoked',
  token: TokenRecord,
  { actor }: { actor: LedgerActor },
): Promise<void> {
  const { id, keyId, entityRef, modelVersion, pin, gates, owner } = token;
  await ledger.append(tx, [
    {
      actor,
      subject: `evidence-token:${id}`,
      type,
      payload: {
        keyId,
        modelVersion,
        pin,
        gates,
        expiresAt: token.expiresAt,
        ...(!isUser(owner) && { owner }),
        ...(token.identity && { issuer: token.identity.iss }),
      },
      ...(isUser(owner) && { people: { owner } }),
      text: token.name,
      entityRef,
    },
  ]);
  await outbox.add(tx, [{ topic: 'signal', payload: { type, entityRef } }]);
}
