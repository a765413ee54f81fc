import { UnableError } from '../exitCodes';

const PATIENCE_MS = 30_000;
const ATTEMPTS = 4;
const FIRST_WAIT_MS = 1000;

/** The hub said no; trying again will not help. */
export class RefusedError extends Error {}

interface ErrorBody {
  error?: { message?: string };
}

const wait = (ms: number) =>
  new Promise<void>(resolve => {
    setTimeout(resolve, ms);
  });

/**
 * Asks the hub. What is sent may be sent again: an answer that did not come is
 * asked for once more.
 *
 * @throws RefusedError for answers 4xx, UnableError when there is none
 */
export async function askHub(
  url: string,
  request: {
    method?: 'GET' | 'POST';
    body?: object;
    bearer?: string;
    /** Before the second attempt, in milliseconds; doubled for each further one. */
    firstWaitMs?: number;
  } = {},
): Promise<string> {
  const { method = 'GET', body, bearer, firstWaitMs = FIRST_WAIT_MS } = request;
  let problem = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) await wait(firstWaitMs * 2 ** (attempt - 1));
    try {
      const answer = await fetch(url, {
        method,
        signal: AbortSignal.timeout(PATIENCE_MS),
        // A signed statement or a token is not for whoever is named on the way.
        redirect: 'error',
        headers: {
          accept: 'application/json',
          ...(body && { 'content-type': 'application/json' }),
          ...(bearer && { authorization: `Bearer ${bearer}` }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (answer.ok) return text;
      problem = `${answer.status} ${messageOf(text)}`;
      if (answer.status < 500 && answer.status !== 429) {
        throw new RefusedError(problem);
      }
    } catch (error) {
      if (error instanceof RefusedError) throw error;
      const { message, cause } = error as Error;
      problem = cause instanceof Error ? cause.message : message;
    }
  }
  throw new UnableError(`${url} did not answer: ${problem}`);
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as ErrorBody).error?.message ?? text.slice(0, 300);
  } catch {
    return text.slice(0, 300);
  }
}
