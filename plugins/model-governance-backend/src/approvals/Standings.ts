import {
  ARTIFACT_SECURITY_GATE,
  isModelEntity,
  tierCovers,
  tiers,
  type Approval,
  type GateResult,
  type Grant,
  type ModelEntityV1alpha1,
  type Refusal,
  type Standing,
  type StandingSummary,
} from '@modelhub/backstage-plugin-models-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { modelRef } from './ApprovalReader';
import type { CommandOptions } from './ApprovalService';
import { callerOf, type Caller } from './Caller';
import { presentApproval } from './present';
import { asSentence } from './holds';
import type { ApprovalRecord, ModelHoldRecord } from './records';
import { livingStates, openStates } from './records';
import type { Room } from './Requests';
import { peopleOf } from './signers';
import { subjectOf } from './subject';

const known = [...openStates, ...livingStates];

/**
 * What makes a model validated: that it was measured, and looked into where it
 * has bytes. A hosted model has none, so that gate does not apply to it.
 */
const validating: Record<string, Array<GateResult['status']>> = {
  evaluation: ['pass'],
  [ARTIFACT_SECURITY_GATE]: ['pass', 'not-applicable'],
};

/**
 * What a model has proved. `production` asks for a deployment, an objective and
 * a support owner, which no room knows yet.
 */
export function maturityOf(
  grants: Grant[],
  results: Map<string, GateResult[]>,
): Standing['maturity'] {
  const proved = grants.some(
    grant =>
      tierCovers(grant.tier, 'internal') &&
      Object.entries(validating).every(([gateId, proof]) =>
        results
          .get(grant.approvalId)
          ?.some(
            result => result.gateId === gateId && proof.includes(result.status),
          ),
      ),
  );
  return proved ? 'validated' : 'experimental';
}

/** Where models may be used today. */
export class Standings {
  static create(room: Room): Standings {
    return new Standings(room);
  }

  readonly #room: Room;

  private constructor(room: Room) {
    this.#room = room;
  }

  async standing(
    ref: string,
    { credentials }: Pick<CommandOptions, 'credentials'>,
  ): Promise<Standing> {
    const { deps, reader } = this.#room;
    const caller = callerOf(deps.auth, credentials);
    const entityRef = modelRef(ref);
    const entity = await reader.visibleModel(entityRef, caller);
    const [grants, holds, records, others] = await Promise.all([
      deps.store.liveGrants(deps.clock.now(), { entityRefs: [entityRef] }),
      deps.holds.openOnModels([entityRef]),
      reader.readable([entityRef], known, caller),
      this.#problems(entity),
    ]);
    const open = records.filter(({ state }) => openStates.includes(state));
    const problems = [...holds.map(onHoldProblem), ...others];
    const [whole] = holds.filter(hold => hold.modelVersion === undefined);
    return {
      entityRef,
      maturity: maturityOf(
        grants,
        await deps.gates.results(grants.map(grant => grant.approvalId)),
      ),
      official: false,
      grants,
      openRequests: open.map(presentApproval),
      heldApprovals: onHold(records).map(presentApproval),
      problems,
      nextStep: whole
        ? {
            kind: 'none',
            message: `${
              onHoldProblem(whole).message
            } It can be used again when that is cleared.`,
          }
        : await this.#nextStep(caller, entity, grants, open, others),
    };
  }

  async standings(
    refs: string[],
    { credentials }: Pick<CommandOptions, 'credentials'>,
  ): Promise<StandingSummary[]> {
    const { deps, reader } = this.#room;
    const caller = callerOf(deps.auth, credentials);
    const entityRefs = [...new Set(refs.map(modelRef))];
    if (entityRefs.length === 0) return [];
    const { items } = await deps.catalog.getEntitiesByRefs(
      {
        entityRefs,
        fields: ['apiVersion', 'kind', 'metadata.namespace', 'metadata.name'],
      },
      { credentials },
    );
    const visible = items.flatMap(entity =>
      entity && isModelEntity(entity) ? [stringifyEntityRef(entity)] : [],
    );
    const [grants, modelHolds, records] = await Promise.all([
      deps.store.liveGrants(deps.clock.now(), { entityRefs: visible }),
      deps.holds.openOnModels(visible),
      reader.readable(visible, known, caller),
    ]);
    const results = await deps.gates.results(
      grants
        .filter(({ tier }) => tierCovers(tier, 'internal'))
        .map(({ approvalId }) => approvalId),
    );
    return visible.map(entityRef => {
      const own = grants.filter(grant => grant.entityRef === entityRef);
      const mine = records.filter(record => record.entityRef === entityRef);
      return {
        entityRef,
        tiers: tiers.filter(tier => own.some(grant => grant.tier === tier)),
        maturity: maturityOf(own, results),
        official: false,
        openRequests: mine.filter(({ state }) => openStates.includes(state))
          .length,
        // A model may be held without an approval that it keeps off.
        holds: Math.max(
          onHold(mine).length,
          modelHolds.filter(hold => hold.entityRef === entityRef).length,
        ),
        grants: own,
      };
    });
  }

  async #problems(entity: ModelEntityV1alpha1): Promise<Refusal[]> {
    const { organisation, store } = this.#room.deps;
    const { ownerRef, gatewayId, entityRef } = await subjectOf(
      entity,
      undefined,
      'sandbox',
    );
    const [ownerExists, claimants, others] = await Promise.all([
      organisation.exists(ownerRef),
      organisation.claimantsOf(gatewayId),
      store.otherHolders(gatewayId, entityRef),
    ]);
    const problems: Refusal[] = [];
    if (!ownerExists) {
      problems.push({
        code: 'no-owner',
        message: `The owner ${ownerRef} is not in the catalog. Set spec.owner to an existing group or user.`,
      });
    }
    if (others.length > 0 || claimants.some(ref => ref !== entityRef)) {
      problems.push({
        code: 'gateway-id-conflict',
        message: `Another model claims the gateway id ${gatewayId}. The owners have to settle which one keeps it.`,
      });
    }
    return problems;
  }

  async #nextStep(
    caller: Caller,
    entity: ModelEntityV1alpha1,
    grants: Grant[],
    open: ApprovalRecord[],
    problems: Refusal[],
  ): Promise<Standing['nextStep']> {
    const { deps, reader } = this.#room;
    const { lifecycle, owner } = entity.spec;
    if (caller.kind !== 'user') {
      return { kind: 'none', message: 'Services have no next step.' };
    }
    const { items: signable } = await deps.store.list({
      entityRefs: [stringifyEntityRef(entity)],
      signableBy: {
        me: caller.ref,
        personas: await reader.personas(caller.ref),
      },
      permission: (
        await deps.authorizer.readable(caller.credentials)
      )?.criteria,
      order: 'waiting-longest',
      limit: 1,
    });
    const readable = open.map(({ id }) => id);
    const toSign = signable.find(({ id }) => readable.includes(id));
    if (toSign) {
      return {
        kind: 'sign',
        message: `A request for ${toSign.tier} waits for your decision.`,
        approvalId: toSign.id,
      };
    }
    const [problem] = problems;
    if (problem) {
      const { ownerRef } = await subjectOf(entity, undefined, 'sandbox');
      const people = await peopleOf(deps.organisation, ownerRef);
      return people.includes(caller.ref)
        ? { kind: 'fix', message: problem.message }
        : {
            kind: 'none',
            message: `${problem.message} Its owner is ${owner}.`,
          };
    }
    const mine = open.find(({ requester }) => requester === caller.ref);
    if (mine) return stepOfRequester(mine);
    const profiles = await Promise.all(
      [...new Set(grants.map(({ profile }) => profile))].map(
        async profile =>
          [profile, await deps.access.isMember(profile, caller.ref)] as const,
      ),
    );
    const usable = grants.find(({ profile }) =>
      profiles.some(([id, member]) => id === profile && member),
    );
    if (usable) {
      return {
        kind: 'use',
        message: `You may use it up to ${usable.tier} as part of ${usable.profile}: issue a key, then call ${usable.gatewayId}.`,
        approvalId: usable.approvalId,
      };
    }
    if (lifecycle !== 'active') {
      return {
        kind: 'none',
        message: `The model is ${lifecycle} and takes no new approvals.${
          entity.spec.supersededBy
            ? ` Its successor is ${entity.spec.supersededBy}.`
            : ''
        }`,
      };
    }
    return { kind: 'request', message: 'Request access to use it.' };
  }
}

function stepOfRequester(request: Approval | ApprovalRecord) {
  const theirs = ['draft', 'changes-requested'].includes(request.state);
  return {
    kind: theirs ? ('fix' as const) : ('wait' as const),
    message: theirs
      ? `Your request for ${request.tier} waits for you.`
      : `Your request for ${request.tier} waits for ${request.waitingFor.join(
          ', ',
        )}.`,
    approvalId: request.id,
  };
}

function onHoldProblem({ modelVersion, reason }: ModelHoldRecord): Refusal {
  const what =
    modelVersion === undefined ? 'The model' : `Version ${modelVersion}`;
  return {
    code: 'on-hold',
    message: `${what} is on hold: ${asSentence(reason)}`,
  };
}

/** Suspended approvals that no newer approval of the same scope replaced. */
function onHold(records: ApprovalRecord[]): ApprovalRecord[] {
  return records.filter(
    held =>
      held.state === 'suspended' &&
      !records.some(
        other =>
          other.state === 'approved' &&
          other.entityRef === held.entityRef &&
          other.modelVersion === held.modelVersion &&
          other.tier === held.tier &&
          other.purpose === held.purpose &&
          other.profile === held.profile,
      ),
  );
}
