import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { PlaygroundLimits } from '@modelhub/backstage-plugin-models-common';
import type { ServingConfig } from '../config';

/** How the playground calls, and how much it takes. */
export interface PlaygroundConfig
  extends Pick<ServingConfig, 'gatewayUrl' | 'storageKey' | 'purpose'> {
  limits: PlaygroundLimits;
  /** A longer answer is ended. */
  answerTimeoutMs: number;
  /** Rows that one target is asked at once. */
  rowsAtOnce: number;
  /** Targets of batches at once on this replica. */
  runsAtOnce: number;
  /** Batches of a person that are not over. */
  openBatches: number;
  /** A target that takes longer has failed. */
  runTimeoutMs: number;
}

/** Side by side; the document of the API allows no more. */
const TARGETS = 4;

/** @throws Error for numbers that make no sense */
export function readPlaygroundConfig(
  root: RootConfigService,
  { gatewayUrl, storageKey, purpose }: ServingConfig,
): PlaygroundConfig {
  const own = root.getOptionalConfig('modelServing.playground');
  const number = (
    name: string,
    fallback: number,
    least: number,
    most: number,
  ) => {
    const value = own?.getOptionalNumber(name) ?? fallback;
    if (value >= least && value <= most) return value;
    throw new Error(
      `modelServing.playground.${name} is ${value}; it has to be ${least} to ${most}.`,
    );
  };
  const whole = (...args: Parameters<typeof number>) =>
    Math.floor(number(...args));
  return {
    gatewayUrl,
    storageKey,
    purpose,
    limits: {
      targets: TARGETS,
      promptCharacters: whole('promptCharacters', 200_000, 1, 5_000_000),
      answerTokens: whole('answerTokens', 4096, 1, 131_072),
      fileBytes: whole('fileBytes', 2 * 1024 * 1024, 1, 20 * 1024 * 1024),
      rows: whole('rows', 2000, 1, 10_000),
      chatsAtOnce: whole('chatsAtOnce', 8, 1, 100),
      chatsPerMinute: whole('chatsPerMinute', 60, 1, 10_000),
      keepDays: number('keepDays', 30, 0.01, 3650),
    },
    answerTimeoutMs: number('answerSeconds', 300, 1, 3600) * 1000,
    rowsAtOnce: whole('rowsAtOnce', 4, 1, 100),
    runsAtOnce: whole('runsAtOnce', 4, 1, 100),
    openBatches: whole('openBatches', 3, 1, 100),
    runTimeoutMs: number('batchMinutes', 240, 1, 1440) * 60_000,
  };
}
