import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type {
  OnlineExperiment,
  OnlineExperimentDetail,
  OnlineExperimentInput,
} from '@modelhub/backstage-plugin-models-common';
import { sha256Hex } from '@modelhub/governance-protocol';
import { randomBytes, randomUUID } from 'node:crypto';
import { ledgerActor, personOf } from '../approvals/Caller';
import { checkDefinition } from './checkDefinition';
import type { OnlineDeps } from './deps';
import { mayStop, type Onlooker, type ProfileRights } from './OnlineRights';
import { consentTextOf, present, presentDetail } from './present';
import { announceStart, concerned, endExperiment } from './ends';
import type { OnlineDefinition, OnlineRecord } from './records';

const DAY_MS = 86_400_000;

const missing = (id: string) =>
  new NotFoundError(
    `There is no experiment ${id} that you may see. Members and owners of its access profile see it.`,
  );

const NO_RIGHTS: ProfileRights = {
  profile: undefined,
  maySee: false,
  mayPlan: false,
  mayConsent: false,
};

const nameOf = ({ gatewayId, version }: OnlineRecord['control']) =>
  `${gatewayId}@${version}`;

const mayRead = (
  it: OnlineRecord,
  { caller, seesAll }: Onlooker,
  rights: ProfileRights | undefined,
) => seesAll || it.createdBy === caller.ref || rights?.maySee === true;

/** Experiments as people see them. */
export class OnlineService {
  static create(deps: OnlineDeps): OnlineService {
    return new OnlineService(deps);
  }

  readonly #deps: OnlineDeps;

  private constructor(deps: OnlineDeps) {
    this.#deps = deps;
  }

  async list(
    credentials: BackstageCredentials,
    query: { profile?: string; entityRef?: string } = {},
  ): Promise<{ items: OnlineExperiment[]; mayCreate: boolean }> {
    const { store, samples, rights } = this.#deps;
    const onlooker = await rights.onlooker(credentials);
    const profiles = await rights.ofProfiles(onlooker);
    const { entityRef } = query;
    const found = (await store.list(query)).filter(
      it =>
        mayRead(it, onlooker, profiles.get(it.profile)) &&
        (!entityRef ||
          it.control.entityRef === entityRef ||
          it.challenger?.entityRef === entityRef),
    );
    const sums = await samples.sumsOf(
      found.map(({ id }) => id),
      undefined,
      'failed',
    );
    return {
      items: found.map(it =>
        present(it, {
          onlooker,
          rights: profiles.get(it.profile) ?? NO_RIGHTS,
          sums: sums.get(it.id) ?? new Map(),
        }),
      ),
      mayCreate: [...profiles.values()].some(({ mayPlan }) => mayPlan),
    };
  }

  async get(
    credentials: BackstageCredentials,
    id: string,
  ): Promise<OnlineExperimentDetail> {
    const { it, onlooker, rights } = await this.#visible(credentials, id);
    return this.#detail(it, onlooker, rights);
  }

  async plan(
    credentials: BackstageCredentials,
    input: OnlineExperimentInput,
    idempotencyKey?: string,
  ): Promise<OnlineExperimentDetail> {
    const { rights, store, idempotency, ledger, outbox, clock } = this.#deps;
    const onlooker = await rights.onlooker(credentials);
    const person = personOf(onlooker.caller);
    const mine = await rights.ofProfile(onlooker, input.profile);
    if (!mine.profile || !mine.maySee) {
      throw new InputError(
        `There is no access profile '${input.profile}'. Choose one that you own.`,
      );
    }
    if (!mine.mayPlan) {
      throw new NotAllowedError(
        `Only owners of the access profile “${mine.profile.title}” plan experiments with its calls. Ask ${mine.profile.owner}.`,
      );
    }
    checkDefinition(input);
    const definition = await this.#define(input, mine.profile.title);
    const leads = await rights.leadsOf(mine.profile);
    const { id: planned } = await idempotency.run(
      {
        caller: person,
        key: idempotencyKey,
        request: { command: 'online.plan', input },
      },
      async tx => {
        const id = randomUUID();
        await store.add(
          tx,
          {
            id,
            title: input.title,
            profile: input.profile,
            createdAt: clock.now().toISOString(),
            createdBy: person,
          },
          definition,
        );
        const it = (await store.get(id, tx))!;
        await ledger.append(tx, [
          {
            actor: ledgerActor(onlooker.caller),
            subject: `online-experiment:${id}`,
            type: 'online.planned',
            payload: {
              title: it.title,
              profile: it.profile,
              purpose: it.purpose,
              control: nameOf(it.control),
              ...(it.challenger && { challenger: nameOf(it.challenger) }),
              share: it.share,
              sampling: it.sampling,
              days: it.days,
            },
          },
        ]);
        await outbox.add(tx, [
          { topic: 'signal', payload: { type: 'online.planned' } },
          ...this.#askForConsent(it, leads, person),
        ]);
        return { id };
      },
    );
    outbox.wake();
    return this.#read(planned, onlooker, mine);
  }

  async consent(
    credentials: BackstageCredentials,
    id: string,
    input: { textHash: string },
    idempotencyKey?: string,
  ): Promise<OnlineExperimentDetail> {
    const { store, idempotency, clock, outbox, fleet } = this.#deps;
    const { it, onlooker, rights } = await this.#visible(credentials, id);
    if (!rights.mayConsent) {
      throw new NotAllowedError(rights.mayNotConsentBecause);
    }
    if (sha256Hex(consentTextOf(it)) !== input.textHash) {
      throw new ConflictError(
        'What you read is not what would happen. Load the page again, and read the text once more.',
      );
    }
    await this.#demandAllowed(it);
    await fleet.demandReady();
    const recipients = await concerned(this.#deps, it);
    await idempotency.run(
      {
        caller: onlooker.caller.ref,
        key: idempotencyKey,
        request: { command: 'online.consent', id, input },
      },
      async tx => {
        // One after the other, so that two do not share the same calls.
        await tx('access_profiles')
          .where({ id: it.profile })
          .forUpdate()
          .first();
        const others = await store.inState('running', tx);
        const other = others.find(
          that =>
            that.profile === it.profile &&
            that.purpose === it.purpose &&
            that.control.gatewayId === it.control.gatewayId,
        );
        if (other) {
          throw new ConflictError(
            `The experiment “${other.title}” has the same calls. Stop it first, or wait until it ends on ${other.endsAt}.`,
          );
        }
        const now = clock.now();
        const first = await store.start(tx, id, {
          startsAt: now.toISOString(),
          endsAt: new Date(now.getTime() + it.days * DAY_MS).toISOString(),
          salt: randomBytes(16).toString('hex'),
          consentBy: onlooker.caller.ref,
          consentHash: input.textHash,
        });
        if (!first) {
          throw new ConflictError(
            'This experiment runs or is over. Load the page again.',
          );
        }
        const running = (await store.get(id, tx))!;
        await announceStart(this.#deps, tx, running, {
          caller: onlooker.caller,
          recipients,
        });
        // Answers are remembered, and the salt is to be forgotten.
        return { id };
      },
    );
    outbox.wake();
    return this.#read(id, onlooker, rights);
  }

  async stop(
    credentials: BackstageCredentials,
    id: string,
    input: { reason: string; withdrawConsent?: boolean },
    idempotencyKey?: string,
  ): Promise<OnlineExperimentDetail> {
    const { idempotency, outbox } = this.#deps;
    const { it, onlooker, rights } = await this.#visible(credentials, id);
    if (input.withdrawConsent && !rights.mayConsent) {
      throw new NotAllowedError(rights.mayNotConsentBecause);
    }
    const recipients = await concerned(this.#deps, it);
    const isOver = it.state === 'stopped' || it.state === 'ended';
    if (!isOver && !rights.mayConsent && !mayStop(it, onlooker, rights)) {
      throw new NotAllowedError(
        'Only who planned the experiment, owners of its access profile and administrators stop it.',
      );
    }
    await idempotency.run(
      {
        caller: onlooker.caller.ref,
        key: idempotencyKey,
        request: { command: 'online.stop', id, input },
      },
      async tx => {
        const done = await endExperiment(this.#deps, tx, id, {
          kind: input.withdrawConsent ? 'withdrawn' : 'person',
          reason: input.reason,
          caller: onlooker.caller,
          recipients,
        });
        if (!done) {
          throw new ConflictError('This experiment was over already.');
        }
        return { id };
      },
    );
    outbox.wake();
    return this.#read(id, onlooker, rights);
  }

  async #visible(credentials: BackstageCredentials, id: string) {
    const { store } = this.#deps;
    const onlooker = await this.#deps.rights.onlooker(credentials);
    const it = await store.get(id);
    const rights = it
      ? await this.#deps.rights.ofProfile(onlooker, it.profile)
      : NO_RIGHTS;
    if (!it || !mayRead(it, onlooker, rights)) throw missing(id);
    return { it, onlooker, rights };
  }

  async #read(id: string, onlooker: Onlooker, rights: ProfileRights) {
    const it = await this.#deps.store.get(id);
    if (!it) throw missing(id);
    return this.#detail(it, onlooker, rights);
  }

  async #detail(
    it: OnlineRecord,
    onlooker: Onlooker,
    rights: ProfileRights,
  ): Promise<OnlineExperimentDetail> {
    const sums = await this.#deps.samples.sums(it.id);
    return presentDetail(it, { onlooker, rights, sums });
  }

  async #define(
    input: OnlineExperimentInput,
    profileTitle: string,
  ): Promise<OnlineDefinition> {
    const { directory, allowedTiers, models } = this.#deps;
    if (!(await directory.purpose(input.purpose))) {
      throw new InputError(
        `There is no purpose '${input.purpose}'. Choose one of the list.`,
      );
    }
    const tiers = input.tiers ?? allowedTiers;
    const forbidden = tiers.find(tier => !allowedTiers.includes(tier));
    if (forbidden) {
      throw new InputError(
        `Experiments are not allowed with calls of tier '${forbidden}'. Allowed are: ${allowedTiers.join(
          ', ',
        )} (modelGovernance.online.tiers).`,
      );
    }
    const scope = { profile: input.profile, purpose: input.purpose, tiers };
    const control = await models.resolve(input.control, scope);
    const challenger =
      input.challenger === undefined
        ? undefined
        : await models.resolve(input.challenger, scope);
    if (challenger && nameOf(challenger.model) === nameOf(control.model)) {
      throw new InputError(
        'Control and challenger are the same version of the same model. Choose another challenger.',
      );
    }
    return {
      profileTitle,
      purpose: input.purpose,
      tiers: [...new Set(tiers)],
      control: control.model,
      ...(challenger && { challenger: challenger.model }),
      pins: {
        control: control.pin,
        ...(challenger && { challenger: challenger.pin }),
      },
      share: input.share ?? 0,
      sampling: input.sampling,
      pinned: input.pinned ?? false,
      scorers: input.scorers ?? [],
      ...(input.stopRule && { stopRule: input.stopRule }),
      failureMargin: input.failureMargin ?? 0.05,
      days: input.days,
      ...(input.gateways && {
        gateways: await this.#deps.fleet.known(input.gateways),
      }),
    };
  }

  /** @throws ConflictError when a model is not allowed any more */
  async #demandAllowed(it: OnlineRecord): Promise<void> {
    const refused = await this.#deps.models.refused(it);
    if (refused) throw new ConflictError(refused);
  }

  #askForConsent(it: OnlineRecord, recipients: string[], author: string) {
    return recipients.length === 0 || recipients.includes(author)
      ? []
      : [
          {
            topic: 'notification' as const,
            payload: {
              recipients,
              title: `“${it.title}” asks for your consent`,
              description: `An experiment with live calls of ${it.profileTitle}. Nothing happens without you.`,
              link: `/model-governance/online/${it.id}`,
              scope: `model-governance:online:${it.id}`,
              excludeRef: author,
            },
          },
        ];
  }
}
