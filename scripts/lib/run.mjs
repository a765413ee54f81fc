import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.mjs';

const running = new Set();

/** Ends every command that {@link run} started and that still runs. */
export function killRunning() {
  for (const child of running) {
    killGroup(child, 'SIGKILL');
  }
}

function killGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}

/**
 * Runs a command to its end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {Record<string, string | undefined>} [options.env] - added to this process's
 * @param {string} [options.logFile] - gets the output; without one it is shown
 * @param {number} [options.timeoutMs]
 * @param {number} [options.uid]
 * @param {number} [options.gid]
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function run(command, args, options = {}) {
  const { cwd = ROOT, env, logFile, timeoutMs, uid, gid } = options;
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    uid,
    gid,
  });
  running.add(child);
  if (logFile) {
    fs.mkdirSync(path.dirname(logFile), { recursive: true });
  }
  const log = logFile ? fs.createWriteStream(logFile) : undefined;
  let output = '';
  const take = chunk => {
    output = (output + chunk).slice(-400_000);
    (log ?? process.stdout).write(chunk);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  let timer;
  if (timeoutMs) {
    timer = setTimeout(() => {
      output += `\nGave up after ${Math.round(timeoutMs / 1000)} s.\n`;
      killGroup(child, 'SIGKILL');
    }, timeoutMs);
  }
  const code = await new Promise(resolve => {
    child.on('error', error => {
      output += `\n${error.message}\n`;
      resolve(127);
    });
    child.on('close', (exitCode, signal) =>
      resolve(exitCode ?? (signal ? 1 : 0)),
    );
  });
  clearTimeout(timer);
  running.delete(child);
  log?.end();
  return { code, output };
}

/** The last lines of a text. */
export const tail = (text, lines = 30) =>
  text.trimEnd().split('\n').slice(-lines).join('\n');
