import { CustomErrorBase } from '@backstage/errors';

/** Answered with 429. */
export class TooManyChats extends CustomErrorBase {
  name = 'TooManyChats' as const;
  readonly statusCode = 429;
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
