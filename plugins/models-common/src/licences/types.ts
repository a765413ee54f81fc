import type { CommercialUse } from '../model';
import type { PurposeUse } from './uses';

/**
 * When a duty falls due: by using the model at all, by handing on weights or
 * access to them, by making another model from it or its output, or by showing
 * a product to people.
 *
 * @public
 */
export type LicenceOccasion = 'use' | 'distribute' | 'derive' | 'product';

/**
 * Something that a licence asks for, in plain words.
 *
 * @public
 */
export type LicenceDuty = {
  when: LicenceOccasion;
  text: string;
};

/**
 * Where a licence ends. All conditions that it names have to hold.
 *
 * @public
 */
export type LicenceLimit = {
  /** What is limited; without it, using the model at all. */
  use?: PurposeUse;
  /** Not licensed, or only as the text says. */
  rule: 'forbidden' | 'conditional';
  /** In plain words. */
  text: string;
  /** Counts for companies based there. */
  companyRegions?: string[];
  /** Counts for models that take or make more than text. */
  multimodalOnly?: boolean;
  /** Counts above this yearly revenue, in US dollars. */
  revenueUsd?: number;
};

/**
 * What a licence asks of models that are made from a model under it: `notice`
 * keeps the notices under any licence, `same-licence` stays in the family,
 * `same-restrictions` passes the use restrictions on, `non-commercial` stays
 * so, `forbidden` shares none, `none` is for services without weights.
 *
 * @public
 */
export type DerivativeRule =
  | 'notice'
  | 'same-licence'
  | 'same-restrictions'
  | 'non-commercial'
  | 'forbidden'
  | 'none';

/**
 * A well-known licence. Written from the texts at `url`; no legal advice.
 *
 * @public
 */
export type LicenceTerms = {
  /** SPDX id where there is one, else the Hugging Face id or `LicenseRef-…`. */
  id: string;
  /** Other spellings. */
  aliases?: string[];
  name: string;
  /** The text itself. */
  url: string;
  commercialUse: CommercialUse;
  /** Terms of a hosted service, not of weights. */
  hosted?: boolean;
  /** Licences of one family count as the same for derivatives. */
  family: string;
  derivatives: DerivativeRule;
  /** Monthly active users above which another licence has to be asked for. */
  userThreshold?: number;
  /** The notice that has to be shown. */
  attribution?: string;
  /** How names of derivatives have to begin. */
  namePrefix?: string;
  /** Uses that are forbidden are listed there. */
  acceptableUse?: string;
  duties: LicenceDuty[];
  limits?: LicenceLimit[];
};
