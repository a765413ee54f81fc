import type {
  AuthService,
  BackstageCredentials,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  modelBudgetManagePermission,
  modelGatewayManagePermission,
  type ModelGovernanceClient,
} from '@modelhub/backstage-plugin-models-common';

/** What of the usage somebody may see. */
export type Sight =
  | { all: true }
  | { all: false; profiles: string[]; teams: string[]; keys: string[] };

/** Who may see and change what. */
export class Visibility {
  static create(options: {
    auth: AuthService;
    permissions: PermissionsService;
    userInfo: UserInfoService;
    governance: Pick<ModelGovernanceClient, 'listAccessProfiles' | 'listKeys'>;
  }): Visibility {
    return new Visibility(options);
  }

  readonly #options: Parameters<typeof Visibility.create>[0];

  private constructor(options: Parameters<typeof Visibility.create>[0]) {
    this.#options = options;
  }

  /** Who calls, for the record. */
  refOf(credentials: BackstageCredentials): string {
    const { auth } = this.#options;
    if (auth.isPrincipal(credentials, 'user')) {
      return credentials.principal.userEntityRef;
    }
    if (auth.isPrincipal(credentials, 'service')) {
      return credentials.principal.subject;
    }
    throw new NotAllowedError('Sign in first.');
  }

  /** @throws NotAllowedError */
  async demand(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<string> {
    const ref = this.refOf(credentials);
    if (!(await this.#may(credentials, permission))) {
      throw new NotAllowedError(
        `This needs permission ${permission.name}. Ask the team that runs the model hub.`,
      );
    }
    return ref;
  }

  /** Everything for gateway managers, else what the caller's own profiles, teams and keys did. */
  async ofUsage(credentials: BackstageCredentials): Promise<Sight> {
    return this.#sight(credentials, [modelGatewayManagePermission]);
  }

  /** The caller's own profiles, teams and keys, whatever permissions they have. */
  async ofOwn(
    credentials: BackstageCredentials,
  ): Promise<Exclude<Sight, { all: true }>> {
    this.refOf(credentials);
    return this.#own(credentials);
  }

  /** As {@link Visibility.ofUsage}, and everything for who sets budgets. */
  async ofBudgets(credentials: BackstageCredentials): Promise<Sight> {
    return this.#sight(credentials, [
      modelBudgetManagePermission,
      modelGatewayManagePermission,
    ]);
  }

  async #sight(
    credentials: BackstageCredentials,
    permissions: BasicPermission[],
  ): Promise<Sight> {
    this.refOf(credentials);
    for (const permission of permissions) {
      if (await this.#may(credentials, permission)) return { all: true };
    }
    return this.#own(credentials);
  }

  async #own(
    credentials: BackstageCredentials,
  ): Promise<Exclude<Sight, { all: true }>> {
    const { auth, userInfo, governance } = this.#options;
    if (!auth.isPrincipal(credentials, 'user')) {
      return { all: false, profiles: [], teams: [], keys: [] };
    }
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'model-governance',
    });
    const [{ ownershipEntityRefs }, profiles, keys] = await Promise.all([
      userInfo.getUserInfo(credentials),
      governance.listAccessProfiles({ token }),
      governance.listKeys({}, { token }),
    ]);
    return {
      all: false,
      profiles: profiles.items.flatMap(({ id, mine }) => (mine ? [id] : [])),
      teams: ownershipEntityRefs,
      keys: keys.items.map(({ id }) => id),
    };
  }

  async #may(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<boolean> {
    const [{ result }] = await this.#options.permissions.authorize(
      [{ permission }],
      { credentials },
    );
    return result === AuthorizeResult.ALLOW;
  }
}
