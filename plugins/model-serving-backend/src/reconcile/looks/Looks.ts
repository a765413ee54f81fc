import type { EndpointRecord } from '../../endpoints/records';
import type { Outcome } from '../outcome';
import { EndingLooks } from './EndingLooks';
import type { LookOptions } from './LookFacts';
import { RunningLooks } from './RunningLooks';
import { WaitingLooks } from './WaitingLooks';

/** Looks at endpoints, one at a time, and says what is to become of them. */
export class Looks {
  static create(options: LookOptions): Looks {
    return new Looks(options);
  }

  readonly #waiting: WaitingLooks;
  readonly #running: RunningLooks;
  readonly #ending: EndingLooks;

  private constructor(options: LookOptions) {
    this.#waiting = WaitingLooks.create(options);
    this.#running = RunningLooks.create(options);
    this.#ending = EndingLooks.create(options);
  }

  async at(endpoint: EndpointRecord): Promise<Outcome> {
    switch (endpoint.state) {
      case 'checking':
        return this.#waiting.checking(endpoint);
      case 'queued':
        return this.#waiting.queued(endpoint);
      case 'starting':
        return this.#running.starting(endpoint);
      case 'ready':
        return this.#running.ready(endpoint);
      case 'stopping':
        return this.#ending.stopping(endpoint);
      default:
        return this.#ending.settling(endpoint);
    }
  }
}
