import type { AccessDeps } from './AccessDeps';
import type { KeyRecord } from './DatabaseGatewayKeyStore';
import { changeKey, keyNotice } from './keyEvents';
import type { KeyConfig } from './readKeyConfig';

const HOUR_MS = 3600_000;

/**
 * A key is for members of its profile. When its owner leaves, gateways refuse
 * it from the next look on; it is revoked unless the owner comes back within
 * the grace period. Owners who never were members, for whom somebody who
 * manages gateways issued the key, keep theirs. A catalog that does not answer
 * changes nothing.
 */
export class KeyMemberWatch {
  static create(deps: AccessDeps, config: KeyConfig): KeyMemberWatch {
    return new KeyMemberWatch(deps, config);
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
    const members = await this.#members();
    const seen: string[] = [];
    for (const key of await stores.keys.live(now.toISOString())) {
      const { ownerLeftSince: since, ownerWasMember } = key;
      if (members.get(key.profile)?.has(key.owner)) {
        if (!ownerWasMember) seen.push(key.id);
        if (since) await this.#rejoined(key);
      } else if (ownerWasMember && !since) {
        await this.#left(key, now);
      } else if (since && now.getTime() >= this.#end(since)) {
        await this.#revoke(key, now);
      }
    }
    await stores.keys.noteMembers(seen);
    outbox.wake();
  }

  /** Of each profile: people and what else it names, and the people of its groups. */
  async #members(): Promise<Map<string, Set<string>>> {
    const { stores, organisation } = this.#deps;
    const members = new Map<string, Set<string>>();
    for (const profile of await stores.scopes.profiles()) {
      const groups = profile.members.filter(ref => ref.startsWith('group:'));
      const people =
        groups.length > 0 ? await organisation.membersOf(groups) : [];
      members.set(profile.id, new Set([...profile.members, ...people]));
    }
    return members;
  }

  async #left(key: KeyRecord, now: Date): Promise<void> {
    const { stores, outbox } = this.#deps;
    const since = now.toISOString();
    const revokedAfter = new Date(this.#end(since)).toISOString();
    await changeKey(
      this.#deps,
      key,
      'key.owner-left',
      { revokedAfter },
      async tx => {
        if (!(await stores.keys.noteMember(tx, key.id, since))) return false;
        await outbox.add(tx, [
          keyNotice(key, {
            recipients: /^(user|group):/.test(key.owner) ? [key.owner] : [],
            title: `Gateway key ${key.name} is refused`,
            description: `${key.owner} is no longer a member of access profile ${key.profile}, so gateways do not take the key. It is revoked after ${revokedAfter} unless that changes.`,
          }),
        ]);
        return true;
      },
    );
  }

  async #rejoined(key: KeyRecord): Promise<void> {
    await changeKey(this.#deps, key, 'key.owner-rejoined', {}, tx =>
      this.#deps.stores.keys.noteMember(tx, key.id, undefined),
    );
  }

  async #revoke(key: KeyRecord, now: Date): Promise<void> {
    await changeKey(
      this.#deps,
      key,
      'key.revoked',
      { because: 'owner-left' },
      tx => this.#deps.stores.keys.revoke(tx, key.id, now.toISOString()),
    );
  }

  #end(since: string): number {
    return Date.parse(since) + this.#config.ownerGraceHours * HOUR_MS;
  }
}
