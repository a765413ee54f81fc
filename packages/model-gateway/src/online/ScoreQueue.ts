import type { AnswerText } from './AnswerText';
import { createScore, type ScoredAnswer } from './scorers';
import type { OnlineTrial } from './types';

/** Answers that wait to be scored; one more is dropped. */
const MOST_WAITING = 256;

/** An answer that was sent, with what is to be done about it. */
export interface ScoreJob {
  trial: OnlineTrial;
  answer: AnswerText;
  /** Gets a score for each scorer; null where it could not judge. */
  done(scores: Record<string, number | null>): void;
}

type Scores = ReadonlyMap<
  string,
  ((answer: ScoredAnswer) => number | null) | undefined
>;

/**
 * Scores answers one after the other, each in a turn of the event loop of its
 * own, so that calls in progress go first.
 */
export class ScoreQueue {
  readonly #waiting: ScoreJob[] = [];
  readonly #scores = new WeakMap<object, Scores>();
  readonly #onError: (metric: string, error: Error) => void;
  #turn: NodeJS.Immediate | undefined;
  #idle: Array<() => void> = [];

  constructor(options: { onError: (metric: string, error: Error) => void }) {
    this.#onError = options.onError;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** @returns false when there is no room */
  add(job: ScoreJob): boolean {
    if (this.#waiting.length >= MOST_WAITING) {
      return false;
    }
    this.#waiting.push(job);
    this.#plan();
    return true;
  }

  /** Resolves when nothing waits. */
  async drained(): Promise<void> {
    if (this.#turn) {
      await new Promise<void>(resolve => this.#idle.push(resolve));
    }
  }

  #plan(): void {
    this.#turn ??= setImmediate(() => {
      this.#turn = undefined;
      const job = this.#waiting.shift();
      if (job) {
        job.done(this.#score(job));
      }
      if (this.#waiting.length > 0) {
        this.#plan();
      } else {
        this.#idle.splice(0).forEach(resolve => resolve());
      }
    });
  }

  #score({ trial, answer }: ScoreJob): Record<string, number | null> {
    const { text, isCut } = answer;
    // An answer of tools alone says nothing that could be judged.
    const isSilent = text === '' && answer.hasTools;
    const scores: Record<string, number | null> = {};
    for (const [metric, score] of this.#scoresOf(trial)) {
      scores[metric] = null;
      if (score && !isSilent) {
        try {
          scores[metric] = score({ text, isCut });
        } catch (error) {
          this.#onError(metric, error as Error);
        }
      }
    }
    return scores;
  }

  #scoresOf({ experiment }: OnlineTrial): Scores {
    let scores = this.#scores.get(experiment);
    if (!scores) {
      scores = new Map(
        experiment.scorers.map(scorer => {
          try {
            return [scorer.metric, createScore(scorer)];
          } catch (error) {
            this.#onError(scorer.metric, error as Error);
            return [scorer.metric, undefined];
          }
        }),
      );
      this.#scores.set(experiment, scores);
    }
    return scores;
  }
}
