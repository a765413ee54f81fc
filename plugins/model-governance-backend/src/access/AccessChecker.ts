import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type {
  AccessDecision,
  Tier,
} from '@modelhub/backstage-plugin-models-common';
import {
  decide,
  type AllowlistIndex,
  type Decision,
  type RefusalCode,
} from '@modelhub/governance-protocol';
import type { Clock } from '../database';
import type { DefaultAccessDirectory } from './DefaultAccessDirectory';
import type { Guard } from './Guard';

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
};

/** Explains the decision that a gateway would make. */
export class AccessChecker {
  static create(options: {
    allowlist: { index(): Promise<AllowlistIndex> };
    directory: DefaultAccessDirectory;
    guard: Guard;
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
    const { guard, allowlist, directory } = this.#options;
    const principal = guard.principal(credentials);
    const index = await allowlist.index();
    const model = this.#modelAsked(index, question);
    if (model === undefined) {
      return this.#refused(question, {
        code: 'not-approved',
        message: `Model ${question.entityRef} is not approved for anybody.`,
      });
    }

    let profiles: Array<string | undefined> = [question.profile];
    if (question.profile === undefined && principal.kind === 'user') {
      profiles = [...(await directory.profilesOf(principal.ref))].sort();
      if (profiles.length === 0) {
        return {
          allowed: false,
          code: 'no-profile',
          message:
            'You are not a member of any access profile. Ask the owner of one to add your group, or name the profile that you ask about.',
          tier: question.tier,
        };
      }
    }
    const decisions = profiles.map(profile =>
      decide(index, {
        model,
        now: this.#options.clock.now(),
        tier: question.tier,
        purpose: question.purpose,
        profile,
      }),
    );
    return this.#present(question, index, decisions);
  }

  /** What a caller of the gateway would name; undefined when it has no name there. */
  #modelAsked(
    index: AllowlistIndex,
    question: AccessQuestion,
  ): string | undefined {
    const { entityRef, gatewayId, modelVersion } = question;
    if ((entityRef === undefined) === (gatewayId === undefined)) {
      throw new InputError('Send either entityRef or gatewayId.');
    }
    const wanted = entityRef?.toLocaleLowerCase('en-US');
    const id =
      gatewayId ??
      [...index.models()].find(model => model.entityRef === wanted)?.gatewayId;
    return id !== undefined && modelVersion !== undefined
      ? `${id}@${modelVersion}`
      : id;
  }

  #present(
    question: AccessQuestion,
    index: AllowlistIndex,
    decisions: Decision[],
  ): AccessDecision {
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
    const entityRef =
      question.entityRef ??
      index.model(question.gatewayId?.split('@')[0] ?? '')?.entityRef;
    return this.#refused({ ...question, entityRef }, nearest);
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
    const base = this.#options.portalUrl.replace(/\/$/, '');
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
}
