import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Json } from '../../pack/types';
import { aFlag, flagOf, isObject, paramsProblem } from '../params';
import { EXTRACT, answerText, quoted } from '../text/answer';
import { jsonIn } from '../text/json';
import { safeRegex } from '../text/safeRegex';
import type { Scorer } from '../types';

/** Patterns of a schema are RE2's too: an answer must not hang a run. */
const regExp = Object.assign((pattern: string) => safeRegex(pattern), {
  code: 'safeRegex',
});

const OPTIONS = { strict: false, allErrors: true, code: { regExp } };

const kept = new Map<string, ValidateFunction>();

/** Throws where it is no schema. */
function validatorOf(schema: { [name: string]: Json }): ValidateFunction {
  const key = JSON.stringify(schema);
  const known = kept.get(key);
  if (known) return known;
  const { $schema } = schema;
  const ajv =
    typeof $schema === 'string' && $schema.includes('2020-12')
      ? new Ajv2020(OPTIONS)
      : new Ajv(OPTIONS);
  addFormats(ajv);
  const made = ajv.compile(schema);
  if (kept.size > 100) kept.clear();
  kept.set(key, made);
  return made;
}

const inWords = ({ instancePath, message, params }: ErrorObject) =>
  `${instancePath || 'the document'} ${message ?? 'is not valid'}${
    typeof params.additionalProperty === 'string'
      ? ` ('${params.additionalProperty}')`
      : ''
  }`;

/** The answer is JSON of a certain shape. */
export const jsonSchema: Scorer = {
  type: 'json-schema',
  title: 'JSON Schema',
  about:
    'The answer is JSON that a schema allows (draft 7, or 2020-12 where $schema says so). JSON in a code fence or among other words counts, unless whole is true. Without a schema, any JSON will do.',
  unit: 'ratio',
  direction: 'higher',
  problem: paramsProblem('json-schema', {
    ...EXTRACT,
    whole: aFlag,
    schema(value) {
      if (!isObject(value)) return 'must be a JSON Schema, an object';
      try {
        validatorOf(value);
        return undefined;
      } catch (error) {
        return `is no JSON Schema: ${(error as Error).message}`;
      }
    },
  }),
  score(input) {
    const { params } = input;
    const text = answerText(input);
    let found: { value: Json } | undefined;
    if (flagOf(params, 'whole', false)) {
      try {
        found = { value: JSON.parse(text) as Json };
      } catch {
        found = undefined;
      }
    } else {
      found = jsonIn(text);
    }
    if (!found) {
      return { value: 0, failure: `The answer is no JSON: ${quoted(text)}.` };
    }
    if (!isObject(params.schema)) return { value: 1 };
    const validate = validatorOf(params.schema);
    if (validate(found.value)) return { value: 1 };
    const errors = [...new Set((validate.errors ?? []).map(inWords))];
    return {
      value: 0,
      failure: `The JSON is not as the schema asks: ${errors
        .slice(0, 3)
        .join('; ')}${
        errors.length > 3 ? `; and ${errors.length - 3} more` : ''
      }.`,
      note: errors.slice(0, 20).join('; '),
    };
  },
};
