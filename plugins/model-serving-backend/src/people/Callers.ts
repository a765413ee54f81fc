import type {
  AuthService,
  BackstageCredentials,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  modelEndpointCreatePermission,
  modelServingManagePermission,
} from '@modelhub/backstage-plugin-models-common';
import type { Person } from '../access';

/** Who calls, and what the caller may do. */
export interface Caller {
  credentials: BackstageCredentials;
  /** Undefined for services. */
  person?: Person;
  /** Entity ref of a user, or the subject of a service; for the record. */
  ref: string;
  /** Entity refs of groups. */
  teams: string[];
  mayCreate: boolean;
  managesAll: boolean;
}

const isGroup = (ref: string) =>
  parseEntityRef(ref).kind.toLocaleLowerCase('en-US') === 'group';

/** Asks who somebody is and what they may do. */
export class Callers {
  static create(options: {
    auth: AuthService;
    permissions: PermissionsService;
    userInfo: UserInfoService;
  }): Callers {
    return new Callers(options);
  }

  readonly #options: Parameters<typeof Callers.create>[0];

  private constructor(options: Parameters<typeof Callers.create>[0]) {
    this.#options = options;
  }

  async callerOf(credentials: BackstageCredentials): Promise<Caller> {
    const { auth, userInfo } = this.#options;
    const [mayCreate, managesAll] = await this.#may(credentials, [
      modelEndpointCreatePermission,
      modelServingManagePermission,
    ]);
    if (auth.isPrincipal(credentials, 'user')) {
      const ref = credentials.principal.userEntityRef;
      const { ownershipEntityRefs: refs } = await userInfo.getUserInfo(
        credentials,
      );
      return {
        credentials,
        person: { ref, refs: [...new Set([ref, ...refs])] },
        ref,
        teams: refs.filter(isGroup),
        mayCreate,
        managesAll,
      };
    }
    if (auth.isPrincipal(credentials, 'service')) {
      const { subject } = credentials.principal;
      return { credentials, ref: subject, teams: [], mayCreate, managesAll };
    }
    throw new NotAllowedError('Sign in first.');
  }

  async #may(
    credentials: BackstageCredentials,
    permissions: BasicPermission[],
  ): Promise<boolean[]> {
    const answers = await this.#options.permissions.authorize(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    return answers.map(({ result }) => result === AuthorizeResult.ALLOW);
  }
}
