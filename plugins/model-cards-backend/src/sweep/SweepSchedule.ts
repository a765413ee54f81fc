import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { HumanDuration } from '@backstage/types';
import type { ModelSweep } from './ModelSweep';

const SWEEP = 'model-cards-sweep';
const REBUILD = 'model-cards-rebuild';

/** Wakes the sweep, now or every so often, on one replica at a time. */
export class SweepSchedule {
  readonly #scheduler: SchedulerService;
  readonly #logger: LoggerService;

  static async create(options: {
    scheduler: SchedulerService;
    logger: LoggerService;
    sweep: ModelSweep;
    frequency: HumanDuration;
    /** Called after a sweep that changed the index. */
    onChange: () => void;
  }): Promise<SweepSchedule> {
    const { scheduler, logger, sweep, frequency, onChange } = options;
    const run = async (rebuild: boolean, signal: AbortSignal) => {
      const { upserted, removed, standings, ratings } = await sweep.run({
        rebuild,
        signal,
      });
      if (upserted || removed) {
        logger.info(
          `Indexed ${upserted} models, removed ${removed}, took in ${standings} standings and ${ratings} ratings`,
        );
      }
      if (upserted || removed || standings || ratings) {
        onChange();
      }
    };
    await scheduler.scheduleTask({
      id: SWEEP,
      scope: 'global',
      frequency,
      // For so long nobody sweeps after a replica was killed while it did.
      timeout: { minutes: 2 },
      fn: signal => run(false, signal),
    });
    await scheduler.scheduleTask({
      id: REBUILD,
      scope: 'global',
      frequency: { trigger: 'manual' },
      timeout: { minutes: 30 },
      fn: signal => run(true, signal),
    });
    return new SweepSchedule(scheduler, logger);
  }

  private constructor(scheduler: SchedulerService, logger: LoggerService) {
    this.#scheduler = scheduler;
    this.#logger = logger;
  }

  /** Asks for a sweep; one that runs already is left to finish. */
  async nudge(options: { rebuild?: boolean } = {}): Promise<void> {
    try {
      await this.#scheduler.triggerTask(options.rebuild ? REBUILD : SWEEP);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ConflictError') {
        throw error;
      }
      this.#logger.debug('A sweep is running already');
    }
  }
}
