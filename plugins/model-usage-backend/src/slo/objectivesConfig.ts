import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { ObjectiveKind } from '@modelhub/backstage-plugin-models-common';
import { TIERS, type Tier } from '@modelhub/governance-protocol';
import { DEFAULT_GUARD, type Guard } from './maths';
import { hasLimit, planeOf, type Terms } from './types';

/** Terms of a kind that hold where nobody set any. */
export type DefaultTerms = Omit<Terms, 'notify'> & { kind: ObjectiveKind };

export interface ObjectivesConfig {
  guard: Guard;
  /** Who hears of the control plane. */
  notify: string[];
  /** By the highest tier in which a model is called. */
  tiers: Partial<Record<Tier, DefaultTerms[]>>;
  controlPlane: DefaultTerms[];
}

const ROOT = 'modelUsage.objectives';

const KINDS: ObjectiveKind[] = [
  'availability',
  'latency',
  'time-to-first-token',
  'gateway-availability',
  'snapshot-age',
  'ingest-lag',
  'approval-service',
];

/** What the control plane has to keep unless config says otherwise. */
export const CONTROL_PLANE_DEFAULTS: DefaultTerms[] = [
  {
    kind: 'gateway-availability',
    targetPpm: 999_000,
    limitMs: 0,
    windowDays: 28,
  },
  { kind: 'snapshot-age', targetPpm: 999_000, limitMs: 60_000, windowDays: 28 },
  { kind: 'ingest-lag', targetPpm: 990_000, limitMs: 60_000, windowDays: 28 },
  {
    kind: 'approval-service',
    targetPpm: 999_000,
    limitMs: 2_000,
    windowDays: 28,
  },
];

/** @throws InputError for what is no objective, with the path of it */
export function objectivesConfig(config: Config): ObjectivesConfig {
  const whole = (name: string, usual: number) => {
    const value = config.getOptionalNumber(`${ROOT}.${name}`) ?? usual;
    if (!Number.isInteger(value) || value < 1) {
      throw new InputError(`${ROOT}.${name} must be a whole number above 0.`);
    }
    return value;
  };
  const tiers: ObjectivesConfig['tiers'] = {};
  for (const tier of config.getOptionalConfig(`${ROOT}.tiers`)?.keys() ?? []) {
    if (!TIERS.includes(tier as Tier)) {
      throw new InputError(
        `${ROOT}.tiers.${tier} is no tier. Use ${TIERS.join(', ')}.`,
      );
    }
    tiers[tier as Tier] = termsList(config, `${ROOT}.tiers.${tier}`, 'data');
  }
  const control = `${ROOT}.controlPlane`;
  return {
    guard: {
      ...DEFAULT_GUARD,
      events: whole('minimumEvents', DEFAULT_GUARD.events),
      failures: whole('minimumFailures', DEFAULT_GUARD.failures),
    },
    notify: config.getOptionalStringArray(`${ROOT}.notify`) ?? [],
    tiers,
    controlPlane: config.has(control)
      ? termsList(config, control, 'control')
      : CONTROL_PLANE_DEFAULTS,
  };
}

function termsList(
  config: Config,
  path: string,
  plane: 'data' | 'control',
): DefaultTerms[] {
  const list = config.getConfigArray(path).map((item, n): DefaultTerms => {
    const at = `${path}[${n}]`;
    const kind = item.getString('kind') as ObjectiveKind;
    const allowed = KINDS.filter(it => planeOf(it) === plane);
    if (!allowed.includes(kind)) {
      throw new InputError(`${at}.kind must be one of ${allowed.join(', ')}.`);
    }
    const limitMs = item.getOptionalNumber('limitMs');
    if (hasLimit(kind) !== (limitMs !== undefined)) {
      throw new InputError(
        hasLimit(kind)
          ? `${at}.limitMs is missing: within how many milliseconds is something good?`
          : `${at}.limitMs is not for ${kind}.`,
      );
    }
    return checkedTerms(
      {
        kind,
        targetPpm: Math.round(item.getNumber('target') * 1e6),
        limitMs: limitMs ?? 0,
        windowDays: item.getOptionalNumber('windowDays') ?? 28,
      },
      at,
    );
  });
  if (new Set(list.map(({ kind }) => kind)).size < list.length) {
    throw new InputError(`${path} has a kind twice. Leave one of them out.`);
  }
  return list;
}

function checkedTerms(terms: DefaultTerms, at: string): DefaultTerms {
  const { targetPpm, limitMs, windowDays } = terms;
  if (!(targetPpm >= 900_000 && targetPpm <= 999_900)) {
    throw new InputError(`${at}.target must be from 0.9 to 0.9999.`);
  }
  if (!Number.isInteger(limitMs) || limitMs < 0 || limitMs > 3_600_000) {
    throw new InputError(
      `${at}.limitMs must be whole milliseconds, an hour at most.`,
    );
  }
  if (![7, 28, 30].includes(windowDays)) {
    throw new InputError(`${at}.windowDays must be 7, 28 or 30.`);
  }
  return terms;
}
