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
    imports?: {
      openCost?: {
        /**
         * Which model a workload serves, the first that fits in all it names.
         * Without, what its label or annotation `modelhub.dev/gateway-id` says.
         */
        models?: Array<{
          cluster?: string;
          namespace?: string;
          controller?: string;
          /** `name=value`, or `name` for any value. */
          label?: string;
          /** Gateway id. */
          model: string;
          version?: string;
          /** Entity ref of the group or component that pays. */
          caller?: string;
        }>;
      };
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
    /** How calls of a version are held against its reference. */
    drift?: {
      /** Whole weeks: the first days on which a version was called. Default 28. */
      referenceDays?: number;
      /** Until there are so many, a first reference becomes longer. Default 1000. */
      referenceCalls?: number;
      /** How often chance alone may alarm for one version in a year, all features together. Default 1. */
      falseAlarmsPerYear?: number;
      /** For how long days and checks are kept. Those of references stay. Default 400. */
      keepDays?: number;
    };
    objectives?: {
      /** Calls in the long window of an alert, at least. Default 30. */
      minimumEvents?: number;
      /** Failures among them, at least. Default 5. */
      minimumFailures?: number;
      /** Entity refs that hear of alerts about the control plane. */
      notify?: string[];
      /**
       * Objectives of models for which nobody set one of the kind, by the
       * highest tier in which a model was called in the last 28 days:
       * `sandbox`, `internal`, `customer-facing` or `regulated`.
       */
      tiers?: {
        [tier: string]: Array<{
          kind: 'availability' | 'latency' | 'time-to-first-token';
          /** Share that has to be good, from 0.9 to 0.9999. */
          target: number;
          /** Milliseconds; for latency and time-to-first-token. */
          limitMs?: number;
          /** 7, 28 or 30. Default 28. */
          windowDays?: number;
        }>;
      };
      /** What gateways and the portal have to keep, in place of the defaults that the README lists. */
      controlPlane?: Array<{
        kind:
          | 'gateway-availability'
          | 'snapshot-age'
          | 'ingest-lag'
          | 'approval-service';
        target: number;
        /** Milliseconds; for all but gateway-availability. */
        limitMs?: number;
        windowDays?: number;
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
