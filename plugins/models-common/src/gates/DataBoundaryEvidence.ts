import type { Purpose } from '../generated/model-governance';

/**
 * Id of the gate that holds a purpose's data against where it would go.
 *
 * @public
 */
export const DATA_BOUNDARY_GATE = 'data-boundary';

/**
 * Whose word something is: the model's file, what the organisation agreed with
 * its provider or knows of its own machines, or the provider's published terms
 * as Model Hub knows them.
 *
 * @public
 */
export type DataBoundarySource = {
  by: 'model' | 'organisation' | 'provider';
  /** Where it can be read. */
  url?: string;
  /** Day on which it was read, `YYYY-MM-DD`. */
  asOf?: string;
};

/**
 * One question to a data boundary.
 *
 * @public
 */
export type DataBoundaryRow = {
  /** Where it is processed, how long it is kept, whether models learn from it. */
  question: 'region' | 'retention' | 'training';
  classes: Purpose['dataClasses'];
  /** In words: `only in eu`, `at most 30 days`. */
  asked: string;
  /** In words; absent when nobody says. */
  said?: string;
  source?: DataBoundarySource;
  fits: 'yes' | 'no' | 'unknown' | 'not-asked';
};

/**
 * What the gate `data-boundary` leaves as evidence.
 *
 * @public
 */
export type DataBoundaryEvidence = {
  kind: 'data-boundary';
  /** ISO 8601. */
  checkedAt: string;
  purpose: string;
  /** Whether a provider runs the model, or we do. */
  runBy: 'provider' | 'organisation';
  provider: string;
  rows: DataBoundaryRow[];
};
