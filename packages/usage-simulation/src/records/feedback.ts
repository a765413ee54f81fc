import type { UsageBatch, UsageFeedback } from '@modelhub/governance-protocol';
import type { Calendar } from '../calendar';
import { Random } from '../random';
import type { YearStory } from '../story';

/** Part of the answers in text that somebody judges. */
const JUDGED = 0.015;

/** How much less people like the answers of a model whose calls drifted. */
const DISLIKE = 0.3;

/** What callers say of answers, as far as gateways pass it on. */
export class Feedback {
  static create(options: {
    seed: string;
    calendar: Calendar;
    story: YearStory;
  }): Feedback {
    return new Feedback(options);
  }

  readonly #options: Parameters<typeof Feedback.create>[0];
  readonly #likings = new Map<string, number>();

  private constructor(options: Parameters<typeof Feedback.create>[0]) {
    this.#options = options;
  }

  /** Always the same for a batch. */
  of({ batchId, records }: UsageBatch): UsageFeedback[] {
    const random = Random.of(this.#options.seed, 'feedback', batchId);
    return records.flatMap(it => {
      const isText = it.route === 'chat' && it.status === 200;
      if (!isText || !random.chance(JUDGED)) return [];
      return [
        {
          call: it.id,
          at: it.at,
          keyId: it.keyId,
          model: it.model,
          ...(it.version !== undefined && { version: it.version }),
          score: random.chance(this.#likingOf(it.model, it.at)) ? 1 : 0,
        },
      ];
    });
  }

  #likingOf(model: string, at: string): number {
    const { seed, calendar, story } = this.#options;
    let usual = this.#likings.get(model);
    if (usual === undefined) {
      usual = Random.of(seed, 'liking', model).between(0.72, 0.92);
      this.#likings.set(model, usual);
    }
    const { drift } = story;
    const hasDrifted =
      model === drift.model && calendar.dayOf(Date.parse(at)) >= drift.fromDay;
    return usual - (hasDrifted ? DISLIKE : 0);
  }
}
