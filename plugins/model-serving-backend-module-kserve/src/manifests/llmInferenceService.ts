import { InputError } from '@backstage/errors';
import { LLM_INFERENCE_SERVICES } from '../kubernetes/resources';
import { SERVICE_ACCOUNT } from './names';
import type { Manifest } from './teamObjects';
import {
  annotationsOf,
  argsOf,
  envOf,
  labelsOf,
  metadataOf,
  placementOf,
  resourcesOf,
  type Workload,
} from './workload';

/**
 * KServe's object for language models on vLLM. Its image, probes and routes
 * come from the presets of the cluster.
 *
 * @throws InputError for what only an InferenceService can.
 */
export function llmInferenceService(workload: Workload): Manifest {
  const { cluster, request, settings, runtime, address } = workload;
  const odd = [
    ...(runtime !== 'vllm' ? ['models that vLLM does not run'] : []),
    ...(settings.transformer ? ['a transformer'] : []),
    ...(settings.explainer ? ['an explainer'] : []),
    ...(settings.canaryPercent !== undefined ? ['a canary'] : []),
  ];
  if (odd.length > 0) {
    throw new InputError(
      `An LLMInferenceService does not take ${odd.join(
        ' or ',
      )}; use a cluster whose runtime is InferenceService instead of ${
        cluster.title
      }`,
    );
  }
  return {
    resource: LLM_INFERENCE_SERVICES,
    object: {
      metadata: metadataOf(workload),
      spec: {
        model: { uri: address.uri, name: request.model.gatewayId },
        replicas: request.replicas.min,
        ...(request.resources.gpus > 1 && {
          parallelism: { tensor: request.resources.gpus },
        }),
        labels: labelsOf(workload),
        annotations: annotationsOf(workload),
        router: { route: {}, gateway: {} },
        template: {
          serviceAccountName: SERVICE_ACCOUNT,
          automountServiceAccountToken: false,
          ...placementOf(workload),
          containers: [
            {
              name: 'main',
              env: [
                ...envOf(workload),
                {
                  name: 'VLLM_ADDITIONAL_ARGS',
                  value: argsOf(workload)
                    .filter(arg => !/^--(served-model|tensor-par)/.test(arg))
                    .join(' '),
                },
              ],
              resources: resourcesOf(workload),
            },
          ],
        },
      },
    },
  };
}
