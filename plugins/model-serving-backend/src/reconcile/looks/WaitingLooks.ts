import type { ApprovalDetail } from '@modelhub/backstage-plugin-models-common';
import type { EndpointRecord } from '../../endpoints/records';
import { wordsOf } from '../../governance';
import { wait, type Outcome } from '../outcome';
import { AWAY_MS, LookFacts, type LookOptions } from './LookFacts';

const CHECK_MS = 2_000;
const QUEUED_MS = 30_000;

/** States of an approval that do not become a yes by themselves. */
const LOST = [
  'changes-requested',
  'rejected',
  'withdrawn',
  'suspended',
  'revoked',
  'expired',
];

/** Looks at endpoints that nothing runs for yet. */
export class WaitingLooks {
  static create(options: LookOptions): WaitingLooks {
    return new WaitingLooks(options, LookFacts.create(options));
  }

  readonly #options: LookOptions;
  readonly #facts: LookFacts;

  private constructor(options: LookOptions, facts: LookFacts) {
    this.#options = options;
    this.#facts = facts;
  }

  async checking(endpoint: EndpointRecord): Promise<Outcome> {
    const { governance } = this.#options;
    const { approvalId, keyState } = endpoint;
    if (keyState === 'none') {
      return {
        command: 'fail',
        facts: {
          level: 'warning',
          message: 'Starting it was interrupted. Start it again.',
        },
      };
    }
    if (this.#facts.isOver(endpoint)) {
      return {
        command: 'fail',
        facts: {
          level: 'warning',
          endReason: 'time-over',
          message:
            'The checks took too long. Look at the request, and start it again when it is approved.',
        },
      };
    }
    try {
      const approval =
        approvalId === undefined
          ? undefined
          : await governance.approval(approvalId);
      if (approval && LOST.includes(approval.state)) {
        return {
          command: 'refuse',
          facts: {
            level: 'warning',
            endReason: 'refused',
            message: refusalWords(approval),
          },
        };
      }
      if (approval && !['approved', 'superseded'].includes(approval.state)) {
        return wait(CHECK_MS, waitingWords(approval));
      }
      const decision = await governance.checkNow(endpoint, { fresh: true });
      return decision.allowed
        ? {
            command: 'approved',
            facts: {
              message: 'The sandbox checks said yes.',
              changes: { approval_id: decision.approvalId ?? approvalId },
            },
          }
        : wait(
            CHECK_MS,
            `It is approved and not in force yet: ${decision.message}`,
          );
    } catch (error) {
      return wait(
        AWAY_MS,
        `The governance room does not answer, and nothing begins without it: ${wordsOf(
          error,
        )}`,
      );
    }
  }

  async queued(endpoint: EndpointRecord): Promise<Outcome> {
    if (this.#facts.isOver(endpoint)) {
      return {
        command: 'fail',
        facts: {
          level: 'warning',
          endReason: 'time-over',
          message:
            'There was no room for it for too long. Start it again at a quieter time, on another engine or with a smaller version.',
        },
      };
    }
    return (await this.#facts.lost(endpoint)) ?? wait(QUEUED_MS);
  }
}

function refusalWords({ state, gates, id }: ApprovalDetail): string {
  const failed = gates.filter(({ status }) => status === 'fail');
  const why = failed
    .map(({ title, summary }) => (summary ? `${title}: ${summary}` : title))
    .join(' ');
  return failed.length > 0
    ? `The sandbox checks said no. ${why} See request ${id} for what to do.`
    : `Request ${id} is ${state.replace(
        '-',
        ' ',
      )}, so nothing begins. See there why.`;
}

function waitingWords({ state, waitingFor, gates }: ApprovalDetail): string {
  if (state === 'in-review') {
    return `The request waits for a decision of: ${waitingFor.join(', ')}.`;
  }
  const open = gates.filter(
    ({ status }) => status === 'queued' || status === 'running',
  );
  return open.length > 0
    ? `Checks run: ${open.map(({ title }) => title).join(', ')}.`
    : 'The sandbox checks run.';
}
