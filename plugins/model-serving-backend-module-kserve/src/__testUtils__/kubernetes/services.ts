import type { KubernetesResource } from '../../kubernetes/KubernetesApi';
import {
  LLM_INFERENCE_SERVICES,
  SERVING_RUNTIMES,
} from '../../kubernetes/resources';
import type { ObjectStore } from './ObjectStore';
import type { StoredObject } from './objects';

export type Container = {
  name: string;
  image?: string;
  env?: object[];
} & Record<string, unknown>;

export interface PredictorSpec {
  minReplicas?: number;
  maxReplicas?: number;
  canaryTrafficPercent?: number;
  labels?: Record<string, string>;
  nodeSelector?: Record<string, string>;
  model?: Container & { runtime?: string; storageUri?: string };
}

export interface MainSpec {
  predictor?: PredictorSpec;
  replicas?: number;
  labels?: Record<string, string>;
  template?: { containers?: Container[]; nodeSelector?: object };
}

export interface Revision {
  name: string;
  hash: string;
  /** Its pods' containers. */
  containers: Container[];
  nodeSelector?: object;
}

export interface Service {
  revisions: Revision[];
  /** Name of the revision that had all calls last. */
  rolledOut?: string;
}

/** Which revisions take calls. */
export function trafficOf(
  latest: Revision | undefined,
  before: Revision | undefined,
  isLatestReady: boolean,
  percent: number,
) {
  const share = (revision: Revision, part: number) => ({
    revisionName: revision.name,
    percent: part,
    latestRevision: revision === latest,
  });
  const older = before && before !== latest ? before : undefined;
  if (!latest || !isLatestReady) {
    return older ? [share(older, 100)] : [];
  }
  return older && percent < 100
    ? [share(older, 100 - percent), share(latest, percent)]
    : [share(latest, 100)];
}

/** Containers of a service's pods: the runtime's with what the service adds. */
export function containersOf(
  store: ObjectStore,
  resource: KubernetesResource,
  { spec, metadata }: StoredObject,
): Container[] | undefined {
  const { predictor, template } = spec as MainSpec;
  if (resource === LLM_INFERENCE_SERVICES) {
    return (template?.containers ?? []).map(container => ({
      image: 'kserve/llm-d:test',
      ...container,
    }));
  }
  const { model } = predictor ?? {};
  const runtime = store.get(
    SERVING_RUNTIMES,
    model?.runtime ?? '',
    metadata.namespace,
  );
  if (!runtime || !model) {
    return undefined;
  }
  const [container] = (runtime.spec as { containers: Container[] }).containers;
  return [
    {
      ...container,
      args: [
        ...((container.args as string[]) ?? []),
        ...((model.args as string[]) ?? []),
      ],
      env: [...(container.env ?? []), ...(model.env ?? [])],
      resources: model.resources,
      ...(model.volumeMounts ? { volumeMounts: model.volumeMounts } : {}),
    },
  ];
}
