export interface Config {
  modelHub?: {
    /**
     * ISO 4217 code of the currency that new budgets are proposed in. Calls
     * count for a budget only when their model's price is in its currency.
     * Default: `USD`.
     * @visibility frontend
     */
    currency?: string;
  };
}
