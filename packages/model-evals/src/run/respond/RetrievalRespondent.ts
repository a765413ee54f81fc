import type { ModelClient } from '../../endpoint/ModelClient';
import type { CaseAnswer } from '../../scorers/types';
import { shownInput } from './messages';
import type { Asking, Respondent } from './types';

const BATCH = 64;
const BATCHES_AT_ONCE = 4;

/** Documents that an answer names; retrieval metrics look at the first ten or so. */
const LONGEST_RANKING = 100;

/**
 * Embeds the documents once, and each query; the answer is the ranking by
 * cosine. Of documents that are equally near, the one that comes first in the
 * pack is first.
 */
export class RetrievalRespondent implements Respondent {
  readonly #client: ModelClient;
  readonly #documents: Array<{ id: string; text: string }>;
  #vectors: Float32Array[] = [];

  constructor(
    client: ModelClient,
    documents: Array<{ id: string; text: string }>,
  ) {
    this.#client = client;
    this.#documents = documents;
  }

  async prepare(
    signal: AbortSignal,
    onProgress: (done: number, total: number) => void,
  ): Promise<void> {
    const total = this.#documents.length;
    const vectors = new Array<Float32Array>(total);
    let next = 0;
    let done = 0;
    const work = async () => {
      while (next < total) {
        const start = next;
        next += BATCH;
        const batch = this.#documents.slice(start, start + BATCH);
        const answer = await this.#client.embed(
          batch.map(({ text }) => text),
          { signal },
        );
        answer.vectors.forEach((vector, index) => {
          vectors[start + index] = normed(vector);
        });
        done += batch.length;
        onProgress(done, total);
      }
    };
    await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, work));
    this.#vectors = vectors;
  }

  async answer({ case: it, signal }: Asking): Promise<CaseAnswer> {
    const answer = await this.#client.embed([shownInput(it)], { signal });
    const query = normed(answer.vectors[0]);
    const near = this.#vectors
      .map((vector, index) => ({ index, cosine: dot(query, vector) }))
      .sort((a, b) => b.cosine - a.cosine || a.index - b.index)
      .slice(0, LONGEST_RANKING);
    return {
      text: '',
      ranking: near.map(({ index }) => this.#documents[index].id),
      latencyMs: Math.round(answer.latencyMs * 1000) / 1000,
      ...(answer.inputTokens !== undefined && {
        inputTokens: answer.inputTokens,
        outputTokens: 0,
      }),
    };
  }
}

function normed(vector: number[]): Float32Array {
  const length = Math.hypot(...vector);
  return Float32Array.from(vector, value => (length > 0 ? value / length : 0));
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) sum += a[i] * b[i];
  return sum;
}
