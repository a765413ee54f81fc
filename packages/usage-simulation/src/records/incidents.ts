import { DAY_MS } from '../calendar';
import type { YearStory } from '../story';

/** What goes wrong with a call that reached its model. */
export interface Trouble {
  /** Probabilities. */
  serverErrors: number;
  throttled: number;
  clientErrors: number;
  /** How long answers take beside other days. */
  slowness: number;
}

/** What goes wrong now and then, everywhere. */
const USUAL: Trouble = {
  serverErrors: 0.0012,
  throttled: 0.0008,
  clientErrors: 0.004,
  slowness: 1,
};

const IN_OUTAGE: Trouble = {
  serverErrors: 0.6,
  throttled: 0.06,
  clientErrors: 0.004,
  slowness: 5,
};

/** How many of its calls fail at the end of the year where errors creep in. */
const CREPT = 0.03;

/** When which models are in trouble. */
export class Incidents {
  static create(options: {
    story: YearStory;
    from: number;
    until: number;
  }): Incidents {
    return new Incidents(options);
  }

  readonly #story: YearStory;
  readonly #shaken: Set<string>;
  readonly #creepFrom: number;
  readonly #until: number;

  private constructor(options: Parameters<typeof Incidents.create>[0]) {
    this.#story = options.story;
    this.#shaken = new Set(options.story.outage.models);
    this.#creepFrom =
      options.from + options.story.creepingErrors.fromDay * DAY_MS;
    this.#until = options.until;
  }

  /** What goes wrong with calls of a model at a moment. */
  troubleOf(model: string, at: number): Trouble {
    const { outage, creepingErrors } = this.#story;
    if (at >= outage.from && at < outage.to && this.#shaken.has(model)) {
      return IN_OUTAGE;
    }
    if (model === creepingErrors.model && at >= this.#creepFrom) {
      const part = (at - this.#creepFrom) / (this.#until - this.#creepFrom);
      return { ...USUAL, serverErrors: USUAL.serverErrors + CREPT * part };
    }
    return USUAL;
  }

  /** Whether the gateway refused every call, because it had no fresh snapshot. */
  isGatewayDown(at: number): boolean {
    const { from, to } = this.#story.gatewayOutage;
    return at >= from && at < to;
  }
}
