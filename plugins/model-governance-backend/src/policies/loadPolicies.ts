import type { ConditionCompiler } from './CelConditions';
import { buildLayers, type GateDescription, type PolicyLayers } from './layers';
import { parsePolicyFile, PolicyFileError } from './parsePolicyFile';
import type { PolicySource } from './readPolicyFolder';

/**
 * Policies from the text of their files.
 *
 * @throws PolicyFileError that names the first file that is wrong
 */
export function loadPolicies(
  sources: PolicySource[],
  gates: GateDescription[],
  compiler: ConditionCompiler,
): PolicyLayers {
  if (sources.length === 0) {
    throw new PolicyFileError('policies', [
      'the folder holds no policy; add one file per tier or set modelGovernance.policies.path',
    ]);
  }
  const files = sources.map(({ file, text }) => ({
    file,
    policy: parsePolicyFile(file, text),
  }));
  return buildLayers(files, gates, compiler);
}
