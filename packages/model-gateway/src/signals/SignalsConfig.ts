/**
 * What the gateway finds out about calls for the watch over drift.
 *
 * @public
 */
export interface SignalsConfig {
  /**
   * Share of the calls whose language, topic and confidence are looked at, from
   * 0 to 1. With 0, nothing is looked at, and whether models declined is not
   * known either.
   */
  rate: number;
  /** Calls that are looked at in a second, at most. */
  perSecond: number;
  /** Whether answers bear an id by which callers can judge them. */
  feedback: boolean;
}

/** Of the configuration file. */
export const SIGNALS_SCHEMA = {
  type: 'object',
  nullable: true,
  additionalProperties: false,
  properties: {
    rate: { type: 'number', minimum: 0, maximum: 1, nullable: true },
    perSecond: { type: 'integer', minimum: 1, maximum: 1000, nullable: true },
    feedback: { type: 'boolean', nullable: true },
  },
} as const;

/** Fills in what the file does not say. */
export const toSignals = (
  file: Partial<SignalsConfig> | undefined,
): SignalsConfig => ({
  rate: file?.rate ?? 0.1,
  perSecond: file?.perSecond ?? 10,
  feedback: file?.feedback ?? true,
});
