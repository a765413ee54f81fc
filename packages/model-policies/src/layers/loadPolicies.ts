import type { ConditionCompiler } from '../conditions/CelConditions';
import { MAX_FILES } from '../files/limits';
import { parsePolicyFile } from '../files/parsePolicyFile';
import { PolicyFileError, type PolicyProblem } from '../files/PolicyFileError';
import type { PolicyFile } from '../files/policySchema';
import { positionIn } from '../files/readYaml';
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
  const texts = new Map(sources.map(({ file, text }) => [file, text]));
  return {
    layers,
    problems: [...problems, ...others].map(problem =>
      located(problem, texts.get(problem.file)),
    ),
  };
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

function located(
  problem: PolicyProblem,
  text: string | undefined,
): PolicyProblem {
  if (problem.line !== undefined || !text || !problem.field) return problem;
  return { ...problem, ...positionIn(text, problem.field.split('.')) };
}
