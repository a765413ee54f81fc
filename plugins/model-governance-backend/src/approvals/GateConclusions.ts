import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  transition,
  type Refusal,
} from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import type { GatesConclusion } from '../gates/GateService';
import type { ApprovalRecord } from './records';
import type { Room } from './Requests';
import { livingStates } from './records';
import { factsOf, type Situation } from './Situation';
import type { WaiverEnds } from './WaiverEnds';

const waitsForWaiver = (blockers: Refusal[]) =>
  blockers.some(({ code }) => code === 'hold-waiver-ended');

/** Turns what the gates conclude into commands of the hub itself. */
export class GateConclusions {
  static create(
    room: Room,
    options: { logger: LoggerService; waiverEnds: WaiverEnds },
  ) {
    return new GateConclusions(room, options);
  }

  readonly #room: Room;
  readonly #logger: LoggerService;
  readonly #waiverEnds: WaiverEnds;

  private constructor(
    room: Room,
    options: { logger: LoggerService; waiverEnds: WaiverEnds },
  ) {
    this.#room = room;
    this.#logger = options.logger;
    this.#waiverEnds = options.waiverEnds;
  }

  /** Safe to call any number of times, from any replica. */
  async handle(approvalId: string, conclusion: GatesConclusion): Promise<void> {
    const { deps, situations, writer } = this.#room;
    if (conclusion.status === 'running') return;
    const approval = await deps.store.get(approvalId);
    if (approval && livingStates.includes(approval.state)) {
      await this.#waiverEnds.look(approval);
      return;
    }
    const decided =
      approval?.state === 'in-review' && conclusion.status === 'failed';
    if (approval?.state !== 'checking' && !decided) return;
    const situation = await situations.read(approval, undefined);
    const changed = await deps.transactions.run(async tx => {
      const now = await deps.store.lock(tx, approvalId);
      // Somebody else was faster; what they did is looked at again next time.
      if (now?.revision !== approval.revision) return false;
      return this.#apply(tx, {
        ...situation,
        ...(await situations.locked(tx, now)),
      });
    });
    if (changed) writer.wake();
  }

  /** Conclusions that were reached while nobody listened. */
  async sweep(): Promise<void> {
    const { deps } = this.#room;
    for (let after = ''; ; ) {
      const batch = await deps.store.batch(
        ['checking', 'suspended'],
        after,
        100,
      );
      for (const { id, state, blockers } of batch) {
        if (state === 'suspended' && !waitsForWaiver(blockers)) continue;
        try {
          await this.handle(id, await deps.gates.conclusion(id));
        } catch (error) {
          this.#logger.warn(`The gates of approval ${id} wait`, error as Error);
        }
      }
      if (batch.length < 100) return;
      after = batch.at(-1)!.id;
    }
  }

  async #apply(tx: Knex.Transaction, situation: Situation): Promise<boolean> {
    const { gates, approval } = situation;
    switch (gates.status) {
      case 'passed':
        await this.#passed(tx, situation);
        return true;
      case 'failed':
        await this.#changesRequested(
          tx,
          approval,
          gates.gateIds.map(gateId => ({
            code: `gate-${gateId}`,
            message:
              situation.gateResults.find(result => result.gateId === gateId)
                ?.summary ?? `The gate ${gateId} did not pass.`,
          })),
        );
        return true;
      case 'blocked':
        return this.#blocked(tx, approval, gates);
      default:
        return false;
    }
  }

  async #passed(tx: Knex.Transaction, situation: Situation): Promise<void> {
    const { lifecycle } = this.#room;
    const { approval } = situation;
    const result = transition('checking', 'gates-passed', factsOf(situation));
    if (result.ok) {
      await lifecycle.gatesPassed(
        tx,
        situation,
        result.to === 'approved' ? 'approved' : 'in-review',
      );
      return;
    }
    if (result.refusal.code === 'subject-changed' && situation.subject?.pin) {
      await lifecycle.check(tx, situation, {
        type: 'approval.subject-changed',
      });
      return;
    }
    await this.#changesRequested(tx, approval, [result.refusal]);
  }

  async #changesRequested(
    tx: Knex.Transaction,
    approval: ApprovalRecord,
    blockers: Refusal[],
  ): Promise<void> {
    const { writer } = this.#room;
    await writer.update(
      tx,
      approval,
      {
        state: 'changes-requested',
        waitingFor: ['requester'],
        waitingSince: writer.now(),
        checkDeadlineAt: undefined,
        blockers,
      },
      undefined,
      {
        type: 'approval.gates-failed',
        payload: { findings: blockers.map(({ code }) => code) },
        text: blockers.map(({ message }) => message).join('\n'),
      },
    );
  }

  async #blocked(
    tx: Knex.Transaction,
    approval: ApprovalRecord,
    gates: Extract<GatesConclusion, { status: 'blocked' }>,
  ): Promise<boolean> {
    const { writer } = this.#room;
    const blocker = { code: `gate-${gates.kind}`, message: gates.message };
    const [shown] = approval.blockers;
    if (shown?.code === blocker.code && shown.message === blocker.message) {
      return false;
    }
    await writer.update(
      tx,
      approval,
      {
        blockers: [{ ...blocker, since: writer.now() }],
        waitingFor:
          gates.kind === 'needs-evidence' ? ['gates', 'requester'] : ['gates'],
      },
      undefined,
      {
        type: `approval.gate-${gates.kind}`,
        payload: { gateId: gates.gateId },
        text: gates.message,
      },
    );
    return true;
  }
}
