import type { CommercialUse } from '../model';
import type { PersonalData } from './datasets';

/**
 * Id of the gate that looks at what a model was trained on.
 *
 * @public
 */
export const DATA_PROVENANCE_GATE = 'data-provenance';

/**
 * A dataset that a model, or one that it was made from, was trained on.
 *
 * @public
 */
export type DataProvenanceRow = {
  /** Entity ref. */
  dataset: string;
  title: string;
  /** Entity ref of the model that was trained on it. */
  model: string;
  /** It is in the catalog. */
  known: boolean;
  licence?: string;
  commercialUse?: CommercialUse;
  personalData?: PersonalData;
  legalBasis?: string;
  fits: 'yes' | 'no' | 'unknown';
  /** What speaks against it, in words. */
  problems: string[];
};

/**
 * What the gate `data-provenance` leaves as evidence.
 *
 * @public
 */
export type DataProvenanceEvidence = {
  kind: 'data-provenance';
  /** ISO 8601. */
  checkedAt: string;
  /** The model first, then what it was made from. */
  models: Array<{
    ref: string;
    title: string;
    /** It is in the catalog. */
    known: boolean;
    /** How many datasets it names. */
    datasets: number;
  }>;
  rows: DataProvenanceRow[];
};
