import { InputError } from '@backstage/errors';
import type { PackRun } from '@modelhub/backstage-plugin-models-common';
import { OPEN_STATES, type RunRecord } from './RunStore';

const time = (ms: number | undefined) =>
  ms === undefined ? undefined : new Date(ms).toISOString();

/** A run as people see it; nothing of where the model answers. */
export function presentRun(
  run: RunRecord,
  rights: { mayCancel: boolean; mayRetry: boolean },
): PackRun {
  const isOpen = OPEN_STATES.includes(run.state);
  return {
    id: run.id,
    entityRef: run.entityRef,
    modelVersion: run.modelVersion,
    pin: run.pin,
    pack: run.pack,
    gates: run.gates,
    state: run.state,
    requestedBy: run.requestedBy,
    team: run.team,
    createdAt: new Date(run.createdAt).toISOString(),
    startedAt: time(run.startedAt),
    finishedAt: time(run.finishedAt),
    attempts: run.attempts,
    progress: run.progress,
    problem: run.problem,
    resultId: run.resultId,
    mayCancel: isOpen && rights.mayCancel,
    mayRetry: ['failed', 'cancelled'].includes(run.state) && rights.mayRetry,
  };
}

/** Where a page of runs goes on. */
export const runCursor = {
  write: ({ createdAt, id }: Pick<RunRecord, 'createdAt' | 'id'>) =>
    `${createdAt}.${id}`,
  read(text: string | undefined) {
    if (text === undefined) return undefined;
    const [, createdAt, id] = /^(\d{1,15})\.([\w-]{1,40})$/.exec(text) ?? [];
    if (!id) {
      throw new InputError(
        'This cursor is none that was given out. Begin at the first page.',
      );
    }
    return { createdAt: Number(createdAt), id };
  },
};
