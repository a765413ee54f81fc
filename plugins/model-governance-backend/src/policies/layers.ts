import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import {
  tiers,
  type SignOffRole,
  type Tier,
} from '@modelhub/backstage-plugin-models-common';
import type { JsonObject } from '@backstage/types';
import type { ParamOrder } from '@modelhub/backstage-plugin-models-node';
import type { Condition, ConditionCompiler } from './CelConditions';
import { checkException, isException } from './exceptions';
import { PolicyFileError } from './parsePolicyFile';
import type { PolicyFile, PolicyScope } from './policySchema';
import { looserThan } from './tightening';

/** What policies have to know about a gate. */
export interface GateDescription {
  id: string;
  title: string;
  description?: string;
  paramOrder?: Record<string, ParamOrder>;
  /** Throws when the parameters are wrong. */
  validateParams?(params: JsonObject): void;
}

/** A policy file whose conditions are compiled. */
export interface PolicyLayer {
  file: string;
  /** `sha256:…` over the canonical form of its rules. */
  hash: string;
  policy: PolicyFile;
  /** By text. */
  conditions: Map<string, Condition>;
}

export interface PolicyLayers {
  version: string;
  gates: Map<string, GateDescription>;
  /** The organisation's layer of each tier. */
  organisation: Map<Tier, PolicyLayer>;
  /** Layers that tighten it, systems before products. */
  lower: PolicyLayer[];
}

/** What has force in a policy: everything but prose. */
function rulesOf({ title: _title, about: _about, ...rules }: PolicyFile) {
  return rules;
}

const rank = (scope: PolicyScope) => ('system' in scope ? 0 : 1);

/**
 * Put checked files together to one set of layers.
 *
 * @throws PolicyFileError when they do not fit together
 */
export function buildLayers(
  files: Array<{ file: string; policy: PolicyFile }>,
  gates: GateDescription[],
  compiler: ConditionCompiler,
): PolicyLayers {
  const knownGates = new Map(gates.map(gate => [gate.id, gate]));
  const layers = files.map(({ file, policy }) => ({
    file,
    policy,
    hash: `sha256:${sha256Hex(canonicalJson(rulesOf(policy)))}`,
    conditions: compileConditions(file, policy, compiler),
  }));
  const organisation = organisationLayers(layers);
  const lower = layers
    .filter(({ policy }) => !('organisation' in policy.scope))
    .sort((a, b) => rank(a.policy.scope) - rank(b.policy.scope));

  for (const layer of layers) checkGates(layer, organisation, knownGates);
  for (const layer of lower) {
    const base = organisation.get(layer.policy.tier)!;
    if (isException(layer)) {
      checkException(layer, base.policy, base.file);
      continue;
    }
    const problems = looserThan(base.policy, layer.policy, knownGates);
    if (problems.length > 0) {
      throw new PolicyFileError(
        layer.file,
        problems.map(
          text =>
            `${text} of ${base.file}; a lower layer may only tighten, unless it is an exception with a name and an end`,
        ),
      );
    }
  }
  const canonical = canonicalJson(
    layers
      .map(layer => rulesOf(layer.policy))
      .map(canonicalJson)
      .sort(),
  );
  return {
    version: `sha256:${sha256Hex(canonical)}`,
    gates: knownGates,
    organisation,
    lower,
  };
}

function organisationLayers(layers: PolicyLayer[]): Map<Tier, PolicyLayer> {
  const found = new Map<Tier, PolicyLayer>();
  for (const layer of layers) {
    const { tier, scope } = layer.policy;
    if (!('organisation' in scope)) continue;
    if (layer.policy.exception) {
      throw new PolicyFileError(layer.file, [
        'exception: it is for a system, an owner or a group; change the policy of the organisation instead',
      ]);
    }
    const other = found.get(tier);
    if (other) {
      throw new PolicyFileError(layer.file, [
        `tier: ${other.file} already is the organisation's policy for ${tier}; merge the two`,
      ]);
    }
    checkComplete(layer);
    found.set(tier, layer);
  }
  const missing = tiers.filter(tier => !found.has(tier));
  if (missing.length > 0) {
    throw new PolicyFileError('policies', [
      `the organisation has no policy for ${missing.join(
        ', ',
      )}; add a file with 'scope: { organisation: true }' for each`,
    ]);
  }
  return found;
}

function checkComplete({ file, policy }: PolicyLayer) {
  const needed = [
    'expiresAfterDays',
    'checkDeadlineHours',
    'snapshotMaxAgeSeconds',
    'breakGlass',
  ] as const;
  const problems = needed
    .filter(field => policy[field] === undefined)
    .map(
      field => `field '${field}' is missing; the organisation has to set it`,
    );
  for (const [role, rule] of Object.entries(policy.signOffs ?? {})) {
    if (role !== 'lead' && !rule.groups?.length) {
      problems.push(
        `signOffs.${role}.groups: name the group whose members sign`,
      );
    }
  }
  if (problems.length > 0) throw new PolicyFileError(file, problems);
}

function checkGates(
  layer: PolicyLayer,
  organisation: Map<Tier, PolicyLayer>,
  gates: Map<string, GateDescription>,
) {
  const base = organisation.get(layer.policy.tier)?.policy;
  const problems: string[] = [];
  for (const [id, rule] of Object.entries(layer.policy.gates ?? {})) {
    const gate = gates.get(id);
    if (!gate) {
      const known = [...gates.keys()].sort().join(', ') || 'none';
      problems.push(`gates.${id}: no such gate; installed are: ${known}`);
      continue;
    }
    try {
      gate.validateParams?.({ ...base?.gates?.[id]?.params, ...rule.params });
    } catch (error) {
      problems.push(`gates.${id}.params: ${(error as Error).message}`);
    }
  }
  for (const role of Object.keys(layer.policy.signOffs ?? {})) {
    const rule = layer.policy.signOffs?.[role as SignOffRole];
    const inherited = base?.signOffs?.[role as SignOffRole];
    if (role !== 'lead' && !rule?.groups?.length && !inherited) {
      problems.push(
        `signOffs.${role}.groups: name the group whose members sign`,
      );
    }
  }
  if (problems.length > 0) throw new PolicyFileError(layer.file, problems);
}

function compileConditions(
  file: string,
  policy: PolicyFile,
  compiler: ConditionCompiler,
): Map<string, Condition> {
  const texts: Array<[string, string | undefined]> = [
    ...Object.entries(policy.gates ?? {}).map(
      ([id, rule]): [string, string | undefined] => [
        `gates.${id}.when`,
        rule.when,
      ],
    ),
    ...Object.entries(policy.signOffs ?? {}).map(
      ([role, rule]): [string, string | undefined] => [
        `signOffs.${role}.when`,
        rule.when,
      ],
    ),
    ...(policy.refuse ?? []).map((rule, i): [string, string] => [
      `refuse.${i}.when`,
      rule.when,
    ]),
  ];
  const problems: string[] = [];
  const compiled = new Map<string, Condition>();
  for (const [field, text] of texts) {
    if (text === undefined) continue;
    try {
      compiled.set(text, compiler.compile(text));
    } catch (error) {
      problems.push(`${field}: ${(error as Error).message}`);
    }
  }
  if (problems.length > 0) throw new PolicyFileError(file, problems);
  return compiled;
}
