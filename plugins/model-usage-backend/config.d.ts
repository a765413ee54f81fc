import type { HumanDuration } from '@backstage/types';

export interface Config {
  modelUsage?: {
    records?: {
      /** How long single records are kept. Totals stay. Default 90. */
      retentionDays?: number;
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
