import { InputError } from '@backstage/errors';
import type { ModelEntityV1alpha1 } from '@modelhub/backstage-plugin-models-common';
import type { Transactions } from '@modelhub/backstage-plugin-models-node';
import {
  asksOf,
  runPack,
  scorerOf,
  type EvaluationPack,
  type RunPackOptions,
} from '@modelhub/evals';
import type { EvaluationResult } from '@modelhub/governance-protocol';
import { pinFor } from '../../approvals/subject';
import type { Organisation } from '../../organisation';
import type { PackService } from '../packs/PackService';
import { endpointFor, type EvaluationsConfig } from '../readEvaluationsConfig';
import { databaseRunJournal } from './databaseRunJournal';
import type { RunRecord, RunStore } from './RunStore';

/** What a run came to. */
export interface ExecutedRun {
  pack: EvaluationPack;
  result: EvaluationResult;
}

/** What a pack needs beside the model. */
export function needs(pack: EvaluationPack): {
  judge: boolean;
  embeddings: boolean;
} {
  const asks = pack.scorers.map(({ type, params }) =>
    asksOf(scorerOf(type), params),
  );
  return {
    judge: asks.includes('judge'),
    embeddings: asks.includes('embeddings'),
  };
}

/** What is not configured, in words that say what to do; nothing where all is. */
export function missingFor(
  pack: EvaluationPack,
  version: { gatewayId: string; modelVersion: string },
  config: EvaluationsConfig,
): string | undefined {
  const ask = 'or run it with the command line.';
  if (!endpointFor(config, version)) {
    return `No endpoint is configured for ${version.gatewayId}@${version.modelVersion}. Ask the team that runs the model hub to add it to modelGovernance.evaluations.endpoints, ${ask}`;
  }
  const { judge, embeddings } = needs(pack);
  if (judge && !config.judge) {
    return `${pack.name} asks a judge, and none is configured. Ask the team that runs the model hub to set modelGovernance.evaluations.judge, ${ask}`;
  }
  if (embeddings && !config.embeddings) {
    return `${pack.name} compares meanings, and no embedding model is configured. Ask the team that runs the model hub to set modelGovernance.evaluations.embeddings, ${ask}`;
  }
  return undefined;
}

const scorer = (at: NonNullable<EvaluationsConfig['judge']>) => ({
  endpoint: at.baseUrl,
  model: at.model,
  apiKey: at.apiKey,
});

/** Asks the model, where the configuration says that it answers and nowhere else. */
export class PackExecution {
  static create(options: {
    config: EvaluationsConfig;
    organisation: Pick<Organisation, 'model'>;
    packs: Pick<PackService, 'ofDigest'>;
    runs: RunStore;
    transactions: Transactions;
  }): PackExecution {
    return new PackExecution(options);
  }

  readonly #options: Parameters<typeof PackExecution.create>[0];

  private constructor(options: Parameters<typeof PackExecution.create>[0]) {
    this.#options = options;
  }

  /** @throws InputError and RunError where doing the same again does not help */
  async execute(
    run: RunRecord,
    options: {
      signal: AbortSignal;
      progress(progress: NonNullable<RunRecord['progress']>): void;
    },
  ): Promise<ExecutedRun> {
    const { config, packs, runs, transactions } = this.#options;
    const model = await this.demandPin(run);
    const pack = await packs.ofDigest(run.pack.digest);
    if (!pack) {
      throw new InputError(
        'The content of the pack is not kept any more. Start another run.',
      );
    }
    const version = {
      gatewayId: model.spec.gatewayId,
      modelVersion: run.modelVersion,
    };
    const missing = missingFor(pack, version, config);
    const at = endpointFor(config, version);
    if (missing !== undefined || !at) {
      throw new InputError(missing ?? 'No endpoint is configured.');
    }
    const { judge, embeddings } = config;
    const asked = needs(pack);
    const result = await runPack({
      pack,
      endpoint: at.baseUrl,
      model: at.model,
      apiKey: at.apiKey,
      concurrency: at.concurrency,
      timeoutMs: at.timeoutSeconds * 1000,
      target: { gatewayId: version.gatewayId },
      prices: pricesOf(model),
      ...(asked.judge && judge && { judge: scorer(judge) }),
      ...(asked.embeddings && embeddings && { embeddings: scorer(embeddings) }),
      journal: databaseRunJournal({ transactions, runs, run }),
      signal: options.signal,
      onProgress: ({ done, failed, total, retries }) =>
        options.progress({ done, failed, total, retries }),
    });
    return { pack, result };
  }

  /**
   * The model, as long as the version is what it was when the run was started.
   *
   * @throws InputError
   */
  async demandPin(
    run: Pick<RunRecord, 'entityRef' | 'modelVersion' | 'pin'>,
  ): Promise<ModelEntityV1alpha1> {
    const model = await this.#options.organisation.model(run.entityRef);
    const version = model?.spec.versions?.find(
      ({ name }) => name === run.modelVersion,
    );
    const pin = pinFor(version, 'sandbox');
    if (!model || pin !== run.pin) {
      throw new InputError(
        `Version ${run.modelVersion} of ${run.entityRef} is ${
          pin ?? 'gone'
        } now, and was ${
          run.pin
        } when the run was started. Start another run for what it is now.`,
      );
    }
    return model;
  }
}

/** Of the model's entity, where it says both. */
export function pricesOf({
  spec: { pricing },
}: ModelEntityV1alpha1): RunPackOptions['prices'] {
  return pricing?.inputPerMTok !== undefined &&
    pricing.outputPerMTok !== undefined
    ? {
        inputPerMTok: pricing.inputPerMTok,
        outputPerMTok: pricing.outputPerMTok,
        currency: pricing.currency,
      }
    : undefined;
}
