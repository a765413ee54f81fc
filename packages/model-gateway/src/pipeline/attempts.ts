import { ApiError } from '../http/ApiError';
import type { Candidate } from '../routing/Router';
import type { UpstreamResult } from '../upstream/UpstreamCall';
import type { CallJob } from './CallPipeline';

/** Statuses of providers that say that the call was not done. */
const NOT_DONE = new Set([429, 502, 503, 529]);

/** The same target: only where it cannot have done the call, or did not do it. */
export function mayAskAgain(
  { route }: CallJob,
  result: Extract<UpstreamResult, { kind: 'failed' }>,
): boolean {
  if (result.unseen) {
    return true;
  }
  if (result.status === undefined) {
    return route.repeatable && result.error.code === 'upstream_error';
  }
  return NOT_DONE.has(result.status);
}

/** Another target: also where the call may have been done in vain. */
export function mayAskAnother(
  job: CallJob,
  result: Extract<UpstreamResult, { kind: 'failed' }>,
): boolean {
  return mayAskAgain(job, result) || job.route.repeatable;
}

/** The allowlist may have changed while another attempt failed. */
export async function isStillAdmitted(
  job: CallJob,
  { provider, model }: Candidate,
): Promise<boolean> {
  try {
    const candidates = await job.readmit();
    return candidates.some(
      it => it.provider === provider && it.model === model,
    );
  } catch (error) {
    if (error instanceof ApiError) {
      return false;
    }
    throw error;
  }
}

export function circuitOpen(
  { provider, model }: Candidate,
  waitMs: number,
): ApiError {
  const seconds = Math.ceil(waitMs / 1000);
  return new ApiError(
    503,
    'circuit_open',
    `Model '${model}' of provider '${provider.name}' failed too often and is not called for now. Try again in ${seconds} s.`,
    { headers: { 'retry-after': String(seconds) } },
  );
}
