import fs from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const firstLines = (text, lines = 1) =>
  stripVTControlCharacters(String(text ?? ''))
    .trim()
    .split('\n')
    .slice(0, lines)
    .join('\n');

/** What failed, and under it what was said. */
const failure = (name, message) =>
  [
    name,
    ...firstLines(message, 24)
      .split('\n')
      .map(line => `    ${line}`),
  ].join('\n');

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
        ? [failure(suite.name, suite.message)]
        : suite.assertionResults
            .filter(({ status }) => status === 'failed')
            .map(({ fullName, failureMessages = [] }) =>
              failure(`${suite.name}: ${fullName}`, failureMessages[0]),
            ),
    ),
  };
}

/**
 * Counts from Playwright's JSON reporter. What passed at its second try counts
 * as passed, and is named with what the first try said.
 */
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
  const unhappy = suites
    .flatMap(specs)
    .flatMap(({ file: name, title, tests }) =>
      tests.map(({ status, results }) => ({
        status,
        told: failure(
          `${name}: ${title}`,
          results
            .flatMap(({ errors: said = [] }) => said)
            .map(({ message }) => message)[0],
        ),
      })),
    );
  const told = wanted =>
    unhappy.filter(({ status }) => status === wanted).map(one => one.told);
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    flaky: told('flaky'),
    failures: [
      ...told('unexpected'),
      ...errors.map(({ message }) => firstLines(message)),
    ],
  };
}
