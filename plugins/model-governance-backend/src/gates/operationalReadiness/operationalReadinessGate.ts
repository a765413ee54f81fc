import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  OPERATIONAL_READINESS_GATE,
  READINESS_ITEMS,
  type Finding,
  type OperationalReadinessEvidence,
  type ReadinessItem,
  type ReadinessItemId,
} from '@modelhub/backstage-plugin-models-common';
import type {
  GateOutcome,
  GateSubject,
  ModelGate,
} from '@modelhub/backstage-plugin-models-node';
import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import { paramsValidator } from '../builtIn/validateParams';
import { readiness } from './readiness';

const validate = paramsValidator({
  required: {
    type: 'array',
    items: { type: 'string', enum: [...READINESS_ITEMS] },
    uniqueItems: true,
  },
  minAvailabilityPercent: { type: 'number', minimum: 0, maximum: 100 },
});

const FIELDS: Record<ReadinessItemId, string> = {
  runbook: 'spec.operations.runbook',
  'on-call': 'spec.operations.onCall',
  slo: 'spec.operations.slo',
  rollback: 'spec.operations.rollback',
  fallback: 'spec.operations.fallback',
  contact: 'spec.owner',
};

const TITLES: Record<ReadinessItemId, string> = {
  runbook: 'a runbook',
  'on-call': 'somebody on call',
  slo: 'objectives (SLO)',
  rollback: 'a way to roll back',
  fallback: 'something to fall back to',
  contact: 'a way to reach the owner',
};

function refsOf({ entity, entityRef }: GateSubject) {
  const { namespace } = parseEntityRef(entityRef);
  const complete = (
    ref: string | undefined,
    defaultKind: string,
    defaultNamespace: string,
  ) => {
    try {
      return (
        ref &&
        stringifyEntityRef(
          parseEntityRef(ref, { defaultKind, defaultNamespace }),
        )
      );
    } catch {
      return undefined;
    }
  };
  const { owner, operations } = entity.spec;
  return {
    owner: complete(owner, 'group', 'default'),
    fallback: complete(operations?.fallback, 'model', namespace),
    fallbackText: operations?.fallback,
  };
}

const listed = (items: ReadinessItem[]) =>
  items.map(({ id }) => TITLES[id]).join(', ');

function findingOf(item: ReadinessItem): Finding {
  return {
    id: `${item.status}-${item.id}`,
    severity: item.required ? 'high' : 'low',
    field: FIELDS[item.id],
    message: item.detail,
    howToFix: item.howToFix,
  };
}

/**
 * Whether somebody can run the model: what to do when it fails, who is called,
 * what it promises, how to go back and to what, and how to reach its owner.
 * Parameters: `required` items, `minAvailabilityPercent`.
 */
export const operationalReadinessGate: ModelGate = {
  id: OPERATIONAL_READINESS_GATE,
  title: 'Operational readiness',
  description:
    'There is a runbook, somebody on call, objectives, a way to roll back and something to roll back to.',
  version: '1',
  factsOnly: true,
  guidance: {
    by: 'owner',
    howTo:
      "Add spec.operations to the model's YAML: runbook, onCall, slo, rollback and fallback. The group that owns it needs an e-mail address, a link or a chat channel.",
  },
  // Groups and models that take over change without an event.
  maxAgeSeconds: 300,
  appliesTo: () => true,
  validateParams: validate,
  paramOrder: { required: 'superset', minAvailabilityPercent: 'higher' },
  cacheKey: ({ entity: { spec, metadata }, entityRef, version }) =>
    sha256Hex(
      canonicalJson([
        entityRef,
        version.name,
        spec.owner,
        spec.operations ?? {},
        spec.versions ?? [],
        metadata.links ?? [],
        metadata.annotations ?? {},
      ]),
    ),
  async evaluate(subject, params, context): Promise<GateOutcome> {
    const refs = refsOf(subject);
    const asked = [refs.owner, refs.fallback].filter(
      (ref): ref is string => ref !== undefined,
    );
    const entities = await context.getEntities(asked);
    const required = (params.required ?? []) as ReadinessItemId[];
    const items = readiness({
      entity: subject.entity,
      version: subject.version,
      owner: entities.get(refs.owner ?? '') as Entity | undefined,
      fallback: refs.fallbackText
        ? {
            ref: refs.fallback ?? refs.fallbackText,
            entity: entities.get(refs.fallback ?? ''),
          }
        : undefined,
      minAvailability: Number(params.minAvailabilityPercent ?? 0),
    }).map(item => ({ ...item, required: required.includes(item.id) }));
    const evidence: OperationalReadinessEvidence = {
      kind: 'operational-readiness',
      items,
    };
    const open = items.filter(({ status }) => status !== 'there');
    const owed = open.filter(item => item.required);
    const findings = [...owed, ...open.filter(item => !item.required)].map(
      findingOf,
    );
    const shared = { findings, evidence };
    if (owed.length > 0) {
      return {
        verdict: 'fail',
        summary: `It is not ready to be run: it lacks ${listed(owed)}.`,
        ...shared,
      };
    }
    return open.length > 0
      ? {
          verdict: 'warn',
          summary: `${items.length - open.length} of ${
            items.length
          } are there; it would be better with ${listed(open)}.`,
          ...shared,
        }
      : {
          verdict: 'pass',
          summary: 'All that is needed to run it is there.',
          ...shared,
        };
  },
};
