import type { HumanDuration } from '@backstage/types';

export interface Config {
  modelUsage?: {
    records?: {
      /** How long single records are kept. Totals stay. Default 90. */
      retentionDays?: number;
    };
    /**
     * For how many days sums by minute, hour and day are kept. Those of months
     * are kept for good.
     */
    rollups?: {
      /** Default 2. */
      minuteDays?: number;
      /** Not fewer than `minuteDays`. Default 90. */
      hourDays?: number;
      /** Not fewer than `hourDays`. Default 1095, three years. */
      dayDays?: number;
    };
    sources?: {
      /** LiteLLM proxies whose spend logs are counted. */
      litellm?: Array<{
        /** Default `litellm`. What it told bears this name; do not change it. */
        id?: string;
        baseUrl: string;
        /**
         * A key of an administrator.
         *
         * @visibility secret
         */
        apiKey: string;
        /** Names of models in LiteLLM and the gateway ids they stand for, where they differ. */
        models?: Array<{ from: string; to: string }>;
        /** Ids or aliases of teams and the entity refs they stand for. */
        teams?: Array<{ from: string; to: string }>;
        /** How far back to begin. Default 30. */
        sinceDays?: number;
      }>;
      /** Prometheus servers whose metrics of model servers are counted. */
      prometheus?: Array<{
        /** Default `prometheus`. What it told bears this name; do not change it. */
        id?: string;
        /** What comes before `/api/v1`. */
        baseUrl: string;
        /**
         * Sent as a bearer token.
         *
         * @visibility secret
         */
        token?: string;
        /** Whose names of metrics to look for; all by default. */
        conventions?: Array<'vllm' | 'opentelemetry'>;
        /** Names of models in labels and the gateway ids they stand for, where they differ. */
        models?: Array<{ from: string; to: string }>;
        /** How far back to begin. Default 1. */
        sinceDays?: number;
      }>;
    };
    leases?: {
      /**
       * What a gateway holds of a budget is free again when it was not heard of
       * for so long. Must be longer than `modelGovernance.snapshot.maxAgeSeconds`,
       * after which a gateway without contact refuses every call. Default: 20 minutes.
       */
      releaseAfter?: HumanDuration | string;
    };
  };
}
