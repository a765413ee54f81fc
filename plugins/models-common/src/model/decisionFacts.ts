import canonicalize from 'canonicalize';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { CommercialUse, ModelEntityV1alpha1 } from './ModelEntityV1alpha1';

/**
 * What an approval was decided on, besides the bytes. An approval is suspended
 * when these change; an edit of anything else only raises a notice.
 *
 * @public
 */
export interface DecisionFacts {
  license?: {
    id: string;
    commercialUse?: CommercialUse;
    conditions: string[];
    attribution?: string;
    /** Monthly active users. */
    userThreshold?: number;
  };
  intendedUses: string[];
  excludedUses: string[];
  restrictions: string[];
  lineage: { baseModel?: string; trainedOn: string[]; features: string[] };
  data: { regions: string[]; retentionDays?: number };
}

const text = (value: string) =>
  value.normalize('NFC').trim().replace(/\s+/g, ' ');

/** Lists in YAML have no meaningful order and no meaningful repetition. */
const asSet = (values: string[] | undefined, map = text) =>
  [...new Set((values ?? []).map(map))].filter(Boolean).sort();

/**
 * The decision facts of a model in a canonical form: references complete and
 * in lower case, lists sorted without repetition, white space folded, nothing
 * undefined. No prose: description, limitations, card and names are not in it.
 *
 * @public
 */
export function decisionFacts(entity: ModelEntityV1alpha1): DecisionFacts {
  const { license, useCases, data, baseModel, trainedOn, features } =
    entity.spec;
  const ref =
    (defaultKind: string, defaultNamespace?: string) => (value: string) =>
      stringifyEntityRef(
        parseEntityRef(value, { defaultKind, defaultNamespace }),
      );

  return {
    ...(license && {
      license: {
        id: text(license.id),
        ...(license.commercialUse && { commercialUse: license.commercialUse }),
        conditions: asSet(license.conditions),
        ...(license.attribution && { attribution: text(license.attribution) }),
        ...(license.userThreshold !== undefined && {
          userThreshold: license.userThreshold,
        }),
      },
    }),
    intendedUses: asSet(useCases?.intended),
    excludedUses: asSet(useCases?.outOfScope),
    restrictions: asSet(useCases?.restrictions),
    lineage: {
      ...(baseModel && {
        baseModel: ref('model', entity.metadata.namespace)(baseModel),
      }),
      trainedOn: asSet(trainedOn, ref('resource')),
      features: asSet(features, ref('resource')),
    },
    data: {
      regions: asSet(data?.regions, region => text(region).toLowerCase()),
      ...(data?.retentionDays !== undefined && {
        retentionDays: data.retentionDays,
      }),
    },
  };
}

/**
 * The decision facts as canonical JSON (RFC 8785), the text that is hashed.
 *
 * @public
 */
export function canonicalDecisionFacts(entity: ModelEntityV1alpha1): string {
  return canonicalize(decisionFacts(entity)) ?? '{}';
}

/**
 * SHA-256 of {@link canonicalDecisionFacts} as `sha256:` and 64 hex digits.
 * Uses Web Crypto, so it runs in Node and in browsers (there on HTTPS or
 * localhost only).
 *
 * @public
 */
export async function decisionFactsHash(
  entity: ModelEntityV1alpha1,
): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest(
    'SHA-256',
    new TextEncoder().encode(canonicalDecisionFacts(entity)),
  );
  const hex = Array.from(new Uint8Array(digest), byte =>
    byte.toString(16).padStart(2, '0'),
  );
  return `sha256:${hex.join('')}`;
}
