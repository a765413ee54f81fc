import type {
  PlaygroundDone,
  PlaygroundProblem,
} from '@modelhub/backstage-plugin-models-common';

/** What an answer took, as the backend measured it. */
export type Figures = Partial<Omit<PlaygroundDone, 'finishReason'>>;

/** Why there is no answer, or no whole one. */
export type Problem = Omit<PlaygroundProblem, 'status'> & { status?: number };
