/** How the portal proves itself to an API server. */
export type ClusterAuth =
  | { type: 'in-cluster' }
  | { type: 'kubeconfig'; file: string; context?: string }
  | {
      type: 'token';
      url: string;
      token?: string;
      tokenFile?: string;
      caFile?: string;
      caData?: string;
      skipTLSVerify?: boolean;
    };

/** A kind of GPU that a cluster has. */
export interface ClusterGpu {
  /** `l4-24gb` */
  id: string;
  /** Of one GPU. */
  memoryGiB: number;
  /** GPUs in one node: the most that one replica gets. */
  perNode: number;
  /** Extended resource that pods ask for. */
  resource: string;
  nodeSelector: Record<string, string>;
  tolerations: Array<Record<string, string>>;
}

/** What one team may hold on a cluster. */
export interface TeamQuota {
  gpus?: number;
  endpoints?: number;
  cpu?: number;
  memoryGiB?: number;
}

/** What KServe runs models with. */
export interface RuntimeImage {
  image: string;
  args: string[];
}

/** A `Secret` that KServe's storage initializer is given, or annotations for a cloud identity. */
export interface ClusterStorage {
  serviceAccountAnnotations: Record<string, string>;
  /** Names of Secrets that are in every team's namespace already. */
  secrets: string[];
  imagePullSecrets: string[];
  /** Where files of `hf://` addresses are fetched. */
  huggingFaceEndpoint: string;
  /** CIDR blocks that pods may fetch models from, on port 443 and `ports`. */
  egress: Array<{ cidr: string; ports: number[] }>;
}

/** One cluster of `modelServing.kserve.clusters`. */
export interface ClusterConfig {
  id: string;
  title: string;
  auth: ClusterAuth;
  namespacePrefix: string;
  runtime: 'InferenceService' | 'LLMInferenceService';
  /** `Standard` has no canaries and does not scale to zero. */
  deploymentMode: 'Knative' | 'Standard';
  /** With `{name}`, `{namespace}` and `{host}` of the address KServe tells; the server's root. */
  urlTemplate?: string;
  gpus: ClusterGpu[];
  /** GiB up to which GGUF files run on processors. */
  cpuModelGiB: number;
  quota: TeamQuota;
  quotas: Record<string, TeamQuota>;
  storage: ClusterStorage;
  /** Namespaces whose pods may call models; the gateway's first. */
  callers: Array<{ namespace: string; podLabels?: Record<string, string> }>;
  runtimes: {
    vllm: RuntimeImage;
    llamaCpp: RuntimeImage;
    huggingFace: RuntimeImage;
  };
}
