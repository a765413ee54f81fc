import type { AccessDeps } from './AccessDeps';
import type { KeyRecord } from './DatabaseGatewayKeyStore';
import { changeKey, keyNotice } from './keyEvents';
import type { KeyConfig } from './readKeyConfig';

const HOUR_MS = 3600_000;
const BATCH = 500;

/**
 * Nobody answers for a key whose owner is gone from the catalog: it is flagged
 * at once, and revoked unless the owner comes back within the grace period. A
 * catalog that does not answer flags nothing.
 */
export class KeyOwnerWatch {
  static create(deps: AccessDeps, config: KeyConfig): KeyOwnerWatch {
    return new KeyOwnerWatch(deps, config);
  }

  readonly #deps: AccessDeps;
  readonly #config: KeyConfig;

  private constructor(deps: AccessDeps, config: KeyConfig) {
    this.#deps = deps;
    this.#config = config;
  }

  /** Compares all live keys; meant for one replica at a time. */
  async run(): Promise<void> {
    const { stores, clock, outbox } = this.#deps;
    const now = clock.now();
    const keys = await stores.keys.live(now.toISOString());
    const there = await this.#existing([
      ...new Set(keys.map(({ owner }) => owner)),
    ]);
    for (const key of keys) {
      const { ownerMissingSince: since } = key;
      if (there.has(key.owner)) {
        if (since) await this.#returned(key);
      } else if (!since) {
        await this.#flag(key, now);
      } else if (now.getTime() >= this.#end(since)) {
        await this.#revoke(key, now);
      }
    }
    outbox.wake();
  }

  async #existing(owners: string[]): Promise<Set<string>> {
    const found = new Set<string>();
    for (let at = 0; at < owners.length; at += BATCH) {
      const some = await this.#deps.organisation.existing(
        owners.slice(at, at + BATCH),
      );
      some.forEach(owner => found.add(owner));
    }
    return found;
  }

  async #flag(key: KeyRecord, now: Date): Promise<void> {
    const { stores, outbox } = this.#deps;
    const since = now.toISOString();
    const revokedAfter = new Date(this.#end(since)).toISOString();
    const profile = await stores.scopes.profile(key.profile);
    await changeKey(
      this.#deps,
      key,
      'key.owner-missing',
      { revokedAfter },
      async tx => {
        if (!(await stores.keys.noteOwner(tx, key.id, since))) return false;
        const recipients = [key.issuedBy, profile?.owner].filter(
          (ref): ref is string => /^(user|group):/.test(ref ?? ''),
        );
        await outbox.add(tx, [
          keyNotice(key, {
            recipients: [...new Set(recipients)],
            title: `The owner of gateway key ${key.name} is gone`,
            description: `${key.owner} is not in the catalog any more. The key is revoked after ${revokedAfter} unless it comes back. Issue another one for another owner.`,
          }),
        ]);
        return true;
      },
    );
  }

  async #returned(key: KeyRecord): Promise<void> {
    const { stores } = this.#deps;
    await changeKey(this.#deps, key, 'key.owner-returned', {}, tx =>
      stores.keys.noteOwner(tx, key.id, undefined),
    );
  }

  async #revoke(key: KeyRecord, now: Date): Promise<void> {
    const { stores } = this.#deps;
    await changeKey(
      this.#deps,
      key,
      'key.revoked',
      { because: 'owner-missing' },
      tx => stores.keys.revoke(tx, key.id, now.toISOString()),
    );
  }

  #end(since: string): number {
    return Date.parse(since) + this.#config.ownerGraceHours * HOUR_MS;
  }
}
