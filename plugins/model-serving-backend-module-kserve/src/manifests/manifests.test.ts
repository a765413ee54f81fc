import type { EngineModel } from '@modelhub/backstage-plugin-models-node';
import { dnsLabel, teamNamespace } from './names';
import { runtimeChoice } from './runtimeChoice';
import { readSettings } from './settings';
import { storageAddress } from './storageUri';

const HEX = 'ab'.repeat(32);
const COMMIT = '0123456789abcdef0123456789abcdef01234567';

const model = (
  artifact: EngineModel['artifact'],
  tasks = ['text-generation'],
): EngineModel => ({
  entityRef: 'model:qwen/qwen3-8b',
  gatewayId: 'qwen/qwen3-8b',
  version: '1',
  artifact,
  tasks,
});

describe('teamNamespace', () => {
  it.each([
    ['group:default/checkout', 'models-checkout'],
    ['group:Default/Checkout', 'models-checkout'],
    [
      'group:emea/checkout',
      expect.stringMatching(/^models-emea-checkout-[0-9a-f]{8}$/),
    ],
    ['group:default/a.b', expect.stringMatching(/^models-a-b-[0-9a-f]{8}$/)],
    ['group:default/a-b', 'models-a-b'],
    ['group:default/___', expect.stringMatching(/^models-x-[0-9a-f]{8}$/)],
  ])('%s', (team, namespace) => {
    expect(teamNamespace('models-', team)).toEqual(namespace);
  });

  it('fits into a DNS label and stays apart', () => {
    const long = 'x'.repeat(80);
    const names = [`${long}1`, `${long}2`].map(name =>
      teamNamespace('models-', `group:default/${name}`),
    );
    expect(names[0]).not.toBe(names[1]);
    expect(names.every(name => name.length <= 63)).toBe(true);
    expect(dnsLabel('already-fine')).toBe('already-fine');
  });
});

describe('storageAddress', () => {
  const address = (artifact: EngineModel['artifact']) =>
    storageAddress(model(artifact), {
      huggingFaceEndpoint: 'https://hub.example',
    });

  it.each<[EngineModel['artifact'], object]>([
    [
      { uri: 'hf://Qwen/Qwen3-8B', revision: COMMIT },
      { uri: `hf://Qwen/Qwen3-8B:${COMMIT}` },
    ],
    [
      {
        uri: 'hf://Qwen/Q-GGUF/sub dir/q4.gguf',
        revision: COMMIT,
        digest: `sha256:${HEX}`,
      },
      {
        uri: `https://hub.example/Qwen/Q-GGUF/resolve/${COMMIT}/sub%20dir/q4.gguf`,
        file: 'q4.gguf',
        sha256: HEX,
      },
    ],
    [
      { uri: 'oci://r.example:5000/a/b:1.5', digest: `sha256:${HEX}` },
      { uri: `oci://r.example:5000/a/b@sha256:${HEX}` },
    ],
    [
      { uri: `oci://r.example/a@sha256:${HEX}` },
      { uri: `oci://r.example/a@sha256:${HEX}` },
    ],
    [
      { uri: `s3://models/${HEX}/`, digest: `sha256:${HEX}` },
      { uri: `s3://models/${HEX}/` },
    ],
    [
      { uri: 's3://models/q4.gguf', digest: `sha256:${HEX}` },
      { uri: 's3://models/q4.gguf', file: 'q4.gguf', sha256: HEX },
    ],
  ])('%j', (artifact, expected) => {
    expect(address(artifact)).toEqual(expected);
  });

  it.each<[EngineModel['artifact'], RegExp]>([
    [{ uri: 'hf://Qwen/Qwen3-8B' }, /No commit/],
    [{ uri: 'hf://Qwen/Qwen3-8B', revision: 'main' }, /No commit/],
    [{ uri: 'hf://Qwen' }, /is not hf:\/\/organisation\/model/],
    [{ uri: 'hf://Q/G', revision: COMMIT, format: 'gguf' }, /several GGUF/],
    [{ uri: 'oci://r.example/a:latest' }, /a tag, which can be moved/],
    [
      { uri: 's3://models/llama/', digest: `sha256:${HEX}` },
      /can be written over/,
    ],
    [{ uri: 'https://x.example/a.safetensors' }, /only GGUF files/],
    [{ uri: 'file:///models/a.gguf' }, /cannot fetch/],
  ])('refuses %j', (artifact, reason) => {
    expect(address(artifact)).toEqual({
      reason: expect.stringMatching(reason),
    });
  });
});

describe('runtimeChoice', () => {
  const safetensors = { uri: 'hf://a/b', format: 'safetensors' };

  it.each([
    [model({ uri: 'hf://a/b/c.gguf' }), { runtime: 'llama-cpp' }],
    [model(safetensors), { runtime: 'vllm' }],
    [model(safetensors, ['feature-extraction']), { runtime: 'vllm' }],
    [
      model({ uri: 'hf://a/b', format: 'onnx' }),
      { reason: expect.stringMatching(/this version is onnx/) },
    ],
    [
      model(safetensors, ['text-to-image']),
      { reason: expect.stringMatching(/No server for the tasks/) },
    ],
    [
      model(safetensors, ['text-classification']),
      { reason: expect.stringMatching(/deploy it instead/) },
    ],
  ])('case %#', (of, expected) => {
    expect(runtimeChoice(of, 'evaluation')).toEqual(expected);
  });

  it('deploys classifiers', () => {
    expect(
      runtimeChoice(model(safetensors, ['text-classification']), 'deployment'),
    ).toEqual({ runtime: 'hugging-face' });
  });
});

describe('readSettings', () => {
  it.each<[Record<string, never>, RegExp]>([
    [{ args: [1] } as never, /settings.args has to be a list of texts/],
    [{ env: { 'A-B': 'x' } } as never, /settings.env has to be/],
    [{ canaryPercent: 101 } as never, /from 0 to 100/],
    [{ scaleMetric: 'mood' } as never, /concurrency, rps, cpu, memory/],
    [{ transformer: { args: [] } } as never, /an object with an image/],
    [
      { transformer: { image: 'x', privileged: true } } as never,
      /settings.transformer.privileged is not known/,
    ],
  ])('refuses %j', (settings, words) => {
    expect(() => readSettings(settings)).toThrow(words);
  });
});
