import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  modelPolicyReadPermission,
  type PolicySet,
} from '@modelhub/backstage-plugin-models-common';
import type { PolicyService } from './PolicyService';

/** Policies for those who may read them. */
export class AuthorizedPolicyReader {
  static create(options: {
    policies: Pick<PolicyService, 'describe'>;
    permissions: PermissionsService;
  }): AuthorizedPolicyReader {
    return new AuthorizedPolicyReader(options.policies, options.permissions);
  }

  readonly #policies: Pick<PolicyService, 'describe'>;
  readonly #permissions: PermissionsService;

  private constructor(
    policies: Pick<PolicyService, 'describe'>,
    permissions: PermissionsService,
  ) {
    this.#policies = policies;
    this.#permissions = permissions;
  }

  async read(credentials: BackstageCredentials): Promise<PolicySet> {
    const [decision] = await this.#permissions.authorize(
      [{ permission: modelPolicyReadPermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        'Reading policies needs permission model.policy.read.',
      );
    }
    return this.#policies.describe();
  }
}
