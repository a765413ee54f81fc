import type { DeploymentStatus } from '@modelhub/backstage-plugin-models-node';
import type { EngineDesk } from '../engines';

/** For how long a list is passed on. */
const KEPT_MS = 3_000;

interface View {
  at: number;
  statuses: Promise<Map<string, DeploymentStatus>>;
}

/** What engines have, asked for once for all endpoints that are looked at. */
export class EngineViews {
  static create(options: {
    engines: Pick<EngineDesk, 'ask'>;
    /** In ms; goes on whatever is done to the clock. */
    uptimeMs(): number;
    keptMs?: number;
  }): EngineViews {
    return new EngineViews(options);
  }

  readonly #options: Parameters<typeof EngineViews.create>[0];
  readonly #views = new Map<string, View>();

  private constructor(options: Parameters<typeof EngineViews.create>[0]) {
    this.#options = options;
  }

  /** Undefined for one that is not in the list. */
  async of(engine: string, id: string): Promise<DeploymentStatus | undefined> {
    return (await this.all(engine)).get(id);
  }

  async all(engine: string): Promise<Map<string, DeploymentStatus>> {
    const { engines, uptimeMs, keptMs = KEPT_MS } = this.#options;
    const now = uptimeMs();
    const kept = this.#views.get(engine);
    if (kept && now - kept.at < keptMs) return kept.statuses;
    const statuses = engines
      .ask(engine, it => it.list())
      .then(list => new Map(list.map(status => [status.id, status])));
    this.#views.set(engine, { at: now, statuses });
    return statuses;
  }

  /** Something changed there. */
  forget(engine: string): void {
    this.#views.delete(engine);
  }
}
