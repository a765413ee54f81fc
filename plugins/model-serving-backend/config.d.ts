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
    /** Runs models on the backend's own machine; for evaluation endpoints. */
    local?: {
      /** Default: false. */
      enabled?: boolean;
      /**
       * Name of the machine that runs models. Needed where the database is no
       * SQLite, for several machines may share it; the others leave it alone.
       */
      host?: string;
      /** Folders that `file:` URIs of artifacts lie below. */
      artifactFolders?: string[];
      /** Hosts that weights are downloaded from, such as `huggingface.co` or `*.hf.co`. Default: none. */
      allowedHosts?: string[];
      /** Keeps deployments, their logs and what was downloaded. Default: `.model-serving-local`. */
      folder?: string;
      /** Ports that servers listen on, on 127.0.0.1 alone. Default: 4500 to 4599. */
      ports?: { from?: number; to?: number };
      /** Servers at once; the others wait. Default: 4. */
      maxProcesses?: number;
      /** Memory of all servers together. Default: what the machine has, less 2. */
      memoryGiB?: number;
      /** Processor threads of a server. Default: half of the cores. */
      threads?: number;
      /** Tokens of a prompt with its answer. Default: 4096. */
      contextTokens?: number;
      /** Answers that a server writes at a time. Default: 2. */
      parallel?: number;
      /**
       * Program with arguments that is run instead of the server for GGUF files.
       * `{model}`, `{port}`, `{servedName}`, `{threads}` and `{context}` stand for
       * values. It finds its token in `MODELHUB_ENDPOINT_TOKEN`, `LLAMA_API_KEY`
       * and `VLLM_API_KEY`.
       */
      command?: string[];
      /** Formats of artifacts that the command reads. Default: `gguf`. */
      formats?: string[];
      /** Answers 200 when the command is ready. Default: `/health`. */
      healthPath?: string;
    };
    /** Prompts and files of people. */
    playground?: {
      /** Characters of all messages together. Default: 200000. */
      promptCharacters?: number;
      /** Tokens of an answer at most. Default: 4096. */
      answerTokens?: number;
      /** Seconds after which an answer is ended. Default: 300. */
      answerSeconds?: number;
      /** Prompts of a person at once, on each replica. Default: 8. */
      chatsAtOnce?: number;
      /** Prompts of a person in a minute, on each replica. Default: 60. */
      chatsPerMinute?: number;
      /** Bytes of a file. Default: 2097152. */
      fileBytes?: number;
      /** Rows of a file, 10000 at most. Default: 2000. */
      rows?: number;
      /** Rows that one target is asked at once. Default: 4. */
      rowsAtOnce?: number;
      /** Targets of batches that run at once on each replica. Default: 4. */
      runsAtOnce?: number;
      /** Batches of a person that are not over. Default: 3. */
      openBatches?: number;
      /** Minutes that one target of a batch may take. Default: 240. */
      batchMinutes?: number;
      /** Days after which batches are erased, with all answers. Default: 30. */
      keepDays?: number;
    };
  };
}
