import type { UsageRecord } from '@modelhub/governance-protocol';
import type { Stream } from '../plan';
import type { Random } from '../random';
import type { YearStory } from '../story';

/** How long prompts are after they drifted. */
const LENGTH_FACTOR = 1.9;

/** What a call was about, as far as records tell. */
export interface Content {
  lengthFactor: number;
  /** Fields of the record. */
  signals: Partial<UsageRecord>;
}

const NONE: Content = { lengthFactor: 1, signals: {} };
const LONGER: Content = { lengthFactor: LENGTH_FACTOR, signals: {} };

/** What calls are about, and how that changes where the story says so. */
export class Drift {
  static create(options: { story: YearStory }): Drift {
    return new Drift(options.story);
  }

  readonly #story: YearStory;

  private constructor(story: YearStory) {
    this.#story = story;
  }

  contentOf(stream: Stream, day: number, _random: Random): Content {
    const { model, fromDay } = this.#story.drift;
    return stream.model.id === model && day >= fromDay ? LONGER : NONE;
  }
}
