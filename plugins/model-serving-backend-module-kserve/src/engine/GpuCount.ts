import type { ClusterConfig } from '../config/ClusterConfig';
import type { KubernetesApi } from '../kubernetes/KubernetesApi';
import { NODES, PODS } from '../kubernetes/resources';
import { gpusHeld } from '../status/podState';

interface NodeView {
  spec?: { unschedulable?: boolean };
  status?: {
    allocatable?: Record<string, string>;
    conditions?: Array<{ type: string; status: string }>;
  };
}

/** GPUs of a cluster's nodes that can be scheduled to, in all and not taken by any pod. */
export async function countGpus(
  api: KubernetesApi,
  cluster: ClusterConfig,
): Promise<{ total: number; free: number }> {
  const resources = new Set(cluster.gpus.map(({ resource }) => resource));
  const [nodes, pods] = await Promise.all([
    api.list(NODES),
    api.list(PODS, {
      fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed',
    }),
  ]);
  const total = nodes.items
    .map(node => node as NodeView)
    .filter(
      ({ spec, status }) =>
        !spec?.unschedulable &&
        status?.conditions?.find(({ type }) => type === 'Ready')?.status !==
          'False',
    )
    .flatMap(({ status }) => Object.entries(status?.allocatable ?? {}))
    .filter(([name]) => resources.has(name))
    .reduce((sum, [, amount]) => sum + Number(amount), 0);
  const taken = pods.items.reduce(
    (sum, pod) => sum + gpusHeld(pod, resources),
    0,
  );
  return { total, free: Math.max(0, total - taken) };
}
