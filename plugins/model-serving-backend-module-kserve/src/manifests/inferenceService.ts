import { INFERENCE_SERVICES } from '../kubernetes/resources';
import { SERVICE_ACCOUNT } from './names';
import { MODEL_FORMATS, runtimeObjectName } from './servingRuntime';
import type { Companion } from './settings';
import type { Manifest } from './teamObjects';
import {
  annotationsOf,
  argsOf,
  envOf,
  labelsOf,
  metadataOf,
  needsSharedMemory,
  placementOf,
  resourcesOf,
  SHARED_MEMORY,
  type Workload,
} from './workload';

function companionSpec(workload: Workload, companion: Companion) {
  const amounts = {
    cpu: String(companion.cpu),
    memory: `${companion.memoryGiB}Gi`,
  };
  return {
    minReplicas: companion.minReplicas ?? 1,
    maxReplicas: Math.max(
      companion.maxReplicas ?? 1,
      companion.minReplicas ?? 1,
    ),
    labels: labelsOf(workload),
    serviceAccountName: SERVICE_ACCOUNT,
    automountServiceAccountToken: false,
    containers: [
      {
        name: 'kserve-container',
        image: companion.image,
        ...(companion.args && { args: companion.args }),
        ...(companion.env && {
          env: Object.entries(companion.env).map(([name, value]) => ({
            name,
            value,
          })),
        }),
        resources: { requests: amounts, limits: amounts },
        securityContext: {
          allowPrivilegeEscalation: false,
          runAsNonRoot: true,
          capabilities: { drop: ['ALL'] },
          seccompProfile: { type: 'RuntimeDefault' },
        },
      },
    ],
  };
}

/** The classic object of KServe: predictor, and transformer and explainer where asked for. */
export function inferenceService(workload: Workload): Manifest {
  const { cluster, request, settings, runtime, address } = workload;
  const metadata = metadataOf(workload);
  return {
    resource: INFERENCE_SERVICES,
    object: {
      metadata: {
        ...metadata,
        annotations: {
          ...metadata.annotations,
          // Both names of either mode are understood by KServe since 0.16; older ones know these.
          'serving.kserve.io/deploymentMode':
            cluster.deploymentMode === 'Knative'
              ? 'Serverless'
              : 'RawDeployment',
        },
      },
      spec: {
        predictor: {
          minReplicas: request.replicas.min,
          maxReplicas: Math.max(request.replicas.max, 1),
          ...(settings.canaryPercent !== undefined && {
            canaryTrafficPercent: settings.canaryPercent,
          }),
          ...(settings.scaleMetric && { scaleMetric: settings.scaleMetric }),
          ...(settings.scaleTarget && { scaleTarget: settings.scaleTarget }),
          labels: labelsOf(workload),
          annotations: annotationsOf(workload),
          serviceAccountName: SERVICE_ACCOUNT,
          automountServiceAccountToken: false,
          ...placementOf(workload),
          model: {
            modelFormat: { name: MODEL_FORMATS[runtime] },
            runtime: runtimeObjectName(runtime),
            storageUri: address.uri,
            args: argsOf(workload),
            env: envOf(workload),
            resources: resourcesOf(workload),
            ...(needsSharedMemory(workload) && {
              volumeMounts: [SHARED_MEMORY.mount],
            }),
          },
          ...(needsSharedMemory(workload) && {
            volumes: [SHARED_MEMORY.volume],
          }),
        },
        ...(settings.transformer && {
          transformer: companionSpec(workload, settings.transformer),
        }),
        ...(settings.explainer && {
          explainer: companionSpec(workload, settings.explainer),
        }),
      },
    },
  };
}
