import { NETWORK_POLICIES, SECRETS } from '../kubernetes/resources';
import { inferenceService } from './inferenceService';
import { llmInferenceService } from './llmInferenceService';
import { LABELS, teamNamespace, tokenSecretName } from './names';
import { servingRuntime } from './servingRuntime';
import type { Manifest } from './teamObjects';
import { annotationsOf, labelsOf, type Workload } from './workload';

/** The object that KServe runs. */
export const mainObject = (workload: Workload): Manifest =>
  workload.cluster.runtime === 'InferenceService'
    ? inferenceService(workload)
    : llmInferenceService(workload);

/** The name under which the policy between the parts of one deployment lies. */
export const partsPolicyName = (id: string): string => `${id}-parts`;

/** What the main object needs to be there before it. */
export function supportingObjects(
  workload: Workload,
  token: string,
): Manifest[] {
  const { cluster, request, settings, runtime } = workload;
  const namespace = teamNamespace(cluster.namespacePrefix, request.team);
  const metadata = {
    namespace,
    labels: labelsOf(workload),
    annotations: annotationsOf(workload),
  };
  const parts = { podSelector: { matchLabels: { [LABELS.id]: request.id } } };
  const speakToEachOther =
    settings.transformer ||
    settings.explainer ||
    cluster.runtime === 'LLMInferenceService';
  return [
    {
      resource: SECRETS,
      object: {
        metadata: { ...metadata, name: tokenSecretName(request.id) },
        type: 'Opaque',
        data: { token: Buffer.from(token).toString('base64') },
      },
    },
    ...(cluster.runtime === 'InferenceService'
      ? [servingRuntime(cluster, request.team, runtime)]
      : []),
    ...(speakToEachOther
      ? [
          {
            resource: NETWORK_POLICIES,
            object: {
              metadata: { ...metadata, name: partsPolicyName(request.id) },
              spec: {
                podSelector: parts.podSelector,
                policyTypes: ['Ingress', 'Egress'],
                ingress: [{ from: [parts] }],
                egress: [{ to: [parts] }],
              },
            },
          },
        ]
      : []),
  ];
}
