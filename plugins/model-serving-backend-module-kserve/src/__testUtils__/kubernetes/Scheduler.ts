import { NODES, PODS } from '../../kubernetes/resources';
import type { ObjectStore } from './ObjectStore';
import type { StoredObject } from './objects';
import { quantity } from './quota';

interface PodSpec {
  nodeName?: string;
  nodeSelector?: Record<string, string>;
  containers: Array<{
    resources?: { requests?: Record<string, unknown> };
  }>;
}

const RESOURCES = ['cpu', 'memory', 'nvidia.com/gpu'];

function asked(pod: StoredObject, resource: string): number {
  return (pod.spec as PodSpec).containers
    .map(({ resources }) => resources?.requests?.[resource])
    .filter(amount => amount !== undefined)
    .reduce<number>((sum, amount) => sum + quantity(amount), 0);
}

/** The node that takes a pod, or the scheduler's words on why none does. */
export function schedule(
  store: ObjectStore,
  pod: StoredObject,
): { node: string } | { message: string } {
  const nodes = store.list(NODES);
  const selector = (pod.spec as PodSpec).nodeSelector ?? {};
  const reasons = new Map<string, number>();
  for (const node of nodes) {
    const allocatable = (node.status as { allocatable: Record<string, string> })
      .allocatable;
    const labels = node.metadata.labels ?? {};
    const present = store
      .list(PODS)
      .filter(other => (other.spec as PodSpec).nodeName === node.metadata.name);
    const lacking = RESOURCES.find(
      resource =>
        asked(pod, resource) > 0 &&
        present.reduce((sum, other) => sum + asked(other, resource), 0) +
          asked(pod, resource) >
          quantity(allocatable[resource] ?? '0'),
    );
    const isSelected = Object.entries(selector).every(
      ([name, value]) => labels[name] === value,
    );
    if (isSelected && !lacking) {
      return { node: node.metadata.name };
    }
    const reason = isSelected
      ? `Insufficient ${lacking}`
      : "node(s) didn't match Pod's node affinity/selector";
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return {
    message: `0/${nodes.length} nodes are available: ${[...reasons]
      .map(([reason, count]) => `${count} ${reason}`)
      .join(', ')}.`,
  };
}
