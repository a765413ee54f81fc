import { holds, lowerLayers } from '../decisions/decide';
import { conditionTexts } from '../layers/conditionsOf';
import { isException } from '../layers/exceptions';
import type { PolicyLayer, PolicyLayers } from '../layers/layers';
import type { PolicyInput } from '../types';
import type { PolicyTestCase } from './parseTests';

/**
 * A rule that no test would notice the loss of.
 *
 * @public
 */
export interface UncoveredRule {
  file: string;
  /** As `gates.licence.when`. */
  field: string;
  /** What no case does. */
  message: string;
}

type Aspect = keyof PolicyTestCase['expect'];

interface Rule {
  field: string;
  /** What a case has to expect something of, so that the rule counts as looked at. */
  aspects: Aspect[];
  /** Of a gate, named in what is expected. */
  gateId?: string;
}

/** Collects what cases look at. */
export class Coverage {
  static create(layers: PolicyLayers): Coverage {
    return new Coverage(layers);
  }

  readonly #layers: PolicyLayers;
  /** `file#field`, and with `=true` or `=false` what a condition gave. */
  readonly #seen = new Set<string>();

  private constructor(layers: PolicyLayers) {
    this.#layers = layers;
  }

  add(input: PolicyInput, now: Date, expected: PolicyTestCase['expect']) {
    const organisation = this.#layers.organisation.get(input.tier)!;
    const { exceptions, tightening } = lowerLayers(this.#layers, input, now);
    for (const layer of [organisation, ...exceptions, ...tightening]) {
      for (const rule of rulesOf(layer)) {
        if (isLookedAt(rule, expected)) {
          this.#seen.add(`${layer.file}#${rule.field}`);
        }
      }
      for (const { field, text } of conditionTexts(layer.policy)) {
        const rule = ruleOf(field);
        if (isLookedAt(rule, expected)) {
          const given = holds(layer, text, input, true);
          this.#seen.add(`${layer.file}#${field}=${given}`);
        }
      }
    }
  }

  missing(): UncoveredRule[] {
    const all = [...this.#layers.organisation.values(), ...this.#layers.lower];
    return all.flatMap(layer => {
      const { file } = layer;
      const rules = rulesOf(layer)
        .filter(({ field }) => !this.#seen.has(`${file}#${field}`))
        .map(({ field }) => ({
          file,
          field,
          message: 'no case looks at it',
        }));
      const conditions = conditionTexts(layer.policy).flatMap(({ field }) => {
        const parent = field.replace(/\.when$/, '');
        if (rules.some(rule => rule.field === parent)) return [];
        return [true, false]
          .filter(given => !this.#seen.has(`${file}#${field}=${given}`))
          .map(given => ({
            file,
            field,
            message: `no case in which it ${given ? 'holds' : 'does not hold'}`,
          }));
      });
      return [...rules, ...conditions];
    });
  }
}

function rulesOf(layer: PolicyLayer): Rule[] {
  const { policy } = layer;
  const fields = [
    ...(policy.expiresAfterDays === undefined ? [] : ['expiresAfterDays']),
    ...Object.entries(policy.gates ?? {}).flatMap(([id, rule]) => [
      `gates.${id}`,
      ...(rule.params ? [`gates.${id}.params`] : []),
      ...(rule.waiver ? [`gates.${id}.waiver`] : []),
    ]),
    ...Object.keys(policy.signOffs ?? {}).map(role => `signOffs.${role}`),
    ...(policy.refuse ?? []).map((_, i) => `refuse.${i}`),
    ...(isException(layer) ? ['exception'] : []),
  ];
  return fields.map(ruleOf);
}

function ruleOf(field: string): Rule {
  const [kind, id, part] = field.split('.');
  switch (kind) {
    case 'gates':
      if (part === 'waiver') return { field, aspects: ['waivers'], gateId: id };
      return part === 'params'
        ? { field, aspects: ['params'], gateId: id }
        : { field, aspects: ['gates'] };
    case 'signOffs':
      return { field, aspects: ['signOffs'] };
    case 'refuse':
      return { field, aspects: ['refusals'] };
    case 'exception':
      return {
        field,
        aspects: [
          'gates',
          'params',
          'signOffs',
          'refusals',
          'waivers',
          'expiresAfterDays',
        ],
      };
    default:
      return { field, aspects: ['expiresAfterDays'] };
  }
}

function isLookedAt(
  { aspects, gateId }: Rule,
  expected: PolicyTestCase['expect'],
): boolean {
  return aspects.some(aspect => {
    const value = expected[aspect];
    if (value === undefined) return false;
    return gateId === undefined || Object.hasOwn(Object(value), gateId);
  });
}
