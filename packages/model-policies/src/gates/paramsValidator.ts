import Ajv from 'ajv';
import type { GateDescription, JsonObject, ParamOrder } from '../types';

/**
 * Checks a gate's parameters; carries the JSON Schema by which it does, so that
 * the same check can be made where the gate itself is not.
 *
 * @public
 */
export interface ParamsValidator {
  (params: JsonObject): void;
  schema: JsonObject;
}

/**
 * A check of a gate's parameters by JSON Schemas, one per parameter.
 *
 * @param createError - for what the check throws; an `Error` by default
 *
 * @public
 */
export function paramsValidator(
  properties: Record<string, object>,
  required: string[] = [],
  createError: (message: string) => Error = message => new Error(message),
): ParamsValidator {
  const schema = {
    type: 'object',
    additionalProperties: false,
    properties,
    required,
  };
  return validatorOf(schema as unknown as JsonObject, createError);
}

function validatorOf(
  schema: JsonObject,
  createError: (message: string) => Error,
): ParamsValidator {
  const validate = new Ajv().compile(schema);
  const check = (params: JsonObject) => {
    if (validate(params)) return;
    const [error] = validate.errors ?? [];
    const at = error.instancePath.slice(1).replaceAll('/', '.');
    const name =
      error.params.additionalProperty ?? error.params.missingProperty;
    const values = error.params.allowedValues?.join(', ');
    throw createError(
      [at, error.message, name && `'${name}'`, values && `(${values})`]
        .filter(Boolean)
        .join(' '),
    );
  };
  return Object.assign(check, { schema });
}

/**
 * A gate as a file describes it, for where the gate itself is not installed.
 *
 * @public
 */
export interface GateDocument {
  id: string;
  title: string;
  description?: string;
  /** JSON Schema of its parameters; absent where only the gate can check them. */
  params?: JsonObject;
  paramOrder?: Record<string, ParamOrder>;
}

/**
 * What a file says about a gate, from the gate.
 *
 * @public
 */
export function describeGate(gate: GateDescription): GateDocument {
  const { id, title, description, validateParams, paramOrder } = gate;
  const schema = (validateParams as Partial<ParamsValidator> | undefined)
    ?.schema;
  return {
    id,
    title,
    ...(description !== undefined && { description }),
    ...(schema && { params: schema }),
    ...(paramOrder && { paramOrder }),
  };
}

/**
 * A gate by what a file says about it.
 *
 * @throws Error when its schema is none
 *
 * @public
 */
export function gateOf(document: GateDocument): GateDescription {
  const { params, ...rest } = document;
  return {
    ...rest,
    ...(params && {
      validateParams: validatorOf(params, message => new Error(message)),
    }),
  };
}
