import { deflateSync } from 'node:zlib';
import { hdf5 } from './__testUtils__/hdf5s';
import { scan } from './__testUtils__/scans';

const json = (value: unknown) =>
  Buffer.from(JSON.stringify(value, undefined, 2));

const vocabulary = (size: number) =>
  Object.fromEntries(
    Array.from({ length: size }, (_, i) => [
      String.fromCodePoint(0x100 + (i % 2000)) + i.toString(36),
      i,
    ]),
  );

const CARD = `---
license: apache-2.0
language:
- en
- de
tags:
- text-generation
base_model: org/base
model-index:
- name: model
  results:
  - task: {type: text-generation}
    metrics:
    - {type: rouge, value: 0.41}
widget:
- text: "Hello: world"
---

# Model

See [the paper](https://arxiv.org/abs/2401.00001) and [code](https://github.com/org/repo).

\`\`\`python
from transformers import AutoModel
model = AutoModel.from_pretrained("org/model", trust_remote_code=True)
\`\`\`

| a | b |
|---|---|
| 1 | 2.0.0.1-rc1 |
`;

/** A language model as Hugging Face's libraries publish it. */
const REPOSITORY: Record<string, Buffer> = {
  '.gitattributes': Buffer.from(
    '*.bin filter=lfs diff=lfs merge=lfs -text\n*.safetensors filter=lfs diff=lfs merge=lfs -text\n',
  ),
  'README.md': Buffer.from(CARD),
  LICENSE: Buffer.from(
    `${' '.repeat(30)}Apache License\n${' '.repeat(
      20,
    )}http://www.apache.org/licenses/\n`,
  ),
  'config.json': json({
    _name_or_path: 'org/model',
    architectures: ['LlamaForCausalLM'],
    attn_implementation: 'sdpa',
    hidden_act: 'silu',
    rope_scaling: { factor: 8.0, rope_type: 'llama3' },
    torch_dtype: 'bfloat16',
    transformers_version: '4.43.0',
    quantization_config: {
      quant_method: 'awq',
      bits: 4,
      modules_to_not_convert: null,
    },
  }),
  'generation_config.json': json({
    bos_token_id: 1,
    eos_token_id: [2, 3],
    temperature: 0.6,
  }),
  'preprocessor_config.json': json({
    image_processor_type: 'CLIPImageProcessor',
    image_mean: [0.48, 0.45, 0.4],
    size: { shortest_edge: 224 },
  }),
  'tokenizer_config.json': json({
    added_tokens_decoder: { 0: { content: '<unk>', special: true } },
    chat_template:
      "{% if messages[0]['role'] == 'system' %}{% set system = messages[0]['content'] %}{% endif %}{% for message in messages %}{{ '<|' + message['role'] + '|>' + message['content'] | trim + eos_token }}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}",
    clean_up_tokenization_spaces: false,
    model_max_length: 1000000000000000019884624838656,
    tokenizer_class: 'LlamaTokenizer',
  }),
  'special_tokens_map.json': json({
    bos_token: { content: '<s>' },
    eos_token: '</s>',
  }),
  'tokenizer.json': Buffer.from(
    JSON.stringify({
      version: '1.0',
      added_tokens: [{ id: 0, content: '<unk>', special: true }],
      normalizer: {
        type: 'Sequence',
        normalizers: [{ type: 'Prepend', prepend: '▁' }],
      },
      pre_tokenizer: {
        type: 'Split',
        pattern: { Regex: "(?i:'s|'t)|[^\\r\\n]+" },
      },
      model: {
        type: 'BPE',
        vocab: vocabulary(120_000),
        merges: Object.keys(vocabulary(60_000)).map(
          it => `${it[0]} ${it.slice(1)}`,
        ),
      },
    }),
  ),
  'vocab.json': Buffer.from(JSON.stringify(vocabulary(50_000))),
  'vocab.txt': Buffer.from(
    [
      '[PAD]',
      '[unused0]',
      '[CLS]',
      '!',
      '"',
      '#',
      '\u200d',
      '\u202a',
      '##ing',
      ...Object.keys(vocabulary(30_000)),
    ].join('\n'),
  ),
  'merges.txt': Buffer.from(
    `#version: 0.2\n${'Ġ t\nĠ a\nh e\n'.repeat(20_000)}`,
  ),
  'model.safetensors.index.json': json({
    metadata: { total_size: 16060522496 },
    weight_map: Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [
        `model.layers.${i}.w`,
        `model-0000${1 + (i % 4)}-of-00004.safetensors`,
      ]),
    ),
  }),
  'modules.json': json([
    {
      idx: 0,
      name: '0',
      path: '',
      type: 'sentence_transformers.models.Transformer',
    },
    {
      idx: 1,
      name: '1',
      path: '1_Pooling',
      type: 'sentence_transformers.models.Pooling',
    },
  ]),
  'adapter_config.json': json({
    auto_mapping: null,
    base_model_name_or_path: 'meta-llama/Llama-3.1-8B',
    megatron_config: null,
    megatron_core: 'megatron.core',
    peft_type: 'LORA',
    target_modules: ['q_proj', 'v_proj'],
  }),
  'model_index.json': json({
    _class_name: 'StableDiffusionPipeline',
    _diffusers_version: '0.29.0',
    scheduler: ['diffusers', 'PNDMScheduler'],
    safety_checker: ['stable_diffusion', 'StableDiffusionSafetyChecker'],
    text_encoder: ['transformers', 'CLIPTextModel'],
    requires_safety_checker: true,
  }),
  'trainer_state.json': json({
    log_history: [{ loss: 1.2, step: 10 }],
    best_metric: null,
  }),
  'all_results.json': Buffer.from('{"eval_loss": NaN, "epoch": 3.0}'),
  'config.yaml': Buffer.from(
    'model:\n  target: ldm.models.diffusion.ddpm.LatentDiffusion\n  params: {linear_start: 0.00085}\n',
  ),
  'requirements.txt': Buffer.from('torch>=2.2\ntransformers==4.43.0\n'),
  'chat_template.jinja': Buffer.from(
    '{% for message in messages %}{{ message.content }}{% endfor %}',
  ),
  'assets/logo.svg': Buffer.from(
    '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>\n',
  ),
  'assets/photo.jpg': Buffer.concat([
    Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF\0', 'latin1'),
    deflateSync(CARD),
  ]),
  'tf_model.h5': hdf5({
    attributes: [
      { name: 'backend', value: 'tensorflow', isVariable: true },
      { name: 'keras_version', value: '2.15.0', isVariable: true },
    ],
  }),
  'flax_notes.txt': Buffer.from('N.B.: trained with JAX.\n(See above)\n'),
};

it.each(Object.entries(REPOSITORY))('%s is clean', async (name, bytes) => {
  const { findings, verdict } = await scan(bytes, name);
  expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  expect(verdict).toBe('clean');
});
