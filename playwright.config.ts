import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, findBrowser } from './scripts/lib/browser.mjs';

/** The browser tests. Each file starts the portals it needs: see e2e/harness.ts. */
export default defineConfig({
  testDir: './e2e',
  testMatch: '**/*.test.ts',
  timeout: 5 * 60_000,
  // Generous: how fast things are is for the benchmarks to say.
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  // The tests measure times, and a portal takes a core.
  workers: 1,
  // A second try, with a portal of its own, is told at the end of `npm test`.
  retries: 1,
  reporter: [
    ['list'],
    [
      'json',
      {
        outputFile:
          process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ??
          'e2e-test-report/results.json',
      },
    ],
    ['html', { outputFolder: 'e2e-test-report/html', open: 'never' }],
  ],
  outputDir: 'e2e-test-report/results',
  use: {
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    screenshot: 'only-on-failure',
    // Recording each step costs half of the machine: only what failed once.
    trace: 'on-first-retry',
    viewport: { width: 1366, height: 900 },
    launchOptions: { executablePath: findBrowser(), args: CHROMIUM_ARGS },
  },
});
