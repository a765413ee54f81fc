import fs from 'node:fs';

const firstLine = text =>
  String(text ?? '')
    .trim()
    .split('\n')[0];

/**
 * Counts from jest's `--json --outputFile`. A suite that could not even be
 * loaded counts as one failure.
 */
export function jestTally(file) {
  if (!fs.existsSync(file)) {
    return { passed: 0, failed: 1, failures: ['jest left no report'] };
  }
  const report = JSON.parse(fs.readFileSync(file, 'utf8'));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: report.testResults.flatMap(suite =>
      suite.status === 'failed' && suite.assertionResults.length === 0
        ? [`${suite.name}: ${firstLine(suite.message)}`]
        : suite.assertionResults
            .filter(({ status }) => status === 'failed')
            .map(({ fullName }) => `${suite.name}: ${fullName}`),
    ),
  };
}

/** Counts from Playwright's JSON reporter. A flaky test counts as passed. */
export function playwrightTally(file) {
  if (!fs.existsSync(file)) {
    return { passed: 0, failed: 1, failures: ['Playwright left no report'] };
  }
  const {
    stats,
    errors = [],
    suites = [],
  } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const specs = suite => [
    ...(suite.specs ?? []),
    ...(suite.suites ?? []).flatMap(specs),
  ];
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    failures: [
      ...suites
        .flatMap(specs)
        .filter(({ ok }) => !ok)
        .map(({ file: name, title }) => `${name}: ${title}`),
      ...errors.map(({ message }) => firstLine(message)),
    ],
  };
}
