import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  isModelEntity,
  versionPin,
  type ModelEntityV1alpha1,
  type ModelVersion,
  type ReadinessItem,
  type ReadinessItemId,
} from '@modelhub/backstage-plugin-models-common';

/** What is known of one item, before the policy says whether it is required. */
export type Found = Omit<ReadinessItem, 'required'>;

export interface ReadinessInput {
  entity: ModelEntityV1alpha1;
  version: ModelVersion;
  /** The owner; undefined when it is not in the catalog. */
  owner?: Entity;
  /** Ref of `spec.operations.fallback`, and what the catalog has under it. */
  fallback?: { ref: string; entity?: object };
  /** In percent. */
  minAvailability: number;
}

/** Annotations by which people are called, of the plugins that use them. */
const ON_CALL_ANNOTATIONS: Record<string, string> = {
  'pagerduty.com/service-id': 'PagerDuty',
  'pagerduty.com/integration-key': 'PagerDuty',
  'opsgenie.com/team': 'Opsgenie',
  'opsgenie.com/component-selector': 'Opsgenie',
  'splunk.com/on-call-team': 'Splunk On-Call',
  'splunk.com/on-call-routing-key': 'Splunk On-Call',
  'grafana/on-call': 'Grafana OnCall',
};

const CHAT_ANNOTATIONS = ['slack.com/channel', 'microsoft.com/teams-channel'];

/** Only what a browser may follow without running anything. */
const webUrl = (text: string) =>
  /^https?:\/\/[^\s]+$/i.test(text) ? text : undefined;

const refOf = (text: string) => {
  try {
    return stringifyEntityRef(
      parseEntityRef(text, {
        defaultKind: 'group',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    return undefined;
  }
};

/** A link of the entity, by its type or by a word in its title. */
function linkOf({ metadata }: Entity, type: string, words: RegExp) {
  const links = metadata.links ?? [];
  return (
    links.find(link => link.type === type) ??
    links.find(link => words.test(link.title ?? ''))
  );
}

const found = (
  id: ReadinessItemId,
  detail: string,
  from: string,
  more: Partial<Found> = {},
): Found => ({ id, status: 'there', detail, from, ...more });

const absent = (
  id: ReadinessItemId,
  detail: string,
  howToFix: string,
  status: 'missing' | 'weak' = 'missing',
): Found => ({ id, status, detail, howToFix });

function pointedTo(id: ReadinessItemId, text: string, from: string): Found {
  const url = webUrl(text);
  return found(id, text, from, url ? { url } : {});
}

function runbook({ entity }: ReadinessInput): Found {
  const own = entity.spec.operations?.runbook;
  if (own) return pointedTo('runbook', own, 'spec.operations.runbook');
  const link = linkOf(entity, 'runbook', /\brun-?books?\b/i);
  return link
    ? found('runbook', link.title ?? link.url, 'metadata.links', {
        url: webUrl(link.url),
      })
    : absent(
        'runbook',
        'Nobody wrote down what to do when it fails.',
        'Add spec.operations.runbook with the address of the runbook, or a link of type runbook.',
      );
}

function onCall({ entity, owner }: ReadinessInput): Found {
  const own = entity.spec.operations?.onCall;
  if (own) {
    const entityRef = webUrl(own) ? undefined : refOf(own);
    return {
      ...pointedTo('on-call', own, 'spec.operations.onCall'),
      ...(entityRef && { entityRef }),
    };
  }
  for (const [whose, one] of [
    ['the model', entity],
    ['its owner', owner],
  ] as const) {
    const key = Object.keys(one?.metadata.annotations ?? {}).find(name =>
      Object.hasOwn(ON_CALL_ANNOTATIONS, name),
    );
    if (key) {
      return found(
        'on-call',
        `${ON_CALL_ANNOTATIONS[key]} of ${whose}`,
        `metadata.annotations ${key}`,
      );
    }
  }
  return absent(
    'on-call',
    'Nobody is named who is called when it fails.',
    'Add spec.operations.onCall with the rota or the group, or the annotation of your on-call tool to the model or to the group that owns it.',
  );
}

function slo({ entity, minAvailability }: ReadinessInput): Found {
  const { availabilityPercent, firstTokenP95Ms, latencyP95Ms, dashboard } =
    entity.spec.operations?.slo ?? {};
  const told = [
    ...(availabilityPercent === undefined
      ? []
      : [`${availabilityPercent} % of calls answered`]),
    ...(firstTokenP95Ms === undefined
      ? []
      : [`95 % begin within ${firstTokenP95Ms} ms`]),
    ...(latencyP95Ms === undefined
      ? []
      : [`95 % whole within ${latencyP95Ms} ms`]),
  ];
  if (told.length === 0) {
    return absent(
      'slo',
      'No objectives are set.',
      'Add spec.operations.slo, for example availabilityPercent: 99.5 and latencyP95Ms: 4000.',
    );
  }
  const detail = `${told.join(', ')}.`;
  if (minAvailability > 0 && (availabilityPercent ?? 0) < minAvailability) {
    return absent(
      'slo',
      `${detail} ${minAvailability} % of calls answered are asked for.`,
      `Set spec.operations.slo.availabilityPercent to ${minAvailability} or more, and run it so that it holds.`,
      'weak',
    );
  }
  return found('slo', detail, 'spec.operations.slo', {
    url: dashboard && webUrl(dashboard),
  });
}

function rollback({ entity }: ReadinessInput): Found {
  const own = entity.spec.operations?.rollback;
  if (own) return pointedTo('rollback', own, 'spec.operations.rollback');
  const link = linkOf(entity, 'rollback', /\broll-?back\b/i);
  return link
    ? found('rollback', link.title ?? link.url, 'metadata.links', {
        url: webUrl(link.url),
      })
    : absent(
        'rollback',
        'Nobody wrote down how to go back to what ran before.',
        'Add spec.operations.rollback with the steps, or the address where they are.',
      );
}

/** What calls can go to when this version has to be taken away. */
function fallback({ entity, version, fallback: named }: ReadinessInput): Found {
  if (named) {
    const { ref } = named;
    const model = named.entity && isModelEntity(named.entity as Entity);
    const life = (named.entity as ModelEntityV1alpha1 | undefined)?.spec;
    if (!model || !life) {
      return absent(
        'fallback',
        `${ref} is to take over, and is not in the catalog.`,
        'Set spec.operations.fallback to a model in the catalog.',
        'weak',
      );
    }
    if (life.lifecycle !== 'active') {
      return absent(
        'fallback',
        `${ref} is to take over, and is ${life.lifecycle}.`,
        'Set spec.operations.fallback to a model that stays.',
        'weak',
      );
    }
    return found('fallback', ref, 'spec.operations.fallback', {
      entityRef: ref,
    });
  }
  const others = (entity.spec.versions ?? []).filter(
    one => one.name !== version.name && versionPin(one),
  );
  return others.length > 0
    ? found(
        'fallback',
        `Version ${others.map(({ name }) => name).join(', ')}`,
        'spec.versions',
      )
    : absent(
        'fallback',
        'There is no other pinned version, and no model that takes over.',
        'Add spec.operations.fallback with the ref of a model, or an earlier version with its digest to spec.versions.',
      );
}

function contact({ entity, owner }: ReadinessInput): Found {
  const ref = refOf(entity.spec.owner);
  const howToFix =
    'Add spec.profile.email, a link or a chat annotation to the group that owns the model.';
  if (!owner) {
    return absent(
      'contact',
      `The owner ${ref ?? entity.spec.owner} is not in the catalog.`,
      'Set spec.owner to an existing group.',
    );
  }
  const profile = owner.spec?.profile as { email?: string } | undefined;
  const entityRef = stringifyEntityRef(owner);
  if (profile?.email && /^[^\s@:]+@[^\s@]+$/.test(profile.email)) {
    return found('contact', profile.email, 'spec.profile.email of the owner', {
      url: `mailto:${profile.email}`,
      entityRef,
    });
  }
  const annotation = CHAT_ANNOTATIONS.find(
    name => owner.metadata.annotations?.[name],
  );
  if (annotation) {
    return found(
      'contact',
      owner.metadata.annotations?.[annotation] ?? '',
      `metadata.annotations ${annotation} of the owner`,
      { entityRef },
    );
  }
  const [link] = owner.metadata.links ?? [];
  return link
    ? found('contact', link.title ?? link.url, 'metadata.links of the owner', {
        url: webUrl(link.url),
        entityRef,
      })
    : {
        ...absent(
          'contact',
          `There is no way told to reach ${entityRef}.`,
          howToFix,
        ),
        entityRef,
      };
}

/** What is there to run the model by, in the order in which people ask for it. */
export function readiness(input: ReadinessInput): Found[] {
  return [runbook, onCall, slo, rollback, fallback, contact].map(look =>
    look(input),
  );
}
