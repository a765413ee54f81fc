import { setTimeout as delay } from 'node:timers/promises';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { ArtifactError, type ArtifactErrorReason } from '../../ArtifactSource';
import { changed } from '../BlockSource';
import type { HttpPatience } from '../HttpClient';

const REASONS: Record<number, ArtifactErrorReason> = {
  401: 'unauthorised',
  403: 'unauthorised',
  404: 'not-found',
  408: 'unavailable',
  429: 'unavailable',
  500: 'unavailable',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

const NEXT: Partial<Record<ArtifactErrorReason, string>> = {
  unauthorised: 'give credentials that may read it',
  'not-found': 'there is no such bucket or object',
  unavailable: 'try again later',
};

/** Says what an error of the SDK means. */
export function toArtifactError(error: unknown, name: string): ArtifactError {
  if (error instanceof ArtifactError) return error;
  const { name: code, message } = error as Error;
  const status =
    error instanceof S3ServiceException
      ? error.$metadata.httpStatusCode
      : undefined;
  if (status === 412 || status === 416) return changed(name);
  const reason = status === undefined ? reasonOf(error) : REASONS[status];
  const next = reason && NEXT[reason];
  return new ArtifactError(
    reason ?? 'unsupported',
    `${name} cannot be read (${code}: ${message})${next ? `: ${next}` : ''}`,
    { cause: error },
  );
}

/** An answer ended too soon. The SDK tries requests again, but not bodies. */
export class BrokenOffError extends ArtifactError {
  constructor(name: string, cause?: unknown) {
    super('unavailable', `The answer for ${name} breaks off`, { cause });
  }
}

/** Tries again what broke off. */
export async function retried<T>(
  { retries, retryDelayMs }: HttpPatience,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof BrokenOffError) || attempt >= retries) throw error;
      await delay(retryDelayMs * 2 ** attempt, undefined, { signal });
    }
  }
}

const PASSING =
  /^(TimeoutError|NetworkingError|ECONN\w+|EPIPE|ETIMEDOUT|EAI_AGAIN|ERR_STREAM_PREMATURE_CLOSE)$/;

function reasonOf(error: unknown): ArtifactErrorReason | undefined {
  const { name, code, message } = error as NodeJS.ErrnoException;
  if (name === 'CredentialsProviderError') return 'unauthorised';
  const isPassing =
    PASSING.test(name) ||
    PASSING.test(code ?? '') ||
    message === 'socket hang up';
  return isPassing ? 'unavailable' : undefined;
}
