// An ES module: Node has required such since 22.12, and jest transforms it.
import { Environment } from '@marcbachmann/cel-js';
import type { PolicyInput } from '../types';
import { CostError, costOf, MAX_COST, MAX_INPUT_ITEMS } from './cost';

/**
 * A condition that was checked; says whether it holds, and throws for an input
 * that is too large to be looked at.
 *
 * @public
 */
export type Condition = (input: PolicyInput) => boolean;

/**
 * @public
 */
export interface ConditionCompiler {
  /** @throws Error when the text is no condition over {@link PolicyInput} */
  compile(text: string): Condition;
}

const strings = 'list<string>';
const MAX_INPUT_CHARACTERS = 10_000;

/**
 * Conditions in the Common Expression Language, as Kubernetes uses it. Names
 * and types are checked, and what could take long is refused before it runs.
 *
 * @public
 */
export class CelConditions implements ConditionCompiler {
  static create(): CelConditions {
    return new CelConditions(
      new Environment({
        limits: {
          maxAstNodes: 1000,
          maxDepth: 24,
          maxListElements: 200,
          maxMapEntries: 20,
          maxCallArguments: 8,
        },
      })
        .registerVariable('tier', 'string')
        .registerVariable('profile', 'string')
        .registerVariable('purpose', {
          schema: {
            id: 'string',
            title: 'string',
            dataClasses: strings,
            regions: strings,
          },
        })
        .registerVariable('model', {
          schema: {
            entityRef: 'string',
            type: 'string',
            provider: 'string',
            owner: 'string',
            system: 'string',
            lifecycle: 'string',
            license: 'string',
            regions: strings,
            hosted: 'bool',
            digest: 'string',
          },
        })
        .registerVariable('requester', {
          schema: { ref: 'string', groups: strings },
        }),
    );
  }

  readonly #environment: Environment;

  private constructor(environment: Environment) {
    this.#environment = environment;
  }

  compile(text: string): Condition {
    const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text;
    const checked = this.#environment.check(text);
    if (!checked.valid) {
      const [first] = checked.error?.message.split('\n') ?? [];
      throw new Error(`not a condition: ${first} in '${shown}'`);
    }
    if (checked.type !== 'bool') {
      throw new Error(
        `the condition gives ${checked.type}, but has to give true or false: '${shown}'`,
      );
    }
    const evaluate = this.#environment.parse(text);
    this.#checkCost(evaluate.ast, shown);
    return input => evaluate(asVariables(input)) === true;
  }

  #checkCost(ast: Parameters<typeof costOf>[0], shown: string): void {
    let steps;
    try {
      steps = costOf(ast).steps;
    } catch (error) {
      if (!(error instanceof CostError)) throw error;
      throw new Error(`not a condition: ${error.message} in '${shown}'`);
    }
    if (steps > MAX_COST) {
      throw new Error(
        `the condition could take ${steps} steps, and ${MAX_COST} are the most; look through fewer lists inside of lists: '${shown}'`,
      );
    }
  }
}

/** What is unknown is an empty string or list, so that conditions stay short. */
function asVariables(input: PolicyInput) {
  const { model, purpose, requester } = input;
  const variables = {
    tier: input.tier,
    profile: input.profile ?? '',
    purpose: {
      id: purpose?.id ?? '',
      title: purpose?.title ?? '',
      dataClasses: purpose?.dataClasses ?? [],
      regions: purpose?.regions ?? [],
    },
    model: {
      ...model,
      system: model.system ?? '',
      license: model.license ?? '',
      digest: model.digest ?? '',
    },
    requester: {
      ref: requester?.ref ?? '',
      groups: requester?.groups ?? [],
    },
  };
  for (const [name, value] of Object.entries(variables)) {
    const fields = typeof value === 'string' ? [value] : Object.values(value);
    if (fields.some(isTooLarge)) {
      throw new Error(`${name} is too large to be looked at by a condition`);
    }
  }
  return variables;
}

function isTooLarge(value: string | boolean | string[]): boolean {
  if (typeof value === 'boolean') return false;
  if (typeof value === 'string') return value.length > MAX_INPUT_CHARACTERS;
  return value.length > MAX_INPUT_ITEMS || value.some(isTooLarge);
}
