import { ApiError } from '../http/ApiError';
import type {
  CallContext,
  CallEntry,
  CallHandle,
  CallOutcome,
  CallStage,
} from './types';

const NONE: readonly never[] = [];

/**
 * Lets each stage see a call before its body is read.
 *
 * @returns what to call when the call has ended
 * @throws what a stage throws, after those before it were released
 */
export function enterStages(
  stages: readonly CallStage[],
  entry: CallEntry,
): ReadonlyArray<() => void> {
  let releases: Array<() => void> | undefined;
  for (const stage of stages) {
    try {
      const release = stage.enter?.(entry);
      if (release) {
        releases = releases ?? [];
        releases.push(release);
      }
    } catch (error) {
      releases?.forEach(release => release());
      throw error;
    }
  }
  return releases ?? NONE;
}

/**
 * Asks each stage in turn what it does about a call; stops at a shortcut.
 * Waits only where a stage does.
 *
 * @param begun - gets the handles as they come, so that they can be ended
 * whatever happens
 */
export function beginStages(
  stages: readonly CallStage[],
  context: CallContext,
  begun: CallHandle[],
): undefined | Promise<void> {
  for (let index = 0; index < stages.length; index++) {
    let handle;
    try {
      handle = stages[index].begin?.(context);
    } catch (error) {
      tellRefused(stages, index + 1, context, error);
      throw error;
    }
    if (handle instanceof Promise) {
      return beginLater(stages, index, handle, context, begun);
    }
    if (handle) {
      begun.push(handle);
      if (handle.shortcut) {
        return undefined;
      }
    }
  }
  return undefined;
}

async function beginLater(
  stages: readonly CallStage[],
  index: number,
  first: Promise<undefined | CallHandle>,
  context: CallContext,
  begun: CallHandle[],
): Promise<void> {
  let handle;
  try {
    handle = await first;
  } catch (error) {
    tellRefused(stages, index + 1, context, error);
    throw error;
  }
  if (handle) {
    begun.push(handle);
  }
  if (!handle?.shortcut) {
    await beginStages(stages.slice(index + 1), context, begun);
  }
}

/** Stages that had not begun hear of a refusal of one before them. */
function tellRefused(
  stages: readonly CallStage[],
  from: number,
  context: CallContext,
  error: unknown,
): void {
  if (!(error instanceof ApiError)) {
    return;
  }
  for (let index = from; index < stages.length; index++) {
    stages[index].refused?.(context, {
      status: error.status,
      code: error.code,
      model: context.model,
      promptBytes: context.promptBytes,
    });
  }
}

/** Tells every handle how the call ended; one that fails does not stop the others. */
export function endHandles(
  handles: readonly CallHandle[],
  outcome: CallOutcome,
  onError: (error: unknown) => void,
): void {
  for (const handle of handles) {
    try {
      handle.end?.(outcome);
    } catch (error) {
      onError(error);
    }
  }
}
