import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  modelBreakGlassReviewPermission,
  tierCovers,
  transition,
  type Approval,
  type ApprovalDetail,
  type ApprovalState,
  type BreakGlass,
  type Tier,
} from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import { v4 as uuid } from 'uuid';
import { modelRef } from './ApprovalReader';
import type { CommandOptions } from './ApprovalService';
import { callerOf, personOf } from './Caller';
import { statement } from './bindings';
import { plainFacts } from './plainFacts';
import { presentApproval } from './present';
import type { ApprovalRecord } from './records';
import { openStates } from './records';
import { refusalError } from './refusals';
import type { Room } from './Requests';
import { factsOf, noRights, type Situation } from './Situation';
import { consumeStepUp } from './stepUp';
import { boundFields, subjectOf } from './subject';

const HOUR_MS = 3600_000;
const MOST_HOURS = 72;

const givenUp: ApprovalState[] = ['withdrawn', 'rejected'];

/** Break-glass: an approval without sign-offs, short, watched and reviewed. */
export class Emergencies {
  static create(room: Room): Emergencies {
    return new Emergencies(room);
  }

  readonly #room: Room;

  private constructor(room: Room) {
    this.#room = room;
  }

  async open(
    input: BreakGlass,
    { credentials, idempotencyKey }: CommandOptions,
  ): Promise<ApprovalDetail> {
    const { deps, reader, situations, writer } = this.#room;
    const caller = callerOf(deps.auth, credentials);
    const entityRef = modelRef(input.entityRef);
    const entity = await reader.visibleModel(entityRef, caller);
    const subject = await subjectOf(entity, input.modelVersion, input.tier);
    const at = writer.now();
    const draft: ApprovalRecord = {
      ...boundFields(subject),
      id: uuid(),
      kind: 'emergency',
      state: 'draft',
      revision: 1,
      round: 1,
      entityRef,
      modelVersion: input.modelVersion,
      ownerPeople: [],
      tier: input.tier,
      purpose: input.purpose,
      profile: input.profile,
      justification: input.reason,
      requester: caller.ref,
      evidenceIds: [],
      blockers: [],
      waitingFor: [],
      createdAt: at,
      updatedAt: at,
    };
    const situation = await situations.read(draft, caller, { subject });
    const rules = situation.policyNow?.breakGlass;
    if (!rules?.allowed) {
      throw new NotAllowedError(
        `The policy allows no break-glass at tier ${input.tier}.`,
      );
    }
    const hours = Math.min(rules.hours, MOST_HOURS);
    const { stepUp, ...payload } = input;
    const answered = await deps.idempotency.run<Approval>(
      {
        caller: caller.ref,
        key: idempotencyKey,
        request: { command: 'break-glass', ...input },
      },
      async tx => {
        await deps.store.lockModel(tx, entityRef);
        const beside = await this.#beside(tx, input, draft);
        const now = {
          ...situation,
          ...(await situations.locked(tx, draft)),
          ...beside.facts,
        };
        const facts = factsOf(now, {
          reason: input.reason,
          secondFactor: stepUp !== undefined,
        });
        const result = transition('none', 'break-glass', {
          ...facts,
          actor: {
            ...facts.actor,
            kind:
              caller.kind === 'user' && caller.inPerson ? 'user' : 'service',
          },
        });
        if (!result.ok) throw refusalError(result.refusal);
        const evidence = await consumeStepUp(deps.stepUp, tx, caller, {
          action: 'approval.break-glass',
          payload,
          proof: stepUp,
        });
        const opened: ApprovalRecord = {
          ...draft,
          pendingRequestId: beside.request?.id,
          state: result.to,
          policyVersion: situation.policyNow?.version,
          policyDecision: situation.policyNow && {
            ...situation.policyNow,
            gates: [],
            signOffs: [],
          },
          ownerPeople: [...situation.ownerPeople],
          approvedAt: at,
          expiresAt: new Date(Date.parse(at) + hours * HOUR_MS).toISOString(),
        };
        await writer.insert(tx, opened, caller, {
          type: 'approval.emergency-opened',
          payload: {
            ...statement(opened),
            expiresAt: opened.expiresAt ?? '',
            pendingRequestId: opened.pendingRequestId ?? '',
            ...(evidence && { stepUp: evidence }),
          },
          text: input.reason,
        });
        await deps.outbox.add(tx, [
          {
            topic: 'notification',
            payload: {
              recipients: [opened.ownerRef],
              title: `${opened.title} was opened in an emergency (${opened.tier})`,
              description: input.reason,
              link: `/model-governance/approvals/${opened.id}`,
              severity: 'critical',
              excludeRef: caller.ref,
            },
          },
        ]);
        return presentApproval(opened);
      },
    );
    writer.wake();
    return reader.answer(answered, caller);
  }

  async review(
    id: string,
    input: { verdict: 'justified' | 'not-justified'; reason: string },
    { credentials, idempotencyKey }: CommandOptions,
  ): Promise<ApprovalDetail> {
    const { deps, reader, lifecycle, writer } = this.#room;
    const caller = callerOf(deps.auth, credentials);
    const reviewer = personOf(caller);
    if (caller.kind === 'user' && !caller.inPerson) {
      throw new NotAllowedError('Only a person reviews, in person.');
    }
    const seen = await reader.approval(id, caller);
    await deps.authorizer.demand(credentials, modelBreakGlassReviewPermission);
    const pending = seen.pendingRequestId
      ? await deps.store.get(seen.pendingRequestId)
      : undefined;
    if ([seen.requester, pending?.requester].includes(reviewer)) {
      throw new NotAllowedError(
        'Whoever opened the model or asked for it does not review it.',
      );
    }
    const answered = await deps.idempotency.run<Approval>(
      {
        caller: caller.ref,
        key: idempotencyKey,
        request: { command: 'review', id, ...input },
      },
      async tx => {
        const approval = await deps.store.lock(tx, id);
        if (approval?.kind !== 'emergency') {
          throw new InputError('Only emergency approvals are reviewed.');
        }
        if (approval.reviewedAt) {
          throw new ConflictError('This emergency was reviewed already.');
        }
        const reviewed = await writer.update(
          tx,
          approval,
          { reviewedAt: writer.now(), reviewVerdict: input.verdict },
          caller,
          {
            type: 'approval.emergency-reviewed',
            payload: { verdict: input.verdict },
            text: input.reason,
          },
        );
        const ended = !['approved', 'suspended'].includes(reviewed.state);
        if (input.verdict === 'justified' || ended) {
          return presentApproval(reviewed);
        }
        return presentApproval(
          await lifecycle.end(tx, reviewed, 'revoke', {
            type: 'approval.revoked',
            caller,
            reason: input.reason,
            facts: plainFacts(reviewed, {
              caller,
              rights: { ...noRights, revoke: true },
              reason: input.reason,
            }),
          }),
        );
      },
    );
    writer.wake();
    return reader.answer(answered, caller);
  }

  /** The request that the emergency stands beside, and what else was asked or opened. */
  async #beside(
    tx: Knex.Transaction,
    input: BreakGlass,
    draft: ApprovalRecord,
  ): Promise<{
    request?: ApprovalRecord;
    facts: Pick<
      Situation,
      'isPendingRequester' | 'pendingRequestExists' | 'earlierEmergency'
    >;
  }> {
    const { store, clock } = this.#room.deps;
    const { entityRef, requester: opener } = draft;
    const now = clock.now();
    const asked = (
      await store.ofModels([entityRef], [...openStates, ...givenUp], tx)
    ).filter(({ kind }) => kind === 'standard');
    const open = asked.filter(({ state }) => openStates.includes(state));
    const named = input.pendingRequestId;
    const request = open.find(
      one =>
        one.state !== 'draft' && one.requester !== opener && same(one, input),
    );
    if (named && !open.some(({ id }) => id === named)) {
      throw new NotFoundError(
        `There is no open request ${named} for ${entityRef}.`,
      );
    }
    if (named && !open.some(one => one.id === named && same(one, input))) {
      throw new InputError(
        'The emergency has to have the version, tier, purpose and profile of the pending request.',
      );
    }
    const since = new Date(now.getTime() - MOST_HOURS * HOUR_MS).toISOString();
    const earlier = (await store.emergencies(draft, tx)).find(
      one => !one.reviewedAt || isRunning(one, input.tier, now),
    );
    return {
      request: open.find(({ id }) => id === named) ?? request,
      facts: {
        pendingRequestExists: request !== undefined,
        // Withdrawing one's own request does not make one somebody else.
        isPendingRequester: asked.some(
          ({ requester, state, updatedAt }) =>
            requester === opener &&
            (openStates.includes(state) || updatedAt > since),
        ),
        earlierEmergency: earlier && {
          id: earlier.id,
          reviewed: earlier.reviewedAt !== undefined,
          until: earlier.expiresAt ?? earlier.createdAt,
        },
      },
    };
  }
}

/** Its time is not over, even where it was ended early, and its tier covers the wanted one. */
function isRunning(
  { expiresAt, tier }: ApprovalRecord,
  wanted: Tier,
  now: Date,
): boolean {
  return (
    expiresAt !== undefined &&
    expiresAt > now.toISOString() &&
    tierCovers(tier, wanted)
  );
}

type Scope = Pick<
  ApprovalRecord,
  'modelVersion' | 'tier' | 'purpose' | 'profile'
>;

function same(a: Scope, b: Scope): boolean {
  return (
    a.modelVersion === b.modelVersion &&
    a.tier === b.tier &&
    a.purpose === b.purpose &&
    a.profile === b.profile
  );
}
