import type { Clock } from '@modelhub/backstage-plugin-models-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';

type EndedHow = 'early' | 'renewed' | 'other-question';

/**
 * Who waived what, why and until when. A gate knows its last waiver; here every
 * one of them stays.
 */
export class GivenWaivers {
  static create(clock: Clock): GivenWaivers {
    return new GivenWaivers(clock);
  }

  readonly #clock: Clock;

  private constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A new waiver takes the place of one that still counted. */
  async add(
    tx: Knex.Transaction,
    approvalId: string,
    gateId: string,
    waiver: { by: string; reason: string; until: string },
  ): Promise<void> {
    const { by, reason } = waiver;
    await this.end(tx, approvalId, [gateId], 'renewed', { by, reason });
    await tx('gate_waivers').insert({
      id: randomUUID(),
      approval_id: approvalId,
      gate_id: gateId,
      given_by: by,
      reason,
      given_at: this.#clock.now().getTime(),
      until: Date.parse(waiver.until),
    });
  }

  /** Waivers that still count end now. */
  async end(
    tx: Knex.Transaction,
    approvalId: string,
    gateIds: string[],
    how: EndedHow,
    end: { by: string; reason: string },
  ): Promise<void> {
    await this.#counting(tx, approvalId)
      .whereIn('gate_id', gateIds)
      .update(this.#ended(how, end));
  }

  /** Only waivers of these gates count on: the others were asked something else. */
  async keep(
    tx: Knex.Transaction,
    approvalId: string,
    gateIds: string[],
  ): Promise<void> {
    await this.#counting(tx, approvalId)
      .whereNotIn('gate_id', gateIds)
      .update(
        this.#ended('other-question', {
          by: 'system',
          reason:
            'The check was asked about something else since, so the waiver does not count any more.',
        }),
      );
  }

  #counting(tx: Knex.Transaction, approvalId: string) {
    return tx('gate_waivers')
      .where({ approval_id: approvalId })
      .whereNull('ended_at')
      .where('until', '>', this.#clock.now().getTime());
  }

  #ended(how: EndedHow, { by, reason }: { by: string; reason: string }) {
    return {
      ended_at: this.#clock.now().getTime(),
      ended_by: by,
      ended_how: how,
      end_reason: reason,
    };
  }
}
