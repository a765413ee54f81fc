import type { Organisation } from '../organisation/Organisation';
import type { AccessDirectory } from './AccessService';
import type { DatabaseScopeStore } from './DatabaseScopeStore';

export class DefaultAccessDirectory implements AccessDirectory {
  static create(options: {
    store: DatabaseScopeStore;
    organisation: Organisation;
  }): DefaultAccessDirectory {
    return new DefaultAccessDirectory(options.store, options.organisation);
  }

  readonly #store: DatabaseScopeStore;
  readonly #organisation: Organisation;

  private constructor(store: DatabaseScopeStore, organisation: Organisation) {
    this.#store = store;
    this.#organisation = organisation;
  }

  profile(id: string) {
    return this.#store.profile(id);
  }

  profiles() {
    return this.#store.profiles();
  }

  purpose(id: string) {
    return this.#store.purpose(id);
  }

  purposes() {
    return this.#store.purposes();
  }

  async isMember(profileId: string, userRef: string): Promise<boolean> {
    const profile = await this.#store.profile(profileId);
    return (
      profile !== undefined &&
      this.#organisation.belongsTo(userRef, profile.members)
    );
  }

  /** Ids of all profiles that the user is a member of. */
  async profilesOf(userRef: string): Promise<Set<string>> {
    const [profiles, groups] = await Promise.all([
      this.#store.profiles(),
      this.#organisation.groupsOf(userRef),
    ]);
    const mine = new Set([userRef, ...groups]);
    return new Set(
      profiles
        .filter(profile => profile.members.some(ref => mine.has(ref)))
        .map(profile => profile.id),
    );
  }
}
