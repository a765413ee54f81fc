import { parseGpus, type Gpu } from '../hardware';

/**
 * What an hour of one GPU costs.
 *
 * @public
 */
export type GpuPrice = {
  /** USD. */
  perHour: number;
  source: string;
  /** When the source said so, `YYYY-MM-DD` or `YYYY-MM`. */
  asOf: string;
};

const endpoints = (perHour: number): GpuPrice => ({
  perHour,
  source:
    'Hugging Face Inference Endpoints on AWS, https://huggingface.co/docs/inference-endpoints/support/pricing',
  asOf: '2025-10',
});

/**
 * List prices on demand, without commitment, by the id of the GPU. They differ
 * by a factor of four between providers, so a policy should name the
 * organisation's own.
 *
 * @public
 */
export const defaultGpuPrices: Record<string, GpuPrice> = {
  't4-16gb': endpoints(0.5),
  'l4-24gb': endpoints(0.8),
  'a10g-24gb': endpoints(1),
  'l40s-48gb': endpoints(1.8),
  'a100-80gb': endpoints(2.5),
  'h200-141gb': endpoints(5),
  'a100-40gb': {
    perHour: 2.74,
    source: 'AWS p4d.24xlarge, us-east-1, on demand, one GPU of eight',
    asOf: '2026-11-09',
  },
  'h100-80gb': {
    perHour: 6.88,
    source: 'AWS p5.48xlarge, us-east-1, on demand, one GPU of eight',
    asOf: '2026-11-09',
  },
  'h100-94gb': {
    perHour: 6.98,
    source: 'Azure Standard_NC40ads_H100_v5, East US, pay as you go',
    asOf: '2026-11-09',
  },
  'b200-180gb': {
    perHour: 6.69,
    source: 'Lambda, 8x B200, on demand, https://lambda.ai/instances',
    asOf: '2026-09-20',
  },
};

/**
 * The price of a GPU: the organisation's own where it names one (`H100 80GB`,
 * `L4`), else the default list price.
 *
 * @public
 */
export function gpuPriceOf(
  gpu: Gpu,
  own: Record<string, number> = {},
): GpuPrice | undefined {
  const named = Object.entries(own).find(
    ([name]) => parseGpus(name)?.gpu.id === gpu.id,
  );
  return named
    ? { perHour: named[1], source: 'the policy', asOf: '' }
    : defaultGpuPrices[gpu.id];
}
