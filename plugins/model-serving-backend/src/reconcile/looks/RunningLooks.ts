import type { DeploymentStatus } from '@modelhub/backstage-plugin-models-node';
import type { EndpointRecord } from '../../endpoints/records';
import { isAway } from '../../engines';
import { wordsOf } from '../../governance';
import { warningNotice } from '../../news';
import { backOffMs, wait, type Outcome } from '../outcome';
import { deploymentRequest } from './deploymentRequest';
import { AWAY_MS, LookFacts, type LookOptions } from './LookFacts';

const START_MS = 2_000;
const READY_MS = 15_000;
const LONGEST_MS = 20_000;
/** Clocks differ by less. */
const SLACK_MS = 60_000;

/** Looks at endpoints that begin, and at those that take calls. */
export class RunningLooks {
  static create(options: LookOptions): RunningLooks {
    return new RunningLooks(options, LookFacts.create(options));
  }

  readonly #options: LookOptions;
  readonly #facts: LookFacts;

  private constructor(options: LookOptions, facts: LookFacts) {
    this.#options = options;
    this.#facts = facts;
  }

  async starting(endpoint: EndpointRecord): Promise<Outcome> {
    const { engines, governance } = this.#options;
    if (this.#facts.isOver(endpoint)) {
      return {
        command: 'fail',
        facts: {
          level: 'warning',
          endReason: 'start-timeout',
          message: `It did not get ready in time. ${
            endpoint.message ?? ''
          } Look at its events and logs.`,
        },
      };
    }
    const lost = await this.#facts.lost(endpoint);
    if (lost) return lost;
    try {
      await governance.checkNow(endpoint);
    } catch (error) {
      return wait(
        AWAY_MS,
        `The governance room does not answer, and nothing begins without it: ${wordsOf(
          error,
        )}`,
      );
    }
    let status: DeploymentStatus;
    try {
      status = await engines.ask(endpoint.engine, engine =>
        engine.status(endpoint.id),
      );
      if (status.phase === 'gone') {
        status = await engines.ask(endpoint.engine, engine =>
          engine.provision(deploymentRequest(endpoint, this.#options)),
        );
      }
    } catch (error) {
      return isAway(error)
        ? this.#facts.away(endpoint, error)
        : this.#engineRefused(endpoint, error);
    }
    return this.#begun(endpoint, status);
  }

  async #begun(
    endpoint: EndpointRecord,
    { phase, url, servedModel, message, progress }: DeploymentStatus,
  ): Promise<Outcome> {
    if (phase === 'failed') {
      return {
        command: 'fail',
        facts: {
          level: 'warning',
          endReason: 'engine-failed',
          message:
            message ?? 'The engine could not start it. Look at its logs.',
        },
      };
    }
    if ((phase !== 'ready' && phase !== 'degraded') || url === undefined) {
      return wait(START_MS, message ?? 'The engine starts it.', {
        progress: progress ?? null,
      });
    }
    const refused = await this.#facts.bind(endpoint, url, servedModel);
    if (refused) return refused;
    return {
      command: 'ready',
      facts: {
        message: 'It takes calls.',
        changes: { url, served_model: servedModel ?? endpoint.gatewayId },
      },
    };
  }

  async ready(endpoint: EndpointRecord): Promise<Outcome> {
    const { clock, views, engines } = this.#options;
    if (this.#facts.isOver(endpoint)) {
      return {
        command: 'stop',
        facts: { endReason: 'time-over', message: 'Its time is over.' },
      };
    }
    const lost = await this.#facts.lost(endpoint);
    if (lost) return lost;
    const left = (endpoint.deadline ?? Infinity) - clock.now();
    let status: DeploymentStatus;
    try {
      status =
        (await views.of(endpoint.engine, endpoint.id)) ??
        (await engines.ask(endpoint.engine, engine =>
          engine.status(endpoint.id),
        ));
    } catch (error) {
      return this.#withWarning(
        endpoint,
        left,
        this.#facts.away(endpoint, error),
      );
    }
    return this.#withWarning(
      endpoint,
      left,
      await this.#running(endpoint, status),
    );
  }

  async #running(
    endpoint: EndpointRecord,
    status: DeploymentStatus,
  ): Promise<Outcome> {
    const { phase, url, servedModel, message } = status;
    if (phase === 'failed' || phase === 'gone') {
      return {
        command: 'fail',
        facts: {
          level: 'warning',
          endReason: 'engine-failed',
          message:
            message ??
            'The model server has ended by itself. Look at its logs, and start another one.',
        },
      };
    }
    if (url !== undefined && url !== endpoint.url) {
      const refused = await this.#facts.bind(endpoint, url, servedModel);
      if (refused) return refused;
    }
    await this.#prolong(endpoint, status);
    const isUp = phase === 'ready';
    return wait(
      READY_MS,
      isUp
        ? 'It takes calls.'
        : message ?? 'The model server starts again. Calls fail meanwhile.',
      {
        url: url ?? endpoint.url,
        served_model: servedModel ?? endpoint.servedModel,
      },
    );
  }

  /** An engine that would end it before its time gets the new end. */
  async #prolong(
    endpoint: EndpointRecord,
    { expiresAt }: DeploymentStatus,
  ): Promise<void> {
    const { clock, engines, views } = this.#options;
    const end = clock.shown(endpoint.deadline ?? clock.now()).getTime();
    if (expiresAt === undefined || Date.parse(expiresAt) >= end - SLACK_MS) {
      return;
    }
    try {
      await engines.ask(endpoint.engine, engine =>
        engine.provision(deploymentRequest(endpoint, this.#options)),
      );
      views.forget(endpoint.engine);
    } catch (error) {
      // The next look tries again; hours are left.
      if (!isAway(error)) throw error;
    }
  }

  /** A look is never later than the warning and the end. */
  #withWarning(
    endpoint: EndpointRecord,
    left: number,
    outcome: Outcome,
  ): Outcome {
    if ('command' in outcome) return outcome;
    const { warnMs } = this.#options.config;
    const untilWarning = endpoint.warned ? Infinity : left - warnMs;
    const isDue = untilWarning <= 0;
    return {
      ...outcome,
      waitMs: Math.max(
        0,
        Math.min(outcome.waitMs, left, isDue ? Infinity : untilWarning),
      ),
      ...(isDue && {
        changes: { ...outcome.changes, warned: true },
        notice: warningNotice(endpoint, Math.max(1, Math.ceil(left / 60_000))),
        event: {
          level: 'info',
          type: 'warned',
          message: 'The owner was told that it ends soon.',
        },
      }),
    };
  }

  /** Some refusals pass, such as a quota of the cluster that others use up. */
  #engineRefused({ attempts }: EndpointRecord, error: unknown): Outcome {
    return wait(
      backOffMs(attempts, START_MS, LONGEST_MS),
      `The engine does not begin it: ${(error as Error).message}`,
      { attempts: attempts + 1 },
    );
  }
}
