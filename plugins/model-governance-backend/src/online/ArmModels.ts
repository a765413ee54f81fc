import { InputError } from '@backstage/errors';
import type { OnlineModel } from '@modelhub/backstage-plugin-models-common';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import {
  decide,
  tierRank,
  type AllowlistIndex,
  type Tier,
} from '@modelhub/governance-protocol';
import { pinFor } from '../approvals/subject';
import type { Organisation } from '../organisation';
import type { OnlineRecord } from './records';

interface Scope {
  profile: string;
  purpose: string;
  tiers: readonly Tier[];
}

const lowest = (tiers: readonly Tier[]) =>
  [...tiers].sort((a, b) => tierRank(a) - tierRank(b))[0];

/** The models of arms, by the allowlist that gateways decide by. */
export class ArmModels {
  static create(options: {
    allowlist: { index(): Promise<AllowlistIndex> };
    organisation: Pick<Organisation, 'model'>;
    clock: Clock;
  }): ArmModels {
    return new ArmModels(options);
  }

  readonly #options: Parameters<typeof ArmModels.create>[0];

  private constructor(options: Parameters<typeof ArmModels.create>[0]) {
    this.#options = options;
  }

  /**
   * @param asked - gateway id, or `id@version`
   * @throws InputError for a model that the calls may not use at any of the tiers
   */
  async resolve(
    asked: string,
    scope: Scope,
  ): Promise<{ model: OnlineModel; pin: string }> {
    const decision = await this.#decide(asked, scope);
    if (!decision.allowed) {
      throw new InputError(
        `${decision.message} An experiment never opens a model: request access first.`,
      );
    }
    const { grant, model } = decision;
    const entity = await this.#options.organisation.model(model.entityRef);
    const version = entity?.spec.versions?.find(
      ({ name }) => name === grant.version,
    );
    return {
      model: {
        gatewayId: grant.gatewayId,
        version: grant.version,
        entityRef: model.entityRef,
      },
      pin:
        pinFor(version, 'sandbox') ??
        grant.digest ??
        `unpinned:${grant.version}`,
    };
  }

  /** Says which model of an experiment is not allowed any more, and why. */
  async refused(
    it: Pick<
      OnlineRecord,
      'profile' | 'purpose' | 'tiers' | 'control' | 'challenger'
    >,
  ): Promise<string | undefined> {
    for (const arm of [it.control, it.challenger]) {
      const decision =
        arm && (await this.#decide(`${arm.gatewayId}@${arm.version}`, it));
      if (decision && !decision.allowed) return decision.message;
    }
    return undefined;
  }

  async #decide(model: string, { profile, purpose, tiers }: Scope) {
    const { allowlist, clock } = this.#options;
    return decide(await allowlist.index(), {
      model,
      now: clock.now(),
      profile,
      purpose,
      tier: lowest(tiers),
    });
  }
}
