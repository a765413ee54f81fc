import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  modelAccessManagePermission,
  type AccessProfile,
  type AccessProfileInput,
} from '@modelhub/backstage-plugin-models-common';
import { canonicalRef, write, type AccessDeps } from './AccessDeps';
import { changedFields } from './changes';
import { checkedSettings, DEFAULT_SETTINGS } from './profileSettings';
import { recordProfile } from './scopeEvents';

const missing = (id: string) =>
  new NotFoundError(`There is no access profile '${id}'. Create it first.`);

/** Enforcement and settings that are not sent stay as they are. */
function merged(
  input: AccessProfileInput,
  before?: AccessProfile,
): AccessProfile {
  return {
    ...input,
    owner: input.owner === undefined ? undefined : canonicalRef(input.owner),
    members: [...new Set(input.members.map(canonicalRef))].sort(),
    enforcement: input.enforcement ?? before?.enforcement ?? 'enforce',
    settings:
      input.settings === undefined
        ? before?.settings ?? DEFAULT_SETTINGS
        : checkedSettings(input.settings),
  };
}

/** Access profiles: who may call, and how gateways treat their calls. */
export class ProfileService {
  static create(deps: AccessDeps): ProfileService {
    return new ProfileService(deps);
  }

  readonly #deps: AccessDeps;

  private constructor(deps: AccessDeps) {
    this.#deps = deps;
  }

  async list(credentials: BackstageCredentials): Promise<AccessProfile[]> {
    const { stores, directory, guard } = this.#deps;
    const { kind, ref } = guard.principal(credentials);
    const profiles = await stores.scopes.profiles();
    const mine = kind === 'user' ? await directory.profilesOf(ref) : undefined;
    return profiles.map(profile => ({
      ...profile,
      mine: mine?.has(profile.id) ?? false,
    }));
  }

  async create(
    credentials: BackstageCredentials,
    input: AccessProfileInput,
    idempotencyKey?: string,
  ): Promise<AccessProfile> {
    const { guard, stores } = this.#deps;
    const principal = await guard.demand(
      credentials,
      modelAccessManagePermission,
    );
    const profile = await this.#checked(input);
    return write(
      this.#deps,
      {
        caller: principal.ref,
        key: idempotencyKey,
        request: { command: 'profile.create', input },
      },
      async (tx, now) => {
        if (!(await stores.scopes.addProfile(tx, profile, now))) {
          throw new ConflictError(
            `There is an access profile '${profile.id}' already. Change it, or choose another id.`,
          );
        }
        await recordProfile(this.#deps, tx, principal.actor, profile);
        return profile;
      },
    );
  }

  async update(
    credentials: BackstageCredentials,
    id: string,
    input: AccessProfileInput,
    idempotencyKey?: string,
  ): Promise<AccessProfile> {
    const { guard, stores } = this.#deps;
    const principal = await guard.demand(
      credentials,
      modelAccessManagePermission,
    );
    if (input.id !== id) {
      throw new InputError(
        `The id of a profile does not change: send '${id}', not '${input.id}'.`,
      );
    }
    const known = await stores.scopes.profile(id);
    if (!known) throw missing(id);
    await this.#checked(input, known);
    return write(
      this.#deps,
      {
        caller: principal.ref,
        key: idempotencyKey,
        request: { command: 'profile.update', input },
      },
      async (tx, now) => {
        const before = await stores.scopes.lockProfile(tx, id);
        if (!before) throw missing(id);
        const profile = merged(input, before);
        const changed = changedFields(before, profile);
        if (changed.length === 0) return before;
        await stores.scopes.changeProfile(tx, profile, now);
        await recordProfile(this.#deps, tx, principal.actor, profile, {
          before,
          changed,
        });
        return profile;
      },
    );
  }

  async #checked(
    input: AccessProfileInput,
    before?: AccessProfile,
  ): Promise<AccessProfile> {
    const { organisation } = this.#deps;
    const profile = merged(input, before);
    const { members, owner } = profile;
    const known = new Set(before?.members);
    const asked = [...members, ...(owner ? [owner] : [])].filter(
      ref => !known.has(ref),
    );
    const existing = await organisation.existing(asked);
    const stranger = asked.find(ref => !existing.has(ref));
    if (stranger) {
      throw new InputError(
        `'${stranger}' is not in the catalog. Members and owners are catalog entities.`,
      );
    }
    return profile;
  }
}
