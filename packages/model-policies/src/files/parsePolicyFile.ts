import Ajv, { type ErrorObject } from 'ajv';
import { MAX_PROBLEMS } from './limits';
import { PolicyFileError, type Finding } from './PolicyFileError';
import { policySchema, type PolicyFile } from './policySchema';
import { readYaml } from './readYaml';

const validate = new Ajv({ allErrors: true }).compile<PolicyFile>(policySchema);

/**
 * Read one policy file.
 *
 * @throws PolicyFileError that names the file, the place in it and what to do
 *
 * @public
 */
export function parsePolicyFile(file: string, text: string): PolicyFile {
  const content = readYaml(file, text);
  if (!validate(content)) {
    throw new PolicyFileError(
      (validate.errors ?? [])
        .slice(0, MAX_PROBLEMS)
        .map(error => ({ file, ...findingOf(error) })),
    );
  }
  return content;
}

function findingOf(error: ErrorObject): Finding {
  const path = error.instancePath.slice(1).split('/').join('.');
  const inside = (name: string) => (path ? `${path}.${name}` : name);
  const at = path ? { field: path } : {};
  switch (error.keyword) {
    case 'required':
      return {
        ...at,
        message: `field '${error.params.missingProperty}' is missing; add it`,
      };
    case 'additionalProperties': {
      const name = error.params.additionalProperty;
      return {
        field: inside(name),
        message: `field '${name}' is not known here; remove it or correct its name`,
      };
    }
    case 'enum':
      return {
        ...at,
        message: `must be one of ${error.params.allowedValues.join(', ')}`,
      };
    case 'const':
      return { ...at, message: `must be ${error.params.allowedValue}` };
    case 'pattern':
      return { ...at, message: patternMessage(path) };
    default:
      return { ...at, message: error.message ?? 'is wrong' };
  }
}

function patternMessage(path: string): string {
  if (path.endsWith('until')) return 'must be a day such as 2027-01-31';
  return path.includes('code') || path.includes('refusals')
    ? 'use lower-case letters, digits and hyphens'
    : 'must be a full reference such as group:default/security';
}
