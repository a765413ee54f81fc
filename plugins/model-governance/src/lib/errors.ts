import { ResponseError } from '@backstage/errors';

/** Somebody else changed the approval since it was loaded. */
export function isConflict(error: unknown): boolean {
  return error instanceof ResponseError && error.response.status === 409;
}

/** The person has to enrol a passkey first. */
export class NoPasskeyError extends Error {
  constructor() {
    super('This needs a passkey, and you have not enrolled one yet.');
    this.name = 'NoPasskeyError';
  }
}

/** The browser's passkey dialog ended without an assertion. */
export class PasskeyDialogError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PasskeyDialogError';
  }
}

/** The backend wants a passkey over this. */
export function asksForPasskey(error: unknown): boolean {
  if (!(error instanceof ResponseError)) return false;
  const { code } = error.cause as { code?: string };
  return code === 'step-up-required' || /passkey/i.test(error.cause.message);
}
