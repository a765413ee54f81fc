import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import type { Condition, ConditionCompiler } from '../conditions/CelConditions';
import type { Finding, PolicyProblem } from '../files/PolicyFileError';
import type { PolicyFile, PolicyScope } from '../files/policySchema';
import {
  policyTiers,
  type GateDescription,
  type JsonObject,
  type PolicyRole,
  type PolicyTier,
} from '../types';
import { compileConditions } from './conditionsOf';
import { exceptionProblems, isException } from './exceptions';
import { looserThan } from './tightening';

/**
 * A policy file whose conditions are compiled.
 *
 * @public
 */
export interface PolicyLayer {
  file: string;
  /** `sha256:…` over the canonical form of its rules. */
  hash: string;
  policy: PolicyFile;
  /** By text. */
  conditions: Map<string, Condition>;
}

/**
 * Policies that fit together.
 *
 * @public
 */
export interface PolicyLayers {
  /** `sha256:…` over the rules of all files; prose, order and names do not count. */
  version: string;
  gates: Map<string, GateDescription>;
  /** The organisation's layer of each tier. */
  organisation: Map<PolicyTier, PolicyLayer>;
  /** Layers that tighten it, systems before products. */
  lower: PolicyLayer[];
}

/** What has force in a policy: everything but prose. */
function rulesOf({ title: _title, about: _about, ...rules }: PolicyFile) {
  return rules;
}

const rank = (scope: PolicyScope) => ('system' in scope ? 0 : 1);

const within = ({ file }: { file: string }, findings: Finding[]) =>
  findings.map(finding => ({ file, ...finding }));

const isOfOrganisation = ({ policy }: PolicyLayer) =>
  'organisation' in policy.scope;

/** Put files that were read together to one set of layers, or say why they do not fit. */
export function buildLayers(
  files: Array<{ file: string; policy: PolicyFile }>,
  gates: GateDescription[],
  compiler: ConditionCompiler,
): { layers?: PolicyLayers; problems: PolicyProblem[] } {
  const knownGates = new Map(gates.map(gate => [gate.id, gate]));
  const problems: PolicyProblem[] = [];
  const layers = files.map(({ file, policy }): PolicyLayer => {
    const compiled = compileConditions(policy, compiler);
    problems.push(...within({ file }, compiled.problems));
    return {
      file,
      policy,
      hash: `sha256:${sha256Hex(canonicalJson(rulesOf(policy)))}`,
      conditions: compiled.conditions,
    };
  });
  const organisation = new Map<PolicyTier, PolicyLayer>();
  for (const layer of layers.filter(isOfOrganisation)) {
    problems.push(...within(layer, organisationProblems(layer, organisation)));
    organisation.set(layer.policy.tier, layer);
  }
  problems.push(...missingTiers(organisation));

  const lower = layers
    .filter(layer => !isOfOrganisation(layer))
    .sort((a, b) => rank(a.policy.scope) - rank(b.policy.scope));
  for (const layer of layers) {
    const base = organisation.get(layer.policy.tier)?.policy;
    problems.push(...within(layer, ruleProblems(layer, base, knownGates)));
  }
  for (const layer of lower) {
    const base = organisation.get(layer.policy.tier);
    if (base) {
      problems.push(...within(layer, loosening(layer, base, knownGates)));
    }
  }
  if (problems.length > 0) return { problems };
  const canonical = canonicalJson(
    layers
      .map(layer => rulesOf(layer.policy))
      .map(canonicalJson)
      .sort(),
  );
  return {
    layers: {
      version: `sha256:${sha256Hex(canonical)}`,
      gates: knownGates,
      organisation,
      lower,
    },
    problems,
  };
}

function organisationProblems(
  { policy }: PolicyLayer,
  others: Map<PolicyTier, PolicyLayer>,
): Finding[] {
  if (policy.exception) {
    return [
      {
        field: 'exception',
        message:
          'it is for a system, an owner or a group; change the policy of the organisation instead',
      },
    ];
  }
  const other = others.get(policy.tier);
  if (other) {
    return [
      {
        field: 'tier',
        message: `${other.file} already is the organisation's policy for ${policy.tier}; merge the two`,
      },
    ];
  }
  return incomplete(policy);
}

function missingTiers(
  organisation: Map<PolicyTier, PolicyLayer>,
): PolicyProblem[] {
  const missing = policyTiers.filter(tier => !organisation.has(tier));
  return missing.length === 0
    ? []
    : [
        {
          file: 'policies',
          message: `the organisation has no policy for ${missing.join(
            ', ',
          )}; add a file with 'scope: { organisation: true }' for each`,
        },
      ];
}

function incomplete(policy: PolicyFile): Finding[] {
  const needed = [
    'expiresAfterDays',
    'checkDeadlineHours',
    'snapshotMaxAgeSeconds',
    'breakGlass',
  ] as const;
  return needed
    .filter(field => policy[field] === undefined)
    .map(field => ({
      message: `field '${field}' is missing; the organisation has to set it`,
    }));
}

function ruleProblems(
  { policy }: PolicyLayer,
  base: PolicyFile | undefined,
  gates: Map<string, GateDescription>,
): Finding[] {
  const problems: Finding[] = [];
  for (const [id, rule] of Object.entries(policy.gates ?? {})) {
    const gate = gates.get(id);
    if (!gate) {
      const known = [...gates.keys()].sort().join(', ') || 'none';
      problems.push({
        field: `gates.${id}`,
        message: `no such gate; installed are: ${known}`,
      });
      continue;
    }
    const wrong = paramsProblem(gate, {
      ...base?.gates?.[id]?.params,
      ...rule.params,
    });
    if (wrong) problems.push({ field: `gates.${id}.params`, message: wrong });
  }
  for (const [role, rule] of Object.entries(policy.signOffs ?? {})) {
    const inherited =
      base !== policy && base?.signOffs?.[role as PolicyRole] !== undefined;
    if (role !== 'lead' && !rule?.groups?.length && !inherited) {
      problems.push({
        field: `signOffs.${role}.groups`,
        message: 'name the group whose members sign',
      });
    }
  }
  return problems;
}

function paramsProblem(
  gate: GateDescription,
  params: JsonObject,
): string | undefined {
  try {
    gate.validateParams?.(params);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function loosening(
  layer: PolicyLayer,
  base: PolicyLayer,
  gates: Map<string, GateDescription>,
): Finding[] {
  if (isException(layer)) {
    return exceptionProblems(layer, base.policy, base.file);
  }
  return looserThan(base.policy, layer.policy, gates).map(
    ({ message, ...at }) => ({
      ...at,
      message: `${message} of ${base.file}; a lower layer may only tighten, unless it is an exception with a name and an end`,
    }),
  );
}
