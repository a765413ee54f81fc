import type {
  GateRule,
  PolicyScope,
  SignOffRule,
  WaiverRule,
} from '../files/policySchema';
import {
  endOf,
  isException,
  withExceptions,
  type ExceptionLayer,
} from '../layers/exceptions';
import type { PolicyLayer, PolicyLayers } from '../layers/layers';
import { strictestParams } from '../layers/paramOrder';
import {
  policyRoles,
  type GateDemand,
  type GateDescription,
  type JsonObject,
  type PolicyDecision,
  type PolicyInput,
  type PolicyRole,
  type PolicyTier,
  type SignOffPolicy,
} from '../types';

/** Whether a condition of a layer holds. */
type Truth = (layer: PolicyLayer, text: string) => boolean;

/** The layers below the organisation's that count for a request. */
export function lowerLayers(
  layers: PolicyLayers,
  input: PolicyInput,
  now: Date,
): { exceptions: ExceptionLayer[]; tightening: PolicyLayer[] } {
  const lower = layers.lower.filter(
    ({ policy }) => policy.tier === input.tier && covers(policy.scope, input),
  );
  return {
    exceptions: lower
      .filter(isException)
      .filter(exception => now < endOf(exception)),
    tightening: lower.filter(layer => !isException(layer)),
  };
}

/**
 * What all layers that count for a request ask for together. Exceptions stand
 * in place of the organisation's rules; what tightens those counts all the
 * same.
 *
 * @public
 */
export function decide(
  layers: PolicyLayers,
  input: PolicyInput,
  now: Date,
): PolicyDecision {
  const organisation = layers.organisation.get(input.tier)!;
  const { exceptions, tightening } = lowerLayers(layers, input, now);
  const counting = [withExceptions(organisation, exceptions), ...tightening];
  const decision = combine(
    layers,
    counting,
    (layer, text) => holds(layer, text, input, true),
    (layer, text) => holds(layer, text, input, false),
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

/**
 * What the organisation asks for at a tier at most, whatever the conditions say.
 *
 * @public
 */
export function demandsOf(
  layers: PolicyLayers,
  tier: PolicyTier,
): PolicyDecision {
  const organisation = layers.organisation.get(tier)!;
  return { ...demandsOfLayers(layers, [organisation]), refusals: [] };
}

/** What these layers ask for together at most, whatever the conditions say. */
export function demandsOfLayers(
  layers: PolicyLayers,
  counting: PolicyLayer[],
): PolicyDecision {
  const always = () => true;
  return combine(layers, counting, always, always);
}

function covers(scope: PolicyScope, input: PolicyInput): boolean {
  if ('system' in scope) return input.model.system === scope.system;
  if ('owner' in scope) return input.model.owner === scope.owner;
  if ('group' in scope) {
    return input.requester?.groups.includes(scope.group) ?? false;
  }
  return true;
}

/** A condition that cannot be evaluated counts as what asks for more. */
export function holds(
  layer: PolicyLayer,
  text: string,
  input: PolicyInput,
  otherwise: boolean,
): boolean {
  try {
    return layer.conditions.get(text)?.(input) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** A waiver whose condition does not hold; a lower layer may not give it back. */
const nobody: WaiverRule = { by: [], atMostDays: 0 };

function combine(
  { version, gates }: PolicyLayers,
  layers: PolicyLayer[],
  isAsked: Truth,
  isAllowed: Truth,
): PolicyDecision {
  const policies = layers.map(layer => layer.policy);
  const least = (values: Array<number | undefined>) =>
    Math.min(...values.filter(value => value !== undefined));
  const active = <R extends { when?: string }>(
    pick: (layer: PolicyLayer) => R | undefined,
  ) =>
    layers.flatMap(layer => {
      const rule = pick(layer);
      const counts = rule && (!rule.when || isAsked(layer, rule.when));
      return counts ? [{ layer, rule }] : [];
    });
  const gateIds = new Set(policies.flatMap(p => Object.keys(p.gates ?? {})));
  return {
    tier: policies[0].tier,
    version,
    gates: [...gateIds].flatMap(id => {
      const rules = active(layer => layer.policy.gates?.[id]);
      if (rules.length === 0) return [];
      return [
        {
          ...gateDemand(
            id,
            rules.map(({ rule }) => rule),
            gates.get(id),
          ),
          ...waiverOf(
            rules.flatMap(({ layer, rule: { waiver } }) =>
              waiver
                ? [
                    !waiver.when || isAllowed(layer, waiver.when)
                      ? waiver
                      : nobody,
                  ]
                : [],
            ),
          ),
        },
      ];
    }),
    signOffs: policyRoles.flatMap(role =>
      signOffPolicy(
        role,
        active(layer => layer.policy.signOffs?.[role]).map(({ rule }) => rule),
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
        .filter(rule => isAsked(layer, rule.when))
        .map(({ code, message }) => ({ code, message })),
    ),
  };
}

function gateDemand(
  id: string,
  rules: GateRule[],
  gate: GateDescription | undefined,
): Pick<GateDemand, 'id' | 'required' | 'params'> {
  return {
    id,
    required: rules.some(rule => rule.required ?? true),
    params: rules.reduce<JsonObject>(
      (params, rule) =>
        strictestParams(gate?.paramOrder ?? {}, params, rule.params ?? {}),
      {},
    ),
  };
}

/** Who may waive by every layer that says something about it. */
function waiverOf(
  waivers: WaiverRule[],
): Pick<GateDemand, 'waivableBy' | 'waiverDays' | 'waiverSecondFactor'> {
  const waivableBy = waivers
    .map(waiver => waiver.by)
    .reduce((a, b) => a.filter(by => b.includes(by)), waivers[0]?.by ?? []);
  return {
    waivableBy,
    waiverDays:
      waivableBy.length > 0
        ? Math.min(...waivers.map(waiver => waiver.atMostDays))
        : 0,
    ...(waivers.some(waiver => waiver.secondFactor) && {
      waiverSecondFactor: true,
    }),
  };
}

function signOffPolicy(
  role: PolicyRole,
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
