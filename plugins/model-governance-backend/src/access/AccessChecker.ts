import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  modelApprovalReadPermission,
  modelGatewayManagePermission,
  type AccessDecision,
  type Tier,
} from '@modelhub/backstage-plugin-models-common';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import {
  AllowlistIndex,
  decide,
  EMPTY_CONTENT,
  type Decision,
  type RefusalCode,
} from '@modelhub/governance-protocol';
import type { DefaultAccessDirectory } from './DefaultAccessDirectory';
import type { Guard, Principal } from './Guard';
import type { ModelVisibility } from './ModelVisibility';

export interface AccessQuestion {
  entityRef?: string;
  gatewayId?: string;
  modelVersion?: string;
  tier: Tier;
  purpose?: string;
  profile?: string;
}

/** By how far a refusal is from a yes; the nearest is told. */
const distance: RefusalCode[] = [
  'region-not-allowed',
  'retention-too-long',
  'expired',
  'tier-not-covered',
  'version-not-approved',
  'not-approved',
  'unknown-model',
  'retired',
];

const nextStep: Record<RefusalCode, string> = {
  expired: 'Ask for a renewal.',
  'tier-not-covered': 'Ask for the tier that you need.',
  'version-not-approved':
    'Ask for this version, or use the one that is approved.',
  'not-approved': 'Request access.',
  'unknown-model': 'Request access to the model from its card.',
  retired: 'Choose its successor.',
  'region-not-allowed':
    'Choose a model that runs in a region of the purpose, or another purpose.',
  'retention-too-long':
    'Choose a provider that keeps prompts for a shorter time, or another purpose.',
  'endpoint-not-ready': 'Wait until the evaluation endpoint is ready.',
  'endpoint-other-model': 'Use a key that is not of an evaluation endpoint.',
};

/** To somebody who may see no model. */
const nothing = AllowlistIndex.create(EMPTY_CONTENT);

/** A ref that no entity has. */
const NOBODY = 'model:default/-';

interface Asked {
  /** What a caller of the gateway would name; undefined when it has no name there. */
  name?: string;
  entityRef?: string;
}

/**
 * Explains the decision that a gateway would make, to those whom it concerns:
 * a model that the caller may not see is answered for as one that is not there.
 */
export class AccessChecker {
  static create(options: {
    allowlist: { index(): Promise<AllowlistIndex> };
    directory: DefaultAccessDirectory;
    guard: Guard;
    models: ModelVisibility;
    /** Why a model, or one version of it, is held; undefined when it is not. */
    heldBecause(
      entityRef: string,
      modelVersion: string | undefined,
    ): Promise<string | undefined>;
    clock: Clock;
    portalUrl: string;
  }): AccessChecker {
    return new AccessChecker(options);
  }

  readonly #options: Parameters<typeof AccessChecker.create>[0];

  private constructor(options: Parameters<typeof AccessChecker.create>[0]) {
    this.#options = options;
  }

  /**
   * Without a profile, a user is told about their own profiles and a service
   * about any.
   */
  async check(
    credentials: BackstageCredentials,
    question: AccessQuestion,
  ): Promise<AccessDecision> {
    const { guard, allowlist, models } = this.#options;
    const principal = guard.principal(credentials);
    const known = await allowlist.index();
    const asked = this.#asked(known, question);
    const scope = await this.#profiles(credentials, principal, question);
    if ('refused' in scope) return scope.refused;

    // Asked in any case, so that the time it takes tells nothing either.
    const isVisible = await models.sees(credentials, asked.entityRef ?? NOBODY);
    if (!isVisible && question.entityRef !== undefined) {
      return this.#unseen(question, question.entityRef);
    }
    const index = isVisible ? known : nothing;
    const { name } = asked;
    if (name === undefined) {
      return this.#refused(question, {
        code: 'not-approved',
        message: `Model ${question.entityRef} is not approved for anybody.`,
      });
    }
    const decisions = scope.profiles.map(profile =>
      decide(index, {
        model: name,
        now: this.#options.clock.now(),
        tier: question.tier,
        purpose: question.purpose,
        profile,
      }),
    );
    const entityRef =
      question.entityRef ?? (isVisible ? asked.entityRef : undefined);
    const decision = this.#present({ ...question, entityRef }, decisions);
    return decision.allowed || !isVisible || asked.entityRef === undefined
      ? decision
      : this.#withHold(decision, asked.entityRef, question.modelVersion);
  }

  /** Asking again would not help while the model is held. */
  async #withHold(
    decision: AccessDecision,
    entityRef: string,
    modelVersion: string | undefined,
  ): Promise<AccessDecision> {
    const held = await this.#options.heldBecause(entityRef, modelVersion);
    return held === undefined
      ? decision
      : {
          ...decision,
          code: 'held',
          message: `${decision.message} It is on hold: ${held}`,
        };
  }

  #asked(index: AllowlistIndex, question: AccessQuestion): Asked {
    const { entityRef, gatewayId, modelVersion } = question;
    if ((entityRef === undefined) === (gatewayId === undefined)) {
      throw new InputError('Send either entityRef or gatewayId.');
    }
    const versioned = (id: string) =>
      modelVersion === undefined ? id : `${id}@${modelVersion}`;
    if (gatewayId !== undefined) {
      const split = gatewayId.lastIndexOf('@');
      const model =
        index.model(gatewayId) ?? index.model(gatewayId.slice(0, split));
      return { name: versioned(gatewayId), entityRef: model?.entityRef };
    }
    const wanted = canonicalModel(entityRef!);
    const listed = [...index.models()].find(
      model => model.entityRef === wanted,
    );
    return {
      name: listed && versioned(listed.gatewayId),
      entityRef: wanted,
    };
  }

  /** The profiles to look at, or why the caller gets no answer. */
  async #profiles(
    credentials: BackstageCredentials,
    principal: Principal,
    { profile, tier }: AccessQuestion,
  ): Promise<
    { profiles: Array<string | undefined> } | { refused: AccessDecision }
  > {
    const { guard, directory } = this.#options;
    if (principal.kind !== 'user') return { profiles: [profile] };
    if (profile === undefined) {
      const mine = [...(await directory.profilesOf(principal.ref))].sort();
      if (mine.length > 0) return { profiles: mine };
      return {
        refused: {
          allowed: false,
          code: 'no-profile',
          message:
            'You are not a member of any access profile. Ask the owner of one to add your group.',
          tier,
        },
      };
    }
    const isEntitled =
      (await directory.isMember(profile, principal.ref)) ||
      (await guard.may(credentials, modelGatewayManagePermission)) ||
      (await guard.mayAll(credentials, modelApprovalReadPermission));
    if (isEntitled) return { profiles: [profile] };
    return {
      refused: {
        allowed: false,
        code: 'not-a-member',
        message: `You are not a member of access profile '${profile}', so you are not told what it may use. Ask its owner to add your group, or leave the profile out to ask about your own.`,
        tier,
      },
    };
  }

  #present(question: AccessQuestion, decisions: Decision[]): AccessDecision {
    const [allowed] = decisions.filter(decision => decision.allowed);
    if (allowed?.allowed) {
      const { grant, model } = allowed;
      return {
        allowed: true,
        message: `Approved for profile '${grant.profile}', purpose '${grant.purpose}', up to tier '${grant.tier}', until ${grant.expiresAt}.`,
        approvalId: grant.id,
        entityRef: model.entityRef,
        gatewayId: model.gatewayId,
        modelVersion: grant.version,
        digest: grant.digest,
        tier: grant.tier,
        expiresAt: grant.expiresAt,
      };
    }
    const [nearest] = decisions
      .flatMap(decision => (decision.allowed ? [] : [decision]))
      .sort((a, b) => distance.indexOf(a.code) - distance.indexOf(b.code));
    return this.#refused(question, nearest);
  }

  /** The same for models that are not there and that the caller may not see. */
  #unseen({ tier }: AccessQuestion, entityRef: string): AccessDecision {
    return {
      allowed: false,
      code: 'unknown-model',
      message: `The catalog has no model ${entityRef}, or you may not see it. Look for it under Models, or ask its owner.`,
      entityRef,
      tier,
      requestUrl: `${this.#base()}/models`,
    };
  }

  #refused(
    question: AccessQuestion,
    refusal: { code: RefusalCode; message: string },
  ): AccessDecision {
    const { entityRef, gatewayId, tier } = question;
    return {
      allowed: false,
      code: refusal.code,
      message: `${refusal.message} ${nextStep[refusal.code]}`,
      entityRef,
      gatewayId,
      tier,
      requestUrl: this.#requestUrl(question),
    };
  }

  #requestUrl(question: AccessQuestion): string {
    const { entityRef, gatewayId, modelVersion, tier, purpose, profile } =
      question;
    const base = this.#base();
    if (entityRef === undefined) {
      return `${base}/models?${new URLSearchParams({ q: gatewayId ?? '' })}`;
    }
    const query = Object.entries({
      entityRef,
      tier,
      purpose,
      profile,
      modelVersion,
    }).flatMap(([name, value]): string[][] => (value ? [[name, value]] : []));
    return `${base}/model-governance/request?${new URLSearchParams(query)}`;
  }

  #base(): string {
    return this.#options.portalUrl.replace(/\/$/, '');
  }
}

function canonicalModel(ref: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(ref, {
        defaultKind: 'model',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    throw new InputError(
      `'${ref}' is not a reference to a model such as model:meta/llama-3.3-70b-instruct.`,
    );
  }
}
