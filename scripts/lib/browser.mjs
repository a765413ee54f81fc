import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { say } from './say.mjs';

/** The first that is there. The shell is Chromium without its own pages and tabs. */
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
];

const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Options with which Chromium runs quietly and alone. */
export const CHROMIUM_ARGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @returns the path of a browser, or undefined */
export function findBrowser() {
  if (process.env.MODELHUB_BROWSER) {
    return process.env.MODELHUB_BROWSER;
  }
  const onPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .concat('/usr/bin', '/usr/local/bin', '/snap/bin')
    .flatMap(folder => NAMES.map(name => path.join(folder, name)));
  return [...onPath, ...MAC].find(file => fs.existsSync(file));
}

/**
 * Finds a Chromium, or installs Debian's where that is possible.
 *
 * @throws with how to install one
 */
export function ensureBrowser() {
  const found = findBrowser();
  if (found) {
    return found;
  }
  const prefix = aptPrefix();
  if (prefix) {
    say("Installing Debian's chromium with apt-get …");
    const apt = args =>
      spawnSync(
        [...prefix, 'apt-get', ...args][0],
        [...prefix, 'apt-get', ...args].slice(1),
        {
          stdio: ['ignore', 'inherit', 'inherit'],
          env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        },
      );
    apt(['update', '-qq']);
    for (const name of ['chromium-headless-shell', 'chromium']) {
      if (!findBrowser()) {
        apt(['install', '-y', '-qq', '--no-install-recommends', name]);
      }
    }
  }
  const installed = findBrowser();
  if (!installed) {
    throw new Error(
      'The browser tests need Chromium or Chrome and found none. Install it (Debian, Ubuntu: apt-get install chromium; macOS: brew install --cask google-chrome), or set MODELHUB_BROWSER to the path of one.',
    );
  }
  return installed;
}

/** How apt-get can be called without a question, or undefined. */
function aptPrefix() {
  const works = (command, args) =>
    spawnSync(command, args, { stdio: 'ignore' }).status === 0;
  if (!works('apt-get', ['--version'])) {
    return undefined;
  }
  if (process.getuid?.() === 0) {
    return [];
  }
  return works('sudo', ['-n', 'true']) ? ['sudo', '-n', '-E'] : undefined;
}
