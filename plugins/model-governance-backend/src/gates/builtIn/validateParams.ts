import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import Ajv from 'ajv';

/** Checks a gate's parameters against JSON schemas, one per parameter. */
export function paramsValidator(
  properties: Record<string, object>,
  required: string[] = [],
): (params: JsonObject) => void {
  const validate = new Ajv().compile({
    type: 'object',
    additionalProperties: false,
    properties,
    required,
  });
  return params => {
    if (validate(params)) return;
    const [error] = validate.errors ?? [];
    const at = error.instancePath.slice(1).replaceAll('/', '.');
    const name =
      error.params.additionalProperty ?? error.params.missingProperty;
    const values = error.params.allowedValues?.join(', ');
    throw new InputError(
      [at, error.message, name && `'${name}'`, values && `(${values})`]
        .filter(Boolean)
        .join(' '),
    );
  };
}
