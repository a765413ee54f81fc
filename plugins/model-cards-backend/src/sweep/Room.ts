import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';

/** How much is asked for at once. */
const PAGE = 200;

/** What changed in another room, by models. */
export interface RoomChanges {
  /** Each once. */
  entityRefs: string[];
  /** Ask for what is after this next time. */
  next: number;
}

function isAbsent(error: unknown): boolean {
  return error instanceof ResponseError
    ? error.statusCode === 404
    : error instanceof TypeError;
}

/**
 * Another backend plugin that this one asks with its own credentials. When that
 * plugin is not installed or not up, it says so once and the index does without.
 */
export class Room {
  readonly #options: Parameters<typeof Room.create>[0];
  #isAbsent = false;

  /** @param options - `without` says what is missing: `models are listed without …` */
  static create(options: {
    auth: AuthService;
    logger: LoggerService;
    pluginId: string;
    without: string;
  }): Room {
    return new Room(options);
  }

  private constructor(options: Parameters<typeof Room.create>[0]) {
    this.#options = options;
  }

  /** The answer; undefined when there is nobody to ask. */
  async ask<T>(
    question: (token: string) => Promise<T>,
  ): Promise<T | undefined> {
    const { auth, logger, pluginId, without } = this.#options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: pluginId,
    });
    try {
      const answer = await question(token);
      this.#isAbsent = false;
      return answer;
    } catch (error) {
      if (!isAbsent(error)) throw error;
      if (!this.#isAbsent) {
        this.#isAbsent = true;
        logger.info(`${pluginId} does not answer, so ${without}`);
      }
      return undefined;
    }
  }
}

/** Reads a feed of changes to its end, each model once. */
export async function readChanges(
  after: number,
  page: (query: { after: number; limit: number }) => Promise<{
    items: Array<{ entityRef: string }>;
    next: number;
  }>,
): Promise<RoomChanges> {
  const entityRefs = new Set<string>();
  let reached = after;
  for (;;) {
    const { items, next } = await page({ after: reached, limit: PAGE });
    items.forEach(({ entityRef }) => entityRefs.add(entityRef));
    if (items.length === 0 || next <= reached) {
      return { entityRefs: [...entityRefs], next: reached };
    }
    reached = next;
  }
}

/** Asks about many models, some at a time. */
export async function inBatches<T>(
  entityRefs: string[],
  ask: (batch: string[]) => Promise<T>,
): Promise<T[]> {
  const answers: T[] = [];
  for (let start = 0; start < entityRefs.length; start += PAGE) {
    answers.push(await ask(entityRefs.slice(start, start + PAGE)));
  }
  return answers;
}
