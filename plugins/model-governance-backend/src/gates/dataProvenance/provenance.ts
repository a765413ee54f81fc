import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  datasetFacts,
  DATASET_LEGAL_BASIS_ANNOTATION,
  DATASET_LICENCE_ANNOTATION,
  DATASET_PERSONAL_DATA_ANNOTATION,
  licenceConflicts,
  licenceSummary,
  PERSONAL_DATA,
  type DataProvenanceRow,
  type DatasetFacts,
  type ModelEntityV1alpha1,
  type Purpose,
} from '@modelhub/backstage-plugin-models-common';
import type { Ancestor } from '../builtIn/lineage';
import { weighed, type Weight, type WeighedFinding } from '../weigh';

/** What policies can tell the gate. */
export interface ProvenanceParams {
  undeclared: Weight;
  undeclaredAncestors?: Weight;
  unknown: Weight;
  requireCommercialUse?: boolean;
  nonCommercial?: 'note' | 'warn' | 'fail';
  shareAlike?: 'note' | 'warn' | 'fail';
  personalData?: 'note' | 'warn' | 'fail';
}

/** A dataset of one model of the lineage. */
export interface UsedDataset {
  ref: string;
  model: ModelEntityV1alpha1;
  /** Undefined when the catalog does not have it. */
  facts?: DatasetFacts;
}

/** Refs of what a model says it was trained on, complete. */
export const trainedOn = ({ spec }: ModelEntityV1alpha1): string[] => [
  ...new Set(
    (spec.trainedOn ?? []).map(ref =>
      stringifyEntityRef(
        parseEntityRef(ref, {
          defaultKind: 'resource',
          defaultNamespace: 'default',
        }),
      ),
    ),
  ),
];

/** Every dataset of a lineage, once for the model nearest to the one that is asked about. */
export async function datasetsOf(
  models: ModelEntityV1alpha1[],
  getEntities: (refs: string[]) => Promise<Map<string, object>>,
): Promise<UsedDataset[]> {
  const used = new Map<string, ModelEntityV1alpha1>();
  for (const model of models) {
    for (const ref of trainedOn(model)) {
      if (!used.has(ref)) used.set(ref, model);
    }
  }
  if (used.size === 0) return [];
  const found = await getEntities([...used.keys()]);
  return [...used].map(([ref, model]) => {
    const entity = found.get(ref) as Entity | undefined;
    return { ref, model, ...(entity && { facts: datasetFacts(entity) }) };
  });
}

const nameOf = (model: ModelEntityV1alpha1) =>
  model.metadata.title ?? stringifyEntityRef(model);

/** What is to be said of one dataset. */
export function judgeDataset(
  { ref, model, facts }: UsedDataset,
  purpose: Purpose,
  params: ProvenanceParams,
): { row: DataProvenanceRow; findings: WeighedFinding[] } {
  const findings: WeighedFinding[] = [];
  const title = facts?.title ?? ref;
  const add = (
    weight: Weight,
    id: string,
    message: string,
    howToFix: string,
  ) => {
    findings.push(
      weighed(weight, {
        id: `${ref}-${id}`,
        field: 'spec.trainedOn',
        message: `${title}: ${message}`,
        howToFix,
      }),
    );
  };
  if (facts) {
    addLicence(facts, model, params, add);
    addPersonalData(facts, purpose, params, add);
  } else {
    add(
      params.unknown,
      'missing',
      `${nameOf(model)} was trained on it, and it is not in the catalog.`,
      `Register ${ref} as a Resource of type dataset, with its licence and whether it holds personal data.`,
    );
  }
  const speaks = findings.filter(({ weight }) => weight !== 'note');
  const isUnknown = (id: string) =>
    /-(missing|licence-unknown|personal-unknown)$/.test(id);
  const against = speaks.some(({ finding }) => !isUnknown(finding.id));
  return {
    row: {
      dataset: ref,
      title,
      model: stringifyEntityRef(model),
      known: facts !== undefined,
      ...(facts?.licence && { licence: facts.licence }),
      ...(facts?.commercialUse && { commercialUse: facts.commercialUse }),
      ...(facts?.personalData && { personalData: facts.personalData }),
      ...(facts?.legalBasis && { legalBasis: facts.legalBasis }),
      fits: rowFits(
        against,
        findings.some(({ finding }) => isUnknown(finding.id)),
      ),
      problems: findings.map(({ finding }) =>
        finding.message.slice(title.length + 2),
      ),
    },
    findings,
  };
}

function rowFits(
  against: boolean,
  unknown: boolean,
): DataProvenanceRow['fits'] {
  if (against) return 'no';
  return unknown ? 'unknown' : 'yes';
}

type Add = (
  weight: Weight,
  id: string,
  message: string,
  howToFix: string,
) => void;

function addLicence(
  facts: DatasetFacts,
  model: ModelEntityV1alpha1,
  params: ProvenanceParams,
  add: Add,
): void {
  if (facts.isOwn) return;
  const { licence, commercialUse, ref } = facts;
  if (!licence || commercialUse === undefined) {
    add(
      params.unknown,
      'licence-unknown',
      licence
        ? `nobody has written down what its licence ${licence} asks.`
        : 'nobody says under which licence it is.',
      `Set the annotation ${DATASET_LICENCE_ANNOTATION} on ${ref} to an SPDX or Hugging Face id, or to "own"; for terms of its own add modelhub.dev/dataset-commercial-use.`,
    );
  }
  if (commercialUse === 'no') {
    add(
      params.requireCommercialUse ? params.nonCommercial ?? 'fail' : 'note',
      'not-commercial',
      `${licence ?? 'its licence'} does not allow commercial use of the data.`,
      'Choose a model that was trained without it, or ask legal whether the licence reaches the model, and for a waiver.',
    );
  }
  const conflicts = licence
    ? licenceConflicts(
        licenceSummary(licence),
        licenceSummary(model.spec.license?.id ?? ''),
      ).filter(({ base }) => base.commercialUse !== 'no')
    : [];
  for (const { base } of conflicts) {
    add(
      params.shareAlike ?? 'warn',
      `share-alike-${base.id}`,
      `${
        base.name
      } asks that what is made from the data keeps its terms, and ${nameOf(
        model,
      )} is given away under others.`,
      'Ask legal whether a model counts as made from the data before it is handed on.',
    );
  }
}

function addPersonalData(
  facts: DatasetFacts,
  purpose: Purpose,
  params: ProvenanceParams,
  add: Add,
): void {
  const { personalData, legalBasis, ref } = facts;
  const weight = params.personalData ?? 'fail';
  if (personalData === undefined) {
    add(
      params.unknown,
      'personal-unknown',
      'nobody says whether it holds personal data.',
      `Set the annotation ${DATASET_PERSONAL_DATA_ANNOTATION} on ${ref} to ${PERSONAL_DATA.join(
        ', ',
      )}.`,
    );
    return;
  }
  if (personalData === 'none' || personalData === 'pseudonymised') return;
  const special = personalData === 'special-category';
  const accepted = special
    ? purpose.dataClasses.includes('special-category')
    : purpose.dataClasses.some(
        one => one === 'personal' || one === 'special-category',
      );
  const what = special
    ? 'special categories of personal data'
    : 'personal data';
  if (!legalBasis) {
    add(
      weight,
      'no-legal-basis',
      `it holds ${what}, and nobody says why that may be used to train.`,
      `Write the legal basis, or where its assessment is, into the annotation ${DATASET_LEGAL_BASIS_ANNOTATION} on ${ref}.`,
    );
  }
  if (!accepted) {
    add(
      weight,
      'beyond-purpose',
      `it holds ${what}, which a model can repeat, and the purpose "${purpose.title}" is not for such data.`,
      'Choose a model that was trained without it, or ask for a purpose that takes such data.',
    );
  }
}

/** What is to be said of models that name no data. */
export function silenceFindings(
  model: ModelEntityV1alpha1,
  ancestors: Ancestor[],
  params: ProvenanceParams,
): WeighedFinding[] {
  const known = ancestors.flatMap(({ entity }) => entity ?? []);
  const findings: WeighedFinding[] = [];
  if (trainedOn(model).length === 0) {
    const isDerived = known.some(base => trainedOn(base).length > 0);
    findings.push(
      weighed(isDerived ? 'note' : params.undeclared, {
        id: 'undeclared',
        field: 'spec.trainedOn',
        message: `Nobody says which data ${nameOf(model)} was trained on.`,
        howToFix:
          'Name the datasets in spec.trainedOn, each a Resource of type dataset. Where its maker does not publish them, ask legal for a waiver.',
      }),
    );
  }
  for (const { ref, entity } of ancestors) {
    if (entity && trainedOn(entity).length > 0) continue;
    findings.push(
      weighed(params.undeclaredAncestors ?? 'note', {
        id: `undeclared-${ref}`,
        field: 'spec.baseModel',
        message: entity
          ? `Nobody says which data ${nameOf(
              entity,
            )} was trained on, from which it was made.`
          : `${ref} is not in the catalog, so nobody knows what it was trained on.`,
        howToFix: entity
          ? `Name the datasets in spec.trainedOn of ${ref}.`
          : `Register ${ref} with its datasets.`,
      }),
    );
  }
  return findings;
}
