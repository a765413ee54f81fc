import type { JsonObject } from '@backstage/types';
import type {
  SignOffRole,
  Tier,
} from '@modelhub/backstage-plugin-models-common';
import { endOf, isException, withExceptions } from './exceptions';
import type { GateDescription, PolicyLayer, PolicyLayers } from './layers';
import { strictestParams } from './paramOrder';
import type { GateRule, PolicyScope, SignOffRule } from './policySchema';
import type {
  GateDemand,
  PolicyDecision,
  PolicyInput,
  SignOffPolicy,
} from './PolicyService';

const ROLES: SignOffRole[] = ['lead', 'security', 'legal', 'risk'];

/**
 * What all layers that count for a request ask for together. Exceptions stand
 * in place of the organisation's rules; what tightens those counts all the
 * same.
 */
export function decide(
  layers: PolicyLayers,
  input: PolicyInput,
  now: Date,
): PolicyDecision {
  const organisation = layers.organisation.get(input.tier)!;
  const lower = layers.lower.filter(
    ({ policy }) => policy.tier === input.tier && covers(policy.scope, input),
  );
  const exceptions = lower
    .filter(isException)
    .filter(exception => now < endOf(exception));
  const counting = [
    withExceptions(organisation, exceptions),
    ...lower.filter(layer => !isException(layer)),
  ];
  const decision = combine(layers, counting, (layer, text) =>
    holds(layer, text, input),
  );
  if (exceptions.length === 0) return decision;
  const end = Math.min(...exceptions.map(it => endOf(it).getTime()));
  return {
    ...decision,
    endsBy: new Date(end).toISOString(),
    exceptions: exceptions.map(({ policy: { exception } }) => ({
      name: exception.name,
      by: exception.by,
      until: exception.until,
    })),
  };
}

/** What the organisation asks for at a tier at most, whatever the conditions say. */
export function demandsOf(layers: PolicyLayers, tier: Tier): PolicyDecision {
  return {
    ...combine(layers, [layers.organisation.get(tier)!], () => true),
    refusals: [],
  };
}

function covers(scope: PolicyScope, input: PolicyInput): boolean {
  if ('system' in scope) return input.model.system === scope.system;
  if ('owner' in scope) return input.model.owner === scope.owner;
  if ('group' in scope) {
    return input.requester?.groups.includes(scope.group) ?? false;
  }
  return true;
}

/** A condition that cannot be evaluated holds: it asks for more or refuses. */
function holds(layer: PolicyLayer, text: string, input: PolicyInput): boolean {
  try {
    return layer.conditions.get(text)?.(input) ?? true;
  } catch {
    return true;
  }
}

function combine(
  { version, gates }: PolicyLayers,
  layers: PolicyLayer[],
  isTrue: (layer: PolicyLayer, text: string) => boolean,
): PolicyDecision {
  const policies = layers.map(layer => layer.policy);
  const least = (values: Array<number | undefined>) =>
    Math.min(...values.filter(value => value !== undefined));
  const active = <R extends { when?: string }>(
    pick: (layer: PolicyLayer) => R | undefined,
  ) =>
    layers.flatMap(layer => {
      const rule = pick(layer);
      const counts = rule && (!rule.when || isTrue(layer, rule.when));
      return counts ? [rule] : [];
    });

  const gateIds = new Set(policies.flatMap(p => Object.keys(p.gates ?? {})));
  return {
    tier: policies[0].tier,
    version,
    gates: [...gateIds].flatMap(id =>
      gateDemand(
        id,
        active(layer => layer.policy.gates?.[id]),
        gates.get(id),
      ),
    ),
    signOffs: ROLES.flatMap(role =>
      signOffPolicy(
        role,
        active(layer => layer.policy.signOffs?.[role]),
        policies.flatMap(p => p.signOffs?.[role]?.groups ?? []),
      ),
    ),
    expiresAfterDays: least(policies.map(p => p.expiresAfterDays)),
    checkDeadlineHours: least(policies.map(p => p.checkDeadlineHours)),
    breakGlass: {
      allowed: policies.every(p => p.breakGlass?.allowed ?? true),
      hours: least([72, ...policies.map(p => p.breakGlass?.hours)]),
    },
    snapshotMaxAgeSeconds: least(policies.map(p => p.snapshotMaxAgeSeconds)),
    refusals: layers.flatMap(layer =>
      (layer.policy.refuse ?? [])
        .filter(rule => isTrue(layer, rule.when))
        .map(({ code, message }) => ({ code, message })),
    ),
  };
}

function gateDemand(
  id: string,
  rules: GateRule[],
  gate: GateDescription | undefined,
): GateDemand[] {
  if (rules.length === 0) return [];
  const waivers = rules.flatMap(rule => (rule.waiver ? [rule.waiver] : []));
  return [
    {
      id,
      required: rules.some(rule => rule.required ?? true),
      params: rules.reduce<JsonObject>(
        (params, rule) =>
          strictestParams(gate?.paramOrder ?? {}, params, rule.params ?? {}),
        {},
      ),
      waivableBy: waivers
        .map(waiver => waiver.by)
        .reduce((a, b) => a.filter(by => b.includes(by)), waivers[0]?.by ?? []),
      waiverDays: waivers.length
        ? Math.min(...waivers.map(waiver => waiver.atMostDays))
        : 0,
      ...(waivers.some(waiver => waiver.secondFactor) && {
        waiverSecondFactor: true,
      }),
    },
  ];
}

function signOffPolicy(
  role: SignOffRole,
  rules: SignOffRule[],
  anyGroups: string[],
): SignOffPolicy[] {
  if (rules.length === 0) return [];
  const stated = rules.flatMap(rule => (rule.groups ? [rule.groups] : []));
  // A layer that only tightens names no groups; those of the layer above hold.
  const groups = stated[0] ?? [...new Set(anyGroups)];
  return [
    {
      role,
      quorum: Math.max(...rules.map(rule => rule.quorum ?? 1)),
      groups: stated.reduce(
        (a, b) => a.filter(group => b.includes(group)),
        groups,
      ),
      secondFactor: rules.some(rule => rule.secondFactor ?? false),
    },
  ];
}
