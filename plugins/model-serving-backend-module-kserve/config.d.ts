export interface Config {
  modelServing?: {
    /** Kubernetes clusters on which KServe runs models. */
    kserve?: {
      clusters?: Array<{
        /** Id of the engine: a DNS label of up to 40 characters, never used for another cluster. */
        id: string;
        /** For people. Default: the id. */
        title?: string;
        /** How the portal proves itself to the API server. */
        auth: {
          /** `kubernetes-config` uses a cluster of the portal's own `kubernetes` configuration. */
          type: 'in-cluster' | 'kubeconfig' | 'token' | 'kubernetes-config';
          /** `kubeconfig`: path of the file. */
          file?: string;
          /** `kubeconfig`: default is its current context. */
          context?: string;
          /** `token`: address of the API server. */
          url?: string;
          /**
           * `token`: of a ServiceAccount.
           * @visibility secret
           */
          token?: string;
          /** `token`: a file with it, read again each minute. */
          tokenFile?: string;
          /** `token`: a file with the certificate authority. */
          caFile?: string;
          /** `token`: the certificate authority in base64. */
          caData?: string;
          /** `token`: never in production. */
          skipTLSVerify?: boolean;
          /** `kubernetes-config`: name of the cluster there. */
          cluster?: string;
        };
        /** A team's namespace is this and the team's name. Default `models-`. */
        namespacePrefix?: string;
        /** Default `InferenceService`. */
        runtime?: 'InferenceService' | 'LLMInferenceService';
        /** `Knative` has canaries and scales to zero. Default `Standard`. */
        deploymentMode?: 'Standard' | 'Knative';
        /** Root of a model's server as the gateway calls it, with `{name}`, `{namespace}`, `{host}`. Default: the address inside the cluster. */
        urlTemplate?: string;
        /** Kinds of GPU, for example `l4-24gb`. None: processors only. */
        gpus?: Array<{
          id: string;
          /** Of one GPU. Needed for kinds that are not known. */
          memoryGiB?: number;
          /** GPUs in one node. Default 8. */
          perNode?: number;
          /** Default `nvidia.com/gpu`. */
          resource?: string;
          nodeSelector?: { [label: string]: string };
          tolerations?: Array<{
            key?: string;
            operator?: string;
            value?: string;
            effect?: string;
          }>;
        }>;
        /** GGUF files up to this size run on processors where there are no GPUs. Default 8. */
        cpuModelGiB?: number;
        /** What a team may hold at once; without, Kubernetes refuses nothing. */
        quotas?: {
          default?: {
            gpus?: number;
            endpoints?: number;
            cpu?: number;
            memoryGiB?: number;
          };
          teams?: Array<{
            /** Entity ref of a group. */
            team: string;
            gpus?: number;
            endpoints?: number;
            cpu?: number;
            memoryGiB?: number;
          }>;
        };
        /** Where models are fetched from. */
        storage?: {
          /** Of the ServiceAccount, for example a cloud role. */
          serviceAccountAnnotations?: { [name: string]: string };
          /** Names of Secrets with credentials that are in the namespaces already. */
          secrets?: string[];
          imagePullSecrets?: string[];
          /** Default `https://huggingface.co`. */
          huggingFaceEndpoint?: string;
          /** Networks that pods may fetch models from. None: nothing but DNS. */
          egress?: Array<{
            cidr: string;
            /** Default 443. */
            ports?: number[];
          }>;
        };
        /** Who may call models. Default: every pod of the namespace `model-gateway`. */
        callers?: Array<{
          namespace: string;
          podLabels?: { [label: string]: string };
        }>;
        /** Images and further arguments of the servers. */
        runtimes?: {
          vllm?: { image?: string; args?: string[] };
          llamaCpp?: { image?: string; args?: string[] };
          huggingFace?: { image?: string; args?: string[] };
        };
      }>;
    };
  };
}
