import type {
  AccessProfile,
  Purpose,
} from '@modelhub/backstage-plugin-models-common';
import type { LedgerActor } from '../ledger';
import { canonicalRef, type AccessDeps } from './AccessDeps';
import { DEFAULT_SETTINGS } from './profileSettings';
import { recordProfile, recordPurpose } from './scopeEvents';

/** Add what the configuration declares and is not there yet. */
export async function declareScopes(
  deps: AccessDeps,
  declared: { profiles: AccessProfile[]; purposes: Purpose[] },
): Promise<void> {
  const { transactions, stores, clock, outbox } = deps;
  const system: LedgerActor = { kind: 'system' };
  await transactions.run(async tx => {
    const now = clock.now().toISOString();
    for (const purpose of declared.purposes) {
      if (await stores.scopes.addPurpose(tx, purpose, now)) {
        await recordPurpose(deps, tx, system, purpose);
      }
    }
    for (const input of declared.profiles) {
      const profile = {
        ...input,
        members: input.members.map(canonicalRef),
        settings: input.settings ?? DEFAULT_SETTINGS,
      };
      if (await stores.scopes.addProfile(tx, profile, now)) {
        await recordProfile(deps, tx, system, profile);
      }
    }
  });
  outbox.wake();
}
