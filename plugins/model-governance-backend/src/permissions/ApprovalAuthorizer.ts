import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
  type PermissionCriteria,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
  type PermissionRuleset,
} from '@backstage/plugin-permission-node';
import {
  modelApprovalReadPermission,
  type RESOURCE_TYPE_MODEL_APPROVAL,
} from '@modelhub/backstage-plugin-models-common';
import type { ApprovalFilter, ModelApprovalResource } from './rules';

/** The rules about approvals, those of modules included. */
export type ModelApprovalRuleset = PermissionRuleset<
  ModelApprovalResource,
  ApprovalFilter,
  typeof RESOURCE_TYPE_MODEL_APPROVAL
>;

/** Permission decisions about approvals, as predicates and as filters. */
export class ApprovalAuthorizer {
  static create(options: {
    permissions: PermissionsService;
    ruleset: ModelApprovalRuleset;
  }): ApprovalAuthorizer {
    return new ApprovalAuthorizer(options.permissions, options.ruleset);
  }

  readonly #permissions: PermissionsService;
  readonly #ruleset: ModelApprovalRuleset;

  private constructor(
    permissions: PermissionsService,
    ruleset: ModelApprovalRuleset,
  ) {
    this.#permissions = permissions;
    this.#ruleset = ruleset;
  }

  async may(
    credentials: BackstageCredentials,
    permissions: BasicPermission[],
  ): Promise<boolean[]> {
    const decisions = await this.#permissions.authorize(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    return decisions.map(({ result }) => result === AuthorizeResult.ALLOW);
  }

  /** Throws `NotAllowedError`. */
  async demand(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    const [allowed] = await this.may(credentials, [permission]);
    if (!allowed) {
      throw new NotAllowedError(`This needs permission ${permission.name}.`);
    }
  }

  /** For each permission, whether it covers the approval. */
  async mayOn(
    credentials: BackstageCredentials,
    permissions: ResourcePermission[],
    approval: ModelApprovalResource,
  ): Promise<boolean[]> {
    const decisions = await this.#permissions.authorizeConditional(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    const covers = createConditionAuthorizer(this.#ruleset);
    return decisions.map(decision => covers(decision, approval));
  }

  /** Ids of the approvals that the permission covers. */
  async allowedOf(
    credentials: BackstageCredentials,
    permission: ResourcePermission,
    approvals: ModelApprovalResource[],
  ): Promise<Set<string>> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    const covers = createConditionAuthorizer(this.#ruleset);
    return new Set(
      approvals
        .filter(approval => covers(decision, approval))
        .map(({ id }) => id),
    );
  }

  /** Ids of the approvals that the caller may read. */
  async readableOf(
    credentials: BackstageCredentials,
    approvals: ModelApprovalResource[],
  ): Promise<Set<string>> {
    return this.allowedOf(credentials, modelApprovalReadPermission, approvals);
  }

  /**
   * What the caller may read: nothing (undefined), or what meets the criteria;
   * without criteria everything.
   */
  async readable(
    credentials: BackstageCredentials,
  ): Promise<{ criteria?: PermissionCriteria<ApprovalFilter> } | undefined> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission: modelApprovalReadPermission }],
      { credentials },
    );
    if (decision.result === AuthorizeResult.DENY) return undefined;
    if (decision.result !== AuthorizeResult.CONDITIONAL) return {};
    const transform = createConditionTransformer(this.#ruleset);
    return { criteria: transform(decision.conditions) };
  }
}
