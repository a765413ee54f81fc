import type { ClusterConfig } from '../config/ClusterConfig';
import type { KubernetesObject } from '../kubernetes/KubernetesApi';

interface AddressView {
  status?: {
    url?: string;
    address?: { url?: string };
    addresses?: Array<{ url?: string }>;
  };
}

/** Base URL of the OpenAI-compatible API, with `/v1`: inside the cluster where nothing else is configured. */
export function addressOf(
  cluster: ClusterConfig,
  object: KubernetesObject,
): string | undefined {
  const { status } = object as AddressView;
  const told =
    status?.address?.url ?? status?.addresses?.[0]?.url ?? status?.url;
  if (!told) {
    return undefined;
  }
  const { name = '', namespace = '' } = object.metadata ?? {};
  const root = cluster.urlTemplate
    ? cluster.urlTemplate
        .replaceAll('{name}', name)
        .replaceAll('{namespace}', namespace)
        .replaceAll('{host}', new URL(told).host)
    : told;
  const base = root.replace(/\/+$/, '');
  return base.endsWith('/v1') ? base : `${base}/v1`;
}
