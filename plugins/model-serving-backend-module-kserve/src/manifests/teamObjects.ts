import type { ClusterConfig, TeamQuota } from '../config/ClusterConfig';
import type {
  KubernetesObject,
  KubernetesResource,
} from '../kubernetes/KubernetesApi';
import {
  NAMESPACES,
  NETWORK_POLICIES,
  RESOURCE_QUOTAS,
  SERVICE_ACCOUNTS,
} from '../kubernetes/resources';
import {
  ANNOTATIONS,
  LABELS,
  MANAGER,
  SERVICE_ACCOUNT,
  teamLabel,
  teamNamespace,
} from './names';

/** An object with the kind that it is of. */
export interface Manifest {
  resource: KubernetesResource;
  object: KubernetesObject;
}

const DNS = [
  { protocol: 'UDP', port: 53 },
  { protocol: 'TCP', port: 53 },
];

const namespaceCalled = (name: string) => ({
  matchLabels: { 'kubernetes.io/metadata.name': name },
});

/** What a quota says to Kubernetes; undefined where it says nothing. */
function hardLimits(
  { gpus, endpoints, cpu, memoryGiB }: TeamQuota,
  cluster: ClusterConfig,
): Record<string, string> | undefined {
  const gpuResources = new Set(cluster.gpus.map(({ resource }) => resource));
  const plural =
    cluster.runtime === 'InferenceService'
      ? 'inferenceservices'
      : 'llminferenceservices';
  const hard = {
    ...(gpus !== undefined &&
      Object.fromEntries(
        [...gpuResources].map(name => [`requests.${name}`, String(gpus)]),
      )),
    ...(endpoints !== undefined && {
      [`count/${plural}.serving.kserve.io`]: String(endpoints),
    }),
    ...(cpu !== undefined && { 'requests.cpu': String(cpu) }),
    ...(memoryGiB !== undefined && { 'requests.memory': `${memoryGiB}Gi` }),
  };
  return Object.keys(hard).length > 0 ? hard : undefined;
}

/** What a team may hold; its own figures win over the cluster's. */
export const quotaOf = (
  cluster: ClusterConfig,
  teamRef: string,
): TeamQuota => ({
  ...cluster.quota,
  ...cluster.quotas[teamRef.toLocaleLowerCase('en-US')],
});

function networkPolicy(cluster: ClusterConfig): KubernetesObject['spec'] {
  const callers = cluster.callers.map(({ namespace, podLabels }) => ({
    namespaceSelector: namespaceCalled(namespace),
    ...(podLabels && { podSelector: { matchLabels: podLabels } }),
  }));
  const isKnative =
    cluster.runtime === 'InferenceService' &&
    cluster.deploymentMode === 'Knative';
  return {
    podSelector: { matchLabels: { [LABELS.managedBy]: MANAGER } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        from: [
          ...callers,
          // Knative's activator and autoscaler stand between caller and pod.
          ...(isKnative
            ? [{ namespaceSelector: namespaceCalled('knative-serving') }]
            : []),
        ],
      },
    ],
    egress: [
      {
        to: [{ namespaceSelector: namespaceCalled('kube-system') }],
        ports: DNS,
      },
      ...cluster.storage.egress.map(({ cidr, ports }) => ({
        to: [{ ipBlock: { cidr } }],
        ports: ports.map(port => ({ protocol: 'TCP', port })),
      })),
    ],
  };
}

/** What a team has on a cluster before its first model: namespace, boundary, quota and identity. */
export function teamObjects(
  cluster: ClusterConfig,
  teamRef: string,
): Manifest[] {
  const namespace = teamNamespace(cluster.namespacePrefix, teamRef);
  const labels = {
    [LABELS.managedBy]: MANAGER,
    [LABELS.team]: teamLabel(teamRef),
    [LABELS.cluster]: cluster.id,
  };
  const annotations = { [ANNOTATIONS.team]: teamRef };
  const hard = hardLimits(quotaOf(cluster, teamRef), cluster);
  const named = (name: string) => ({
    name,
    namespace,
    labels,
    annotations,
  });
  const { secrets, imagePullSecrets, serviceAccountAnnotations } =
    cluster.storage;
  return [
    {
      resource: NAMESPACES,
      object: {
        metadata: {
          name: namespace,
          labels: {
            ...labels,
            'pod-security.kubernetes.io/enforce': 'baseline',
            'pod-security.kubernetes.io/warn': 'restricted',
          },
          annotations,
        },
      },
    },
    {
      resource: NETWORK_POLICIES,
      object: {
        metadata: named('modelhub-boundary'),
        spec: networkPolicy(cluster),
      },
    },
    ...(hard
      ? [
          {
            resource: RESOURCE_QUOTAS,
            object: { metadata: named('modelhub-quota'), spec: { hard } },
          },
        ]
      : []),
    {
      resource: SERVICE_ACCOUNTS,
      object: {
        metadata: {
          ...named(SERVICE_ACCOUNT),
          annotations: { ...annotations, ...serviceAccountAnnotations },
        },
        automountServiceAccountToken: false,
        ...(secrets.length > 0 && { secrets: secrets.map(name => ({ name })) }),
        ...(imagePullSecrets.length > 0 && {
          imagePullSecrets: imagePullSecrets.map(name => ({ name })),
        }),
      },
    },
  ];
}
