import { stringifyEntityRef } from '@backstage/catalog-model';
import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import {
  DATA_PROVENANCE_GATE,
  knownLicences,
  type DataProvenanceEvidence,
} from '@modelhub/backstage-plugin-models-common';
import type { ModelGate } from '@modelhub/backstage-plugin-models-node';
import { ancestorsOf } from '../builtIn/lineage';
import { paramsValidator } from '../builtIn/validateParams';
import { outcomeOf } from '../weigh';
import {
  datasetsOf,
  judgeDataset,
  silenceFindings,
  trainedOn,
  type ProvenanceParams,
} from './provenance';

const WEIGHTS = ['note', 'warn', 'needs-evidence', 'fail'];
const PLAIN = ['note', 'warn', 'fail'];

/**
 * What a model, and every model that it was made from, was trained on: whether
 * the data may be used so, and whether there are people in it. Parameters:
 * `undeclared`, what a model does that names no data; `undeclaredAncestors`, the
 * same of models that it was made from (`note`); `unknown`, what a dataset does
 * of which licence or personal data are not known; `requireCommercialUse` with
 * `nonCommercial` (`fail`); `shareAlike`, what data does whose licence travels
 * further than the model's (`warn`); `personalData`, what personal data does
 * without legal basis or beyond the purpose (`fail`).
 */
export const dataProvenanceGate: ModelGate = {
  id: DATA_PROVENANCE_GATE,
  title: 'Data provenance',
  description:
    'It is known what the model and its base models were trained on, and the data may be used so.',
  factsOnly: true,
  guidance: {
    by: 'owner',
    howTo:
      'Name the datasets in spec.trainedOn, each a Resource of type dataset in the catalog that says its licence and whether it holds personal data.',
  },
  // Another list of licences may give another answer.
  version: `1-${sha256Hex(canonicalJson(knownLicences)).slice(0, 8)}`,
  // Datasets and base models change without this one.
  maxAgeSeconds: 3600,
  appliesTo: () => true,
  validateParams: paramsValidator(
    {
      undeclared: { enum: WEIGHTS },
      undeclaredAncestors: { enum: WEIGHTS },
      unknown: { enum: WEIGHTS },
      requireCommercialUse: { type: 'boolean' },
      nonCommercial: { enum: PLAIN },
      shareAlike: { enum: PLAIN },
      personalData: { enum: PLAIN },
    },
    ['undeclared', 'unknown'],
  ),
  paramOrder: {
    undeclared: WEIGHTS,
    undeclaredAncestors: WEIGHTS,
    unknown: WEIGHTS,
    requireCommercialUse: [false, true],
    nonCommercial: PLAIN,
    shareAlike: PLAIN,
    personalData: PLAIN,
  },
  cacheKey: ({ decisionFactsHash, purpose }) =>
    sha256Hex(canonicalJson([decisionFactsHash, purpose])),
  async evaluate({ entity, purpose }, jsonParams, { getEntities, now }) {
    const params = jsonParams as unknown as ProvenanceParams;
    const ancestors = await ancestorsOf(entity, getEntities);
    const models = [entity, ...ancestors.flatMap(it => it.entity ?? [])];
    const datasets = await datasetsOf(models, getEntities);
    const judged = datasets.map(it => judgeDataset(it, purpose, params));
    const evidence: DataProvenanceEvidence = {
      kind: 'data-provenance',
      checkedAt: now.toISOString(),
      models: [
        { ref: stringifyEntityRef(entity), entity },
        ...ancestors.map(it => ({ ref: it.ref, entity: it.entity })),
      ].map(({ ref, entity: model }) => ({
        ref,
        title: model?.metadata.title ?? ref,
        known: model !== undefined,
        datasets: model ? trainedOn(model).length : 0,
      })),
      rows: judged.map(({ row }) => row),
    };
    return outcomeOf(
      [
        ...judged.flatMap(({ findings }) => findings),
        ...silenceFindings(entity, ancestors, params),
      ],
      datasets.length === 0
        ? 'No data is named along the lineage.'
        : `${datasets.length} ${
            datasets.length === 1 ? 'dataset' : 'datasets'
          } along the lineage may be used for this.`,
      evidence,
    );
  },
};
