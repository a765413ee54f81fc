import path from 'node:path';
import {
  SIGNALS_SCHEMA,
  toSignals,
  type SignalsConfig,
} from '../signals/SignalsConfig';

/**
 * How the gateway reports what was used, and whether budgets bind it.
 *
 * @public
 */
export interface UsageConfig {
  /**
   * `required`: calls are refused until the budgets were heard of once, and
   * when one is used up; `advisory`: budgets are counted and nobody is refused;
   * `off`: nobody asks for them.
   */
  budgets: 'required' | 'advisory' | 'off';
  /** Between two leases of limits and budgets, in milliseconds. */
  leaseMs: number;
  spool: {
    /** Folder for records that were not sent yet. */
    dir: string;
    /** Beyond it, records are added up instead of kept one by one. */
    maxBytes: number;
    /** Longest time that a record waits before it is sent, in milliseconds. */
    sealMs: number;
  };
  signals: SignalsConfig;
}

/** As the configuration file says it. */
export interface UsageInFile {
  budgets?: UsageConfig['budgets'];
  leaseMs?: number;
  spool?: Partial<UsageConfig['spool']>;
  signals?: Partial<SignalsConfig>;
}

const count = { type: 'integer', minimum: 1, nullable: true } as const;

/** What the configuration file may say. */
export const USAGE_SCHEMA = {
  type: 'object',
  nullable: true,
  additionalProperties: false,
  properties: {
    budgets: { type: 'string', enum: ['required', 'advisory', 'off'] },
    leaseMs: { ...count, minimum: 100 },
    spool: {
      type: 'object',
      nullable: true,
      additionalProperties: false,
      properties: {
        dir: { type: 'string', minLength: 1, nullable: true },
        maxBytes: { ...count, minimum: 65_536 },
        sealMs: count,
      },
    },
    signals: SIGNALS_SCHEMA,
  },
} as const;

/**
 * Fills in what the file does not say.
 *
 * @param folder - that relative paths start from
 * @param stateDir - of the gateway; the spool lies in it unless it has a folder of its own
 */
export function toUsage(
  file: UsageInFile | undefined,
  folder: string,
  stateDir: string,
): UsageConfig {
  const { dir, maxBytes, sealMs } = file?.spool ?? {};
  return {
    budgets: file?.budgets ?? 'required',
    leaseMs: file?.leaseMs ?? 2_000,
    spool: {
      dir: dir ? path.resolve(folder, dir) : path.join(stateDir, 'usage'),
      maxBytes: maxBytes ?? 256 * 1024 * 1024,
      sealMs: sealMs ?? 1_000,
    },
    signals: toSignals(file?.signals),
  };
}
