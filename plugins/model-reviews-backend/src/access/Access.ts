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
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
  type PermissionRuleset,
} from '@backstage/plugin-permission-node';
import {
  modelReviewCreatePermission,
  modelReviewModeratePermission,
  modelReviewReadPermission,
  modelReviewUpdatePermission,
  type RESOURCE_TYPE_MODEL_REVIEW,
} from '@modelhub/backstage-plugin-models-common';
import type { ContributionRow, Sight } from '../contributions';
import type { ModelReviewFilter, ModelReviewResource } from '../permissions';

/** The rules about contributions, those of modules included. */
export type ModelReviewRuleset = PermissionRuleset<
  ModelReviewResource,
  ModelReviewFilter,
  typeof RESOURCE_TYPE_MODEL_REVIEW
>;

/** Who calls, and what permissions say. */
export interface Caller extends Sight {
  credentials: BackstageCredentials;
  /** Who is at it, for the record: a user, or the subject of a service. */
  ref: string;
  /** Refs that the caller owns things by; empty for services. */
  refs: string[];
  mayCreate: boolean;
  moderatesSomething: boolean;
  mayRead(row: ContributionRow): boolean;
  mayUpdate(row: ContributionRow): boolean;
  mayModerate(row: ContributionRow): boolean;
}

export const resourceOf = (row: ContributionRow): ModelReviewResource => ({
  id: row.id,
  kind: row.kind,
  author: row.author,
  entityRef: row.entity_ref,
});

/** Asks who somebody is and what they may do. */
export class Access {
  static create(options: {
    auth: AuthService;
    permissions: PermissionsService;
    userInfo: UserInfoService;
    ruleset: ModelReviewRuleset;
  }): Access {
    return new Access(options);
  }

  readonly #options: Parameters<typeof Access.create>[0];

  private constructor(options: Parameters<typeof Access.create>[0]) {
    this.#options = options;
  }

  async callerOf(credentials: BackstageCredentials): Promise<Caller> {
    const { permissions, ruleset } = this.#options;
    const { ref, me, refs } = await this.#identify(credentials);
    const [[read, update, moderate], [create]] = await Promise.all([
      permissions.authorizeConditional(
        [
          { permission: modelReviewReadPermission },
          { permission: modelReviewUpdatePermission },
          { permission: modelReviewModeratePermission },
        ],
        { credentials },
      ),
      permissions.authorize([{ permission: modelReviewCreatePermission }], {
        credentials,
      }),
    ]);
    const covers = createConditionAuthorizer(ruleset);
    return {
      credentials,
      ref,
      me,
      refs,
      readable: this.#criteria(read),
      moderated: this.#criteria(moderate),
      mayCreate: me !== undefined && create.result === AuthorizeResult.ALLOW,
      moderatesSomething: moderate.result !== AuthorizeResult.DENY,
      mayRead: row => covers(read, resourceOf(row)),
      mayUpdate: row => row.author === me && covers(update, resourceOf(row)),
      mayModerate: row => covers(moderate, resourceOf(row)),
    };
  }

  /** @throws NotAllowedError */
  async demand(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<string> {
    const [{ result }] = await this.#options.permissions.authorize(
      [{ permission }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) throw lacks(permission.name);
    return (await this.#identify(credentials)).ref;
  }

  async #identify(credentials: BackstageCredentials) {
    const { auth, userInfo } = this.#options;
    if (auth.isPrincipal(credentials, 'user')) {
      const me = credentials.principal.userEntityRef;
      const info = await userInfo.getUserInfo(credentials);
      return { ref: me, me, refs: info.ownershipEntityRefs };
    }
    if (auth.isPrincipal(credentials, 'service')) {
      return { ref: credentials.principal.subject, me: undefined, refs: [] };
    }
    throw new NotAllowedError('Sign in first.');
  }

  #criteria(decision: PolicyDecision): Sight['readable'] {
    if (decision.result === AuthorizeResult.DENY) return undefined;
    if (decision.result !== AuthorizeResult.CONDITIONAL) return {};
    const transform = createConditionTransformer(this.#options.ruleset);
    return { criteria: transform(decision.conditions) };
  }
}

export function lacks(permission: string): NotAllowedError {
  return new NotAllowedError(
    `This needs permission ${permission}. Ask the team that runs the model hub.`,
  );
}

/** @throws NotAllowedError when the caller may not contribute */
export function demandContributor(caller: Caller): string {
  if (caller.me === undefined) {
    throw new NotAllowedError(
      'Only people contribute, not programs. Call this with the credentials of a user.',
    );
  }
  if (!caller.mayCreate) throw lacks(modelReviewCreatePermission.name);
  return caller.me;
}

/** @throws NotAllowedError when the caller may not change it */
export function demandAuthor(caller: Caller, row: ContributionRow): string {
  if (caller.me === undefined || row.author !== caller.me) {
    throw new NotAllowedError(
      'Only the author changes or withdraws this. Report it to moderators if it should not be here.',
    );
  }
  if (!caller.mayUpdate(row)) throw lacks(modelReviewUpdatePermission.name);
  return caller.me;
}
