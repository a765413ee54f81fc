import type { UsageRecord } from '@modelhub/governance-protocol';
import { TASKS } from '../models';
import type { Stream } from '../plan';
import { Random } from '../random';
import type { YearStory } from '../story';

/** Part of the calls whose prompts gateways look at. */
const SAMPLED = 0.2;

/** Groups of topics that records tell apart. */
const TOPICS = 32;

/** What changes in a model whose calls drift. */
const DRIFTED = {
  lengthFactor: 1.9,
  /** Its users write another language. */
  language: 'pl',
  languagePart: 0.55,
  declined: 0.06,
  /** How much less sure it is of its answers. */
  doubt: 0.14,
};

/** How often a model that can tell is so unsure that it declines. */
const USUALLY_DECLINED = 0.012;

/** What the calls of a stream are about at a time. */
interface Mix {
  languages: string[];
  /** Growing parts. */
  languageSums: number[];
  topics: number[];
  topicSums: number[];
  declined: number;
  /** Mean; absent where answers have no likelihoods. */
  confidence: number | undefined;
}

const growing = (parts: number[]) => {
  let sum = 0;
  return parts.map(part => (sum += part));
};

/** Signals of a call that nobody looked at. */
const UNSEEN: Partial<UsageRecord> = {};

/** What calls are about, as far as records tell, and how it changes where the story says so. */
export class Contents {
  static create(options: { seed: string; story: YearStory }): Contents {
    return new Contents(options);
  }

  readonly #seed: string;
  readonly #story: YearStory;
  readonly #mixes = new Map<string, Mix>();

  private constructor(options: Parameters<typeof Contents.create>[0]) {
    this.#seed = options.seed;
    this.#story = options.story;
  }

  isDrifted({ model }: Stream, day: number): boolean {
    const { drift } = this.#story;
    return model.id === drift.model && day >= drift.fromDay;
  }

  /** How long prompts are beside others of the stream. */
  lengthFactorOf(stream: Stream, day: number): number {
    return this.isDrifted(stream, day) ? DRIFTED.lengthFactor : 1;
  }

  /** What a gateway that samples prompts tells of an answered call. */
  signalsOf(stream: Stream, day: number, random: Random): Partial<UsageRecord> {
    const isText = TASKS[stream.model.task].route === 'chat';
    if (!isText || !random.chance(SAMPLED)) return UNSEEN;
    const mix = this.#mixOf(stream, this.isDrifted(stream, day));
    const confidence =
      mix.confidence === undefined
        ? undefined
        : Math.min(1, Math.max(0, mix.confidence + 0.08 * random.normal()));
    return {
      declined: random.chance(mix.declined),
      language: mix.languages[random.placeIn(mix.languageSums)],
      topic: mix.topics[random.placeIn(mix.topicSums)],
      ...(confidence !== undefined && {
        confidence: Math.round(confidence * 1000) / 1000,
      }),
    };
  }

  #mixOf(stream: Stream, isDrifted: boolean): Mix {
    const name = `${stream.index} ${isDrifted}`;
    const known = this.#mixes.get(name);
    if (known) return known;
    const { model, team } = stream;
    const random = Random.of(this.#seed, 'mix', team.name, model.id);
    const languages = [...model.languages, 'und'];
    const parts = languages.map((_, n) => (n === 0 ? 0.72 : 0.28 / n ** 1.5));
    const topics = random.shuffled(Array.from({ length: TOPICS }, (_, n) => n));
    const likelihoods = model.hosted || random.chance(0.5);
    const usual = random.between(0.78, 0.9);
    if (isDrifted) {
      languages.push(DRIFTED.language);
      const others = parts.reduce((a, b) => a + b, 0);
      const { languagePart } = DRIFTED;
      parts.push((others * languagePart) / (1 - languagePart));
      // What was rare before is what they ask about now.
      topics.reverse();
    }
    const mix: Mix = {
      languages,
      languageSums: growing(parts),
      topics,
      topicSums: growing(topics.map((_, n) => 1 / (n + 1) ** 1.1)),
      declined: isDrifted ? DRIFTED.declined : USUALLY_DECLINED,
      confidence:
        model.id === this.#story.drift.model || likelihoods
          ? usual - (isDrifted ? DRIFTED.doubt : 0)
          : undefined,
    };
    this.#mixes.set(name, mix);
    return mix;
  }
}
