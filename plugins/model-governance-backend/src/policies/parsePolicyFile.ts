import { InputError } from '@backstage/errors';
import Ajv, { type ErrorObject } from 'ajv';
import { parseDocument } from 'yaml';
import { policySchema, type PolicyFile } from './policySchema';

const validate = new Ajv({ allErrors: true }).compile<PolicyFile>(policySchema);

/** The message of a load that failed, with the file to mend. */
export class PolicyFileError extends InputError {
  constructor(readonly file: string, problems: string[]) {
    super(`${file}: ${problems.join('; ')}`);
  }
}

/**
 * Read one policy file.
 *
 * @throws PolicyFileError that names the file, the place in it and what to do
 */
export function parsePolicyFile(file: string, text: string): PolicyFile {
  return checkPolicyFile(file, parseYaml(file, text));
}

export function parseYaml(file: string, text: string): unknown {
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0) {
    throw new PolicyFileError(
      file,
      document.errors.map(e => `not YAML: ${e.message.split('\n')[0]}`),
    );
  }
  // Aliases are bounded, so that a small file cannot grow into a huge one.
  return document.toJS({ maxAliasCount: 50 });
}

/** Whether a document is a policy; the same errors as {@link parsePolicyFile}. */
export function checkPolicyFile(file: string, content: unknown): PolicyFile {
  if (!validate(content)) {
    throw new PolicyFileError(file, (validate.errors ?? []).map(problem));
  }
  return content;
}

function problem(error: ErrorObject): string {
  const path = error.instancePath.slice(1).split('/').join('.');
  const at = path ? `${path}: ` : '';
  switch (error.keyword) {
    case 'required':
      return `${at}field '${error.params.missingProperty}' is missing; add it`;
    case 'additionalProperties':
      return `${at}field '${error.params.additionalProperty}' is not known here; remove it or correct its name`;
    case 'enum':
      return `${at}must be one of ${error.params.allowedValues.join(', ')}`;
    case 'const':
      return `${at}must be ${error.params.allowedValue}`;
    case 'pattern':
      if (path.endsWith('until')) {
        return `${at}must be a day such as 2027-01-31`;
      }
      return path.includes('code') || path.includes('refusals')
        ? `${at}use lower-case letters, digits and hyphens`
        : `${at}must be a full reference such as group:default/security`;
    default:
      return `${at}${error.message}`;
  }
}
