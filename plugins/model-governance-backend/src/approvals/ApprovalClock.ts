import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ApprovalRecord } from './records';
import { livingStates } from './records';
import type { Room } from './Requests';
import type { WaiverEnds } from './WaiverEnds';

/** Ends what has had its time. Safe on any number of replicas. */
export class ApprovalClock {
  static create(
    room: Room,
    options: { logger: LoggerService; waiverEnds: WaiverEnds },
  ) {
    return new ApprovalClock(room, options);
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

  async run(): Promise<void> {
    const { deps, writer } = this.#room;
    const ids = await deps.store.due(deps.clock.now());
    for (const id of ids) {
      try {
        await this.#end(id);
        const approval = await deps.store.get(id);
        if (approval) await this.#waiverEnds.look(approval);
      } catch (error) {
        this.#logger.warn(`Approval ${id} could not be ended`, error as Error);
      }
    }
    if (ids.length > 0) writer.wake();
  }

  async #end(id: string): Promise<void> {
    const { deps, lifecycle } = this.#room;
    await deps.transactions.run(async tx => {
      const approval = await deps.store.lock(tx, id);
      if (!approval || !this.#isDue(approval)) return;
      if (approval.state === 'checking') {
        await lifecycle.end(tx, approval, 'check-deadline', {
          type: 'approval.check-deadline',
          reason:
            'The checks did not finish in time. See what blocks them and submit again.',
        });
      } else if (approval.kind === 'emergency' && !approval.reviewedAt) {
        await lifecycle.end(tx, approval, 'revoke', {
          type: 'approval.revoked',
          reason: 'The emergency ended and nobody reviewed it.',
        });
      } else {
        await lifecycle.end(tx, approval, 'expire', {
          type: 'approval.expired',
        });
      }
    });
  }

  #isDue({ state, expiresAt, checkDeadlineAt }: ApprovalRecord): boolean {
    const at = this.#room.deps.clock.now().toISOString();
    const end = livingStates.includes(state) ? expiresAt : checkDeadlineAt;
    return end !== undefined && end <= at;
  }
}
