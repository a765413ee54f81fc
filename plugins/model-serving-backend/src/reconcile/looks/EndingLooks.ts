import type { EndpointRecord } from '../../endpoints/records';
import { backOffMs, wait, type Outcome } from '../outcome';
import type { LookOptions } from './LookFacts';

const STOP_MS = 1_000;
/** Ten stops that fail are over within a minute. */
const LONGEST_MS = 5_000;

/** Looks at endpoints that end, until nothing of them is left. */
export class EndingLooks {
  static create(options: LookOptions): EndingLooks {
    return new EndingLooks(options);
  }

  readonly #options: LookOptions;

  private constructor(options: LookOptions) {
    this.#options = options;
  }

  async stopping(endpoint: EndpointRecord): Promise<Outcome> {
    const { engines } = this.#options;
    const { attempts } = endpoint;
    const key = await this.#revoked(endpoint);
    const again = backOffMs(attempts, STOP_MS, LONGEST_MS);
    const changes = { ...key.changes, attempts: attempts + 1 };
    try {
      await engines.ask(endpoint.engine, engine => engine.stop(endpoint.id));
      const status = await engines.ask(endpoint.engine, engine =>
        engine.status(endpoint.id),
      );
      if (status.phase !== 'gone') return wait(again, undefined, changes);
    } catch (error) {
      return wait(
        again,
        `It is to end, and the engine does not do it yet: ${
          (error as Error).message
        } It is tried again until nothing is left.`,
        changes,
      );
    }
    return {
      command: 'gone',
      facts: {
        message: endpoint.message ?? 'It has ended.',
        changes: key.changes,
      },
    };
  }

  /** It has ended, and its key may still be there. */
  async settling(endpoint: EndpointRecord): Promise<Outcome> {
    const { attempts } = endpoint;
    const { changes, isRevoked } = await this.#revoked(endpoint);
    return isRevoked
      ? { waitMs: Infinity, changes }
      : wait(backOffMs(attempts, STOP_MS, LONGEST_MS), undefined, {
          attempts: attempts + 1,
        });
  }

  async #revoked({ keyId, keyState }: EndpointRecord) {
    if (keyId === undefined || keyState !== 'issued') {
      return { isRevoked: true, changes: {} };
    }
    try {
      await this.#options.governance.revokeKey(keyId);
      return { isRevoked: true, changes: { key_state: 'revoked' as const } };
    } catch {
      return { isRevoked: false, changes: {} };
    }
  }
}
