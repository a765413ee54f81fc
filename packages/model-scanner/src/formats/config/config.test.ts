import { rulesOf, scan } from '../../__testUtils__/scans';

const json = (value: unknown, name = 'config.json') =>
  scan(Buffer.from(JSON.stringify(value)), name);
const rulesFor = async (value: unknown, name?: string) =>
  (await json(value, name)).findings
    .filter(({ rule }) => rule !== 'network-address')
    .map(({ rule }) => rule);
const yaml = (text: string, name = 'config.yaml') =>
  rulesOf(Buffer.from(text), name);

describe('code that a configuration asks for', () => {
  it.each([
    [
      'auto_map of the repository',
      { auto_map: { AutoModel: 'modeling_x.X' } },
      ['config-remote-code'],
    ],
    [
      'auto_map of another',
      { auto_map: { AutoModel: 'evil/repo--modeling_x.X' } },
      ['config-remote-code', 'config-foreign-code'],
    ],
    [
      'auto_map in a list',
      { auto_map: { AutoTokenizer: [null, 'a--b.C'] } },
      ['config-remote-code', 'config-foreign-code'],
    ],
    [
      'custom pipelines',
      { custom_pipelines: { p: { impl: 'pipe.P' } } },
      ['config-remote-code'],
    ],
    ['trust', { model: { trust_remote_code: true } }, ['config-trusts-code']],
    ['pickles allowed', { allow_pickle: true }, ['config-trusts-code']],
    ['safe mode off', { safe_mode: false }, ['config-trusts-code']],
    [
      'kernels',
      { attn_implementation: 'evil/kernel' },
      ['config-foreign-code'],
    ],
    [
      'kernels of a revision',
      { _attn_implementation: 'evil/kernel@main:f' },
      ['config-foreign-code'],
    ],
    [
      'a library of PEFT',
      { auto_mapping: { parent_library: 'evil_pkg' } },
      ['config-unknown-target'],
    ],
    ['a module of PEFT', { megatron_core: 'os' }, ['config-dangerous-target']],
    [
      'a class of a pipeline',
      { _class_name: 'P', unet: ['my_unet', 'Net'] },
      ['config-remote-code'],
    ],
    [
      'a module of sentences',
      [{ idx: 0, type: 'evil.Model' }],
      ['config-unknown-target'],
    ],
  ])('%s', async (_, value, expected) => {
    expect(await rulesFor(value)).toEqual(expected);
  });

  it.each([
    { trust_remote_code: false },
    { attn_implementation: 'flash_attention_2' },
    { use_safetensors: true, weights_only: true },
    { megatron_core: 'megatron.core' },
    {
      auto_mapping: {
        parent_library: 'transformers.models.llama.modeling_llama',
      },
    },
    {
      _class_name: 'StableDiffusionPipeline',
      unet: ['diffusers', 'UNet2DConditionModel'],
      safety_checker: [null, null],
    },
    [
      {
        idx: 0,
        name: '0',
        path: '',
        type: 'sentence_transformers.models.Transformer',
      },
    ],
  ])('its neighbour is clean: %j', async value => {
    expect(await json(value)).toMatchObject({ format: 'json', findings: [] });
  });
});

describe('targets', () => {
  it.each([
    ['builtins.exec', 'config-dangerous-target'],
    ['os.system', 'config-dangerous-target'],
    ['subprocess.run', 'config-dangerous-target'],
    ['hydra.utils.instantiate', 'config-dangerous-target'],
    ['torch.hub.load', 'config-dangerous-target'],
    ['numpy.load', 'config-dangerous-target'],
    ['torch.nn.modules.os.system', 'config-dangerous-target'],
    ['transformers.pipeline', 'config-dangerous-target'],
    ['evil_package.run', 'config-unknown-target'],
  ])('%s', async (target, rule) => {
    expect(await rulesFor({ model: { _target_: target } })).toEqual([rule]);
    expect(await rulesFor({ class_path: target, init_args: {} })).toEqual([
      rule,
    ]);
    expect(await rulesFor({ target, params: {} })).toEqual([rule]);
  });

  it.each([
    'nemo.collections.asr.modules.ConvASREncoder',
    'torch.optim.AdamW',
    'pytorch_lightning.Trainer',
    'ldm.models.diffusion.ddpm.LatentDiffusion',
  ])('%s is known', async target => {
    expect(await rulesFor({ model: { _target_: target, params: {} } })).toEqual(
      [],
    );
  });
});

describe('files that a configuration names', () => {
  it.each([
    [{ weight_map: { w: '../../etc/passwd' } }, 'config-climbs-out'],
    [{ weight_map: { w: '/etc/passwd' } }, 'config-climbs-out'],
    [{ vocab_file: '../../../x' }, 'config-climbs-out'],
    [{ tokenizer_file: '/root/.cache/t.json' }, 'config-local-path'],
    [{ base_model_name_or_path: '/data/llama' }, 'config-local-path'],
    [{ base_model_name_or_path: '../../../etc/passwd' }, 'config-climbs-out'],
    [{ base_model_name_or_path: 'https://a.dev/m' }, 'config-remote-source'],
    [{ _name_or_path: 's3://bucket/m' }, 'config-remote-source'],
  ])('%j', async (value, rule) => {
    expect(await rulesFor(value)).toEqual([rule]);
  });

  it.each([
    { weight_map: { w: 'model-00001-of-00002.safetensors' } },
    { base_model_name_or_path: 'meta-llama/Llama-3.1-8B' },
    { vocab_file: 'vocab.json' },
  ])('its neighbour is clean: %j', async value => {
    expect(await rulesFor(value)).toEqual([]);
  });
});

describe('templates', () => {
  const good = '{% for m in messages %}{{ m["content"] }}{% endfor %}';
  const bad = "{{ self.__init__.__globals__.__builtins__.exec('1') }}";

  it('are judged wherever they stand', async () => {
    const named = (template: string) => ({
      chat_template: [{ name: 'tool_use', template }],
    });
    for (const value of [
      { chat_template: bad },
      named(bad),
      { chat_template: { default: bad } },
      { a: { prompt_template: bad } },
    ]) {
      expect((await json(value, 'tokenizer_config.json')).verdict).toBe(
        'malicious',
      );
    }
    expect((await json({ chat_template: good })).findings).toEqual([]);
    expect((await json(named(good))).findings).toEqual([]);
  });
});

describe('JSON', () => {
  const read = (text: string | Buffer, name = 'config.json') =>
    rulesOf(Buffer.from(text as string), name);

  it('is read strictly', async () => {
    for (const text of [
      '{',
      '{"a":1,}',
      '{"a":1} x',
      "{'a':1}",
      '[01]',
      '["\t"]',
      '// x\n{}',
      'true false',
      '{"a" 1}',
      '"\\x"',
    ]) {
      expect(await read(text)).toEqual(['config-unreadable']);
    }
    for (const text of [
      '{}',
      ' [1, -2.5e+3, true, null, NaN, -Infinity]\n',
      '"\\u00e9"',
      '{"a":{"b":[]}}',
    ]) {
      expect(await read(text)).toEqual([]);
    }
    expect(await read('['.repeat(100_000))).toEqual(['config-unreadable']);
  });

  it('that has a key twice is judged by both', async () => {
    for (const text of [
      '{"trust_remote_code": true, "trust_remote_code": false}',
      '{"trust_remote_code": false, "trust_remote_code": true}',
      '{"trust_remote_code": true, "trust_\\u0072emote_code": false}',
    ]) {
      expect(await read(text)).toEqual([
        'config-duplicate-key',
        'config-trusts-code',
      ]);
    }
  });

  it('is read in other encodings', async () => {
    const text = '{"trust_remote_code": true}';
    expect(await read(`\ufeff${text}`)).toEqual(['config-trusts-code']);
    expect(await read(Buffer.from(`\ufeff${text}`, 'utf16le'))).toContain(
      'config-trusts-code',
    );
  });

  it('keeps what matters of very long ones', async () => {
    const vocabulary = Object.fromEntries(
      Array.from({ length: 60_000 }, (_, i) => [`token${i}`, i]),
    );
    const big = {
      model: { vocab: vocabulary, merges: Object.keys(vocabulary) },
      added: [...Object.keys(vocabulary), { _target_: 'os.system' }],
      trust_remote_code: true,
    };
    expect((await rulesFor(big, 'tokenizer.json')).sort()).toEqual([
      'config-dangerous-target',
      'config-trusts-code',
    ]);
    expect(await rulesFor({ ...vocabulary, trust_remote_code: true })).toEqual([
      'config-trusts-code',
    ]);
  });

  it('without a name that says so is found out', async () => {
    expect(
      await scan(Buffer.from('{"auto_map": {}}'), 'adapter'),
    ).toMatchObject({ format: 'json' });
  });

  it('that is too large to be held is told of', async () => {
    expect(
      await rulesOf(Buffer.from(JSON.stringify('x'.repeat(5000))), 'a.json', {
        maxHeldBytes: 1000,
      }),
    ).toEqual(['too-large']);
  });
});

describe('YAML', () => {
  it.each([
    'a: !!python/object/apply:os.system ["id"]',
    'a: !!python/object/new:os.system [id]',
    'a: !!python/name:os.system ""',
    'a: !!python/module:evil ""',
    '!!python/object:evil.Class {}',
    'a: !<tag:yaml.org,2002:python/object/apply:os.system> [id]',
    '%TAG !p! tag:yaml.org,2002:python/\n---\na: !p!object/apply:os.system [id]',
    '? !!python/object/apply:os.system [id]\n: x',
    'ok: 1\n---\na: !!python/object/apply:os.system ["id"]',
  ])('builds Python: %s', async text => {
    expect(await yaml(text)).toContain('yaml-python-tag');
  });

  it('is judged as configuration', async () => {
    expect(await yaml('model:\n  _target_: os.system\n')).toEqual([
      'config-dangerous-target',
    ]);
    expect(
      await yaml('a: &x\n  target: evil.run\n  params: {}\nb: *x\n'),
    ).toEqual(['config-unknown-target']);
    expect(
      await yaml(
        'flavors:\n  python_function:\n    loader_module: evil\n',
        'MLmodel',
      ),
    ).toEqual(['config-unknown-target']);
    expect(
      await yaml(
        'flavors:\n  python_function:\n    loader_module: mlflow.sklearn\n',
        'MLmodel',
      ),
    ).toEqual([]);
    expect(
      await yaml('trust_remote_code: false\ntrust_remote_code: true\n'),
    ).toEqual(['config-duplicate-key', 'config-trusts-code']);
  });

  it('with tags of its own is told of', async () => {
    expect(await yaml('a: !Custom x')).toEqual(['yaml-unknown-tag']);
    expect(await yaml('a: !!python/tuple [1]')).toEqual(['yaml-unknown-tag']);
  });

  it('that is plain is clean', async () => {
    expect(
      await yaml(
        '# train\nlr: 1e-4\nlist: [1, 2]\nwhen: 2024-01-01\ntext: |\n  a\n  b\nempty:\nbig: &d {a: 1}\nc:\n  <<: *d\n',
      ),
    ).toEqual([]);
  });

  it('that cannot be read is no pass', async () => {
    expect(await yaml('a: [1, 2\nb: }')).toContain('config-unreadable');
    expect(await yaml(`a: ${'['.repeat(10_000)}`)).toEqual([
      'config-unreadable',
    ]);
    const bomb = Array.from(
      { length: 30 },
      (_, i) => `a${i}: &a${i} [${`*a${i - 1},`.repeat(9)}]`,
    );
    bomb[0] = 'a0: &a0 [x]';
    expect(await yaml(bomb.join('\n'))).toEqual([]);
  });

  it('before a card is judged too', async () => {
    expect(
      await yaml('---\nlicense: mit\ntags:\n- a\n---\n# Model\n', 'README.md'),
    ).toEqual([]);
    expect(
      await yaml(
        '---\na: !!python/object/apply:os.system [id]\n---\n',
        'README.md',
      ),
    ).toEqual(['yaml-python-tag']);
  });
});
