import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  submitRefusals,
  type Checklist,
  type ChecklistItem,
  type ModelEntityV1alpha1,
  type Tier,
} from '@modelhub/backstage-plugin-models-common';
import { modelRef } from '../approvals/ApprovalReader';
import { gateSubject } from '../approvals/bindings';
import { callerOf, type Caller } from '../approvals/Caller';
import { presentDemands } from '../approvals/present';
import type { ApprovalRecord } from '../approvals/records';
import { livingStates, openStates } from '../approvals/records';
import type { Requests, Room } from '../approvals/Requests';
import { countSignOffs, factsOf, type Situation } from '../approvals/Situation';
import { pinFor } from '../approvals/subject';
import { decidedAt, estimateOf } from './estimate';
import {
  answeredGate,
  countsOf,
  decidedStates,
  foreseenGate,
  isReady,
  signOffItems,
  type ChecklistPeople,
  type DemandedGate,
} from './items';
import { requestItems } from './requestItems';

export interface ChecklistQuery {
  version?: string;
  tier: Tier;
  purpose?: string;
  profile?: string;
  requesterGroup?: string;
  /** Of this request or approval. */
  approval?: string;
}

export interface ChecklistOptions {
  room: Room;
  requests: Requests;
  /** Of these users, those who have a passkey. */
  withPasskey(userRefs: string[]): Promise<Set<string>>;
}

/**
 * What a tier demands of a version of a model, as a list that a person works
 * off: before the request, while it is decided, and afterwards.
 */
export class ChecklistService {
  static create(options: ChecklistOptions): ChecklistService {
    return new ChecklistService(options);
  }

  readonly #options: ChecklistOptions;

  private constructor(options: ChecklistOptions) {
    this.#options = options;
  }

  async checklist(
    ref: string,
    query: ChecklistQuery,
    { credentials }: { credentials: BackstageCredentials },
  ): Promise<Checklist> {
    const { deps, situations } = this.#options.room;
    const caller = callerOf(deps.auth, credentials);
    const entityRef = modelRef(ref);
    const approval = await this.#approval(entityRef, query, caller);
    const situation = approval
      ? await situations.read(approval, caller)
      : await this.#asked(entityRef, query, caller);
    return this.#present(situation, caller, {
      exists: approval !== undefined,
    });
  }

  /** The request or approval that the list is about, where there is one. */
  async #approval(
    entityRef: string,
    query: ChecklistQuery,
    caller: Caller,
  ): Promise<ApprovalRecord | undefined> {
    const { reader } = this.#options.room;
    if (query.approval) {
      const approval = await reader.approval(query.approval, caller);
      if (approval.entityRef !== entityRef) {
        throw new NotFoundError(
          `Approval ${approval.id} is not one of ${entityRef}.`,
        );
      }
      return approval;
    }
    if (query.purpose || query.profile || query.requesterGroup) {
      return undefined;
    }
    // Throws where the model is not to be seen.
    const entity = await reader.visibleModel(entityRef, caller);
    const version = query.version ?? newestVersion(entity, query.tier);
    const found = await this.#ofVersion(entityRef, version, caller);
    return found.find(({ tier }) => tier === query.tier);
  }

  /** Of a version: what lives first, then what is open, the newest first. */
  async #ofVersion(
    entityRef: string,
    version: string | undefined,
    caller: Caller,
  ): Promise<ApprovalRecord[]> {
    const { reader } = this.#options.room;
    const readable = await reader.readable(
      [entityRef],
      [...livingStates, ...openStates],
      caller,
    );
    const rank = ({ state }: ApprovalRecord) =>
      [...livingStates, ...openStates].indexOf(state);
    return readable
      .filter(
        ({ kind, modelVersion }) =>
          kind !== 'emergency' && modelVersion === version,
      )
      .sort(
        (a, b) => rank(a) - rank(b) || b.createdAt.localeCompare(a.createdAt),
      );
  }

  /** A request that nobody made yet; for a scope that the version has, where none is named. */
  async #asked(
    entityRef: string,
    query: ChecklistQuery,
    caller: Caller,
  ): Promise<Situation> {
    const { room, requests } = this.#options;
    const entity = await room.reader.visibleModel(entityRef, caller);
    const modelVersion = query.version ?? newestVersion(entity, query.tier);
    const scope =
      query.purpose || query.profile
        ? query
        : (await this.#ofVersion(entityRef, modelVersion, caller))[0] ?? {};
    const draft = await requests.draft(
      {
        entityRef,
        modelVersion: modelVersion ?? '',
        tier: query.tier,
        purpose: scope.purpose ?? '',
        profile: scope.profile ?? '',
        requesterGroup: query.requesterGroup,
        justification: '',
      },
      caller,
    );
    return (await requests.prepareSubmit(draft, caller)).situation;
  }

  async #present(
    situation: Situation,
    caller: Caller,
    { exists }: { exists: boolean },
  ): Promise<Checklist> {
    const { deps } = this.#options.room;
    const { approval, subject, policyNow } = situation;
    const { annotations } = subject?.entity.metadata ?? {};
    const people: ChecklistPeople = {
      caller: caller.kind === 'user' ? caller.ref : undefined,
      requester: approval.requester,
      ownerRef: subject?.ownerRef ?? approval.ownerRef,
      ownerPeople: situation.ownerPeople,
      editUrl: httpUrl(annotations?.['backstage.io/edit-url']),
      approvalId: exists ? approval.id : undefined,
    };
    const decision = approval.policyDecision ?? policyNow;
    const items = [
      ...this.#beforeIt(situation, people),
      ...(await this.#gates(situation, people)),
      ...(await this.#signOffs(situation, people, exists)),
    ];
    const undecided = !decidedStates.includes(approval.state);
    return {
      entityRef: approval.entityRef,
      modelVersion: approval.modelVersion,
      tier: approval.tier,
      purpose: approval.purpose || undefined,
      profile: approval.profile || undefined,
      approval: exists
        ? {
            id: approval.id,
            state: approval.state,
            expiresAt: approval.expiresAt,
          }
        : undefined,
      policyVersion: decision?.version ?? '',
      expiresAfterDays: decision?.expiresAfterDays,
      items,
      counts: countsOf(items),
      ready: isReady(items),
      estimate: undecided
        ? estimateOf(
            await decidedAt(deps.transactions.knex, approval.tier, deps.clock),
            approval.purpose,
          )
        : undefined,
    };
  }

  #beforeIt(situation: Situation, people: ChecklistPeople): ChecklistItem[] {
    const { approval, subject } = situation;
    const undecided = !approval.purpose || !approval.profile;
    if (['approved', 'suspended'].includes(approval.state)) {
      return situation.holds
        .filter(({ clearedAt }) => !clearedAt)
        .map(hold => ({
          id: `request:on-hold:${hold.id}`,
          group: 'request',
          title: 'A hold is cleared',
          required: true,
          state: 'failing',
          summary: hold.reason,
          at: hold.placedAt,
          actions: [{ kind: 'open-request', approvalId: approval.id }],
        }));
    }
    const refusals = submitRefusals(factsOf(situation)).filter(
      ({ code }) => !(code === 'scope-missing' && undecided),
    );
    return requestItems(refusals, { pin: subject?.pin, undecided, people });
  }

  async #gates(
    situation: Situation,
    people: ChecklistPeople,
  ): Promise<ChecklistItem[]> {
    const { deps } = this.#options.room;
    const { approval, policyNow, gateResults, subject, purpose } = situation;
    const demands = (approval.policyDecision ?? policyNow)?.gates ?? [];
    const installed = new Map(deps.gates.list().map(gate => [gate.id, gate]));
    const gates = demands.map((demand): DemandedGate => {
      const gate = installed.get(demand.id);
      return {
        id: demand.id,
        title: gate?.title ?? demand.id,
        description: gate?.description,
        required: demand.required,
        waivableBy: demand.waivableBy,
        guidance: gate?.guidance,
        takesEvidence: gate?.takesEvidence ?? false,
      };
    });
    const isKnown =
      subject?.version && subject.pin && purpose && approval.profile;
    const unanswered = demands.filter(
      ({ id }) => !gateResults.some(({ gateId }) => gateId === id),
    );
    const foreseen =
      isKnown && unanswered.length > 0
        ? await deps.gates.foresee(gateSubject(subject, situation), unanswered)
        : [];
    return gates.map(gate => {
      const result = gateResults.find(({ gateId }) => gateId === gate.id);
      return result
        ? answeredGate(gate, result, people)
        : foreseenGate(
            gate,
            foreseen.find(({ gateId }) => gateId === gate.id),
            people,
          );
    });
  }

  async #signOffs(
    situation: Situation,
    people: ChecklistPeople,
    exists: boolean,
  ): Promise<ChecklistItem[]> {
    const { room, withPasskey } = this.#options;
    const { approval, policyNow } = situation;
    const decision = approval.policyDecision ?? policyNow;
    if (!decision) return [];
    const { signOffs } = presentDemands(
      decision,
      room.deps.gates.list(),
      situation,
    );
    const over = exists && decidedStates.includes(approval.state);
    // What was decided stays signed, also by those who left since.
    const given = over
      ? situation.signOffs.filter(
          ({ round, voidAt, decision: how }) =>
            round === approval.round && !voidAt && how === 'approve',
        )
      : countSignOffs(situation).given;
    const could = [
      ...new Set(
        signOffs.flatMap(({ secondFactor, people: asked }) =>
          secondFactor ? asked ?? [] : [],
        ),
      ),
    ];
    const have =
      could.length > 0 ? await withPasskey(could) : new Set<string>();
    return signOffs.flatMap(demand =>
      signOffItems(demand, {
        given: given.filter(({ role }) => role === demand.role),
        over,
        withPasskey: have,
        people,
      }),
    );
  }
}

/** The newest version that can be asked for at the tier, else the newest. */
function newestVersion(
  { spec }: ModelEntityV1alpha1,
  tier: Tier,
): string | undefined {
  const versions = spec.versions ?? [];
  const pinned = versions.findLast(version => pinFor(version, tier));
  return (pinned ?? versions.at(-1))?.name;
}

/** Annotations are written by people: only addresses of pages are linked. */
function httpUrl(text: string | undefined): string | undefined {
  return text && /^https?:\/\//i.test(text) && URL.canParse(text)
    ? text
    : undefined;
}
