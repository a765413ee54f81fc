import type { EvaluationCase } from './types';

/**
 * The groups that a case belongs to: its slices, and of safety cases
 * `category` and `behaviour`.
 */
export function slicesOf(it: EvaluationCase): Record<string, string> {
  return {
    ...(it.category !== undefined && { category: it.category }),
    ...(it.behaviour !== undefined && { behaviour: it.behaviour }),
    ...it.slices,
  };
}
