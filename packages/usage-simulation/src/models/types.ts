import type { SnapshotPricing } from '@modelhub/governance-protocol';

/** What a model does. @public */
export type SimulatedTask =
  | 'chat'
  | 'summarization'
  | 'text-classification'
  | 'code'
  | 'feature-extraction'
  | 'text-ranking'
  | 'automatic-speech-recognition';

/** A version, with the day on which it takes over; negative before the year. @public */
export interface SimulatedVersion {
  name: string;
  fromDay: number;
  /** How long answers take beside the first version. */
  slowness: number;
}

/** A model of the simulated organisation. @public */
export interface SimulatedModel {
  /** Gateway id: `namespace/name`. */
  id: string;
  /** Entity ref. */
  ref: string;
  namespace: string;
  name: string;
  title: string;
  description: string;
  task: SimulatedTask;
  /** Entity ref of a team. */
  owner: string;
  provider: string;
  /** A provider runs it, and charges for tokens. */
  hosted: boolean;
  /** Gateway id of the model that it was made from. */
  baseModel?: string;
  license: { id: string; commercialUse: 'yes' | 'conditional' };
  languages: string[];
  parameters?: number;
  /** What the gateway reckons with; absent for models without a price. */
  pricing?: SnapshotPricing & { currency: string };
  /** The oldest first. */
  versions: SimulatedVersion[];
  /** The first day on which somebody may call it. */
  launchedOn: number;
  /** From this day on the catalog says that it is deprecated. */
  deprecatedOn?: number;
  /** Gateway id of what takes its place. */
  successor?: string;
  /** Milliseconds to the first token, and for each token after it. */
  speed: { firstTokenMs: number; perTokenMs: number };
  /** How much it is liked beside others of its task. */
  popularity: number;
}
