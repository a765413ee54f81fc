import { clusterConfig, deploymentRequest } from '../__testUtils__/cluster';
import { fitOnCluster } from './fit';

const GPUS = [
  { id: 'l4-24gb', perNode: 4 },
  { id: 'h100-80gb', perNode: 8 },
];

describe('fitOnCluster', () => {
  const { model } = deploymentRequest();
  const sized = (sizeBytes: number | undefined, artifact: object = {}) => ({
    ...model,
    artifact: { ...model.artifact, ...artifact, sizeBytes },
  });
  const gguf = { uri: 'hf://a/b/q4.gguf', format: 'gguf' };
  const cluster = (changes: object = {}) =>
    clusterConfig('https://k8s.example', { gpus: GPUS, ...changes });

  it.each([
    [8e9, 'l4-24gb', 1],
    [30e9, 'l4-24gb', 2],
    [60e9, 'h100-80gb', 1],
    [141e9, 'h100-80gb', 4],
  ])('puts %d bytes on %s × %d', (sizeBytes, gpu, gpus) => {
    expect(fitOnCluster(cluster(), sized(sizeBytes), 'evaluation')).toEqual({
      fits: true,
      resources: expect.objectContaining({ gpu, gpus }),
    });
  });

  it.each([
    ['too large', cluster(), sized(2e12), /at most 8 × h100-80gb in one node/],
    ['unknown size', cluster(), sized(undefined), /artifact.sizeBytes/],
    [
      'no GPUs for vLLM',
      cluster({ gpus: [] }),
      sized(8e9),
      /has no GPUs, and vLLM needs one/,
    ],
    [
      'no GPUs for a large GGUF',
      cluster({ gpus: [] }),
      sized(40e9, gguf),
      /up to 8 GiB on processors; this one has 37.3 GiB/,
    ],
    [
      'GGUF on vLLM only',
      cluster({ runtime: 'LLMInferenceService' }),
      sized(4e9, gguf),
      /with vLLM only/,
    ],
  ])('says what is missing: %s', (_, of, which, reason) => {
    expect(fitOnCluster(of, which, 'evaluation')).toEqual({
      fits: false,
      reason: expect.stringMatching(reason),
    });
  });

  it('runs small GGUF files on processors where there are no GPUs', () => {
    expect(
      fitOnCluster(cluster({ gpus: [] }), sized(4e9, gguf), 'evaluation'),
    ).toMatchObject({ fits: true, resources: { gpus: 0, cpu: 4 } });
  });
});
