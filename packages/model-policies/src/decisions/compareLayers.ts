import type { PolicyScope, RefusalRule } from '../files/policySchema';
import { conditionTexts } from '../layers/conditionsOf';
import { isException, withExceptions } from '../layers/exceptions';
import type { PolicyLayer, PolicyLayers } from '../layers/layers';
import {
  policyTiers,
  type GateDescription,
  type PolicyDecision,
  type PolicyTier,
} from '../types';
import { compareDecisions, type DecisionChange } from './compareDecisions';
import { demandsOfLayers } from './decide';

/**
 * What policies ask for in another way at one tier.
 *
 * @public
 */
export interface TierChange {
  tier: PolicyTier;
  items: Array<
    Pick<DecisionChange, 'effect' | 'text'> & {
      /** For whom, where not for everybody. */
      scope?: string;
    }
  >;
}

/**
 * For whom a policy file counts, in words; undefined for everybody.
 *
 * @public
 */
export function scopeText(scope: PolicyScope): string | undefined {
  if ('system' in scope) return scope.system;
  if ('owner' in scope) return `models of ${scope.owner}`;
  if ('group' in scope) return `requests of ${scope.group}`;
  return undefined;
}

/**
 * What `now` asks for more or less than `then`, tier by tier, whatever is
 * requested: what conditions let through is compared by its text.
 *
 * @public
 */
export function compareLayers(
  then: PolicyLayers,
  now: PolicyLayers,
): TierChange[] {
  const gateOf = (id: string) => now.gates.get(id) ?? then.gates.get(id);
  return policyTiers.flatMap(tier => {
    const general = changesOf(then, now, tier, undefined, gateOf);
    const scopes = new Set(
      [...then.lower, ...now.lower]
        .filter(({ policy }) => policy.tier === tier)
        .map(({ policy }) => scopeText(policy.scope)),
    );
    const scoped = [...scopes].flatMap(scope =>
      changesOf(then, now, tier, scope, gateOf)
        .filter(
          change =>
            !general.some(
              ({ text, effect }) =>
                text === change.text && effect === change.effect,
            ),
        )
        .map(change => ({ ...change, scope })),
    );
    const items = [...general, ...scoped];
    return items.length > 0 ? [{ tier, items }] : [];
  });
}

function changesOf(
  then: PolicyLayers,
  now: PolicyLayers,
  tier: PolicyTier,
  scope: string | undefined,
  gateOf: (id: string) => GateDescription | undefined,
): TierChange['items'] {
  const [before, after] = [then, now].map(layers => all(layers, tier, scope));
  return [
    ...compareDecisions(before.decision, after.decision, gateOf)
      .filter(({ code }) => code !== 'exception-end')
      .map(({ effect, text }) => ({ effect, text })),
    ...refusalChanges(before.refusals, after.refusals),
    ...conditionChanges(before.layers, after.layers),
    ...exceptionChanges(before.layers, after.layers),
  ];
}

/** Everything that may count at a tier, and for a scope. */
function all(layers: PolicyLayers, tier: PolicyTier, scope?: string) {
  const lower = layers.lower.filter(
    ({ policy }) => policy.tier === tier && scopeText(policy.scope) === scope,
  );
  const organisation = layers.organisation.get(tier)!;
  const counting = [
    withExceptions(organisation, lower.filter(isException)),
    ...lower.filter(layer => !isException(layer)),
  ];
  const decision: PolicyDecision = demandsOfLayers(layers, counting);
  return {
    decision: { ...decision, refusals: [] },
    refusals: counting.flatMap(({ policy }) => policy.refuse ?? []),
    layers: [organisation, ...lower],
  };
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

function refusalChanges(
  before: RefusalRule[],
  after: RefusalRule[],
): TierChange['items'] {
  return [
    ...after.flatMap((rule): TierChange['items'] => {
      const old = before.find(({ code }) => code === rule.code);
      if (!old) {
        return [
          {
            effect: 'stricter',
            text: `Refused (${rule.code}) where ${oneLine(rule.when)}`,
          },
        ];
      }
      return oneLine(old.when) === oneLine(rule.when)
        ? []
        : [
            {
              effect: 'changed',
              text: `Refused (${rule.code}) where ${oneLine(
                rule.when,
              )}; before where ${oneLine(old.when)}`,
            },
          ];
    }),
    ...before
      .filter(old => !after.some(({ code }) => code === old.code))
      .map(({ code, when }): TierChange['items'][number] => ({
        effect: 'looser',
        text: `No longer refused (${code}) where ${oneLine(when)}`,
      })),
  ];
}

/** By place, of gates and sign-offs; refusals are told above. */
function conditions(layers: PolicyLayer[]): Map<string, string> {
  return new Map(
    layers.flatMap(({ policy }) =>
      conditionTexts(policy)
        .filter(({ field }) => !field.startsWith('refuse.'))
        .map(({ field, text }): [string, string] => [
          `${scopeText(policy.scope) ?? ''}#${field}`,
          oneLine(text),
        ]),
    ),
  );
}

function conditionChanges(
  then: PolicyLayer[],
  now: PolicyLayer[],
): TierChange['items'] {
  const [before, after] = [conditions(then), conditions(now)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap(place => {
    const [old, next] = [before.get(place), after.get(place)];
    if (old === next) return [];
    const field = place.slice(place.indexOf('#') + 1);
    return [
      {
        effect: 'changed' as const,
        text: `${field} counts ${next ? `where ${next}` : 'always'}; before ${
          old ? `where ${old}` : 'always'
        }`,
      },
    ];
  });
}

function exceptionChanges(
  then: PolicyLayer[],
  now: PolicyLayer[],
): TierChange['items'] {
  const named = (layers: PolicyLayer[]) =>
    new Map(
      layers
        .filter(isException)
        .map(({ policy: { exception } }) => [exception.name, exception.until]),
    );
  const [before, after] = [named(then), named(now)];
  return [
    ...[...after]
      .filter(([name, until]) => before.get(name) !== until)
      .map(([name, until]) => ({
        effect:
          (before.get(name) ?? '') < until
            ? ('looser' as const)
            : ('stricter' as const),
        text: `Exception until ${until}: ${name}`,
      })),
    ...[...before.keys()]
      .filter(name => !after.has(name))
      .map(name => ({
        effect: 'stricter' as const,
        text: `The exception ends: ${name}`,
      })),
  ];
}
