import { sha256Hex } from '../crypto/sha256';
import { tierRank } from '../snapshot/tiers';
import type {
  SnapshotContent,
  SnapshotGrant,
  SnapshotKey,
  SnapshotModel,
  SnapshotProfile,
  SnapshotPurpose,
  SnapshotTier,
  Tier,
} from '../snapshot/types';

/** A grant with what the decision compares, worked out once. */
export interface IndexedGrant {
  grant: SnapshotGrant;
  /** See `tierRank`. */
  rank: number;
  /** Milliseconds since the epoch; NaN never counts as live. */
  expiresAt: number;
}

/** A secret that was rotated away and still holds for a while. */
interface PreviousSecret {
  key: SnapshotKey;
  /** Milliseconds since the epoch. */
  until: number;
}

type Scopes<T> = Map<string, Map<string, T>>;

const NONE: readonly IndexedGrant[] = [];

const noWildcard = ({ gatewayId }: { gatewayId: string }) =>
  !gatewayId.includes('*');

/**
 * A snapshot's content, ready to decide: every question is a few `Map`
 * look-ups, however many models and keys there are.
 *
 * Ids are compared exactly and with case. Ids that hold a `*` are left out, so
 * that a wildcard can neither be granted nor asked for.
 *
 * @public
 */
export class AllowlistIndex {
  readonly content: SnapshotContent;
  readonly #profiles: Map<string, SnapshotProfile>;
  readonly #keys: Map<string, SnapshotKey>;
  readonly #previous: Map<string, PreviousSecret>;
  readonly #purposes: Map<string, SnapshotPurpose>;
  readonly #tiers: Map<string, SnapshotTier>;
  readonly #models: Map<string, SnapshotModel>;
  /** By gateway id, then profile, then purpose; newest approval first. */
  readonly #grants: Map<string, Scopes<IndexedGrant[]>>;
  /** Gateway ids by profile, then purpose. */
  readonly #scopes: Scopes<string[]>;

  private constructor(content: SnapshotContent, previous?: AllowlistIndex) {
    const old = previous?.content;
    this.content = content;
    this.#profiles = byName(content.profiles, profile => profile.id);
    this.#purposes = byName(content.purposes, purpose => purpose.id);
    this.#tiers = byName(content.tiers, tier => tier.id);
    if (previous && old?.keys === content.keys) {
      this.#keys = previous.#keys;
      this.#previous = previous.#previous;
    } else {
      this.#keys = byName(content.keys, key => key.hash);
      this.#previous = indexPrevious(content.keys);
    }
    this.#models =
      previous && old?.models === content.models
        ? previous.#models
        : byName(content.models.filter(noWildcard), model => model.gatewayId);
    if (previous && old?.grants === content.grants) {
      this.#grants = previous.#grants;
      this.#scopes = previous.#scopes;
    } else {
      this.#grants = indexGrants(content.grants);
      this.#scopes = indexScopes(this.#grants);
    }
  }

  /**
   * @param previous - an index whose untouched parts are taken over; what
   * `applyDelta` did not touch is not indexed again
   */
  static create(
    content: SnapshotContent,
    previous?: AllowlistIndex,
  ): AllowlistIndex {
    return new AllowlistIndex(content, previous);
  }

  /**
   * The key with this secret, expired or not. A secret from before the last
   * rotation is known until its overlap ends.
   */
  keyOfSecret(secret: string, now: Date): SnapshotKey | undefined {
    return this.keyOfHash(sha256Hex(secret), now);
  }

  /** As {@link AllowlistIndex.keyOfSecret}, for who has hashed it already. */
  keyOfHash(hash: string, now: Date): SnapshotKey | undefined {
    const key = this.#keys.get(hash);
    if (key || this.#previous.size === 0) {
      return key;
    }
    const previous = this.#previous.get(hash);
    return previous && previous.until > now.getTime()
      ? previous.key
      : undefined;
  }

  purpose(id: string): SnapshotPurpose | undefined {
    return this.#purposes.get(id);
  }

  tier(id: Tier): SnapshotTier | undefined {
    return this.#tiers.get(id);
  }

  profile(id: string): SnapshotProfile | undefined {
    return this.#profiles.get(id);
  }

  model(gatewayId: string): SnapshotModel | undefined {
    return this.#models.get(gatewayId);
  }

  /** Every known model, in order of its gateway id. */
  models(): Iterable<SnapshotModel> {
    return this.#models.values();
  }

  /**
   * Grants of a model, newest approval first. Without a profile or purpose,
   * those of any.
   *
   * @internal
   */
  grantsOf(
    gatewayId: string,
    profile: string | undefined,
    purpose: string | undefined,
  ): readonly IndexedGrant[] {
    const profiles = this.#grants.get(gatewayId);
    if (!profiles) {
      return NONE;
    }
    if (profile !== undefined && purpose !== undefined) {
      return profiles.get(profile)?.get(purpose) ?? NONE;
    }
    const found: IndexedGrant[] = [];
    for (const [name, purposes] of profiles) {
      if (profile === undefined || profile === name) {
        for (const [use, grants] of purposes) {
          if (purpose === undefined || purpose === use) {
            found.push(...grants);
          }
        }
      }
    }
    return found.sort(newestFirst);
  }

  /** Gateway ids with any grant for a profile and purpose, live or not. */
  grantedIds(profile: string, purpose: string): readonly string[] {
    return this.#scopes.get(profile)?.get(purpose) ?? [];
  }
}

function byName<T>(items: T[], nameOf: (item: T) => string): Map<string, T> {
  const map = new Map<string, T>();
  for (const item of items) {
    map.set(nameOf(item), item);
  }
  return map;
}

function indexPrevious(keys: SnapshotKey[]): Map<string, PreviousSecret> {
  const map = new Map<string, PreviousSecret>();
  for (const key of keys) {
    if (key.previous) {
      const until = Date.parse(key.previous.until);
      map.set(key.previous.hash, { key, until });
    }
  }
  return map;
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function newestFirst(a: IndexedGrant, b: IndexedGrant): number {
  const byDate =
    Date.parse(b.grant.approvedAt) - Date.parse(a.grant.approvedAt);
  if (byDate !== 0) {
    return byDate;
  }
  return a.grant.id < b.grant.id ? 1 : -1;
}

function indexGrants(grants: SnapshotGrant[]) {
  const index = new Map<string, Scopes<IndexedGrant[]>>();
  for (const grant of grants.filter(noWildcard)) {
    const profiles = getOrAdd(
      index,
      grant.gatewayId,
      (): Scopes<IndexedGrant[]> => new Map(),
    );
    const purposes = getOrAdd(
      profiles,
      grant.profile,
      () => new Map<string, IndexedGrant[]>(),
    );
    const list = getOrAdd(purposes, grant.purpose, (): IndexedGrant[] => []);
    list.push({
      grant,
      rank: tierRank(grant.tier),
      expiresAt: Date.parse(grant.expiresAt),
    });
    if (list.length > 1) {
      list.sort(newestFirst);
    }
  }
  return index;
}

function indexScopes(grants: Map<string, Scopes<IndexedGrant[]>>) {
  const scopes: Scopes<string[]> = new Map();
  for (const [gatewayId, profiles] of grants) {
    for (const [profile, purposes] of profiles) {
      for (const purpose of purposes.keys()) {
        const uses = getOrAdd(
          scopes,
          profile,
          () => new Map<string, string[]>(),
        );
        getOrAdd(uses, purpose, (): string[] => []).push(gatewayId);
      }
    }
  }
  return scopes;
}
