import type { AccessDecision } from '@modelhub/backstage-plugin-models-common';
import type { HubClock } from '../../clock';
import type { ServingConfig } from '../../config';
import type { EndpointRecord, EndReason } from '../../endpoints/records';
import type { EngineDesk } from '../../engines';
import { hasStatus, wordsOf, type Governance } from '../../governance';
import type { Memberships } from '../../people';
import type { EngineViews } from '../EngineViews';
import { wait, type Outcome } from '../outcome';

/** The next look when something is away. */
export const AWAY_MS = 5_000;

/** Codes of refusals that are about the model and not about its approval. */
const MODEL_CODES = ['retired', 'unknown-model', 'held'];

const lostReason = ({ code }: AccessDecision): EndReason =>
  MODEL_CODES.includes(code ?? '') ? 'model-unavailable' : 'approval-ended';

/** What looks at endpoints need. */
export interface LookOptions {
  clock: HubClock;
  config: ServingConfig;
  engines: EngineDesk;
  governance: Governance;
  memberships: Memberships;
  views: EngineViews;
}

/** What several looks ask. */
export class LookFacts {
  static create(options: LookOptions): LookFacts {
    return new LookFacts(options);
  }

  readonly #options: LookOptions;

  private constructor(options: LookOptions) {
    this.#options = options;
  }

  /** Why it may not go on, if so; nothing is known while governance is away. */
  async lost(endpoint: EndpointRecord): Promise<Outcome | undefined> {
    const { governance, memberships } = this.#options;
    const command = endpoint.state === 'queued' ? 'refuse' : 'stop';
    if (
      endpoint.ownerWasMember &&
      !(await memberships
        .stillMember(endpoint.owner, endpoint.team)
        .catch(() => true))
    ) {
      return {
        command,
        facts: {
          level: 'warning',
          endReason: 'left-team',
          message: `${endpoint.owner} is no longer a member of ${endpoint.team}, so it ends.`,
        },
      };
    }
    const decision = await governance.checkNow(endpoint).catch(() => undefined);
    if (!decision || decision.allowed) return undefined;
    return {
      command,
      facts: {
        level: 'warning',
        endReason: lostReason(decision),
        message: `It may not run any more: ${decision.message}`,
      },
    };
  }

  /** Opens its key for where it runs now; says what is to be done where that fails. */
  async bind(
    endpoint: EndpointRecord,
    url: string,
    servedModel: string | undefined,
  ): Promise<Outcome | undefined> {
    const { keyId, gatewayId, modelVersion } = endpoint;
    try {
      await this.#options.governance.bindKey(keyId ?? '', {
        gatewayId,
        version: modelVersion,
        baseUrl: url,
        model: servedModel ?? gatewayId,
      });
      return undefined;
    } catch (error) {
      if (hasStatus(error, 400, 403, 404, 409)) {
        return {
          command: 'fail',
          facts: {
            level: 'warning',
            endReason: 'key-refused',
            message: `Its gateway key cannot be used: ${wordsOf(error)}`,
          },
        };
      }
      return wait(
        AWAY_MS,
        `It runs, and waits for the governance room to open its key: ${wordsOf(
          error,
        )}`,
      );
    }
  }

  /** Whether the time of its state is over. */
  isOver({ deadline }: EndpointRecord): boolean {
    return deadline !== undefined && deadline <= this.#options.clock.now();
  }

  /** The engine is away, and it stays as it is. */
  away({ engine }: EndpointRecord, error: unknown): Outcome {
    return wait(
      AWAY_MS,
      `${this.#options.engines.title(engine)} cannot be reached: ${
        (error as Error).message
      } Its time goes on.`,
    );
  }
}
