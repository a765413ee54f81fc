import type { HumanDuration } from '@backstage/types';

export interface Config {
  modelCards?: {
    sweep?: {
      /**
       * How often the index is compared with the catalog. Default: 30 seconds.
       */
      frequency?: HumanDuration | string;
    };
  };
}
