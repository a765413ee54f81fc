import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  AccessDecision,
  EndpointAccessPreview,
  EndpointChoice,
  EndpointPreview,
  EndpointQuota,
} from '@modelhub/backstage-plugin-models-common';
import type { Admission } from '../admission';
import type { HubClock } from '../clock';
import type { ServingConfig } from '../config';
import type { EngineDesk } from '../engines';
import type { Governance } from '../governance';
import type { Callers, Caller, Memberships } from '../people';
import type { Choices, Chosen } from './Choices';
import type { EndpointStore } from './EndpointStore';
import { presentEndpoint } from './present';
import { WANTED } from './states';

const DAY_MS = 24 * 3_600_000;

/** Refusals that an approval would change. */
const CHECKABLE = [
  'expired',
  'tier-not-covered',
  'version-not-approved',
  'not-approved',
];

/** Said to a team that has begun as many as it may. */
export const dailyLimit = (limit: number) =>
  `Your team has begun ${limit} evaluation endpoints within 24 hours, which is its limit. Use one that runs, or try again later.`;

/** What a decision means for somebody who wants to try the model. */
export function accessOf(decision: AccessDecision): EndpointAccessPreview {
  const { allowed, message, approvalId, code } = decision;
  if (allowed) return { state: 'allowed', reason: message, approvalId };
  return CHECKABLE.includes(code ?? '')
    ? {
        state: 'will-be-checked',
        reason:
          'The sandbox checks run first, by themselves. Nobody has to sign.',
      }
    : { state: 'refused', reason: message };
}

/** Says what an endpoint would take, before anybody starts one. */
export class Previews {
  static create(options: {
    admission: Admission;
    callers: Callers;
    choices: Choices;
    clock: HubClock;
    config: ServingConfig;
    engines: EngineDesk;
    governance: Governance;
    memberships: Memberships;
    store: EndpointStore;
  }): Previews {
    return new Previews(options);
  }

  readonly #options: Parameters<typeof Previews.create>[0];

  private constructor(options: Parameters<typeof Previews.create>[0]) {
    this.#options = options;
  }

  async preview(
    credentials: BackstageCredentials,
    asked: EndpointChoice,
  ): Promise<EndpointPreview> {
    const { callers, choices, config, memberships } = this.#options;
    const caller = await callers.callerOf(credentials);
    const chosen = await choices.make(caller, asked);
    const { team, engine, resources, price, problem } = chosen;
    const [access, quota, place, existing, titles, engines] = await Promise.all(
      [
        this.#access(caller, chosen),
        team === undefined ? undefined : this.quota(team),
        this.#place(chosen, engine),
        this.#existing(caller, chosen),
        memberships.titles(chosen.teams),
        Promise.all(
          chosen.offers.map(async ({ choice }) => ({
            ...choice,
            queuePosition: (await this.#place(chosen, choice.id))?.position,
          })),
        ),
      ],
    );
    const full = quota?.today;
    const reason =
      problem ??
      (access.state === 'refused' ? access.reason : undefined) ??
      (full?.limit !== undefined && full.used >= full.limit
        ? dailyLimit(full.limit)
        : undefined);
    return {
      entityRef: chosen.entityRef,
      title: chosen.title,
      gatewayId: chosen.entity.spec.gatewayId,
      versions: chosen.versions,
      modelVersion: chosen.modelVersion,
      teams: chosen.teams.map(ref => ({
        entityRef: ref,
        title: titles.get(ref) ?? ref,
      })),
      team,
      profiles: chosen.profiles.map(({ id, title }) => ({ id, title })),
      profile: chosen.profile,
      purpose: config.purpose,
      hours: config.hours,
      extendHours: config.extendHours,
      engines,
      engine,
      resources,
      cost: {
        known: price.perHour !== undefined,
        hours: config.hours,
        basis: price.basis,
        ...(price.perHour !== undefined && {
          perHour: price.perHour,
          amount: Number((price.perHour * config.hours).toFixed(4)),
          currency: 'USD',
        }),
      },
      quota,
      queuePosition: place?.position,
      queueReason: place?.reason,
      access,
      mayCreate: reason === undefined,
      reason,
      existing,
    };
  }

  /** What a team holds and may hold. */
  async quota(team: string): Promise<EndpointQuota> {
    const { admission, clock, config, store } = this.#options;
    const [held, today] = await Promise.all([
      admission.heldBy(team),
      store.begunSince(team, clock.now() - DAY_MS),
    ]);
    const limit = config.quotaOf(team);
    return {
      gpus: { used: held.gpus, limit: limit.gpus },
      endpoints: { used: held.endpoints, limit: limit.endpoints },
      today: { used: today, limit: limit.perDay },
    };
  }

  async #access(
    { credentials }: Caller,
    { entityRef, modelVersion, profile }: Chosen,
  ): Promise<EndpointAccessPreview> {
    const { config, governance } = this.#options;
    if (modelVersion === undefined || profile === undefined) {
      return {
        state: 'refused',
        reason:
          modelVersion === undefined
            ? 'There is no version that can be run.'
            : 'You are not a member of any access profile.',
      };
    }
    const { purpose } = config;
    return accessOf(
      await governance.check(credentials, {
        entityRef,
        modelVersion,
        profile,
        purpose,
      }),
    );
  }

  async #place({ team, offers }: Chosen, engine: string | undefined) {
    const offer = offers.find(({ choice }) => choice.id === engine);
    if (team === undefined || !offer?.choice.fits) return undefined;
    return this.#options.admission.placeOf({
      team,
      engine: offer.choice.id,
      gpus: offer.resources?.gpus ?? 0,
    });
  }

  async #existing(caller: Caller, { entityRef, modelVersion }: Chosen) {
    if (!caller.person) return undefined;
    const found = await this.#options.store.list(
      {
        entityRef,
        states: WANTED,
        seenBy: { owner: caller.person.ref, teams: caller.teams },
      },
      { limit: 20 },
    );
    const own = found
      .filter(it => it.modelVersion === modelVersion)
      .sort((a, b) => WANTED.indexOf(b.state) - WANTED.indexOf(a.state));
    return own[0] && presentEndpoint(own[0], { ...this.#options, caller });
  }
}
