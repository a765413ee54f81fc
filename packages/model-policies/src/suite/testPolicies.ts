import { isDeepStrictEqual } from 'node:util';
import { CelConditions } from '../conditions/CelConditions';
import { decide } from '../decisions/decide';
import { PolicyFileError, type PolicyProblem } from '../files/PolicyFileError';
import {
  readPolicyFolder,
  readPolicyTests,
  type PolicySource,
} from '../files/readPolicyFolder';
import type { PolicyLayers } from '../layers/layers';
import { loadPolicies } from '../layers/loadPolicies';
import type { GateDescription, PolicyDecision } from '../types';
import { Coverage, type UncoveredRule } from './coverage';
import { asInput, parseTests, type PolicyTestCase } from './parseTests';

/**
 * @public
 */
export interface PolicyTestResult {
  file: string;
  name: string;
  /** What differs from what was expected; empty when the case passed. */
  differences: string[];
}

/**
 * What tests said, file by file in their order.
 *
 * @public
 */
export interface PolicyTestReport {
  results: PolicyTestResult[];
  /** Rules that no case looks at. */
  uncovered: UncoveredRule[];
  /** What is wrong with files of tests. */
  problems: PolicyProblem[];
}

/**
 * Run tests against policies.
 *
 * @public
 */
export function runPolicyTests(
  layers: PolicyLayers,
  tests: PolicySource[],
): PolicyTestReport {
  const coverage = Coverage.create(layers);
  const problems: PolicyProblem[] = [];
  const results = tests.flatMap(({ file, text }) => {
    try {
      return parseTests(file, text).map(testCase =>
        runCase(layers, coverage, file, testCase),
      );
    } catch (error) {
      if (!(error instanceof PolicyFileError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  return { results, uncovered: coverage.missing(), problems };
}

/**
 * Run the tests in the folder `tests` against the policies beside it.
 *
 * @throws PolicyFileError when policies or tests cannot be read, and what
 * Node.js throws for a folder that is not there
 *
 * @public
 */
export async function testPolicies(options: {
  path: string;
  gates: GateDescription[];
}): Promise<Omit<PolicyTestReport, 'problems'> & { version: string }> {
  const { sources } = await readPolicyFolder(options.path);
  const layers = loadPolicies(sources, options.gates, CelConditions.create());
  const { problems, ...report } = runPolicyTests(
    layers,
    await readPolicyTests(options.path),
  );
  if (problems.length > 0) throw new PolicyFileError(problems);
  return { ...report, version: layers.version };
}

function runCase(
  layers: PolicyLayers,
  coverage: Coverage,
  file: string,
  { name, on, input, expect }: PolicyTestCase,
): PolicyTestResult {
  const now = on === undefined ? new Date() : new Date(`${on}T12:00:00Z`);
  const request = asInput(input);
  coverage.add(request, now, expect);
  return {
    file,
    name,
    differences: differences(decide(layers, request, now), expect),
  };
}

function differences(
  decision: PolicyDecision,
  expected: PolicyTestCase['expect'],
): string[] {
  const actual: Required<PolicyTestCase['expect']> = {
    gates: Object.fromEntries(
      decision.gates.map(gate => [
        gate.id,
        gate.required ? 'required' : 'advisory',
      ]),
    ),
    params: Object.fromEntries(
      decision.gates
        .filter(gate => expected.params?.[gate.id])
        .map(gate => [gate.id, gate.params]),
    ),
    waivers: Object.fromEntries(
      decision.gates
        .filter(gate => expected.waivers?.[gate.id])
        .map(gate => [gate.id, gate.waivableBy]),
    ),
    signOffs: Object.fromEntries(
      decision.signOffs.map(({ role, quorum, secondFactor }) => [
        role,
        { quorum, secondFactor },
      ]),
    ),
    expiresAfterDays: decision.expiresAfterDays,
    refusals: decision.refusals.map(({ code }) => code),
  };
  return Object.entries(expected)
    .filter(
      ([field, value]) =>
        !isDeepStrictEqual(
          value,
          actual[field as keyof PolicyTestCase['expect']],
        ),
    )
    .map(
      ([field, value]) =>
        `${field}: expected ${JSON.stringify(value)}, got ${JSON.stringify(
          actual[field as keyof PolicyTestCase['expect']],
        )}`,
    );
}
