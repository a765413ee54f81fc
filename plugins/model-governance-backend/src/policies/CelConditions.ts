import { InputError } from '@backstage/errors';
// An ES module: Node has required such since 22.12, and jest transforms it.
import { Environment } from '@marcbachmann/cel-js';
import type { PolicyInput } from './PolicyService';

/** A condition that was checked; says whether it holds. */
export type Condition = (input: PolicyInput) => boolean;

export interface ConditionCompiler {
  /** @throws InputError when the text is no condition over {@link PolicyInput} */
  compile(text: string): Condition;
}

const strings = 'list<string>';

/** Conditions in the Common Expression Language, as Kubernetes uses it. */
export class CelConditions implements ConditionCompiler {
  static create(): CelConditions {
    return new CelConditions(
      new Environment()
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
    const checked = this.#environment.check(text);
    if (!checked.valid) {
      const [first] = checked.error?.message.split('\n') ?? [];
      throw new InputError(`not a condition: ${first} in '${text}'`);
    }
    if (checked.type !== 'bool') {
      throw new InputError(
        `the condition gives ${checked.type}, but has to give true or false: '${text}'`,
      );
    }
    const evaluate = this.#environment.parse(text);
    return input => evaluate(asVariables(input)) === true;
  }
}

/** What is unknown is an empty string or list, so that conditions stay short. */
function asVariables(input: PolicyInput) {
  const { model, purpose, requester } = input;
  return {
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
}
