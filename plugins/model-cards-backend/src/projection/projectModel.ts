import {
  DEFAULT_NAMESPACE,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  completeness,
  gatewayIdKey,
  type ModelEntityV1alpha1,
  type ModelRow,
  type ModelRowDetail,
  type StandingSummary,
} from '@modelhub/backstage-plugin-models-common';
import { flattenForSearch, type SearchPair } from './entitySearch';
import { fold, wordsOf } from './words';

/** Names of facets, as in the query parameters. */
export const FACET_NAMES = [
  'task',
  'domain',
  'type',
  'framework',
  'provider',
  'curation',
  'tier',
  'maturity',
  'licence',
  'language',
  'lifecycle',
  'owner',
  'tag',
] as const;

/** Name of a facet. */
export type FacetName = (typeof FACET_NAMES)[number];

/** What the catalog says about one model, in the form that is stored. */
export type ProjectedModel = {
  entityRef: string;
  etag: string;
  gatewayKey: string;
  nameKey: string;
  contextTokens: number | undefined;
  parameters: number | undefined;
  gpuMemory: number | undefined;
  completeness: number;
  /** The row without what governance says. */
  row: CatalogRow;
  missing: ModelRowDetail['missing'];
  search: SearchPair[];
  /** Words by weight, the weightiest first. */
  text: [string, string, string, string];
};

/** The part of a row that comes from the catalog. */
export type CatalogRow = Omit<
  ModelRow,
  | 'tiers'
  | 'maturity'
  | 'official'
  | 'grants'
  | 'openRequests'
  | 'holds'
  | 'rating'
  | 'updatedAt'
>;

const words = (...texts: Array<string | undefined>) =>
  wordsOf(texts.filter(Boolean).join(' ')).join(' ');

/** Turns an entity into what the read side stores of it. */
export function projectModel(entity: ModelEntityV1alpha1): ProjectedModel {
  const { metadata, spec } = entity;
  const entityRef = stringifyEntityRef(entity);
  const owner =
    entity.relations?.find(({ type }) => type === 'ownedBy')?.targetRef ??
    stringifyEntityRef(parseEntityRef(spec.owner, { defaultKind: 'group' }));
  const { score, missing } = completeness(entity);
  const title = metadata.title ?? metadata.name;

  const row: CatalogRow = {
    entityRef,
    namespace: metadata.namespace ?? DEFAULT_NAMESPACE,
    name: metadata.name,
    title,
    description: metadata.description,
    type: spec.type,
    lifecycle: spec.lifecycle,
    owner,
    system: spec.system,
    provider: spec.provider,
    gatewayId: spec.gatewayId,
    curation: spec.curation,
    licence: spec.license && {
      id: spec.license.id,
      name: spec.license.name,
      commercialUse: spec.license.commercialUse,
    },
    tags: metadata.tags ?? [],
    tasks: spec.tasks ?? [],
    domains: spec.domains ?? [],
    languages: spec.languages ?? [],
    frameworks: spec.compatibility?.frameworks ?? [],
    quantizations: spec.compatibility?.quantizations ?? [],
    parameters: spec.parameters,
    contextTokens: spec.context?.maxTokens,
    minGpuMemoryGiB: spec.hardware?.minGpuMemoryGiB,
    pricing: spec.pricing,
    versions: spec.versions?.map(({ name }) => name) ?? [],
    supersededBy: spec.supersededBy,
    completeness: score,
  };

  return {
    entityRef,
    etag: metadata.etag ?? '',
    gatewayKey: gatewayIdKey(spec.gatewayId),
    nameKey: fold(title),
    contextTokens: row.contextTokens,
    parameters: row.parameters,
    gpuMemory: row.minGpuMemoryGiB,
    completeness: score,
    row,
    missing,
    search: flattenForSearch(entity),
    text: [
      words(metadata.title, metadata.name, spec.gatewayId, spec.provider),
      words(...row.tags, ...row.tasks, ...row.domains, spec.type),
      words(metadata.description, ...(spec.useCases?.intended ?? [])),
      words(
        ...row.frameworks,
        ...row.quantizations,
        spec.license?.id,
        spec.license?.name,
      ),
    ],
  };
}

/** The row as callers see it: catalog and governance together. */
export function composeRow(
  row: CatalogRow,
  standing: StandingSummary | undefined,
  updatedAt: string,
): ModelRow {
  return {
    ...row,
    curation: curationOf(row, standing),
    tiers: standing?.tiers ?? [],
    maturity: standing?.maturity,
    official: standing?.official ?? false,
    grants: (standing?.grants ?? []).map(grant => ({
      tier: grant.tier,
      purpose: grant.purpose,
      profile: grant.profile,
      modelVersion: grant.modelVersion,
      expiresAt: grant.expiresAt,
    })),
    openRequests: standing?.openRequests ?? 0,
    holds: standing?.holds ?? 0,
    updatedAt,
  };
}

/** `official` in YAML is a claim; governance decides. */
function curationOf(
  { curation }: CatalogRow,
  standing: StandingSummary | undefined,
): CatalogRow['curation'] {
  if (standing?.official) {
    return 'official';
  }
  return curation === 'official' ? undefined : curation;
}

/** The facet values of a model. */
export function facetsOf(
  row: CatalogRow,
  standing: StandingSummary | undefined,
): Array<{ name: FacetName; value: string }> {
  const values: Record<FacetName, Array<string | undefined>> = {
    task: row.tasks,
    domain: row.domains,
    type: [row.type],
    framework: row.frameworks,
    provider: [row.provider],
    curation: [curationOf(row, standing)],
    tier: standing?.tiers ?? [],
    maturity: [standing?.maturity],
    licence: [row.licence?.id],
    language: row.languages,
    lifecycle: [row.lifecycle],
    owner: [row.owner],
    tag: row.tags,
  };
  return FACET_NAMES.flatMap(name =>
    [...new Set(values[name])]
      .filter(
        (value): value is string => Boolean(value) && value!.length <= 250,
      )
      .map(value => ({ name, value })),
  );
}
