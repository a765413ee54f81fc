import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { licenceSummary } from '../licences';
import type { CommercialUse } from '../model';

/**
 * Licence of a dataset: an SPDX or Hugging Face id or expression, or `own` for
 * data that belongs to the organisation.
 *
 * @public
 */
export const DATASET_LICENCE_ANNOTATION = 'modelhub.dev/dataset-licence';

/**
 * Whether a dataset may be used commercially (`yes`, `conditional`, `no`), for
 * terms of its own that Model Hub does not know.
 *
 * @public
 */
export const DATASET_COMMERCIAL_USE_ANNOTATION =
  'modelhub.dev/dataset-commercial-use';

/**
 * Whether there is data on people in a dataset: one of {@link PERSONAL_DATA}.
 *
 * @public
 */
export const DATASET_PERSONAL_DATA_ANNOTATION = 'modelhub.dev/personal-data';

/**
 * Why data on people may be used to train: a URL, or a few words.
 *
 * @public
 */
export const DATASET_LEGAL_BASIS_ANNOTATION = 'modelhub.dev/legal-basis';

/**
 * From nothing on people, over what was masked or replaced, to health, belief
 * and other special categories.
 *
 * @public
 */
export const PERSONAL_DATA = [
  'none',
  'pseudonymised',
  'personal',
  'special-category',
] as const;

/**
 * One of {@link PERSONAL_DATA}.
 *
 * @public
 */
export type PersonalData = (typeof PERSONAL_DATA)[number];

/**
 * What the catalog says of a dataset.
 *
 * @public
 */
export type DatasetFacts = {
  ref: string;
  title: string;
  /** `spec.type` is `dataset`. */
  isDataset: boolean;
  /** As it was written; absent when nobody says. */
  licence?: string;
  /** The data is the organisation's own. */
  isOwn: boolean;
  /** Absent when nobody knows. */
  commercialUse?: CommercialUse;
  /** Absent when nobody says, or it is none of the words. */
  personalData?: PersonalData;
  legalBasis?: string;
};

const USES: CommercialUse[] = ['yes', 'conditional', 'no'];

/**
 * Reads the annotations of a dataset, a Resource of the catalog.
 *
 * @public
 */
export function datasetFacts(entity: Entity): DatasetFacts {
  const { annotations = {}, title } = entity.metadata;
  const licence = annotations[DATASET_LICENCE_ANNOTATION]?.trim() || undefined;
  const isOwn = licence?.toLocaleLowerCase('en-US') === 'own';
  const said = annotations[DATASET_COMMERCIAL_USE_ANNOTATION];
  const known = licence && !isOwn ? licenceSummary(licence) : undefined;
  const commercialUse =
    USES.find(use => use === said) ??
    (isOwn ? 'yes' : known?.commercialUse ?? undefined);
  const personalData = PERSONAL_DATA.find(
    word => word === annotations[DATASET_PERSONAL_DATA_ANNOTATION],
  );
  const legalBasis = annotations[DATASET_LEGAL_BASIS_ANNOTATION]?.trim();
  return {
    ref: stringifyEntityRef(entity),
    title: title ?? entity.metadata.name,
    isDataset: entity.spec?.type === 'dataset',
    ...(licence && { licence }),
    isOwn,
    ...(commercialUse && { commercialUse }),
    ...(personalData && { personalData }),
    ...(legalBasis && { legalBasis }),
  };
}
