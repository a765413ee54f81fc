import type { LicenceApplies, LicenceOccasion, PurposeUse } from '../licences';
import type { CommercialUse } from '../model';

/**
 * Id of the gate that reads licences.
 *
 * @public
 */
export const LICENCE_GATE = 'licence';

/**
 * Something that a licence asks for, in plain words.
 *
 * @public
 */
export type LicenceEvidenceDuty = {
  when: LicenceOccasion;
  text: string;
  applies: LicenceApplies;
  /** Ref of the model whose licence asks for it, where it is not the model itself. */
  from?: string;
};

/**
 * Where a licence ends, in plain words.
 *
 * @public
 */
export type LicenceEvidenceLimit = {
  use?: PurposeUse;
  text: string;
  licence: string;
  applies: LicenceApplies;
  /** `stops` and `warns` only where it applies. */
  effect: 'stops' | 'warns' | 'noted';
  from?: string;
};

/**
 * What the gate `licence` leaves as evidence.
 *
 * @public
 */
export type LicenceEvidence = {
  kind: 'licence';
  /** As it is written in the model's file. */
  licence: string;
  /** Ids of the licences that bind; of `A OR B` the freer one. */
  readAs: string[];
  names: Array<{ name: string; url: string }>;
  commercialUse?: CommercialUse;
  /** One sentence. */
  summary: string;
  purpose: string;
  /** What the purpose does with the model; absent when nobody says. */
  uses?: PurposeUse[];
  duties: LicenceEvidenceDuty[];
  limits: LicenceEvidenceLimit[];
  /** Where forbidden uses are listed. */
  acceptableUses: string[];
  /** What the model was made from. */
  lineage: Array<{ ref: string; licence: string }>;
};
