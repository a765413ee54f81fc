import Ajv from 'ajv';
import { MAX_PROBLEMS } from '../files/limits';
import { PolicyFileError } from '../files/PolicyFileError';
import { positionsIn, readYaml } from '../files/readYaml';
import {
  policyRoles,
  policyTiers,
  type JsonObject,
  type PolicyInput,
  type PolicyRole,
} from '../types';

/**
 * One expectation in `tests/*.yaml`.
 *
 * @public
 */
export interface PolicyTestCase {
  name: string;
  /** The day, as `2027-01-31`; today without. */
  on?: string;
  input: Partial<Omit<PolicyInput, 'purpose' | 'model' | 'tier'>> & {
    tier: PolicyInput['tier'];
    purpose?: Partial<NonNullable<PolicyInput['purpose']>>;
    model?: Partial<PolicyInput['model']>;
  };
  expect: {
    gates?: Record<string, 'required' | 'advisory'>;
    params?: Record<string, JsonObject>;
    /** By gate, who may waive it. */
    waivers?: Record<string, string[]>;
    signOffs?: Partial<
      Record<PolicyRole, { quorum: number; secondFactor: boolean }>
    >;
    expiresAfterDays?: number;
    refusals?: string[];
  };
}

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const record = (values: object) => ({
  type: 'object',
  additionalProperties: values,
});
const strict = (properties: object, required: string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

const validate = new Ajv({ allErrors: true }).compile<{
  cases: PolicyTestCase[];
}>(
  strict(
    {
      title: text,
      cases: {
        type: 'array',
        minItems: 1,
        maxItems: 1000,
        items: strict(
          {
            name: { type: 'string', minLength: 1 },
            on: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
            input: strict(
              {
                tier: { enum: policyTiers },
                profile: text,
                purpose: strict({
                  id: text,
                  title: text,
                  dataClasses: texts,
                  regions: texts,
                }),
                model: strict({
                  entityRef: text,
                  type: text,
                  provider: text,
                  owner: text,
                  system: text,
                  lifecycle: text,
                  license: text,
                  regions: texts,
                  hosted: { type: 'boolean' },
                  digest: text,
                }),
                requester: strict({ ref: text, groups: texts }, [
                  'ref',
                  'groups',
                ]),
              },
              ['tier'],
            ),
            expect: {
              ...strict({
                gates: record({ enum: ['required', 'advisory'] }),
                params: record({ type: 'object' }),
                waivers: record(texts),
                signOffs: strict(
                  Object.fromEntries(
                    policyRoles.map(role => [
                      role,
                      strict(
                        {
                          quorum: { type: 'integer' },
                          secondFactor: { type: 'boolean' },
                        },
                        ['quorum', 'secondFactor'],
                      ),
                    ]),
                  ),
                ),
                expiresAfterDays: { type: 'integer' },
                refusals: texts,
              }),
              minProperties: 1,
            },
          },
          ['name', 'input', 'expect'],
        ),
      },
    },
    ['cases'],
  ),
);

/**
 * The cases of a file in the folder `tests`.
 *
 * @throws PolicyFileError that names the file and the place in it
 */
export function parseTests(file: string, content: string): PolicyTestCase[] {
  const parsed = readYaml(file, content);
  if (!validate(parsed)) {
    const positionOf = positionsIn(content);
    throw new PolicyFileError(
      (validate.errors ?? []).slice(0, MAX_PROBLEMS).map(error => {
        const path = error.instancePath.slice(1).split('/').filter(Boolean);
        const what =
          error.params.additionalProperty ?? error.params.missingProperty;
        const values = error.params.allowedValues?.join(', ');
        return {
          file,
          ...(path.length > 0 && { field: path.join('.') }),
          ...positionOf(path),
          message: [error.message, what && `'${what}'`, values && `(${values})`]
            .filter(Boolean)
            .join(' '),
        };
      }),
    );
  }
  return parsed.cases;
}

/** What a case leaves out is a plain chat model for a purpose without restrictions. */
export function asInput(input: PolicyTestCase['input']): PolicyInput {
  return {
    ...input,
    purpose: {
      id: 'any',
      title: 'Any purpose',
      dataClasses: ['public'],
      regions: [],
      ...input.purpose,
    },
    model: {
      entityRef: 'model:default/any',
      type: 'llm',
      provider: 'any',
      owner: 'group:default/any',
      lifecycle: 'active',
      regions: [],
      hosted: false,
      ...input.model,
    },
  };
}
