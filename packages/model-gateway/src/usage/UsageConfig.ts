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
}

/** What holds unless the configuration says otherwise. */
export const DEFAULT_USAGE: Omit<UsageConfig, 'spool'> & {
  spool: Omit<UsageConfig['spool'], 'dir'>;
} = {
  budgets: 'required',
  leaseMs: 2_000,
  spool: { maxBytes: 256 * 1024 * 1024, sealMs: 1_000 },
};
