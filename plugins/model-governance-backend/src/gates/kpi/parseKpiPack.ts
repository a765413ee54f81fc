import { InputError } from '@backstage/errors';
import { tiers, type Tier } from '@modelhub/backstage-plugin-models-common';
import {
  canonicalJson,
  METRIC_STATISTICS,
  sha256Hex,
} from '@modelhub/governance-protocol';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { KpiMetric, KpiPack } from './KpiPack';

const DEFAULT_MAX_AGE_DAYS = 90;
const MOST_METRICS = 100;

const id = z
  .string()
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'use lower-case letters, digits and hyphens',
  )
  .max(60);
const text = z.string().min(1).max(300);
const about = z.string().min(1).max(4000);
const numberByTier = Object.fromEntries(
  tiers.map(tier => [tier, z.number().optional()]),
) as Record<Tier, z.ZodOptional<z.ZodNumber>>;

const metricSchema = z.strictObject({
  id,
  title: text,
  about: about.optional(),
  unit: z.string().min(1).max(40),
  direction: z.enum(['higher', 'lower']),
  metric: z
    .strictObject({
      name: text,
      statistic: z.enum(METRIC_STATISTICS).optional(),
      slice: text.optional(),
    })
    .optional(),
  suite: text.optional(),
  minimumSamples: z.number().int().min(1),
  thresholds: z.strictObject(numberByTier),
  advice: z.boolean().optional(),
});

const packSchema = z.strictObject({
  id,
  title: text,
  about: about.optional(),
  owner: z
    .string()
    .regex(
      /^(group|user):[a-z0-9_.-]+\/[A-Za-z0-9_.-]+$/,
      'must be a full reference such as group:default/customer-care',
    )
    .optional(),
  maxAgeDays: z.number().positive().optional(),
  metrics: z.array(metricSchema).min(1).max(MOST_METRICS),
});

/** The message of a pack that does not load, with the file to mend. */
export class KpiPackError extends InputError {
  constructor(file: string, problems: string[]) {
    super(`${file}: ${problems.join('; ')}`);
  }
}

/**
 * Reads a pack.
 *
 * @throws KpiPackError that names the file, the place in it and what to do
 */
export function parseKpiPack(file: string, source: string): KpiPack {
  const document = parseDocument(source, { prettyErrors: true });
  if (document.errors.length > 0) {
    throw new KpiPackError(
      file,
      document.errors.map(e => `not YAML: ${e.message.split('\n')[0]}`),
    );
  }
  // Aliases are bounded, so that a small file cannot grow into a huge one.
  const read = packSchema.safeParse(document.toJS({ maxAliasCount: 50 }));
  if (!read.success) {
    throw new KpiPackError(
      file,
      read.error.issues.map(
        ({ path, message }) => `${path.join('.') || 'the file'}: ${message}`,
      ),
    );
  }
  const { maxAgeDays = DEFAULT_MAX_AGE_DAYS, ...rest } = read.data;
  const metrics = read.data.metrics.map(
    (metric): KpiMetric => ({
      ...metric,
      metric: metric.metric ?? { name: metric.id },
      advice: metric.advice ?? false,
    }),
  );
  const problems = metrics.flatMap((metric, index) => [
    ...(metrics.findIndex(it => it.id === metric.id) < index
      ? [`metrics.${index}.id: '${metric.id}' comes twice; give it another id`]
      : []),
    ...thresholdProblems(metric).map(
      problem => `metrics.${index}.thresholds: ${problem}`,
    ),
  ]);
  if (problems.length > 0) throw new KpiPackError(file, problems);
  const pack = { ...rest, maxAgeDays, metrics };
  return { ...pack, version: sha256Hex(canonicalJson(pack)) };
}

function thresholdProblems(metric: KpiMetric): string[] {
  const set = tiers.flatMap(tier => {
    const value = metric.thresholds[tier];
    return value === undefined ? [] : [{ tier, value }];
  });
  if (set.length === 0) {
    return metric.advice
      ? []
      : ['set at least one tier, or mark the metric with advice: true'];
  }
  return [
    ...set
      .filter(
        ({ value }) => metric.unit === 'ratio' && (value < 0 || value > 1),
      )
      .map(({ tier }) => `${tier}: a ratio lies between 0 and 1`),
    ...set
      .slice(1)
      .flatMap(({ tier, value }, index) =>
        (
          metric.direction === 'higher'
            ? value < set[index].value
            : value > set[index].value
        )
          ? [`${tier} asks for less than ${set[index].tier}, which is below it`]
          : [],
      ),
  ];
}

/** The threshold that counts at a tier: its own, or that of the next tier below. */
export function thresholdAt(
  { thresholds }: Pick<KpiMetric, 'thresholds'>,
  tier: Tier,
): { tier: Tier; value: number } | undefined {
  for (let at = tiers.indexOf(tier); at >= 0; at--) {
    const value = thresholds[tiers[at]];
    if (value !== undefined) return { tier: tiers[at], value };
  }
  return undefined;
}
