import fs from 'node:fs';
import path from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { ensureFrontend } from './build.mjs';
import { startPostgres } from './postgres.mjs';
import { run } from './run.mjs';
import { jestTally, playwrightTally } from './tally.mjs';
import { yarn } from './yarn.mjs';

const asCheck = ({ code, output }) => ({
  passed: code === 0 ? 1 : 0,
  failed: code === 0 ? 0 : 1,
  output,
});

const yarnCheck =
  (...args) =>
  async ({ logFile }) =>
    asCheck(await yarn(args, { logFile }));

const nodeCheck =
  (...args) =>
  async ({ logFile }) =>
    asCheck(await run(process.execPath, args, { logFile }));

let types;
/** The declarations that the API reports read come from the type check. */
const typeCheck = logs =>
  (types ??= yarn(['tsc', '--pretty', 'false'], {
    logFile: path.join(logs, 'tsc.log'),
  }));

async function apiReports({ logFile, logs }) {
  await typeCheck(logs);
  return await nodeCheck(
    'scripts/api-reports.mjs',
    '--ci',
    '--no-tsc',
  )({ logFile });
}

async function checkPackages({ logFile, logs }) {
  await typeCheck(logs);
  return await nodeCheck('scripts/check-packages.mjs', '--no-tsc')({ logFile });
}

async function jest({ logFile, logs }) {
  const postgres = await startPostgres();
  const outputFile = path.join(logs, 'jest.json');
  fs.rmSync(outputFile, { force: true });
  try {
    const { output } = await yarn(
      [
        ...['backstage-cli', 'repo', 'test', '--maxWorkers=2'],
        // How fast things are is for the benchmarks to say.
        ...['--watchAll=false', '--testTimeout=60000'],
        ...['--json', `--outputFile=${outputFile}`],
      ],
      {
        logFile,
        env: {
          CI: '1',
          BACKSTAGE_TEST_DISABLE_DOCKER: '1',
          BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING: postgres.url,
        },
      },
    );
    return { ...jestTally(outputFile), output };
  } finally {
    await postgres.stop();
  }
}

async function browser({ logFile, logs }) {
  const executable = ensureBrowser();
  await ensureFrontend();
  const outputFile = path.join(logs, 'playwright.json');
  fs.rmSync(outputFile, { force: true });
  const { output } = await yarn(['playwright', 'test'], {
    logFile,
    env: {
      MODELHUB_BROWSER: executable,
      PLAYWRIGHT_JSON_OUTPUT_NAME: outputFile,
    },
  });
  return { ...playwrightTally(outputFile), output };
}

/**
 * What `npm test` does. Checks run two at a time; what has time limits of its
 * own has the machine `alone`. A check counts as one test; jest and Playwright
 * count their own.
 */
export const stages = [
  {
    name: 'tsc',
    title: 'Types',
    perform: async ({ logs }) => asCheck(await typeCheck(logs)),
  },
  {
    name: 'lint',
    title: 'Lint',
    perform: yarnCheck('lint'),
  },
  {
    name: 'prettier',
    title: 'Formatting',
    perform: yarnCheck('prettier', '--check', '.'),
  },
  {
    name: 'generated',
    title: 'Generated API code is fresh',
    perform: nodeCheck('scripts/generate-api.mjs', '--check'),
  },
  {
    name: 'api',
    title: 'API reports',
    perform: apiReports,
  },
  {
    name: 'packages',
    title: 'Packages install into another portal',
    perform: checkPackages,
  },
  {
    name: 'fuzz',
    title: 'A minute of broken files for the scanner',
    perform: nodeCheck('scripts/fuzz-scanner.mjs', '--seconds', '60'),
    alone: true,
  },
  {
    name: 'unit',
    title: 'Unit and integration tests, SQLite and PostgreSQL',
    perform: jest,
    alone: true,
  },
  { name: 'e2e', title: 'Browser tests', perform: browser, alone: true },
];
