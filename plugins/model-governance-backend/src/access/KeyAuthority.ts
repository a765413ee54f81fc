import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  modelEndpointCreatePermission,
  modelGatewayManagePermission,
  modelKeyIssuePermission,
} from '@modelhub/backstage-plugin-models-common';
import type { AccessDeps } from './AccessDeps';
import type { KeyRecord } from './DatabaseGatewayKeyStore';
import type { Principal } from './Guard';

const OWNER_KINDS = ['user', 'group', 'component'];

/** Who may do what with gateway keys. */
export class KeyAuthority {
  static create(deps: AccessDeps): KeyAuthority {
    return new KeyAuthority(deps);
  }

  readonly #deps: AccessDeps;

  private constructor(deps: AccessDeps) {
    this.#deps = deps;
  }

  async managesAll(credentials: BackstageCredentials): Promise<boolean> {
    return this.#deps.guard.may(credentials, modelGatewayManagePermission);
  }

  /**
   * A key that the caller has to do with.
   *
   * @throws NotFoundError also when there is one that is not theirs
   */
  async known(
    credentials: BackstageCredentials,
    principal: Principal,
    id: string,
  ): Promise<KeyRecord> {
    const { stores, organisation } = this.#deps;
    const key = await stores.keys.get(id);
    const isMine =
      key !== undefined &&
      (key.issuedBy === principal.ref ||
        (principal.kind === 'user' &&
          (await organisation.belongsTo(principal.ref, [key.owner]))));
    if (!key || (!isMine && !(await this.managesAll(credentials)))) {
      throw new NotFoundError(`You have no key ${id}.`);
    }
    return key;
  }

  /** The owner of a key that is to be issued; the caller by default. */
  async owner(principal: Principal, wanted?: string): Promise<string> {
    if (wanted === undefined) {
      if (principal.kind === 'user') return principal.ref;
      throw new InputError(
        'A service has to say who owns the key: send owner, a group or component of the catalog.',
      );
    }
    let owner: string;
    try {
      owner = stringifyEntityRef(parseEntityRef(wanted));
    } catch {
      throw new InputError(
        `owner '${wanted}' is not an entity reference such as component:default/checkout.`,
      );
    }
    if (!OWNER_KINDS.includes(parseEntityRef(owner).kind)) {
      throw new InputError(
        `owner '${owner}' cannot own a key. Choose a group, a component or a user.`,
      );
    }
    if (!(await this.#deps.organisation.exists(owner))) {
      throw new InputError(
        `owner '${owner}' is not in the catalog. Choose a group or component that is.`,
      );
    }
    return owner;
  }

  /** Whether the caller may hand out a secret of such a key, now. */
  async demandIssue(
    credentials: BackstageCredentials,
    principal: Principal,
    key: Pick<KeyRecord, 'profile' | 'purpose' | 'owner'> & {
      endpoint?: object | string;
    },
  ): Promise<void> {
    const { guard, stores, organisation } = this.#deps;
    const [profile, purpose] = await Promise.all([
      stores.scopes.profile(key.profile),
      stores.scopes.purpose(key.purpose),
    ]);
    if (!profile) {
      throw new InputError(
        `There is no access profile '${key.profile}'. GET /access-profiles lists them.`,
      );
    }
    if (!purpose) {
      throw new InputError(
        `There is no purpose '${key.purpose}'. GET /purposes lists them.`,
      );
    }
    if (await this.managesAll(credentials)) return;
    await guard.demand(
      credentials,
      key.endpoint ? modelEndpointCreatePermission : modelKeyIssuePermission,
    );
    const member =
      principal.kind === 'user' &&
      (await organisation.belongsTo(principal.ref, profile.members));
    if (!member) {
      throw new NotAllowedError(
        `You are not a member of access profile '${profile.id}'. Ask one of its members for a key, or its owner to add your group.`,
      );
    }
    // A key in another person's name would outlive what the issuer may do.
    const ownsIt =
      key.owner === principal.ref ||
      (parseEntityRef(key.owner).kind !== 'user' &&
        (profile.members.includes(key.owner) ||
          (await organisation.belongsTo(principal.ref, [key.owner]))));
    if (!ownsIt) {
      throw new NotAllowedError(
        `You issue keys for yourself, your groups, and groups and components of the profile, not for ${key.owner}.`,
      );
    }
  }
}
