import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type {
  DeploymentEngine,
  EngineHealth,
} from '@modelhub/backstage-plugin-models-node';

/** For how long an engine that did not answer is left alone. */
const REST_MS = 5_000;
/** An engine that has not answered by then is away. */
const PATIENCE_MS = 10_000;
/** For how long an answer about its health is passed on. */
const HEALTH_MS = 5_000;

interface Desk {
  engine: DeploymentEngine;
  /** Monotonic; until then nobody asks it. */
  restsUntil: number;
  problem?: string;
  /** Monotonic. */
  healthAt?: number;
  health?: EngineHealth;
  asking?: Promise<EngineHealth>;
  awaySince?: string;
}

/** Whether nobody can say at the moment what runs there. */
export const isAway = (error: unknown): boolean =>
  error instanceof Error &&
  ['ServiceUnavailableError', 'TimeoutError'].includes(error.name);

/**
 * The engines, and how they are asked: none keeps anybody waiting, and one that
 * does not answer is left alone for some seconds.
 */
export class EngineDesk {
  static create(options: {
    engines: DeploymentEngine[];
    /** In ms; goes on whatever is done to the clock. */
    uptimeMs(): number;
    patienceMs?: number;
    restMs?: number;
  }): EngineDesk {
    return new EngineDesk(options);
  }

  readonly #desks: Map<string, Desk>;
  readonly #patienceMs: number;
  readonly #restMs: number;
  readonly #uptimeMs: () => number;

  private constructor(options: Parameters<typeof EngineDesk.create>[0]) {
    this.#desks = new Map(
      options.engines.map(engine => [
        engine.id,
        { engine, restsUntil: -Infinity },
      ]),
    );
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
    this.#restMs = options.restMs ?? REST_MS;
    this.#uptimeMs = () => options.uptimeMs();
  }

  all(): DeploymentEngine[] {
    return [...this.#desks.values()].map(({ engine }) => engine);
  }

  find(id: string): DeploymentEngine | undefined {
    return this.#desks.get(id)?.engine;
  }

  title(id: string): string {
    return this.find(id)?.title ?? id;
  }

  /**
   * Asks an engine for something.
   *
   * @throws ServiceUnavailableError when it cannot be reached, or is not there
   */
  async ask<T>(
    id: string,
    question: (engine: DeploymentEngine) => Promise<T>,
  ): Promise<T> {
    const desk = this.#desks.get(id);
    if (!desk) {
      throw new ServiceUnavailableError(
        `The engine '${id}' is not configured any more. Configure it again, or end what runs there by hand.`,
      );
    }
    if (this.#uptimeMs() < desk.restsUntil) {
      throw new ServiceUnavailableError(
        desk.problem ?? `${desk.engine.title} is away.`,
      );
    }
    try {
      const answer = await this.#inTime(desk.engine, question);
      desk.awaySince = undefined;
      return answer;
    } catch (error) {
      if (isAway(error)) this.#leaveAlone(desk, error as Error);
      throw error;
    }
  }

  /** Never fails: an engine that cannot be asked is away. */
  async health(id: string): Promise<EngineHealth> {
    const desk = this.#desks.get(id);
    if (!desk) throw new NotFoundError(`There is no engine '${id}'.`);
    const now = this.#uptimeMs();
    if (desk.health && now - (desk.healthAt ?? 0) < HEALTH_MS) {
      return desk.health;
    }
    desk.asking ??= this.#askHealth(desk).finally(() => {
      desk.asking = undefined;
    });
    return desk.asking;
  }

  async #askHealth(desk: Desk): Promise<EngineHealth> {
    let health: EngineHealth;
    try {
      health = await this.#inTime(desk.engine, engine => engine.health());
    } catch (error) {
      health = {
        state: 'away',
        message: (error as Error).message,
        since: desk.awaySince ?? new Date().toISOString(),
      };
    }
    desk.awaySince = health.state === 'away' ? health.since : undefined;
    if (health.state === 'up') desk.restsUntil = -Infinity;
    desk.health = health;
    desk.healthAt = this.#uptimeMs();
    return health;
  }

  #leaveAlone(desk: Desk, { message }: Error): void {
    desk.problem = message;
    desk.awaySince ??= new Date().toISOString();
    desk.restsUntil = this.#uptimeMs() + this.#restMs;
  }

  async #inTime<T>(
    engine: DeploymentEngine,
    question: (engine: DeploymentEngine) => Promise<T>,
  ): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () =>
          reject(
            new ServiceUnavailableError(
              `${engine.title} has not answered within ${
                this.#patienceMs / 1000
              } s.`,
            ),
          ),
        this.#patienceMs,
      );
    });
    try {
      return await Promise.race([question(engine), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
