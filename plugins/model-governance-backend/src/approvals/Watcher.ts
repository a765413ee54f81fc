import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  transition,
  type ModelEntityV1alpha1,
} from '@modelhub/backstage-plugin-models-common';
import type { Knex } from 'knex';
import { plainFacts } from './plainFacts';
import type { ApprovalRecord, HoldRecord } from './records';
import type { Room } from './Requests';
import { differences, subjectOf, type Subject } from './subject';

const BATCH = 100;
/** A catalog that was restarted needs a moment to find everything again. */
const GRACE_MS = 10 * 60_000;

const watched = ['checking', 'in-review', 'approved', 'suspended'] as const;

/**
 * Compares what was decided with what the catalog says now. A change of prose
 * is none: only the pin, the decision facts and the names count.
 */
export class Watcher {
  static create(room: Room, options: { logger: LoggerService }): Watcher {
    return new Watcher(room, options.logger);
  }

  readonly #room: Room;
  readonly #logger: LoggerService;

  private constructor(room: Room, logger: LoggerService) {
    this.#room = room;
    this.#logger = logger;
  }

  /** One round over everything that is open or lives. */
  async run(): Promise<void> {
    const { deps, writer } = this.#room;
    for (let after = ''; ; ) {
      const batch = await deps.store.batch([...watched], after, BATCH);
      const models = await deps.organisation.models([
        ...new Set(batch.map(({ entityRef }) => entityRef)),
      ]);
      const subjects = new Map(
        await Promise.all(
          batch.map(
            async approval =>
              [approval.id, await subjectNow(approval, models)] as const,
          ),
        ),
      );
      const owners = await deps.organisation.existing([
        ...new Set(
          [...subjects.values()].flatMap(subject => subject?.ownerRef ?? []),
        ),
      ]);
      for (const approval of batch) {
        const subject = subjects.get(approval.id);
        try {
          await this.#look(
            approval,
            subject,
            subject !== undefined && owners.has(subject.ownerRef),
          );
        } catch (error) {
          this.#logger.warn(
            `Approval ${approval.id} is looked at again next time`,
            error as Error,
          );
        }
      }
      if (batch.length < BATCH) break;
      after = batch.at(-1)!.id;
    }
    writer.wake();
  }

  async #look(
    approval: ApprovalRecord,
    subject: Subject | undefined,
    ownerExists: boolean,
  ): Promise<void> {
    const lives = ['approved', 'suspended'].includes(approval.state);
    if (lives && subject?.entity.spec.lifecycle === 'retired') {
      await this.#retire(approval);
      return;
    }
    if (!subject || !ownerExists) {
      await this.#absent(approval, subject, lives);
      return;
    }
    if (approval.absentSince) await this.#write(approval, {});
    const changed = differences(approval, subject);
    if (changed.length > 0) {
      await (lives
        ? this.#hold(
            approval,
            'subject-changed',
            `Since the approval ${list(changed)} changed.`,
          )
        : this.#checkAgain(approval, changed));
      return;
    }
    if (!lives && (await this.#asksAnother(approval, subject.ownerRef))) {
      await this.#checkAgain(approval, ['the owner']);
      return;
    }
    if (approval.ownerRef !== subject.ownerRef) {
      await this.#write(approval, { ownerRef: subject.ownerRef });
    }
  }

  async #retire(approval: ApprovalRecord): Promise<void> {
    const { deps, lifecycle } = this.#room;
    await this.#inTransaction(approval, (tx, now) =>
      lifecycle.end(tx, now, 'retire', {
        type: 'approval.revoked',
        reason: 'The model was retired.',
      }),
    );
    deps.outbox.wake();
  }

  /** Not found is believed only after a while; what changed is believed at once. */
  async #absent(
    approval: ApprovalRecord,
    subject: Subject | undefined,
    lives: boolean,
  ): Promise<void> {
    const { clock } = this.#room.deps;
    const now = clock.now();
    const { absentSince } = approval;
    if (!absentSince) {
      await this.#write(approval, { absentSince: now.toISOString() });
      return;
    }
    if (!lives || now.getTime() - Date.parse(absentSince) < GRACE_MS) return;
    await (subject
      ? this.#hold(
          approval,
          'ownerless',
          `The owner ${subject.ownerRef} is not in the catalog any more.`,
        )
      : this.#hold(
          approval,
          'subject-changed',
          'The model is not in the catalog any more.',
        ));
  }

  async #hold(
    approval: ApprovalRecord,
    kind: HoldRecord['kind'],
    reason: string,
  ): Promise<void> {
    const { lifecycle } = this.#room;
    await this.#inTransaction(approval, (tx, now) =>
      lifecycle.hold(tx, now, { kind, reason }),
    );
  }

  async #checkAgain(
    approval: ApprovalRecord,
    changed: string[],
  ): Promise<void> {
    const { situations, lifecycle } = this.#room;
    const subject = await situations.subject(approval);
    const asked = {
      ...approval,
      leadGroup:
        subject && (await this.#asksAnother(approval, subject.ownerRef))
          ? await situations.leadGroup(approval, subject.ownerRef)
          : approval.leadGroup,
    };
    const situation = await situations.read(asked, undefined, {
      subject,
      decided: await situations.policy(subject, approval),
    });
    await this.#inTransaction(approval, async (tx, now) => {
      const result = transition(now.state, 'subject-changed', plainFacts(now));
      if (!result.ok) return;
      // Without a pin there is nothing to check: say so once, and wait.
      if (now.blockers.length > 0 && !situation.subject?.pin) return;
      await lifecycle.check(tx, situation, {
        type: 'approval.subject-changed',
        text: `While it was decided, ${list(changed)} changed.`,
      });
    });
  }

  /** Whether the lead of another group is to be asked, because the owner changed. */
  async #asksAnother(
    request: ApprovalRecord,
    ownerRef: string,
  ): Promise<boolean> {
    const { situations } = this.#room;
    if (request.leadGroup === ownerRef) return false;
    const now = await situations.leadGroup(request, ownerRef);
    return request.leadGroup !== now;
  }

  /** Bookkeeping that nobody is told about. */
  async #write(
    approval: ApprovalRecord,
    patch: Pick<Partial<ApprovalRecord>, 'absentSince' | 'ownerRef'>,
  ): Promise<void> {
    await this.#inTransaction(approval, (tx, now) =>
      this.#room.deps.store.note(tx, now, {
        absentSince: patch.absentSince,
        ownerRef: patch.ownerRef ?? now.ownerRef,
      }),
    );
  }

  async #inTransaction(
    seen: ApprovalRecord,
    work: (tx: Knex.Transaction, now: ApprovalRecord) => Promise<unknown>,
  ): Promise<void> {
    const { store, transactions } = this.#room.deps;
    await transactions.run(async tx => {
      const now = await store.lock(tx, seen.id);
      // Somebody decided in between; the next round looks at what they did.
      if (now?.revision !== seen.revision) return;
      await work(tx, now);
    });
  }
}

async function subjectNow(
  approval: ApprovalRecord,
  models: Map<string, ModelEntityV1alpha1>,
): Promise<Subject | undefined> {
  const entity = models.get(approval.entityRef);
  return entity && subjectOf(entity, approval.modelVersion, approval.tier);
}

function list(items: string[]): string {
  return items.length === 1
    ? items[0]
    : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
