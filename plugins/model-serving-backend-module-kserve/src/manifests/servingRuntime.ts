import type { ClusterConfig } from '../config/ClusterConfig';
import { SERVING_RUNTIMES } from '../kubernetes/resources';
import {
  ANNOTATIONS,
  LABELS,
  MANAGER,
  teamLabel,
  teamNamespace,
} from './names';
import type { RuntimeName } from './runtimeChoice';
import type { Manifest } from './teamObjects';

/** Port of every server: the one that KServe's services lead to. */
export const PORT = 8080;

export const runtimeObjectName = (runtime: RuntimeName): string =>
  `modelhub-${runtime}`;

/** The format by which KServe finds a runtime. */
export const MODEL_FORMATS: Record<RuntimeName, string> = {
  vllm: 'vLLM',
  'llama-cpp': 'gguf',
  'hugging-face': 'huggingface',
};

const SAFE = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  runAsUser: 1000,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

/** The user has no home in the images, and caches have to go somewhere. */
const HOME = [
  { name: 'HOME', value: '/tmp' },
  { name: 'HF_HOME', value: '/tmp/hf' },
  { name: 'HF_HUB_OFFLINE', value: '1' },
];

/** Weights of many GiB take their time; nothing is restarted before 30 minutes. */
const STARTUP = { periodSeconds: 10, failureThreshold: 180, timeoutSeconds: 5 };

function container(cluster: ClusterConfig, runtime: RuntimeName) {
  const common = {
    name: 'kserve-container',
    securityContext: SAFE,
    ports: [{ name: 'http1', containerPort: PORT, protocol: 'TCP' }],
  };
  const health = { httpGet: { path: '/health', port: PORT } };
  const probes = {
    startupProbe: { ...STARTUP, ...health },
    readinessProbe: { periodSeconds: 10, timeoutSeconds: 5, ...health },
  };
  if (runtime === 'vllm') {
    const { image, args } = cluster.runtimes.vllm;
    return {
      ...common,
      ...probes,
      image,
      command: ['python3', '-m', 'vllm.entrypoints.openai.api_server'],
      args: ['--model=/mnt/models', `--port=${PORT}`, ...args],
      env: [...HOME, { name: 'VLLM_NO_USAGE_STATS', value: '1' }],
    };
  }
  if (runtime === 'llama-cpp') {
    const { image, args } = cluster.runtimes.llamaCpp;
    return {
      ...common,
      ...probes,
      image,
      // With a digest nothing is started from other bytes.
      command: [
        '/bin/sh',
        '-c',
        'set -e; if [ -n "$MODEL_SHA256" ]; then echo "$MODEL_SHA256  $MODEL_FILE" | sha256sum -c -; fi; exec /app/llama-server --model "$MODEL_FILE" "$@"',
        'llama-server',
      ],
      args: ['--host', '0.0.0.0', '--port', String(PORT), ...args],
      env: HOME,
    };
  }
  const { image, args } = cluster.runtimes.huggingFace;
  return {
    ...common,
    image,
    args: [
      '--model_name={{.Name}}',
      '--model_dir=/mnt/models',
      `--http_port=${PORT}`,
      ...args,
    ],
    env: HOME,
  };
}

/** The server that a team's models run with; one object for all of them. */
export function servingRuntime(
  cluster: ClusterConfig,
  teamRef: string,
  runtime: RuntimeName,
): Manifest {
  return {
    resource: SERVING_RUNTIMES,
    object: {
      metadata: {
        name: runtimeObjectName(runtime),
        namespace: teamNamespace(cluster.namespacePrefix, teamRef),
        labels: {
          [LABELS.managedBy]: MANAGER,
          [LABELS.team]: teamLabel(teamRef),
          [LABELS.cluster]: cluster.id,
        },
        annotations: { [ANNOTATIONS.team]: teamRef },
      },
      spec: {
        annotations: {
          'prometheus.io/path': '/metrics',
          'prometheus.io/port': String(PORT),
        },
        containers: [container(cluster, runtime)],
        multiModel: false,
        supportedModelFormats: [
          { name: MODEL_FORMATS[runtime], autoSelect: false },
        ],
        protocolVersions: ['v2', 'openai'],
      },
    },
  };
}
