import { ConflictError } from '@backstage/errors';
import { runPack, type TokenPrices } from '@modelhub/evals';
import type { PlaygroundPrice } from '@modelhub/backstage-plugin-models-common';
import type { EvaluationResult } from '@modelhub/governance-protocol';
import type { GatewayCalls } from '../gateway/GatewayCalls';
import type { People } from '../People';
import type { PlaygroundConfig } from '../readPlaygroundConfig';
import type { TargetService } from '../targets/TargetService';
import type { AnswerStore } from './AnswerStore';
import type { BatchStore } from './BatchStore';
import { packOfBatch } from './packOfBatch';
import type { BatchRunRecord, RunProgressRecord } from './records';

/** Runs the rows of a batch through one of its targets, through the gateway. */
export class BatchExecution {
  static create(options: {
    batches: Pick<BatchStore, 'get' | 'rows'>;
    answers: Pick<AnswerStore, 'journal'>;
    people: Pick<People, 'ofRef'>;
    targets: Pick<TargetService, 'reopen'>;
    calls: Pick<GatewayCalls, 'url'>;
    config: Pick<PlaygroundConfig, 'limits' | 'rowsAtOnce' | 'answerTimeoutMs'>;
  }): BatchExecution {
    return new BatchExecution(options);
  }

  readonly #options: Parameters<typeof BatchExecution.create>[0];

  private constructor(options: Parameters<typeof BatchExecution.create>[0]) {
    this.#options = options;
  }

  /** @throws RunError, and errors of a name, where doing the same again does not help */
  async execute(
    run: BatchRunRecord,
    options: {
      signal: AbortSignal;
      progress(progress: RunProgressRecord): void;
    },
  ): Promise<EvaluationResult> {
    const { batches, answers, people, targets, calls, config } = this.#options;
    const batch = await batches.get(run.batchId);
    if (!batch) throw new ConflictError('The batch was erased.');
    const person = await people.ofRef(run.person);
    const { model, secret } = await targets.reopen(run.target, {
      person,
      profile: batch.profile,
    });
    return runPack({
      pack: packOfBatch(batch, await batches.rows(batch.id), config.limits),
      endpoint: calls.url,
      model,
      apiKey: secret,
      seed: batch.settings.seed,
      concurrency: config.rowsAtOnce,
      timeoutMs: config.answerTimeoutMs,
      target: { gatewayId: run.target.gatewayId },
      prices: pricesOf(run.target.price),
      journal: answers.journal(run),
      signal: options.signal,
      onProgress: ({ done, failed, total, retries }) =>
        options.progress({ done, failed, total, retries }),
    });
  }
}

function pricesOf(price: PlaygroundPrice | undefined): TokenPrices | undefined {
  return price?.inputPerMTok !== undefined && price.outputPerMTok !== undefined
    ? {
        inputPerMTok: price.inputPerMTok,
        outputPerMTok: price.outputPerMTok,
        currency: price.currency,
      }
    : undefined;
}
