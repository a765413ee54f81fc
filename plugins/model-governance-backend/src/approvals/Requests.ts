import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import {
  submitRefusals,
  transition,
  type Approval,
  type ApprovalDetail,
  type ApprovalPage,
  type ApprovalPreview,
  type CreateApproval,
  type PreviewApproval,
} from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import { v4 as uuid } from 'uuid';
import { modelRef, type ApprovalReader } from './ApprovalReader';
import type { CommandOptions, ListApprovals } from './ApprovalService';
import type { ApprovalWriter } from './ApprovalWriter';
import { callerOf, personOf, type Caller } from './Caller';
import type { ApprovalDeps } from './deps';
import type { Lifecycle } from './Lifecycle';
import { presentApproval, presentDemands } from './present';
import type { ApprovalRecord } from './records';
import { openStates } from './records';
import { refusalError } from './refusals';
import { factsOf, type Situation } from './Situation';
import type { SituationReader } from './SituationReader';
import { boundFields, missingForPin, pinFor, subjectOf } from './subject';
import type { WaiverEnds } from './WaiverEnds';

export interface Room {
  deps: ApprovalDeps;
  reader: ApprovalReader;
  situations: SituationReader;
  writer: ApprovalWriter;
  lifecycle: Lifecycle;
  waiverEnds: WaiverEnds;
}

/** From the wish for a model to a submitted request. */
export class Requests {
  static create(room: Room): Requests {
    return new Requests(room);
  }

  readonly #room: Room;

  private constructor(room: Room) {
    this.#room = room;
  }

  async list(
    query: ListApprovals,
    { credentials }: Pick<CommandOptions, 'credentials'>,
  ): Promise<ApprovalPage> {
    const { deps, reader } = this.#room;
    const caller = callerOf(deps.auth, credentials);
    const readable = await deps.authorizer.readable(credentials);
    if (!readable) return { items: [], totalItems: 0 };
    const { entityRef, requester, needsMyDecision, ...rest } = query;
    const page = await deps.store.list({
      ...rest,
      permission: readable.criteria,
      entityRefs: entityRef ? [modelRef(entityRef)] : undefined,
      requester: requester === 'me' ? personOf(caller) : requester,
      signableBy: needsMyDecision
        ? {
            me: personOf(caller),
            personas: await reader.personas(personOf(caller)),
          }
        : undefined,
    });
    return { ...page, items: page.items.map(presentApproval) };
  }

  async preview(
    input: PreviewApproval,
    { credentials }: Pick<CommandOptions, 'credentials'>,
  ): Promise<ApprovalPreview> {
    const { deps, reader } = this.#room;
    const caller = callerOf(deps.auth, credentials);
    const entity = await reader.visibleModel(modelRef(input.entityRef), caller);
    const versions = entity.spec.versions ?? [];
    const draft = await this.draft(
      {
        justification: '',
        ...input,
        modelVersion:
          input.modelVersion ??
          (
            versions.findLast(version => pinFor(version, input.tier)) ??
            versions.at(-1)
          )?.name ??
          '',
        purpose: input.purpose ?? '',
        profile: input.profile ?? '',
      },
      caller,
    );
    const { situation } = await this.prepareSubmit(draft, caller);
    const undecided = [
      ...(input.purpose ? [] : ['purpose']),
      ...(input.profile ? [] : ['profile']),
    ];
    const existing = await this.#existing(draft, caller, undecided.length > 0);
    return {
      demands: presentDemands(
        situation.policyNow!,
        deps.gates.list(),
        situation,
      ),
      problems: submitRefusals(factsOf(situation)).filter(
        ({ code }) => !(code === 'scope-missing' && undecided.length > 0),
      ),
      versions: versions.map(version => {
        const pin = pinFor(version, input.tier);
        return {
          name: version.name,
          pinned: pin !== undefined,
          pin,
          missing: pin ? undefined : missingForPin(version),
        };
      }),
      existing: existing.map(presentApproval),
    };
  }

  async create(
    input: CreateApproval,
    { credentials, idempotencyKey }: CommandOptions,
  ): Promise<ApprovalDetail> {
    const { deps, reader, situations, writer } = this.#room;
    const caller = callerOf(deps.auth, credentials);
    const draft = await this.draft(input, caller);
    const { situation, prepared } = await this.prepareSubmit(draft, caller);
    const answered = await deps.idempotency.run<Approval>(
      {
        caller: caller.ref,
        key: idempotencyKey,
        request: { command: 'create', ...input },
      },
      async tx => {
        await deps.store.lockModel(tx, draft.entityRef);
        const created = transition('none', 'create', {
          ...factsOf(situation),
          actor: {
            ...factsOf(situation).actor,
            may: { ...situation.rights, read: true },
          },
        });
        if (!created.ok) throw refusalError(created.refusal);
        await this.#refuseTwice(tx, prepared);
        const approval = await writer.insert(tx, prepared, caller, {
          type: 'approval.created',
          payload: { purpose: draft.purpose, profile: draft.profile },
          text: draft.justification,
        });
        if (!input.submit) return presentApproval(approval);
        const now = await situations.locked(tx, approval);
        return presentApproval(
          await this.submit(tx, { ...situation, ...now, approval }),
        );
      },
    );
    writer.wake();
    return reader.answer(answered, caller);
  }

  /** Carries out `submit` in the caller's transaction. */
  async submit(
    tx: Knex.Transaction,
    situation: Situation,
  ): Promise<ApprovalRecord> {
    const { approval } = situation;
    const result = transition(approval.state, 'submit', factsOf(situation));
    if (!result.ok) throw refusalError(result.refusal);
    return this.#room.lifecycle.check(tx, situation, {
      type: 'approval.submitted',
      payload: { leadGroup: approval.leadGroup ?? '' },
    });
  }

  /**
   * What submitting would look at. The group whose lead is asked, and with it
   * who holds the role, is settled here: from the catalog, not from the request.
   */
  async prepareSubmit(
    draft: ApprovalRecord,
    caller: Caller,
  ): Promise<{ situation: Situation; prepared: ApprovalRecord }> {
    const { situations } = this.#room;
    const subject = await situations.subject(draft);
    const ownerRef = subject?.ownerRef ?? draft.ownerRef;
    const [requesterGroup, policyNow] = await Promise.all([
      this.#requesterGroup(draft),
      situations.policy(subject, draft),
    ]);
    const asked = { ...draft, requesterGroup };
    const prepared = {
      ...asked,
      leadGroup: await situations.leadGroup(asked, ownerRef),
    };
    const situation = await situations.read(prepared, caller, {
      subject,
      decided: policyNow,
    });
    return { situation, prepared };
  }

  async #requesterGroup(draft: ApprovalRecord): Promise<string | undefined> {
    const { organisation } = this.#room.deps;
    const groups = await organisation.groupsOf(draft.requester);
    if (draft.requesterGroup) {
      if (groups.includes(draft.requesterGroup)) return draft.requesterGroup;
      throw new InputError(
        `You are not a member of ${
          draft.requesterGroup
        }. Choose one of your groups${
          groups.length > 0 ? `: ${groups.join(', ')}` : ''
        }.`,
      );
    }
    for (const group of groups) {
      const leads = await organisation.leadsOf(group, [draft.requester]);
      if (leads.length > 0) return group;
    }
    return groups[0];
  }

  /** What would be asked for; throws where it cannot be asked for at all. */
  async draft(input: CreateApproval, caller: Caller): Promise<ApprovalRecord> {
    const { reader, writer } = this.#room;
    if (caller.kind !== 'user') {
      throw new NotAllowedError(
        'Only a person asks for a model. Call with the credentials of a user.',
      );
    }
    const entityRef = modelRef(input.entityRef);
    const entity = await reader.visibleModel(entityRef, caller);
    const names = (entity.spec.versions ?? []).map(({ name }) => name);
    if (input.modelVersion && !names.includes(input.modelVersion)) {
      throw new InputError(
        `${entityRef} has no version "${input.modelVersion}". It has: ${
          names.join(', ') || 'none; add spec.versions'
        }.`,
      );
    }
    await this.#knownScope(input);
    const subject = await subjectOf(entity, input.modelVersion, input.tier);
    const at = writer.now();
    return {
      ...boundFields(subject),
      id: uuid(),
      kind: 'standard',
      state: 'draft',
      revision: 1,
      round: 0,
      entityRef,
      modelVersion: input.modelVersion,
      ownerPeople: [],
      tier: input.tier,
      purpose: input.purpose,
      profile: input.profile,
      justification: input.justification,
      expectedUse: input.expectedUse,
      requester: caller.ref,
      requesterGroup: input.requesterGroup,
      evidenceIds: [],
      blockers: [],
      waitingFor: ['requester'],
      createdAt: at,
      updatedAt: at,
    };
  }

  async #knownScope({ purpose, profile }: CreateApproval): Promise<void> {
    const { access } = this.#room.deps;
    if (purpose && !(await access.purpose(purpose))) {
      throw new InputError(
        `There is no purpose "${purpose}". Choose one of: ${(
          await access.purposes()
        )
          .map(({ id }) => id)
          .join(', ')}.`,
      );
    }
    if (profile && !(await access.profile(profile))) {
      throw new InputError(
        `There is no access profile "${profile}". Choose one of: ${(
          await access.profiles()
        )
          .map(({ id }) => id)
          .join(', ')}.`,
      );
    }
  }

  async #refuseTwice(tx: Knex.Transaction, draft: ApprovalRecord) {
    const open = await this.#room.deps.store.ofScope(draft, openStates, tx);
    const mine = open.find(({ requester }) => requester === draft.requester);
    if (mine) {
      throw new ConflictError(
        `You already asked for exactly this in request ${mine.id}. Go on with that one, or withdraw it first.`,
      );
    }
  }

  async #existing(draft: ApprovalRecord, caller: Caller, anyScope: boolean) {
    const { deps } = this.#room;
    const readable = await deps.authorizer.readable(caller.credentials);
    if (!readable) return [];
    const { items } = await deps.store.list({
      entityRefs: [draft.entityRef],
      state: [...openStates, 'approved', 'suspended'],
      tier: [draft.tier],
      permission: readable.criteria,
      limit: 200,
    });
    return items.filter(
      item =>
        anyScope ||
        (item.purpose === draft.purpose && item.profile === draft.profile),
    );
  }
}
