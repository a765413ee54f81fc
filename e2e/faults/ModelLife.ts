import type { ApprovalDetail } from '@modelhub/backstage-plugin-models-common';
import { setTimeout as delay } from 'node:timers/promises';
import { refOf } from './catalog';
import type { Permits } from './Permits';
import { PortalClient, Refused } from './PortalClient';

export const SCOPE = {
  tier: 'internal',
  purpose: 'faults',
  profile: 'faults',
} as const;

/** The gates run by themselves; a killed replica leaves that to another one. */
const CHECKED_MS = 180_000;

/** The approvals of one model: requested, signed, suspended, reinstated, revoked. */
export class ModelLife {
  /** What was done, and how often. */
  readonly done = new Map<string, number>();
  readonly #model: string;
  readonly #portal: PortalClient;
  readonly #permits: Permits;
  #approval: string | undefined;

  constructor(model: string, portal: PortalClient, permits: Permits) {
    this.#model = model;
    this.#portal = portal;
    this.#permits = permits;
  }

  /** Does one thing that changes whether the model may be called. */
  async step(random: () => number): Promise<void> {
    if (this.#approval === undefined) {
      await this.approve();
      return;
    }
    const { state } = await this.#detail(this.#approval);
    const isLast = random() < 0.5;
    if (state === 'suspended' && !isLast) {
      await this.#reinstate(this.#approval);
    } else if (state === 'approved' && !isLast) {
      await this.#command(this.#approval, 'suspend');
      this.#permits.close(this.#model);
    } else if (state === 'approved' || state === 'suspended') {
      await this.#command(this.#approval, 'revoke');
      this.#permits.close(this.#model);
      this.#approval = undefined;
    } else {
      throw new Error(`The approval of ${this.#model} is ${state}`);
    }
  }

  async approve(): Promise<void> {
    const { id } = await this.#portal.call<{ id: string }>(
      'dana',
      'POST',
      'model-governance/approvals',
      {
        ...SCOPE,
        entityRef: refOf(this.#model),
        modelVersion: '1.0',
        justification: 'Something to take away again.',
        submit: true,
      },
    );
    const checked = await this.#untilChecked(id);
    const [lead] = checked.demands.signOffs[0].people ?? [];
    if (checked.state !== 'in-review' || lead === undefined) {
      throw new Error(
        `The request for ${this.#model} is ${checked.state}: ${JSON.stringify(
          checked.gates,
        )}`,
      );
    }
    this.#permits.open(this.#model);
    await this.#command(id, 'approve', {
      by: lead.split('/')[1],
      role: 'lead',
    });
    this.#approval = id;
  }

  async #reinstate(id: string): Promise<void> {
    this.#permits.open(this.#model);
    const { holds } = await this.#detail(id);
    for (const hold of holds.filter(({ clearedAt }) => !clearedAt)) {
      await this.#command(id, 'clear-hold', { holdId: hold.id });
    }
  }

  async #untilChecked(id: string): Promise<ApprovalDetail> {
    const end = Date.now() + CHECKED_MS;
    for (;;) {
      const detail = await this.#detail(id);
      if (detail.state !== 'checking') {
        return detail;
      }
      if (Date.now() > end) {
        throw new Error(
          `The request for ${
            this.#model
          } is stuck: its gates did not end for ${CHECKED_MS} ms`,
        );
      }
      await delay(100);
    }
  }

  /** The revision may be another one by now; the command is given all the same. */
  async #command(
    id: string,
    command: string,
    more: { by?: string; role?: string; holdId?: string } = {},
  ): Promise<void> {
    const { by = 'ada', ...fields } = more;
    for (let tries = 1; ; tries++) {
      const { revision } = await this.#detail(id);
      try {
        await this.#portal.call(
          by,
          'POST',
          `model-governance/approvals/${id}/commands`,
          { command, revision, reason: 'The run wants it so.', ...fields },
        );
        this.done.set(command, (this.done.get(command) ?? 0) + 1);
        return;
      } catch (error) {
        if (!(error instanceof Refused) || error.status !== 409 || tries > 5) {
          throw error;
        }
      }
    }
  }

  #detail(id: string): Promise<ApprovalDetail> {
    return this.#portal.call('dana', 'GET', `model-governance/approvals/${id}`);
  }
}
