import type { RuleId } from '../../rules';

/** What the unpickler would raise for. */
export class PickleError extends Error {
  constructor(message: string, readonly rule: RuleId = 'pickle-corrupt') {
    super(message);
  }
}
