import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** `starttime` among the fields of `/proc/PID/stat` that follow the name. */
const START_FIELD = 19;

/**
 * When a process began, in the system's own words; with the id it names a
 * process for good, for ids are used again. Undefined when there is none.
 */
export async function startOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[START_FIELD];
  } catch {
    if (process.platform === 'linux') return undefined;
  }
  try {
    const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** A process that can be found again. */
export interface KnownProcess {
  pid: number;
  start: string;
}

/** Whether that very process runs. */
export async function isRunning(known: KnownProcess): Promise<boolean> {
  return (await startOf(known.pid)) === known.start;
}

/** Sends a signal to a process and all that it began; nothing where it is gone. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  for (const target of process.platform === 'win32' ? [pid] : [-pid, pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
