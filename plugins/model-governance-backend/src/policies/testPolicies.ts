import type { JsonObject } from '@backstage/types';
import type { SignOffRole } from '@modelhub/backstage-plugin-models-common';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CelConditions } from './CelConditions';
import { decide } from './decide';
import type { GateDescription } from './layers';
import { loadPolicies } from './loadPolicies';
import { parseYaml, PolicyFileError } from './parsePolicyFile';
import type { PolicyDecision, PolicyInput } from './PolicyService';
import { readPolicyFolder } from './readPolicyFolder';

type Partially<T> = { [K in keyof T]?: T[K] };

/** One expectation in `tests/*.yaml`. */
export interface PolicyTestCase {
  name: string;
  /** The day, as `2027-01-31`; today without. */
  on?: string;
  input: Partially<Omit<PolicyInput, 'purpose' | 'model' | 'tier'>> & {
    tier: PolicyInput['tier'];
    purpose?: Partially<NonNullable<PolicyInput['purpose']>>;
    model?: Partially<PolicyInput['model']>;
  };
  expect: {
    gates?: Record<string, 'required' | 'advisory'>;
    params?: Record<string, JsonObject>;
    signOffs?: Partial<
      Record<SignOffRole, { quorum: number; secondFactor: boolean }>
    >;
    expiresAfterDays?: number;
    refusals?: string[];
  };
}

export interface PolicyTestResult {
  file: string;
  name: string;
  /** What differs from what was expected; empty when the case passed. */
  differences: string[];
}

/** Run the tests in the folder `tests` against the policies beside it. */
export async function testPolicies(options: {
  path: string;
  gates: GateDescription[];
}): Promise<PolicyTestResult[]> {
  const { sources } = await readPolicyFolder(options.path);
  const layers = loadPolicies(sources, options.gates, CelConditions.create());
  const folder = join(options.path, 'tests');
  const files = (await readdir(folder)).filter(f => f.endsWith('.yaml')).sort();
  const results = await Promise.all(
    files.map(async file => {
      const cases = testCases(file, await readFile(join(folder, file), 'utf8'));
      return cases.map(({ name, on, input, expect }) => ({
        file,
        name,
        differences: differences(
          decide(layers, asInput(input), dayOf(on)),
          expect,
        ),
      }));
    }),
  );
  return results.flat();
}

function testCases(file: string, text: string): PolicyTestCase[] {
  const content = parseYaml(file, text) as
    | { cases?: PolicyTestCase[] }
    | undefined;
  if (!Array.isArray(content?.cases) || content.cases.length === 0) {
    throw new PolicyFileError(file, ["field 'cases' is missing; add a list"]);
  }
  content.cases.forEach((testCase, i) => {
    const { name, input, expect } = testCase;
    if (!name || !input?.tier || !expect || !Object.keys(expect).length) {
      throw new PolicyFileError(file, [
        `cases.${i}: needs name, input.tier and something to expect`,
      ]);
    }
  });
  return content.cases;
}

function dayOf(on: string | undefined): Date {
  return on === undefined ? new Date() : new Date(`${on}T12:00:00Z`);
}

function asInput(input: PolicyTestCase['input']): PolicyInput {
  return {
    ...input,
    purpose: {
      id: 'any',
      title: 'Any purpose',
      dataClasses: ['public'],
      regions: [],
      ...input.purpose,
    },
    model: {
      entityRef: 'model:default/any',
      type: 'llm',
      provider: 'any',
      owner: 'group:default/any',
      lifecycle: 'active',
      regions: [],
      hosted: false,
      ...input.model,
    },
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
