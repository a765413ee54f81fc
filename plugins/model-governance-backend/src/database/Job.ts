import type { HumanDuration } from '@backstage/types';

/** Regular work that one replica at a time does. */
export interface Job {
  id: string;
  frequency: HumanDuration;
  timeout: HumanDuration;
  run(): Promise<void>;
}
