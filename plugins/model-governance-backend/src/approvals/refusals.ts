import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import type { TransitionRefusal } from '@modelhub/backstage-plugin-models-common';

const conflicts: Array<TransitionRefusal['code']> = [
  'illegal-transition',
  'role-complete',
  'already-signed',
  'newer-approval',
  'subject-changed',
  'policy-changed',
  'gates-not-satisfied',
  'gateway-id-conflict',
  'model-deprecated',
  'model-retired',
  'on-hold',
  'lead-outdated',
  'no-pending-request',
  'already-approved',
  'emergency-repeated',
];

const inputs: Array<TransitionRefusal['code']> = [
  'reason-missing',
  'role-missing',
  'role-not-asked',
  'version-not-pinned',
  'no-owner',
  'scope-missing',
];

const errorFor = (code: TransitionRefusal['code']) => {
  if (conflicts.includes(code)) return ConflictError;
  return inputs.includes(code) ? InputError : NotAllowedError;
};

/** A refusal as an error; `code` travels with it. */
export function refusalError({ code, message }: TransitionRefusal): Error {
  return Object.assign(new (errorFor(code))(message), { code });
}
