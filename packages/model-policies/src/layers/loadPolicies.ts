import type { ConditionCompiler } from '../conditions/CelConditions';
import { MAX_FILES } from '../files/limits';
import { parsePolicyFile } from '../files/parsePolicyFile';
import { PolicyFileError, type PolicyProblem } from '../files/PolicyFileError';
import type { PolicyFile } from '../files/policySchema';
import { positionsIn } from '../files/readYaml';
import type { PolicySource } from '../files/readPolicyFolder';
import type { GateDescription } from '../types';
import { buildLayers, type PolicyLayers } from './layers';

/**
 * Everything that is wrong with the text of policy files, with file, field and
 * line; without problems, the policies themselves.
 *
 * @public
 */
export function checkPolicies(
  sources: PolicySource[],
  gates: GateDescription[],
  compiler: ConditionCompiler,
): { layers?: PolicyLayers; problems: PolicyProblem[] } {
  const ofFolder = (message: string) => ({
    problems: [{ file: 'policies', message }],
  });
  if (sources.length === 0) {
    return ofFolder(
      'the folder holds no policy; add one file per tier or set modelGovernance.policies.path',
    );
  }
  if (sources.length > MAX_FILES) {
    return ofFolder(
      `the folder holds ${sources.length} policies, and ${MAX_FILES} are the most; merge some`,
    );
  }
  const problems: PolicyProblem[] = [];
  const files: Array<{ file: string; policy: PolicyFile }> = [];
  for (const { file, text } of sources) {
    try {
      files.push({ file, policy: parsePolicyFile(file, text) });
    } catch (error) {
      if (!(error instanceof PolicyFileError)) throw error;
      problems.push(...error.problems);
    }
  }
  // What does not hold together while a file is missing says nothing new.
  const { layers, problems: others } =
    problems.length > 0
      ? { problems: [] }
      : buildLayers(files, gates, compiler);
  return { layers, problems: located([...problems, ...others], sources) };
}

/**
 * Policies from the text of their files.
 *
 * @throws PolicyFileError that names the first file that is wrong
 *
 * @public
 */
export function loadPolicies(
  sources: PolicySource[],
  gates: GateDescription[],
  compiler: ConditionCompiler,
): PolicyLayers {
  const { layers, problems } = checkPolicies(sources, gates, compiler);
  if (!layers) throw new PolicyFileError(problems);
  return layers;
}

/** Problems with their lines, where they name a field. */
function located(
  problems: PolicyProblem[],
  sources: PolicySource[],
): PolicyProblem[] {
  const positions = new Map<string, ReturnType<typeof positionsIn>>();
  return problems.map(problem => {
    const { file, field, line } = problem;
    const source = sources.find(one => one.file === file);
    if (line !== undefined || !source || !field) return problem;
    const positionOf = positions.get(file) ?? positionsIn(source.text);
    positions.set(file, positionOf);
    return { ...problem, ...positionOf(field.split('.')) };
  });
}
