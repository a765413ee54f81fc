import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type PermissionCriteria,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
  type PermissionRuleset,
} from '@backstage/plugin-permission-node';
import {
  modelAskDecidePermission,
  modelAskReadPermission,
  type RESOURCE_TYPE_MODEL_ASK,
} from '@modelhub/backstage-plugin-models-common';
import type { AskFilter, ModelAskResource } from './askRules';

/** The rules about questions, those of modules included. */
export type ModelAskRuleset = PermissionRuleset<
  ModelAskResource,
  AskFilter,
  typeof RESOURCE_TYPE_MODEL_ASK
>;

/** What permissions say about questions to one caller. */
export interface AskRights {
  /** Undefined when nothing may be read; without criteria everything. */
  readable?: { criteria?: PermissionCriteria<AskFilter> };
  mayRead(ask: ModelAskResource): boolean;
  mayDecide(ask: ModelAskResource): boolean;
}

/** Permission decisions about questions, as predicates and as filters. */
export class AskAuthorizer {
  static create(options: {
    permissions: PermissionsService;
    ruleset: ModelAskRuleset;
  }): AskAuthorizer {
    return new AskAuthorizer(options.permissions, options.ruleset);
  }

  readonly #permissions: PermissionsService;
  readonly #ruleset: ModelAskRuleset;

  private constructor(
    permissions: PermissionsService,
    ruleset: ModelAskRuleset,
  ) {
    this.#permissions = permissions;
    this.#ruleset = ruleset;
  }

  async rightsOf(credentials: BackstageCredentials): Promise<AskRights> {
    const [read, decide] = await this.#permissions.authorizeConditional(
      [
        { permission: modelAskReadPermission },
        { permission: modelAskDecidePermission },
      ],
      { credentials },
    );
    const covers = createConditionAuthorizer(this.#ruleset);
    return {
      readable: this.#readable(read),
      mayRead: ask => covers(read, ask),
      mayDecide: ask => covers(decide, ask),
    };
  }

  #readable(decision: PolicyDecision): AskRights['readable'] {
    if (decision.result === AuthorizeResult.DENY) return undefined;
    if (decision.result !== AuthorizeResult.CONDITIONAL) return {};
    const transform = createConditionTransformer(this.#ruleset);
    return { criteria: transform(decision.conditions) };
  }
}
