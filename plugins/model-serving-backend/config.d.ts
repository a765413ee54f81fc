export interface Config {
  modelServing?: {
    /**
     * Base URL of the model gateway as callers reach it, with `/v1`, for
     * example `https://models.acme.example/v1`. Without it nobody starts an
     * evaluation endpoint.
     */
    gatewayUrl?: string;
    /**
     * Makes the tokens with which the gateway calls endpoints. The gateway has
     * the same one (`MODELHUB_ENDPOINT_SECRET`). At least 32 characters.
     *
     * @visibility secret
     */
    endpointSecret?: string;
    /**
     * Encrypts the secrets of gateway keys that the playground calls with. At
     * least 32 characters. Another key makes those that are kept unreadable:
     * people ask for new ones.
     *
     * @visibility secret
     */
    storageKey?: string;
    /** Evaluation endpoints. */
    evaluation?: {
      /** Hours that one lives from when it is ready. Default: 4. */
      hours?: number;
      /** Hours that it lives longer when it is extended, once. Default: 4. */
      extendHours?: number;
      /** Minutes that starting may take. Default: 30. */
      startMinutes?: number;
      /** Hours that one waits for GPUs or quota. Default: 12. */
      queueHours?: number;
      /** Hours that one waits for its checks. Default: 24. */
      checkHours?: number;
      /** Minutes before its end at which the owner is told. Default: 15. */
      warnMinutes?: number;
      /** Purpose that is asked for. Default: `experimentation`. */
      purpose?: string;
      /** Days after which ended ones are forgotten. Default: 90. */
      keepDays?: number;
    };
    /** What teams may have at once. */
    quotas?: {
      default?: {
        /** GPUs. Default: 4. */
        gpus?: number;
        /** Endpoints that hold something. Default: 4. */
        endpoints?: number;
        /** Endpoints that are begun within 24 hours. Default: 40. */
        perDay?: number;
      };
      /** By entity ref of the group. */
      teams?: {
        [team: string]: {
          gpus?: number;
          endpoints?: number;
          perDay?: number;
        };
      };
    };
    /** By id of the engine. */
    engines?: {
      [engine: string]: {
        /** GPUs that evaluation endpoints take there at most. Default: what the engine has. */
        gpus?: number;
        /** Endpoints at once. Default: 4 where there are no GPUs. */
        endpoints?: number;
        /** USD for an hour of an endpoint without GPUs. Not known without it. */
        pricePerHour?: number;
      };
    };
    /** USD for an hour of one GPU, by its name (`L4`, `H100 80GB`), before list prices. */
    gpuPrices?: { [gpu: string]: number };
  };
}
