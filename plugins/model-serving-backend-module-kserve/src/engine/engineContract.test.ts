import { engineContract } from '@modelhub/backstage-plugin-models-node/testUtils';
import { deploymentRequest, testEngine } from '../__testUtils__/cluster';
import { TestKubernetes } from '../__testUtils__/kubernetes';
import { loadClient } from '../__testUtils__/kubernetes/nativeClient';

for (const runtime of ['InferenceService', 'LLMInferenceService']) {
  engineContract(`KServe with ${runtime}`, async () => {
    await loadClient();
    const server = await TestKubernetes.start({
      token: 'secret',
      nodes: [{ name: 'gpu-1', gpus: 2, labels: { gpu: 'l4' } }],
    });
    const { model } = deploymentRequest();
    return {
      engine: () => testEngine(server, { runtime }),
      request: id => deploymentRequest({ id }),
      unfit: { ...model, tasks: ['text-to-image'] },
      answers: false,
      stop: () => server.stop(),
    };
  });
}
