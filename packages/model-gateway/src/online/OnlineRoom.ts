import {
  assignOnline,
  decide,
  type OnlineModel,
  type SnapshotExperiment,
} from '@modelhub/governance-protocol';
import { randomUUID } from 'node:crypto';
import type { GatewayIdentity } from '../controlPlane/GatewayIdentity';
import { ProvenLink } from '../guardrails/ProvenLink';
import { ApiError } from '../http/ApiError';
import type {
  CallContext,
  CallHandle,
  CallOutcome,
  CallStage,
} from '../pipeline';
import type { CallState } from '../pipeline/CallState';
import type { CallRoute } from '../routes/callRoutes';
import type { Candidate, Router } from '../routing/Router';
import type { GatewayLogger } from '../telemetry/Logger';
import { isoTime } from '../text/isoTime';
import type { Connector } from '../tls';
import { costOf } from '../usage/records';
import { AnswerText } from './AnswerText';
import { callerUnit } from './callerUnit';
import { OnlineReporter } from './OnlineReporter';
import { ScoreQueue } from './ScoreQueue';
import type { OnlineTrial } from './types';

/** Says that a call is in an experiment; `off` from a caller keeps it out of any. */
export const EVALUATION_HEADER = 'x-modelhub-evaluation';

/** Routes whose answers are texts. */
const TEXT_ROUTES = new Set([
  '/chat/completions',
  '/completions',
  '/responses',
  '/messages',
]);

const MINUTE_MS = 60_000;

/** A call on its way to the router. */
export interface OnlineCall {
  state: CallState;
  route: CallRoute;
  router: Router;
  /** What the caller says about experiments. */
  wish: string | string[] | undefined;
}

const isModel = ({ grant }: Candidate['admission'], model: OnlineModel) =>
  grant?.gatewayId === model.gatewayId && grant.version === model.version;

/**
 * Experiments: gives a part of the callers another model that they may call as
 * well, and scores answers after they were sent. It stands behind the
 * admission: what it chooses is admitted as every model is.
 */
export class OnlineRoom {
  readonly stage: CallStage;
  readonly #reporter: OnlineReporter;
  readonly #queue: ScoreQueue;
  readonly #link: ProvenLink;
  readonly #gatewayId: () => string | undefined;
  readonly #random: () => number;

  private constructor(options: {
    reporter: OnlineReporter;
    queue: ScoreQueue;
    link: ProvenLink;
    gatewayId: () => string | undefined;
    random: () => number;
  }) {
    this.#reporter = options.reporter;
    this.#queue = options.queue;
    this.#link = options.link;
    this.#gatewayId = options.gatewayId;
    this.#random = options.random;
    this.stage = { name: 'online', begin: context => this.#begin(context) };
  }

  static create(options: {
    urls: readonly string[];
    identity: () => GatewayIdentity | undefined;
    connect: Connector['connect'];
    logger: GatewayLogger;
    now: () => Date;
    random?: () => number;
  }): OnlineRoom {
    const { logger, identity, random = Math.random } = options;
    const link = new ProvenLink(options);
    const broken = new Set<string>();
    return new OnlineRoom({
      link,
      random,
      gatewayId: () => identity()?.gatewayId,
      reporter: new OnlineReporter({ link, logger }),
      queue: new ScoreQueue({
        onError: (metric, error) => {
          // Once is enough: it fails for every answer.
          if (!broken.has(metric)) {
            broken.add(metric);
            logger.warn('An online scorer failed', {
              metric,
              reason: error.message,
            });
          }
        },
      }),
    });
  }

  /** Lets what waits be scored and sent. */
  async close(): Promise<void> {
    await this.#queue.drained();
    await this.#reporter.stop();
    await this.#link.close();
  }

  /**
   * The targets of a call whose profile has experiments. Everything that speaks
   * against an experiment leaves the call as it is.
   *
   * @throws ApiError as the router does for the model that was asked for
   */
  candidates(call: OnlineCall): Candidate[] | Promise<Candidate[]> {
    const { state, router } = call;
    const found = router.candidates(state.caller, state.model, state.trace);
    return found instanceof Promise
      ? found.then(usual => this.#assign(call, usual))
      : this.#assign(call, found);
  }

  #assign(
    call: OnlineCall,
    usual: Candidate[],
  ): Candidate[] | Promise<Candidate[]> {
    const { state, router } = call;
    const before = state.trial;
    state.trial = undefined;
    const experiment = this.#experimentOf(call, usual);
    if (!experiment) {
      return usual;
    }
    if (call.wish === 'off') {
      if (!before) {
        this.#reporter.note(experiment.id, 'optedOut');
      }
      return usual;
    }
    const { challenger } = experiment;
    const { arm, bucket } = assignOnline(experiment, callerUnit(state));
    const trial: OnlineTrial = {
      experiment,
      arm,
      bucket,
      scored: before?.scored ?? this.#random() < experiment.sampling,
    };
    if (arm === 'control' || !challenger) {
      state.trial = trial;
      return usual;
    }
    const other = this.#challengers(state, router, challenger);
    const join = (candidates: Candidate[] | undefined) => {
      if (!candidates) {
        this.#reporter.note(experiment.id, 'refused');
        return usual;
      }
      state.trial = trial;
      // Whoever fails does so before the eyes of the caller only if both do.
      return [...candidates, ...usual];
    };
    return other instanceof Promise ? other.then(join) : join(other);
  }

  /** Targets of the challenger, if the allowlist lets this caller have it, at this moment. */
  #challengers(
    { caller, trace }: CallState,
    router: Router,
    challenger: OnlineModel,
  ): undefined | Candidate[] | Promise<undefined | Candidate[]> {
    const model = `${challenger.gatewayId}@${challenger.version}`;
    const { index, key, now } = caller;
    if (!decide(index, { key, model, now }).allowed) {
      return undefined;
    }
    const proper = (candidates: Candidate[]) =>
      candidates.every(({ admission }) => isModel(admission, challenger))
        ? candidates
        : undefined;
    const none = (error: unknown) => {
      if (error instanceof ApiError) {
        return undefined;
      }
      throw error;
    };
    try {
      const found = router.candidates(caller, model, trace);
      return found instanceof Promise
        ? found.then(proper, none)
        : proper(found);
    } catch (error) {
      return none(error);
    }
  }

  #experimentOf(
    { state, route }: OnlineCall,
    [first]: Candidate[],
  ): SnapshotExperiment | undefined {
    const { caller, model } = state;
    if (!TEXT_ROUTES.has(route.upstreamPath)) {
      return undefined;
    }
    const { key, profile } = caller;
    const now = caller.now.getTime();
    return profile?.experiments?.find(it => {
      const { control, pinned, purpose, tiers, gateways } = it;
      return (
        purpose === key.purpose &&
        tiers.includes(key.tier) &&
        (model === control.gatewayId ||
          (pinned && model === `${control.gatewayId}@${control.version}`)) &&
        isModel(first.admission, control) &&
        Date.parse(it.startsAt) <= now &&
        now < Date.parse(it.endsAt) &&
        (!gateways || gateways.includes(this.#gatewayId() ?? ''))
      );
    });
  }

  #begin(context: CallContext): CallHandle | undefined {
    const { trial } = context;
    if (!trial) {
      return undefined;
    }
    const { experiment, arm, scored } = trial;
    const answer =
      scored && experiment.scorers.length > 0 ? new AnswerText() : undefined;
    const header = { [EVALUATION_HEADER]: `${experiment.id}; arm=${arm}` };
    return {
      answer,
      headers: () => header,
      end: outcome => this.#ended(context, trial, outcome, answer),
    };
  }

  #ended(
    context: CallContext,
    trial: OnlineTrial,
    outcome: CallOutcome,
    answer: AnswerText | undefined,
  ): void {
    // A cache, a refusal and a caller who left say nothing about the model.
    if (outcome.attempts === 0 || outcome.shortcut || outcome.clientGone) {
      return;
    }
    const { experiment, arm, bucket, scored } = trial;
    const failed = hasFailed(trial, outcome);
    const place = { experiment: experiment.id, arm, bucket };
    this.#reporter.count({ ...place, calls: 1, failed: 0 }, failed);
    if (!scored) {
      return;
    }
    const { now } = context.caller;
    const sample = {
      // Of its own: nobody finds the call by it.
      id: randomUUID(),
      ...place,
      at: isoTime(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS),
    };
    if (failed) {
      this.#reporter.add({ ...sample, outcome: 'failed', scores: {} });
      return;
    }
    const measured = { ...sample, ...measuresOf(context, outcome) };
    if (!answer) {
      this.#reporter.add({ ...measured, outcome: 'scored', scores: {} });
      return;
    }
    const done = (scores: Record<string, number | null>) =>
      this.#reporter.add({
        ...measured,
        outcome: Object.values(scores).includes(null) ? 'unscored' : 'scored',
        scores,
      });
    if (!this.#queue.add({ trial, answer, done })) {
      this.#reporter.note(experiment.id, 'dropped');
    }
  }
}

/** Whether the model of the arm did not answer, also where the other one did. */
function hasFailed(
  { experiment, arm }: OnlineTrial,
  { status, code, admission }: CallOutcome,
): boolean {
  const model = experiment[arm];
  return (
    status >= 400 ||
    code !== undefined ||
    (model !== undefined && !(admission && isModel(admission, model)))
  );
}

const rounded = (ms: number) => Math.round(ms * 10) / 10;

function measuresOf(
  { streamed, admission }: CallContext,
  { latencyMs, firstByteMs, usage, admission: answered }: CallOutcome,
) {
  const cost = costOf((answered ?? admission).model?.pricing, usage);
  return {
    latencyMs: rounded(latencyMs),
    ...(streamed &&
      firstByteMs !== undefined && { ttftMs: rounded(firstByteMs) }),
    ...(usage && {
      inputTokens: usage.inputTokens,
      outputTokens: usage.outputTokens,
    }),
    ...cost,
  };
}
