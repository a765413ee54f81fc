import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  decisionFactsHash,
  stringifyVersionPin,
  versionPin,
  type ModelEntityV1alpha1,
  type ModelVersion,
  type Tier,
} from '@modelhub/backstage-plugin-models-common';
import type { PolicyInput } from '../policies/PolicyService';
import type { ApprovalRecord } from './records';

/** What the catalog says at this moment about what is asked for. */
export interface Subject {
  entity: ModelEntityV1alpha1;
  entityRef: string;
  title: string;
  ownerRef: string;
  gatewayId: string;
  provider: string;
  version?: ModelVersion;
  /** Undefined when the version does not exist or its tier asks for a pin that it lacks. */
  pin?: string;
  decisionFactsHash: string;
}

const complete = (
  ref: string,
  defaults: { defaultKind: string; defaultNamespace: string },
) => stringifyEntityRef(parseEntityRef(ref, defaults));

/** The pin of a version for a tier: below `internal` the version's name will do. */
export function pinFor(
  version: ModelVersion | undefined,
  tier: Tier,
): string | undefined {
  if (!version) return undefined;
  const pin = versionPin(version);
  if (pin) return stringifyVersionPin(pin);
  return tier === 'sandbox' ? `unpinned:${version.name}` : undefined;
}

/** What a version is whatever its name: as the catalog says now, or as it was approved. */
export function pinOfVersion(
  name: string,
  { versions }: Pick<ModelEntityV1alpha1['spec'], 'versions'>,
  approvals: Array<Pick<ApprovalRecord, 'modelVersion' | 'pin'>>,
): string | undefined {
  const listed = versions?.find(version => version.name === name);
  return listed
    ? pinFor(listed, 'regulated')
    : approvals.find(({ modelVersion }) => modelVersion === name)?.pin;
}

/** What is missing for a version to be pinned, for people. */
export function missingForPin(version: ModelVersion): string | undefined {
  if (versionPin(version)) return undefined;
  if (version.artifact) return 'artifact.digest';
  if (version.providerModelId) return 'snapshot';
  return 'artifact.digest, or providerModelId and snapshot';
}

export async function subjectOf(
  entity: ModelEntityV1alpha1,
  modelVersion: string | undefined,
  tier: Tier,
): Promise<Subject> {
  const { spec, metadata } = entity;
  const version = spec.versions?.find(({ name }) => name === modelVersion);
  return {
    entity,
    entityRef: stringifyEntityRef(entity),
    title: metadata.title ?? metadata.name,
    ownerRef: complete(spec.owner, {
      defaultKind: 'Group',
      defaultNamespace: 'default',
    }),
    gatewayId: spec.gatewayId,
    provider: spec.provider,
    version,
    pin: pinFor(version, tier),
    decisionFactsHash: await decisionFactsHash(entity),
  };
}

/** What an approval is bound to, in the fields in which it is kept. */
export function boundFields(subject: Subject) {
  const { version, pin } = subject;
  const exact = version && versionPin(version);
  return {
    title: subject.title,
    ownerRef: subject.ownerRef,
    gatewayId: subject.gatewayId,
    provider: subject.provider,
    pin,
    digest: exact?.type === 'digest' ? exact.digest : undefined,
    providerModelId: version?.providerModelId,
    snapshotDate: version?.snapshot,
    decisionFactsHash: subject.decisionFactsHash,
  };
}

/** What differs from what was submitted, in words; empty when nothing does. */
export function differences(
  approval: ApprovalRecord,
  subject: Subject | undefined,
): string[] {
  if (!subject) return ['the model is not in the catalog any more'];
  const pairs: Array<[string, unknown, unknown]> = [
    ['the gateway id', approval.gatewayId, subject.gatewayId],
    ['the provider', approval.provider, subject.provider],
    ['the pinned version', approval.pin, subject.pin],
    [
      'the decision facts (licence, uses, restrictions, lineage or data regions)',
      approval.decisionFactsHash,
      subject.decisionFactsHash,
    ],
  ];
  return pairs.filter(([, then, now]) => then !== now).map(([what]) => what);
}

export function policyModel(subject: Subject): PolicyInput['model'] {
  const { spec } = subject.entity;
  return {
    entityRef: subject.entityRef,
    type: spec.type,
    provider: spec.provider,
    owner: subject.ownerRef,
    system:
      spec.system &&
      complete(spec.system, {
        defaultKind: 'System',
        defaultNamespace: 'default',
      }),
    lifecycle: spec.lifecycle,
    license: spec.license?.id,
    regions: spec.data?.regions ?? [],
    digest: subject.version?.artifact?.digest,
    hosted: subject.version
      ? !subject.version.artifact
      : !spec.versions?.some(version => version.artifact),
  };
}
