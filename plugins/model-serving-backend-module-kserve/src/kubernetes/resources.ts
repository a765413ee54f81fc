import type { KubernetesResource } from './KubernetesApi';

const resource = (
  apiVersion: string,
  kind: string,
  plural: string,
  namespaced = true,
): KubernetesResource => ({ apiVersion, kind, plural, namespaced });

export const NAMESPACES = resource('v1', 'Namespace', 'namespaces', false);
export const NODES = resource('v1', 'Node', 'nodes', false);
export const PODS = resource('v1', 'Pod', 'pods');
export const SECRETS = resource('v1', 'Secret', 'secrets');
export const EVENTS = resource('v1', 'Event', 'events');
export const SERVICE_ACCOUNTS = resource(
  'v1',
  'ServiceAccount',
  'serviceaccounts',
);
export const RESOURCE_QUOTAS = resource(
  'v1',
  'ResourceQuota',
  'resourcequotas',
);
export const NETWORK_POLICIES = resource(
  'networking.k8s.io/v1',
  'NetworkPolicy',
  'networkpolicies',
);
export const SERVING_RUNTIMES = resource(
  'serving.kserve.io/v1alpha1',
  'ServingRuntime',
  'servingruntimes',
);
export const INFERENCE_SERVICES = resource(
  'serving.kserve.io/v1beta1',
  'InferenceService',
  'inferenceservices',
);
export const LLM_INFERENCE_SERVICES = resource(
  'serving.kserve.io/v1alpha1',
  'LLMInferenceService',
  'llminferenceservices',
);

/** `/api/v1/namespaces/x/pods/y`, for example. */
export function resourcePath(
  { apiVersion, plural, namespaced }: KubernetesResource,
  namespace?: string,
  name?: string,
): string {
  const base = apiVersion.includes('/') ? '/apis' : '/api';
  return [
    base,
    apiVersion,
    ...(namespaced && namespace
      ? ['namespaces', encodeURIComponent(namespace)]
      : []),
    plural,
    ...(name ? [encodeURIComponent(name)] : []),
  ].join('/');
}
