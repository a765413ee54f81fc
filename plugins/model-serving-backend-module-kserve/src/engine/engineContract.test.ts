import {
  engineContract,
  type EngineUnderContract,
} from '@modelhub/backstage-plugin-models-node/testUtils';
import { deploymentRequest, testEngine } from '../__testUtils__/cluster';
import { TestKubernetes } from '../__testUtils__/kubernetes';
import { loadClient } from '../__testUtils__/kubernetes/nativeClient';

describe.each(['InferenceService', 'LLMInferenceService'])(
  'KServe with %s as an engine',
  runtime => {
    let place: EngineUnderContract;

    beforeAll(async () => {
      await loadClient();
      const server = await TestKubernetes.start({
        token: 'secret',
        nodes: [{ name: 'gpu-1', gpus: 2, labels: { gpu: 'l4' } }],
      });
      const { model } = deploymentRequest();
      place = {
        engine: () => testEngine(server, { runtime }),
        request: id => deploymentRequest({ id }),
        unfit: { ...model, tasks: ['text-to-image'] },
        answers: false,
        stop: () => server.stop(),
      };
    }, 60_000);

    afterAll(() => place.stop());

    it.each([...engineContract])(
      '$title',
      async ({ holds }) => {
        await expect(holds(place)).resolves.toBeUndefined();
      },
      60_000,
    );
  },
);
