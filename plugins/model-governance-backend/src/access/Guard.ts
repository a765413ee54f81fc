import type {
  AuthService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import type { LedgerActor } from '../ledger';

/** Who calls, as their credentials say. */
export interface Principal {
  kind: 'user' | 'service';
  /** Entity ref of the user, or subject of the service. */
  ref: string;
  actor: LedgerActor;
}

/** Identity and permissions of callers. */
export class Guard {
  static create(options: {
    auth: AuthService;
    permissions: PermissionsService;
  }): Guard {
    return new Guard(options.auth, options.permissions);
  }

  readonly #auth: AuthService;
  readonly #permissions: PermissionsService;

  private constructor(auth: AuthService, permissions: PermissionsService) {
    this.#auth = auth;
    this.#permissions = permissions;
  }

  /** @throws NotAllowedError for callers without an identity */
  principal(credentials: BackstageCredentials): Principal {
    if (this.#auth.isPrincipal(credentials, 'user')) {
      const ref = credentials.principal.userEntityRef;
      return { kind: 'user', ref, actor: { kind: 'person', ref } };
    }
    if (this.#auth.isPrincipal(credentials, 'service')) {
      const ref = credentials.principal.subject;
      return { kind: 'service', ref, actor: { kind: 'service', name: ref } };
    }
    throw new NotAllowedError('Sign in first.');
  }

  async may(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<boolean> {
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    return decision.result === AuthorizeResult.ALLOW;
  }

  /** Whether the permission is given for every resource, without conditions. */
  async mayAll(
    credentials: BackstageCredentials,
    permission: ResourcePermission,
  ): Promise<boolean> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    return decision.result === AuthorizeResult.ALLOW;
  }

  /** @throws NotAllowedError */
  async demand(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<Principal> {
    const principal = this.principal(credentials);
    if (!(await this.may(credentials, permission))) {
      throw new NotAllowedError(
        `This needs permission ${permission.name}. Ask the team that runs the model hub.`,
      );
    }
    return principal;
  }
}
