import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  modelGateWaivePermission,
  modelPolicyReadPermission,
  modelSuspendPermission,
  type ExceptionInForce,
  type Waiver,
} from '@modelhub/backstage-plugin-models-common';
import type { Clock } from '@modelhub/backstage-plugin-models-node';
import type { ApprovalStore } from '../approvals/ApprovalStore';
import { modelRef } from '../approvals/ApprovalReader';
import { callerOf, personOf, type Caller } from '../approvals/Caller';
import { presentApproval } from '../approvals/present';
import type { ApprovalRecord } from '../approvals/records';
import { livingStates } from '../approvals/records';
import { resourceOf } from '../approvals/SituationReader';
import type { GateService } from '../gates/GateService';
import type { ApprovalAuthorizer } from '../permissions';
import type { PolicySource } from '@modelhub/policies';
import { exceptionsIn } from './exceptionsInForce';
import { ageInDays, endOfWaiver, stateOf } from './waiverState';
import type { WaiverQuery, WaiverRecord, WaiverStore } from './WaiverStore';

type Asked = { credentials: BackstageCredentials };

export interface WaiverServiceOptions {
  store: WaiverStore;
  approvals: Pick<ApprovalStore, 'getMany' | 'signers' | 'batch'>;
  authorizer: ApprovalAuthorizer;
  auth: AuthService;
  gates: Pick<GateService, 'list'>;
  policies: { inForce(): { sources: PolicySource[] } };
  clock: Clock;
}

/** Waivers and exceptions in the open: who, why, until when, and what rests on them. */
export class WaiverService {
  static create(options: WaiverServiceOptions): WaiverService {
    return new WaiverService(options);
  }

  readonly #options: WaiverServiceOptions;

  private constructor(options: WaiverServiceOptions) {
    this.#options = options;
  }

  /** Waivers on approvals that the caller may read. */
  async list(query: WaiverQuery, { credentials }: Asked) {
    const { store, approvals, authorizer, auth, clock } = this.#options;
    const caller = callerOf(auth, credentials);
    const now = clock.now();
    const none = {
      items: [],
      totalItems: 0,
      counts: { active: 0, ending: 0, ended: 0 },
    };
    const readable = await authorizer.readable(credentials);
    if (!readable) return none;
    const [page, counts] = await Promise.all([
      store.list(
        {
          ...query,
          entityRef: query.entityRef && modelRef(query.entityRef),
          by: query.by === 'me' ? personOf(caller) : query.by,
        },
        readable,
        now,
      ),
      store.counts(readable, now),
    ]);
    const ids = [...new Set(page.items.map(({ approvalId }) => approvalId))];
    const records = await approvals.getMany(ids);
    const byId = new Map(records.map(record => [record.id, record]));
    const mayEnd = await this.#mayEnd(caller, records);
    return {
      ...page,
      counts,
      items: page.items.flatMap(waiver => {
        const approval = byId.get(waiver.approvalId);
        return approval
          ? [this.#present(waiver, approval, caller, mayEnd.has(approval.id))]
          : [];
      }),
    };
  }

  /** What loosens the policies, with the live approvals that rest on it. */
  async exceptions({ credentials }: Asked): Promise<ExceptionInForce[]> {
    const { authorizer, auth, policies, clock } = this.#options;
    const caller = callerOf(auth, credentials);
    const [allowed] = await authorizer.may(credentials, [
      modelPolicyReadPermission,
    ]);
    if (!allowed) {
      throw new NotAllowedError(
        `Reading policies needs permission ${modelPolicyReadPermission.name}.`,
      );
    }
    const exceptions = exceptionsIn(policies.inForce().sources);
    if (exceptions.length === 0) return [];
    const resting = await this.#restOnExceptions(caller);
    const now = clock.now();
    return exceptions.map(({ key, endsAt, ...exception }) => ({
      ...exception,
      endsAt: endsAt.toISOString(),
      state: stateOf(endsAt, now),
      approvals: resting
        .filter(
          ({ tier, policyDecision }) =>
            tier === exception.tier &&
            policyDecision?.exceptions?.some(
              ({ name, by, until }) =>
                name === exception.name &&
                by === exception.by &&
                until === exception.until,
            ),
        )
        .map(presentApproval),
    }));
  }

  /** Living approvals that the caller may read and that rest on an exception. */
  async #restOnExceptions(caller: Caller): Promise<ApprovalRecord[]> {
    const { approvals, authorizer } = this.#options;
    const found: ApprovalRecord[] = [];
    for (let after = ''; ; ) {
      const batch = await approvals.batch(livingStates, after, 500);
      found.push(
        ...batch.filter(
          ({ policyDecision }) => policyDecision?.exceptions?.length,
        ),
      );
      if (batch.length < 500) break;
      after = batch.at(-1)!.id;
    }
    const resources = await this.#resources(found);
    const readable = await authorizer.readableOf(caller.credentials, resources);
    return found.filter(({ id }) => readable.has(id));
  }

  async #mayEnd(
    caller: Caller,
    records: ApprovalRecord[],
  ): Promise<Set<string>> {
    const { authorizer } = this.#options;
    if (caller.kind !== 'user' || !caller.inPerson) return new Set();
    const [suspend] = await authorizer.may(caller.credentials, [
      modelSuspendPermission,
    ]);
    if (suspend) return new Set(records.map(({ id }) => id));
    return authorizer.allowedOf(
      caller.credentials,
      modelGateWaivePermission,
      await this.#resources(records),
    );
  }

  async #resources(records: ApprovalRecord[]) {
    const signers = await this.#options.approvals.signers(
      records.map(({ id }) => id),
    );
    return records.map(record =>
      resourceOf(record, signers.get(record.id) ?? []),
    );
  }

  #present(
    waiver: WaiverRecord,
    approval: ApprovalRecord,
    caller: Caller,
    mayEnd: boolean,
  ): Waiver {
    const now = this.#options.clock.now();
    const ended = endOfWaiver(waiver, approval.state, now);
    const { gateId, by, until } = waiver;
    const lives = livingStates.includes(approval.state);
    const inPerson = caller.kind === 'user' && caller.inPerson;
    return {
      id: waiver.id,
      gateId,
      title:
        this.#options.gates.list().find(({ id }) => id === gateId)?.title ??
        gateId,
      state: ended ? 'ended' : stateOf(until, now),
      by,
      reason: waiver.reason,
      at: waiver.at.toISOString(),
      until: until.toISOString(),
      ageDays: ageInDays(waiver.at, waiver.endedAt ?? now),
      endedAt: waiver.endedAt?.toISOString(),
      endedBy: waiver.endedBy,
      endReason: waiver.endReason,
      ended,
      mayEnd: !ended && (mayEnd || (inPerson && by === caller.ref)),
      approval: {
        id: approval.id,
        state: approval.state,
        entityRef: approval.entityRef,
        title: approval.title,
        modelVersion: approval.modelVersion,
        gatewayId: approval.gatewayId,
        tier: approval.tier,
        purpose: approval.purpose,
        profile: approval.profile,
        requester: approval.requester,
        ownerRef: approval.ownerRef,
        restsOnIt:
          !ended &&
          lives &&
          approval.waivedUntil !== undefined &&
          approval.waivedUntil <= until.toISOString(),
      },
    };
  }
}
