import type { ExpectedUse } from '../generated/model-governance';
import {
  fitOn,
  gpusText,
  hardwareFactsOf,
  parseGpus,
  type GpuSet,
} from '../hardware';
import type { ModelEntityV1alpha1, ModelVersion } from '../model';
import { gpuPriceOf } from './gpuPrices';

/**
 * One line of what a model is expected to cost in a month.
 *
 * @public
 */
export type CostPart = {
  label: string;
  /** How much: 12 million tokens, 1,460 GPU hours. */
  quantity: number;
  unit: 'million tokens' | 'GPU hours';
  /** For one unit. */
  price: number;
  amount: number;
  /** Where the price is from. */
  source: string;
};

/**
 * Why no cost can be told, with what to do about it.
 *
 * @public
 */
export type UnknownCost = {
  code: 'use' | 'price' | 'gpu' | 'gpu-price';
  message: string;
  howToFix: string;
  field?: string;
};

/**
 * What a model is expected to cost in a month.
 *
 * @public
 */
export type ExpectedCost = {
  /** Paid by the token to a provider, or by the hour for GPUs of one's own. */
  basis: 'tokens' | 'gpu-hours';
  currency: string;
  /** Undefined where it is not known. */
  amount?: number;
  parts: CostPart[];
  unknown: UnknownCost[];
  /** Of `gpu-hours`: replicas that run. */
  replicas?: number;
  /** Of `gpu-hours`: of one replica. */
  gpus?: string;
};

/**
 * How to count GPU hours.
 *
 * @public
 */
export type GpuCostOptions = {
  /** USD per hour and GPU, by the GPU's name. */
  gpuPrices?: Record<string, number>;
  /** 730 by default: all of them. */
  hoursPerMonth?: number;
  /** Least number of replicas; 1 by default. */
  replicas?: number;
  /** Tokens of one request, for how many a replica takes at once; 8192 by default. */
  contextTokens?: number;
  /** GPUs to count with where the card names none. */
  gpus?: string;
};

const PER_MILLION = 1e6;

const isPositive = (use: ExpectedUse | undefined) =>
  Boolean(use && use.inputTokensPerMonth + use.outputTokensPerMonth > 0);

function tokensCost(
  { spec }: ModelEntityV1alpha1,
  use: ExpectedUse | undefined,
): ExpectedCost {
  const { pricing } = spec;
  const currency = pricing?.currency ?? 'USD';
  const unknown: UnknownCost[] = [];
  if (!isPositive(use)) {
    unknown.push({
      code: 'use',
      message: 'The request does not say how much the model will be used.',
      howToFix:
        'Ask again and fill in the expected use: input and output tokens in a month.',
    });
  }
  const input = (use?.inputTokensPerMonth ?? 0) / PER_MILLION;
  const output = (use?.outputTokensPerMonth ?? 0) / PER_MILLION;
  const lines: Array<[string, string, number, number | undefined]> = [
    ['Input tokens', 'inputPerMTok', input, pricing?.inputPerMTok],
    ['Output tokens', 'outputPerMTok', output, pricing?.outputPerMTok],
  ];
  for (const [label, field, quantity, price] of lines) {
    // Embeddings, for example, have no price for output.
    const asked = quantity > 0 || (field === 'inputPerMTok' && !use);
    if (asked && price === undefined) {
      unknown.push({
        code: 'price',
        field: `spec.pricing.${field}`,
        message: `The card names no price of ${label.toLocaleLowerCase(
          'en-US',
        )}.`,
        howToFix: `Add spec.pricing.${field} to the model's YAML, per million tokens.`,
      });
    }
  }
  const parts = lines.flatMap(([label, , quantity, price]): CostPart[] =>
    price === undefined || quantity === 0
      ? []
      : [
          {
            label,
            quantity,
            unit: 'million tokens',
            price,
            amount: quantity * price,
            source: 'the list price on the card',
          },
        ],
  );
  return {
    basis: 'tokens',
    currency,
    parts,
    unknown,
    ...(unknown.length === 0 && {
      amount: parts.reduce((sum, { amount }) => sum + amount, 0),
    }),
  };
}

/** Replicas that take so many requests at once. */
function replicasFor(
  entity: ModelEntityV1alpha1,
  version: ModelVersion,
  gpus: GpuSet,
  use: ExpectedUse | undefined,
  options: GpuCostOptions,
): number {
  const least = options.replicas ?? 1;
  const { facts } = hardwareFactsOf(entity, version);
  if (!facts || !use?.peakConcurrent) return least;
  const { mostSequences } = fitOn(facts, gpus, {
    sequences: 1,
    contextTokens: options.contextTokens ?? 8192,
  });
  return mostSequences
    ? Math.max(least, Math.ceil(use.peakConcurrent / mostSequences))
    : least;
}

function gpuCost(
  entity: ModelEntityV1alpha1,
  version: ModelVersion,
  use: ExpectedUse | undefined,
  options: GpuCostOptions,
): ExpectedCost {
  const named = entity.spec.hardware?.recommendedGpu;
  const gpus = parseGpus(named ?? '') ?? parseGpus(options.gpus ?? '');
  const base = { basis: 'gpu-hours' as const, currency: 'USD', parts: [] };
  if (!gpus && named) {
    // It runs without a GPU, for example: nothing is paid by the GPU hour.
    return { ...base, amount: 0, unknown: [], gpus: named };
  }
  if (!gpus) {
    return {
      ...base,
      unknown: [
        {
          code: 'gpu',
          field: 'spec.hardware.recommendedGpu',
          message: 'The card does not say which GPUs one replica needs.',
          howToFix: 'Add spec.hardware.recommendedGpu, such as "2x H100 80GB".',
        },
      ],
    };
  }
  const replicas = replicasFor(entity, version, gpus, use, options);
  const price = gpuPriceOf(gpus.gpu, options.gpuPrices);
  if (!price) {
    return {
      ...base,
      replicas,
      gpus: gpusText(gpus),
      unknown: [
        {
          code: 'gpu-price',
          message: `Nobody told what an hour of ${gpus.gpu.name} costs.`,
          howToFix: `Add "${gpus.gpu.name}" to gpuPrices of the check cost-envelope in the policy, in USD per hour.`,
        },
      ],
    };
  }
  const hours = gpus.count * replicas * (options.hoursPerMonth ?? 730);
  const amount = hours * price.perHour;
  return {
    ...base,
    amount,
    unknown: [],
    replicas,
    gpus: gpusText(gpus),
    parts: [
      {
        label: [gpusText(gpus), replicas > 1 && `${replicas} replicas`]
          .filter(Boolean)
          .join(', '),
        quantity: hours,
        unit: 'GPU hours',
        price: price.perHour,
        amount,
        source: [price.source, price.asOf].filter(Boolean).join(', '),
      },
    ],
  };
}

/**
 * What a version is expected to cost in a month: tokens times the list price of
 * its provider, or GPU hours where the organisation runs it itself.
 *
 * @public
 */
export function expectedCost(
  entity: ModelEntityV1alpha1,
  version: ModelVersion,
  use: ExpectedUse | undefined,
  options: GpuCostOptions = {},
): ExpectedCost {
  return version.artifact === undefined
    ? tokensCost(entity, use)
    : gpuCost(entity, version, use, options);
}

/**
 * `USD 1,240`, cents below 100.
 *
 * @public
 */
export function moneyText(amount: number, currency: string): string {
  const digits = Math.abs(amount) < 100 ? 2 : 0;
  const text = amount.toLocaleString('en-GB', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${currency} ${text}`;
}
