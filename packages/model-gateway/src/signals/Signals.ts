import type { UsageRecord } from '@modelhub/governance-protocol';
import { isRefusal, REFUSAL_WITHIN } from '../online/scorers';
import type { CallContext, CallOutcome, RouteName } from '../pipeline';
import { answerStart, confidenceOf } from './answerStart';
import { languageOf } from './languageOf';
import { promptText } from './promptText';
import type { SignalsConfig } from './SignalsConfig';
import { topicOf } from './topicOf';

/** Routes whose prompts and answers are texts. */
export const WRITTEN: ReadonlySet<RouteName> = new Set([
  'chat',
  'completions',
  'responses',
  'messages',
]);

/** Characters of a prompt that tell its language, and its topic. */
const LANGUAGE_FROM = 300;
const TOPIC_FROM = 2_000;

/** After a control plane refused signals, it is not offered any for so long. */
const REFUSED_MS = 10 * 60_000;

/** What a sampled call says, found out later. */
export type Look = () => Pick<UsageRecord, 'language' | 'topic' | 'confidence'>;

/**
 * What calls are like, for the watch over drift: whether the model declined,
 * and of a sample the language, the group of topics and the confidence. Only
 * these leave the process, never what was said. All of it happens after the
 * answer was sent.
 */
export class Signals {
  readonly #config: SignalsConfig;
  readonly #random: () => number;
  readonly #clock: () => number;
  #allowance: number;
  #filledAt: number;
  #offeredFrom = -Infinity;

  private constructor(options: Required<Parameters<typeof Signals.create>[0]>) {
    this.#config = options.config;
    this.#random = options.random;
    this.#clock = options.clock;
    this.#allowance = options.config.perSecond;
    this.#filledAt = options.clock();
  }

  /** @param options - `clock`: monotonic, in milliseconds */
  static create(options: {
    config: SignalsConfig;
    random?: () => number;
    clock?: () => number;
  }): Signals {
    return new Signals({
      random: Math.random,
      clock: () => performance.now(),
      ...options,
    });
  }

  /** The control plane is of an older release and takes no signals. */
  refused(): void {
    this.#offeredFrom = this.#clock() + REFUSED_MS;
  }

  /**
   * @param record - gets what is quickly found out
   * @returns what takes longer, where the call is in the sample
   */
  lookAt(
    context: CallContext,
    outcome: CallOutcome,
    record: UsageRecord,
  ): Look | undefined {
    const { meter } = outcome;
    const { rate } = this.#config;
    if (rate === 0 || !meter || !WRITTEN.has(context.route)) {
      return undefined;
    }
    if (outcome.status >= 300 || outcome.code !== undefined) {
      return undefined;
    }
    if (this.#clock() < this.#offeredFrom) {
      return undefined;
    }
    const head = meter.head();
    const { text, isRefused } = answerStart(head, REFUSAL_WITHIN);
    if (text !== '' || isRefused) {
      record.declined = isRefused || isRefusal(text);
    }
    if (!(this.#random() < rate && this.#spend())) {
      return undefined;
    }
    const { body } = context;
    return () => {
      const prompt = promptText(body, TOPIC_FROM);
      const topic = topicOf(prompt);
      const confidence = body?.logprobs ? confidenceOf(head) : undefined;
      return {
        language: languageOf(prompt.slice(0, LANGUAGE_FROM)),
        ...(topic !== undefined && { topic }),
        ...(confidence !== undefined && { confidence }),
      };
    };
  }

  /** However many calls there are, the work for them stays bounded. */
  #spend(): boolean {
    const { perSecond } = this.#config;
    const now = this.#clock();
    const earned = ((now - this.#filledAt) / 1000) * perSecond;
    this.#allowance = Math.min(perSecond, this.#allowance + earned);
    this.#filledAt = now;
    if (this.#allowance < 1) {
      return false;
    }
    this.#allowance -= 1;
    return true;
  }
}
