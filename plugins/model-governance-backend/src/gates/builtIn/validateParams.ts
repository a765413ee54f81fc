import { InputError } from '@backstage/errors';
import {
  paramsValidator as validator,
  type ParamsValidator,
} from '@modelhub/policies';

/** Checks a gate's parameters against JSON schemas, one per parameter. */
export function paramsValidator(
  properties: Record<string, object>,
  required: string[] = [],
): ParamsValidator {
  return validator(properties, required, message => new InputError(message));
}
