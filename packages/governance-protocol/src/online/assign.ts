import { sha256Hex } from '../crypto/sha256';
import {
  ONLINE_BUCKETS,
  type OnlineArm,
  type SnapshotExperiment,
} from './types';

/**
 * Which arm a caller falls into, and which group: the same for the same caller
 * on every gateway, without anybody keeping it.
 *
 * @param caller - what stays the same for a caller: key and conversation or user
 *
 * @public
 */
export function assignOnline(
  experiment: Pick<SnapshotExperiment, 'salt' | 'share' | 'challenger'>,
  caller: string,
): { arm: OnlineArm; bucket: number } {
  const hash = sha256Hex(`${experiment.salt}\n${caller}`);
  const point = parseInt(hash.slice(0, 12), 16) / 2 ** 48;
  return {
    arm:
      experiment.challenger !== undefined && point < experiment.share
        ? 'challenger'
        : 'control',
    // Of other digits, so that arms and groups are independent.
    bucket: parseInt(hash.slice(12, 20), 16) % ONLINE_BUCKETS,
  };
}
