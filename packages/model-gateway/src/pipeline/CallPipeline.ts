import { setTimeout as delay } from 'node:timers/promises';
import { AnswerSink } from '../http/AnswerSink';
import { ApiError } from '../http/ApiError';
import { answerHeaders } from '../http/answerHeaders';
import type { ParsedCall } from '../http/parseCall';
import type { CallRoute } from '../routes/callRoutes';
import { requestFor } from '../routes/requestFor';
import type { Candidate, Router } from '../routing/Router';
import type { GatewayLogger } from '../telemetry/Logger';
import type { Metrics } from '../telemetry/Metrics';
import { UpstreamCall, UpstreamResult } from '../upstream/UpstreamCall';
import { UsageMeter } from '../usage/UsageMeter';
import {
  circuitOpen,
  isStillAdmitted,
  mayAskAgain,
  mayAskAnother,
} from './attempts';
import type { CallState } from './CallState';
import { beginStages, endHandles } from './runStages';
import { answerShortcut } from './shortcut';
import type {
  AnswerTransform,
  CallHandle,
  CallOutcome,
  CallStage,
} from './types';

/** What the log line says about the call, beside what the outcome tells. */
export interface CallEnd {
  outcome: CallOutcome;
  error?: ApiError;
  upstream?: string;
}

/** A call with all that is needed to answer it. */
export interface CallJob {
  state: CallState;
  route: CallRoute;
  parsed: ParsedCall;
  sink: AnswerSink;
  router: Router;
  /** Admits the call anew, by the allowlist of this moment. */
  readmit(): Candidate[] | Promise<Candidate[]>;
}

interface Progress {
  handles: CallHandle[];
  call?: UpstreamCall;
  candidate?: Candidate;
  error?: ApiError;
  broken?: ApiError;
  shortcut: boolean;
}

/**
 * What happens to a call after its caller is known and its body is read:
 * admission, stages, providers, and the end.
 */
export class CallPipeline {
  readonly #stages: readonly CallStage[];
  readonly #logger: GatewayLogger;
  readonly #metrics: Metrics;

  constructor(options: {
    stages: readonly CallStage[];
    logger: GatewayLogger;
    metrics: Metrics;
  }) {
    this.#stages = options.stages;
    this.#logger = options.logger;
    this.#metrics = options.metrics;
  }

  /**
   * Answers a call, also when it is refused.
   *
   * @param candidates - admitted by the allowlist of this moment
   */
  async run(job: CallJob, candidates: Candidate[]): Promise<CallEnd> {
    const { state, sink } = job;
    const progress: Progress = { handles: [], shortcut: false };
    try {
      state.admission = candidates[0].admission;
      const waiting = beginStages(this.#stages, state, progress.handles);
      const admitted = waiting ? await hold(job, waiting) : candidates;
      const last = progress.handles[progress.handles.length - 1];
      if (last?.shortcut) {
        progress.shortcut = true;
        answerShortcut(job, progress.handles, last.shortcut);
      } else {
        await this.#ask(job, admitted, progress);
      }
    } catch (error) {
      progress.error = this.#toApiError(error, state.id);
      if (sink.begun) {
        sink.breakOff(progress.error);
      } else {
        sink.refuse(progress.error);
      }
    }
    const outcome = this.#outcome(job, progress);
    endHandles(progress.handles, outcome, error =>
      this.#logger.error('A stage failed at the end of a call', {
        requestId: state.id,
        reason: (error as Error).stack ?? String(error),
      }),
    );
    this.#note(progress);
    return {
      outcome,
      error: progress.error,
      upstream:
        progress.broken?.code ?? (state.clientGone ? 'client_gone' : undefined),
    };
  }

  /** Asks one candidate after the other until one answers. */
  async #ask(
    job: CallJob,
    candidates: Candidate[],
    progress: Progress,
  ): Promise<void> {
    const { budget } = job.router;
    budget.earn();
    let failed: Extract<UpstreamResult, { kind: 'failed' }> | undefined;
    let opened: ApiError | undefined;
    for (const candidate of candidates) {
      if (
        failed &&
        !(budget.spend() && (await isStillAdmitted(job, candidate)))
      ) {
        break;
      }
      const wait = candidate.circuit.enter(performance.now());
      if (wait !== undefined) {
        opened ??= circuitOpen(candidate, wait);
        continue;
      }
      let result = await this.#send(job, candidate, progress);
      if (result.kind === 'failed') {
        result = await this.#askAgain(job, candidate, progress, result);
      }
      if (result.kind !== 'failed') {
        return;
      }
      failed = result;
      if (!mayAskAnother(job, result)) {
        break;
      }
    }
    if (failed?.deliver) {
      failed.deliver();
    } else {
      throw failed?.error ?? opened;
    }
  }

  /** Asks one candidate once more, as often as that is safe and may help. */
  async #askAgain(
    job: CallJob,
    candidate: Candidate,
    progress: Progress,
    first: UpstreamResult,
  ): Promise<UpstreamResult> {
    const { router, state } = job;
    const { retries, maxRetryWaitMs } = router.config;
    let result = first;
    for (let attempt = 0; ; attempt++) {
      if (
        result.kind !== 'failed' ||
        attempt >= retries ||
        !mayAskAgain(job, result) ||
        (result.retryAfterMs ?? 0) > maxRetryWaitMs ||
        candidate.circuit.state !== 'closed' ||
        !router.budget.spend()
      ) {
        return result;
      }
      const backOff = Math.random() * 50 * 2 ** attempt;
      await delay(result.retryAfterMs ?? backOff, undefined, {
        signal: state.signal,
      }).catch(() => {});
      if (state.clientGone) {
        return { kind: 'gone' };
      }
      if (!(await isStillAdmitted(job, candidate))) {
        return result;
      }
      result = await this.#send(job, candidate, progress);
    }
  }

  #send(
    job: CallJob,
    candidate: Candidate,
    progress: Progress,
  ): Promise<UpstreamResult> {
    const { state, sink } = job;
    const { admission, circuit, provider } = candidate;
    const approved = admission.grant?.providerModelId;
    const request = requestFor(job, candidate, progress.handles);
    state.target = candidate;
    state.attempts += 1;
    progress.candidate = candidate;
    const stopListening = sink.onceGone(() => {
      state.leave();
      progress.call?.abandon();
    });
    const sentAt = performance.now();
    const call = new UpstreamCall({
      ...request,
      provider,
      sink,
      isPinned: approved !== undefined,
      transforms: transformsOf(progress.handles),
      meterFor: events =>
        new UsageMeter({ route: state.route, events, strip: request.strip }),
      addHeaders: (headers, ran) => {
        headers.push(...answerHeaders(admission, state.caller.mode));
        if (approved !== undefined && ran !== undefined && ran !== approved) {
          headers.push('x-modelhub-model-mismatch', 'true');
        }
        addStageHeaders(headers, progress.handles);
      },
      ended: result => {
        const endedAt = performance.now();
        state.upstreamMs += endedAt - sentAt;
        stopListening();
        judge(circuit, result, endedAt);
        if (result.kind === 'failed') {
          this.#countError(provider.name, result.error.code);
        } else if (result.kind === 'broken') {
          progress.broken = result.error;
          this.#countError(provider.name, result.error.code);
        }
      },
    });
    progress.call = call;
    return call.start().result;
  }

  #countError(provider: string, code: string): void {
    this.#metrics.upstreamErrors.add({ provider, code });
  }

  #outcome({ state, sink }: CallJob, progress: Progress): CallOutcome {
    const { call, candidate, error, broken, shortcut } = progress;
    const status = sink.begun ? sink.status : error?.status ?? 499;
    const good = call && sink.begun && sink.status < 300 && !error;
    return {
      status,
      code:
        error?.code ??
        broken?.code ??
        (status === 499 ? 'client_gone' : undefined),
      usage: good ? call.meter?.usage(state) : undefined,
      firstByteMs:
        sink.firstByteAt === undefined
          ? undefined
          : sink.firstByteAt - state.startedAt,
      latencyMs: performance.now() - state.startedAt,
      upstreamMs: state.attempts > 0 ? state.upstreamMs : undefined,
      responseBytes: sink.bytes,
      clientGone: state.clientGone,
      attempts: state.attempts,
      shortcut,
      provider: candidate?.provider.name,
      providerModel: candidate?.model,
      admission: candidate?.admission,
      meter: good ? call.meter : undefined,
    };
  }

  /** Says so when another model ran than the one that was approved. */
  #note({ call, candidate }: Progress): void {
    const approved = candidate?.admission.grant?.providerModelId;
    if (!call || !candidate || approved === undefined) {
      return;
    }
    const other = call.reader.names.find(ran => ran !== approved);
    if (other !== undefined) {
      this.#metrics.mismatches.add({ provider: candidate.provider.name });
      this.#logger.warn('The provider ran another model than the approved', {
        model: candidate.admission.gatewayId,
        approved,
        ran: other,
      });
    }
  }

  #toApiError(error: unknown, requestId: string): ApiError {
    if (error instanceof ApiError) {
      return error;
    }
    this.#logger.error('Unexpected', {
      requestId,
      reason: (error as Error).stack ?? String(error),
    });
    return new ApiError(
      500,
      'internal_error',
      `The gateway failed. Tell whoever runs it, with request id ${requestId}.`,
    );
  }
}

function judge(
  circuit: Candidate['circuit'],
  result: UpstreamResult,
  now: number,
): void {
  if (result.kind === 'gone') {
    circuit.cancelled();
  } else if (
    result.kind === 'broken' ||
    (result.kind === 'failed' && result.status !== 429)
  ) {
    circuit.failed(now);
  } else {
    circuit.succeeded(now);
  }
}

const NO_TRANSFORMS: readonly AnswerTransform[] = [];

/** The stage that came last sees the answer first. */
export function transformsOf(
  handles: readonly CallHandle[],
): readonly AnswerTransform[] {
  let transforms: AnswerTransform[] | undefined;
  for (let index = handles.length - 1; index >= 0; index--) {
    const { answer } = handles[index];
    if (answer) {
      transforms = transforms ?? [];
      transforms.push(answer);
    }
  }
  return transforms ?? NO_TRANSFORMS;
}

/**
 * Waits for stages, as long as the caller does. Meanwhile a key may have been
 * revoked or a model suspended, so the call is admitted once more.
 *
 * @throws ApiError as the admission, or what a stage throws
 */
async function hold(
  job: CallJob,
  waiting: Promise<void>,
): Promise<Candidate[]> {
  const { state, sink } = job;
  const stopListening = sink.onceGone(() => state.leave());
  try {
    await waiting;
  } finally {
    stopListening();
  }
  const candidates = await job.readmit();
  state.admission = candidates[0].admission;
  return candidates;
}

/** @param headers - gets those of stages, names and values in turn */
export function addStageHeaders(
  headers: string[],
  handles: readonly CallHandle[],
): void {
  for (const handle of handles) {
    const more = handle.headers?.();
    if (more) {
      headers.push(...Object.entries(more).flat());
    }
  }
}
