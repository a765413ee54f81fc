import { setTimeout as wait } from 'node:timers/promises';

/** Waits; an end of the signal ends the waiting with its reason. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal, ref: false });
}
