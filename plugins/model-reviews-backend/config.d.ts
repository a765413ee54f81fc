import type { HumanDuration } from '@backstage/types';

export interface Config {
  modelReviews?: {
    ratings?: {
      /**
       * How many reviews the mean over all models weighs in the average of a
       * model. Default: 5.
       */
      priorWeight?: number;
    };
    /**
     * For how long a withdrawal can be undone; afterwards the text is gone.
     * Default: 24 hours.
     */
    undoWithdrawalFor?: HumanDuration | string;
    /**
     * How far back a call counts for `verified`, in days. Default: 90.
     */
    verifiedByCallsOfDays?: number;
    /**
     * Whether members of the group that owns a model may review it.
     * Default: false.
     */
    ownersMayReview?: boolean;
  };
}
