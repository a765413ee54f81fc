import { failureOf } from '../endpoint/failures';
import { ModelClient } from '../endpoint/ModelClient';
import { shownAddress } from '../endpoint/address';
import type { ScorerModels } from '../scorers/types';
import { Breaker } from './Breaker';
import type { RunSettings } from './settings';
import { RunError, type ModelEndpoint } from './types';

const BATCH = 64;
const JUDGE_TOKENS = 1024;

/** The judge and the embedding model that a run pins. */
export class ScorerEndpoints implements ScorerModels {
  readonly #judge: ModelClient | undefined;
  readonly #embeddings: ModelClient | undefined;
  readonly #breakers = new Map<ModelClient, Breaker>();
  /** Why the run has to end: scorers may take errors for "cannot judge". */
  problem: RunError | undefined;

  constructor(settings: RunSettings, onRetry: () => void) {
    const make = (it: ModelEndpoint | undefined, who: string) => {
      if (!it) return undefined;
      const client = ModelClient.create({
        ...settings,
        ...it,
        apiKey: it.apiKey,
        onRetry,
      });
      this.#breakers.set(
        client,
        new Breaker({
          who: `${who} at ${shownAddress(it.endpoint)}`,
          model: it.model,
          concurrency: settings.concurrency,
        }),
      );
      return client;
    };
    this.#judge = make(settings.judge, 'The judge');
    this.#embeddings = make(settings.embeddings, 'The embedding model');
  }

  /** Names under which judge and embedding model answered, where they are others. */
  get answeredBy(): Record<string, string[]> {
    return {
      ...others('judgeAnsweredBy', this.#judge),
      ...others('embeddingsAnsweredBy', this.#embeddings),
    };
  }

  async judge(
    request: Parameters<ScorerModels['judge']>[0],
  ): Promise<{ text: string; model: string }> {
    const { messages, maxTokens = JUDGE_TOKENS, ...rest } = request;
    const client = this.#judge;
    if (!client) throw new Error('no judge was given');
    const reply = await this.#guarded(client, () =>
      client.chat(messages, { ...rest, maxTokens, temperature: 0 }),
    );
    return { text: reply.text, model: reply.model ?? client.model };
  }

  async embed({
    texts,
    signal,
  }: Parameters<ScorerModels['embed']>[0]): Promise<number[][]> {
    const client = this.#embeddings;
    if (!client) throw new Error('no embedding model was given');
    const vectors: number[][] = [];
    for (let start = 0; start < texts.length; start += BATCH) {
      const batch = texts.slice(start, start + BATCH);
      const answer = await this.#guarded(client, () =>
        client.embed(batch, { signal }),
      );
      vectors.push(...answer.vectors);
    }
    return vectors;
  }

  async #guarded<T>(client: ModelClient, work: () => Promise<T>): Promise<T> {
    const breaker = this.#breakers.get(client);
    try {
      const answer = await work();
      breaker?.answered();
      return answer;
    } catch (error) {
      try {
        breaker?.failed(failureOf(error));
      } catch (problem) {
        if (problem instanceof RunError) this.problem ??= problem;
      }
      throw error;
    }
  }
}

/** `{ answeredBy: […] }` where a model answered under another name. */
export function others(
  field: string,
  client: ModelClient | undefined,
): Record<string, string[]> {
  const names = [...(client?.answeredBy ?? [])].sort();
  return names.some(name => name !== client?.model) ? { [field]: names } : {};
}
