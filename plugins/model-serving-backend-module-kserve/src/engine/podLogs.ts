import type {
  KubernetesApi,
  KubernetesObject,
} from '../kubernetes/KubernetesApi';
import { KubernetesError } from '../kubernetes/KubernetesError';
import { mergeLines } from './mergeLines';

interface PodView {
  spec?: { containers?: Array<{ name: string }> };
  status?: {
    initContainerStatuses?: Array<{
      name: string;
      state?: { terminated?: { exitCode?: number }; waiting?: object };
    }>;
  };
}

/** The container whose words matter now: the one that fetches, while it has not ended well. */
function telling(pod: KubernetesObject): string | undefined {
  const { spec, status } = pod as PodView;
  const fetching = status?.initContainerStatuses?.find(
    ({ state }) => state?.terminated?.exitCode !== 0,
  );
  const names = (spec?.containers ?? []).map(({ name }) => name);
  return (
    fetching?.name ??
    names.find(name => ['kserve-container', 'main'].includes(name)) ??
    names[0]
  );
}

async function* linesOfPod(
  api: KubernetesApi,
  pod: KubernetesObject,
  prefix: string,
  options: { tail: number; follow?: boolean; signal?: AbortSignal },
): AsyncIterable<string> {
  const { name = '', namespace = '' } = pod.metadata ?? {};
  try {
    const lines = api.logs(namespace, name, {
      ...options,
      container: telling(pod),
    });
    for await (const line of lines) {
      yield `${prefix}${line}`;
    }
  } catch (error) {
    // 400: nothing runs in it yet; 404: it went meanwhile.
    if (
      !(error instanceof KubernetesError) ||
      ![400, 404].includes(error.status)
    ) {
      throw error;
    }
  }
}

/** The last lines of all pods of a deployment; with several, each line says of which. */
export async function* podLogs(
  api: KubernetesApi,
  pods: KubernetesObject[],
  options: { tail: number; follow?: boolean; signal?: AbortSignal },
): AsyncIterable<string> {
  const sorted = [...pods].sort((a, b) =>
    (a.metadata?.creationTimestamp ?? '').localeCompare(
      b.metadata?.creationTimestamp ?? '',
    ),
  );
  const sources = sorted.map(pod =>
    linesOfPod(
      api,
      pod,
      sorted.length > 1 ? `[${pod.metadata?.name}] ` : '',
      options,
    ),
  );
  if (options.follow) {
    yield* mergeLines(sources);
  } else {
    for (const source of sources) {
      yield* source;
    }
  }
}
