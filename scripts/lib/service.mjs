import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';

const END_WITH_PARENT = fileURLToPath(
  new URL('./endWithParent.cjs', import.meta.url),
);

/** What a backend says when a plugin did not start; it does not end by itself. */
const NOT_STARTED = 'Backend startup failed';

/** Lines that say something; our own questions whether it is ready do not. */
const isTelling = line => line !== '' && !line.includes('/.backstage/health/');

/** How long a service may take to end by itself before it is killed. */
const GRACE_MS = 8_000;

/**
 * Starts a Node program that runs until it is stopped. Its output goes to a
 * log file, of which the last lines are kept for messages.
 *
 * @param {object} options
 * @param {string} options.name - in words, for messages
 * @param {string[]} options.args - arguments to Node
 * @param {string} options.cwd
 * @param {string} options.logFile
 * @param {Record<string, string | undefined>} [options.env]
 */
export function startService({ name, args, cwd, logFile, env }) {
  fs.mkdirSync(path.dirname(logFile), { recursive: true });
  const log = fs.createWriteStream(logFile, { flags: 'a' });
  const lines = [];
  const child = spawn(
    process.execPath,
    ['--require', END_WITH_PARENT, ...args],
    {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C reaches only the script, which then stops
      // every service in turn.
      detached: true,
    },
  );
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      log.write(chunk);
      lines.push(...String(chunk).split('\n').filter(isTelling));
      lines.splice(0, lines.length - 40);
    });
  }
  let stopping = false;
  let ended = false;
  const exited = new Promise(resolve => {
    const done = how => {
      ended = true;
      log.end();
      resolve(how);
    };
    child.on('error', error => done(error.message));
    child.on('exit', (code, signal) => done(signal ?? `exit code ${code}`));
  });

  const kill = signal => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It is gone already.
    }
  };

  return {
    name,
    logFile,
    pid: child.pid,
    /** Resolves with the exit code or signal, in words. */
    exited,
    /** Whether it was asked to stop, so that its end is no surprise. */
    get stopping() {
      return stopping;
    },
    get running() {
      return !ended;
    },
    lastLines: () => lines.join('\n'),
    /** Ends it at once, as a crash would. */
    async kill() {
      stopping = true;
      kill('SIGKILL');
      await exited;
    },
    /** Ends it in good order, or by force when that takes too long. */
    async stop() {
      stopping = true;
      if (ended) {
        return;
      }
      kill('SIGTERM');
      const timer = setTimeout(() => kill('SIGKILL'), GRACE_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}

/**
 * Waits until a URL answers with success.
 *
 * @throws when the service ends first or takes longer than the limit
 */
export async function untilReady(service, url, limitMs = 120_000) {
  const deadline = Date.now() + limitMs;
  while (Date.now() < deadline) {
    if (!service.running) {
      throw new Error(
        `${
          service.name
        } ended (${await service.exited}) before it was ready.\n\n${service.lastLines()}\n\nIts log: ${
          service.logFile
        }`,
      );
    }
    if (service.lastLines().includes(NOT_STARTED)) {
      throw new Error(
        `${
          service.name
        } could not start.\n\n${service.lastLines()}\n\nIts log: ${
          service.logFile
        }`,
      );
    }
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
      await response.arrayBuffer();
      if (response.ok) {
        return;
      }
    } catch {
      // Nobody listens yet.
    }
    await delay(300);
  }
  throw new Error(
    `${service.name} was not ready after ${
      limitMs / 1000
    } s.\n\n${service.lastLines()}\n\nIts log: ${service.logFile}`,
  );
}
