import type { KubernetesResource } from '../../kubernetes/KubernetesApi';
import {
  EVENTS,
  INFERENCE_SERVICES,
  LLM_INFERENCE_SERVICES,
  NAMESPACES,
  NETWORK_POLICIES,
  NODES,
  PODS,
  RESOURCE_QUOTAS,
  SECRETS,
  SERVICE_ACCOUNTS,
  SERVING_RUNTIMES,
} from '../../kubernetes/resources';
import core from './schemas/core.json';
import kserve from './schemas/kserve.json';
import { ApiError, type StoredObject } from './objects';
import {
  fillDefaults,
  problemsOf,
  resolve,
  type Schema,
  type SchemaSet,
} from './structural';

const more = (
  apiVersion: string,
  kind: string,
  plural: string,
): KubernetesResource => ({ apiVersion, kind, plural, namespaced: true });

/** Everything that the server knows. */
export const RESOURCES: KubernetesResource[] = [
  NAMESPACES,
  NODES,
  PODS,
  SECRETS,
  EVENTS,
  SERVICE_ACCOUNTS,
  RESOURCE_QUOTAS,
  NETWORK_POLICIES,
  SERVING_RUNTIMES,
  INFERENCE_SERVICES,
  LLM_INFERENCE_SERVICES,
  more('v1', 'ConfigMap', 'configmaps'),
  more('v1', 'Service', 'services'),
  more('v1', 'PersistentVolumeClaim', 'persistentvolumeclaims'),
  more('apps/v1', 'Deployment', 'deployments'),
  more('batch/v1', 'Job', 'jobs'),
  more('batch/v1', 'CronJob', 'cronjobs'),
  more('rbac.authorization.k8s.io/v1', 'Role', 'roles'),
  more('rbac.authorization.k8s.io/v1', 'RoleBinding', 'rolebindings'),
  more('networking.k8s.io/v1', 'Ingress', 'ingresses'),
  more('policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets'),
  more('autoscaling/v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers'),
];

const KSERVE_KINDS = new Set(Object.keys(kserve.kinds));

/** The schema of a kind with those it refers to. */
export function schemaOf(kind: string): { schema: Schema; set: SchemaSet } {
  const set = (KSERVE_KINDS.has(kind) ? kserve : core) as unknown as SchemaSet;
  return { schema: resolve(set.kinds[kind], set)!, set };
}

const NAME = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;
const LABEL_NAME =
  /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const MOST_ANNOTATIONS = 256 * 1024;
const DNS_LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

function* metadataProblems({
  kind,
  metadata,
}: StoredObject): Generator<string> {
  const { name, labels = {}, annotations = {} } = metadata;
  const pattern = kind === 'Namespace' ? DNS_LABEL : NAME;
  if (!pattern.test(name)) {
    yield `metadata.name: Invalid value: "${name}": a lowercase RFC 1123 name must consist of lower case alphanumeric characters`;
  }
  for (const [key, value] of Object.entries(labels)) {
    if (!LABEL_NAME.test(key) || !LABEL_VALUE.test(value)) {
      yield `metadata.labels: Invalid value: "${key}=${value}": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.'`;
    }
  }
  const size = Object.entries(annotations).join().length;
  for (const key of Object.keys(annotations)) {
    if (!LABEL_NAME.test(key)) {
      yield `metadata.annotations: Invalid value: "${key}"`;
    }
  }
  if (size > MOST_ANNOTATIONS) {
    yield `metadata.annotations: Too long: may not be more than ${MOST_ANNOTATIONS} bytes`;
  }
}

/** Fills in defaults and refuses what does not fit its schema, as the API server does. */
export function admit(object: StoredObject): void {
  const { schema, set } = schemaOf(object.kind);
  fillDefaults(schema, object, set);
  const problems = [
    ...metadataProblems(object),
    ...problemsOf(schema, object, '', set),
  ];
  if (problems.length > 0) {
    throw new ApiError({
      code: 422,
      reason: 'Invalid',
      message: `${object.kind} "${
        object.metadata.name
      }" is invalid: ${problems.join('; ')}`,
      details: {
        name: object.metadata.name,
        kind: object.kind,
        causes: problems.map(message => ({ message })),
      },
    });
  }
}
