import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type {
  Approval,
  ApprovalCommandInput,
  ApprovalDetail,
  ApprovalPage,
  ApprovalPreview,
  BreakGlass,
  CreateApproval,
  Delegation,
  Hold,
  PreviewApproval,
  Standing,
  StandingSummary,
  TimelineEntry,
} from '@modelhub/backstage-plugin-models-common';
import type {
  ApprovalService,
  CommandOptions,
  CreateDelegation,
  ListApprovals,
  WaiveGate,
} from './ApprovalService';
import type { EvidenceFile } from '../gates';
import { callerOf } from './Caller';
import { Commands } from './Commands';
import { Delegations } from './Delegations';
import { Emergencies } from './Emergencies';
import { GateCommands } from './GateCommands';
import { ModelHolds } from './ModelHolds';
import { Requests, type Room } from './Requests';
import { Standings } from './Standings';
import { presentEvent } from './timeline';
import { WaiverCommands } from './WaiverCommands';

type Asked = { credentials: BackstageCredentials };

/** The approvals room's front door; each subject behind it has its own file. */
export class DefaultApprovalService implements ApprovalService {
  static create(room: Room): DefaultApprovalService {
    return new DefaultApprovalService(room);
  }

  readonly #room: Room;
  readonly #requests: Requests;
  readonly #commands: Commands;
  readonly #modelHolds: ModelHolds;
  readonly #gates: GateCommands;
  readonly #waivers: WaiverCommands;
  readonly #emergencies: Emergencies;
  readonly #standings: Standings;
  readonly #delegations: Delegations;

  private constructor(room: Room) {
    this.#room = room;
    this.#requests = Requests.create(room);
    this.#modelHolds = ModelHolds.create(room);
    this.#commands = Commands.create(room, this.#requests, this.#modelHolds);
    this.#gates = GateCommands.create(room, room.waiverEnds);
    this.#waivers = WaiverCommands.create(room, room.waiverEnds);
    this.#emergencies = Emergencies.create(room);
    this.#standings = Standings.create(room);
    this.#delegations = Delegations.create(room);
  }

  list(query: ListApprovals, options: Asked): Promise<ApprovalPage> {
    return this.#requests.list(query, options);
  }

  preview(input: PreviewApproval, options: Asked): Promise<ApprovalPreview> {
    return this.#requests.preview(input, options);
  }

  create(
    input: CreateApproval,
    options: CommandOptions,
  ): Promise<ApprovalDetail> {
    return this.#requests.create(input, options);
  }

  async get(id: string, { credentials }: Asked): Promise<ApprovalDetail> {
    const { deps, reader } = this.#room;
    const caller = callerOf(deps.auth, credentials);
    return reader.detail(await reader.approval(id, caller), caller);
  }

  async timeline(id: string, { credentials }: Asked): Promise<TimelineEntry[]> {
    const { deps, reader } = this.#room;
    await reader.approval(id, callerOf(deps.auth, credentials));
    const entries: TimelineEntry[] = [];
    for (let cursor: string | undefined; ; ) {
      const page: Awaited<ReturnType<typeof deps.ledger.query>> =
        await deps.ledger.query({
          approvalId: id,
          order: 'oldest',
          limit: 200,
          cursor,
        });
      entries.push(...page.items.map(presentEvent));
      cursor = page.nextCursor;
      if (!cursor) return entries;
    }
  }

  async evidenceFile(
    id: string,
    gateId: string,
    name: string,
    { credentials }: Asked,
  ): Promise<EvidenceFile> {
    const { deps, reader } = this.#room;
    await reader.approval(id, callerOf(deps.auth, credentials));
    const file = await deps.gates.evidenceFile(id, gateId, name);
    if (!file) {
      throw new NotFoundError(
        `The gate ${gateId} left no document '${name}' for approval ${id}.`,
      );
    }
    return file;
  }

  command(
    id: string,
    input: ApprovalCommandInput,
    options: CommandOptions,
  ): Promise<ApprovalDetail> {
    return this.#commands.command(id, input, options);
  }

  rerunGate(
    id: string,
    gateId: string,
    options: CommandOptions,
  ): Promise<ApprovalDetail> {
    return this.#gates.rerunGate(id, gateId, options);
  }

  waiveGate(
    id: string,
    input: WaiveGate,
    options: CommandOptions,
  ): Promise<ApprovalDetail> {
    return this.#waivers.waiveGate(id, input, options);
  }

  endWaiver(
    id: string,
    input: { gateId: string; reason: string },
    options: CommandOptions,
  ): Promise<ApprovalDetail> {
    return this.#waivers.endWaiver(id, input, options);
  }

  breakGlass(
    input: BreakGlass,
    options: CommandOptions,
  ): Promise<ApprovalDetail> {
    return this.#emergencies.open(input, options);
  }

  reviewBreakGlass(
    id: string,
    input: { verdict: 'justified' | 'not-justified'; reason: string },
    options: CommandOptions,
  ): Promise<ApprovalDetail> {
    return this.#emergencies.review(id, input, options);
  }

  suspendModel(
    entityRef: string,
    input: { reason: string; modelVersion?: string },
    options: CommandOptions,
  ): Promise<Approval[]> {
    return this.#modelHolds.place(entityRef, input, options);
  }

  modelHolds(entityRef: string, options: Asked): Promise<Hold[]> {
    return this.#modelHolds.list(entityRef, options);
  }

  clearModelHold(
    entityRef: string,
    holdId: string,
    input: { reason: string },
    options: CommandOptions,
  ): Promise<Approval[]> {
    return this.#modelHolds.clear(entityRef, holdId, input, options);
  }

  standing(entityRef: string, options: Asked): Promise<Standing> {
    return this.#standings.standing(entityRef, options);
  }

  standings(entityRefs: string[], options: Asked): Promise<StandingSummary[]> {
    return this.#standings.standings(entityRefs, options);
  }

  delegations(options: Asked): Promise<Delegation[]> {
    return this.#delegations.list(options);
  }

  createDelegation(
    input: CreateDelegation,
    options: CommandOptions,
  ): Promise<Delegation> {
    return this.#delegations.create(input, options);
  }

  endDelegation(id: string, options: CommandOptions): Promise<Delegation> {
    return this.#delegations.end(id, options);
  }
}
