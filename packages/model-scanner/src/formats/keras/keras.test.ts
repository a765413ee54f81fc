import { payload, rulesOf, scan } from '../../__testUtils__/scans';
import { zip } from '../../__testUtils__/zips';

const dense = {
  module: 'keras.layers',
  class_name: 'Dense',
  config: {
    name: 'dense',
    units: 4,
    activation: 'relu',
    kernel_initializer: {
      module: 'keras.initializers',
      class_name: 'GlorotUniform',
      config: { seed: null },
      registered_name: null,
    },
    dtype: {
      module: 'keras',
      class_name: 'DTypePolicy',
      config: { name: 'float32' },
      registered_name: null,
    },
  },
  registered_name: null,
  inbound_nodes: [
    {
      args: [{ class_name: '__keras_tensor__', config: { shape: [null, 8] } }],
    },
  ],
};

const model = (...layers: unknown[]) => ({
  module: 'keras.src.models.functional',
  class_name: 'Functional',
  config: { name: 'm', layers },
  registered_name: 'Functional',
  compile_config: { optimizer: 'adam', loss: 'mse' },
});

/** A model as Keras 3 saves it. */
const keras = (
  config: unknown,
  more: Array<{ name: string; data: string }> = [],
) =>
  zip([
    { name: 'metadata.json', data: '{"keras_version": "3.15.1"}' },
    { name: 'config.json', data: JSON.stringify(config) },
    ...more,
  ]);

const found = (...layers: unknown[]) =>
  rulesOf(keras(model(...layers)), 'm.keras');
const layer = (class_name: string, config: unknown, more = {}) => ({
  module: 'keras.layers',
  class_name,
  config,
  registered_name: null,
  ...more,
});
const named = (module: unknown, name: string) => ({
  module,
  class_name: 'function',
  config: name,
  registered_name: name,
});

it('a model of Keras 3 is clean', async () => {
  expect(await scan(keras(model(dense)), 'm.keras')).toMatchObject({
    format: 'zip',
    verdict: 'clean',
    findings: [],
  });
});

it('a model of Keras 2 is clean', async () => {
  const old = {
    class_name: 'Sequential',
    config: {
      name: 's',
      layers: [
        { class_name: 'InputLayer', config: { batch_input_shape: [null, 4] } },
        {
          class_name: 'Dense',
          config: {
            kernel_initializer: {
              class_name: 'VarianceScaling',
              config: { mode: 'fan_avg', distribution: 'uniform' },
            },
            kernel_regularizer: { class_name: 'L2', config: { l2: 0.1 } },
          },
        },
        { class_name: 'TFOpLambda', config: { function: 'math.reduce_mean' } },
        { class_name: 'TFOpLambda', config: { function: '__operators__.add' } },
        { class_name: 'TFOpLambda', config: { function: 'concat' } },
      ],
    },
    keras_version: '2.15.0',
    backend: 'tensorflow',
  };
  expect(
    await scan(Buffer.from(JSON.stringify(old)), 'model.json'),
  ).toMatchObject({ findings: [] });
});

describe('code', () => {
  const code = { class_name: '__lambda__', config: { code: '4wEAAA==' } };

  it.each([
    ['of Keras 3', layer('Lambda', { function: code })],
    [
      'of Keras 2',
      {
        class_name: 'Lambda',
        config: { function: ['4wE=', null, null], function_type: 'lambda' },
      },
    ],
    [
      'in the shape',
      {
        class_name: 'Lambda',
        config: {
          function: 'f',
          output_shape: ['4wE='],
          output_shape_type: 'lambda',
        },
      },
    ],
    ['in another layer', layer('Dense', { activation: code })],
    [
      'in a wrapper',
      layer('TimeDistributed', { layer: layer('Lambda', { function: code }) }),
    ],
    [
      'in a model in a model',
      model(model(layer('Lambda', { function: code }))),
    ],
    [
      'in a Lambda',
      layer('Lambda', {
        function: { module: 'x', class_name: 'function', config: 'f' },
        arguments: { g: code },
      }),
    ],
  ])('%s is told of', async (_, value) => {
    expect(await found(dense, value)).toContain('keras-code');
    expect((await scan(keras(model(value)), 'm.keras')).verdict).toBe(
      'malicious',
    );
  });

  it('that is a function of a name is told of', async () => {
    expect(
      await found({
        class_name: 'Lambda',
        config: {
          function: 'my_function',
          function_type: 'function',
          module: '__main__',
        },
      }),
    ).toEqual(['keras-lambda']);
    expect(
      await found({
        class_name: 'Lambda',
        config: { function: 'system', function_type: 'function', module: 'os' },
      }),
    ).toEqual(['keras-dangerous-object']);
  });
});

describe('names', () => {
  it.each([
    [named('os', 'system')],
    [named('builtins', 'exec')],
    [named('subprocess', 'run')],
    [named('keras.utils', 'get_file')],
    [named('tensorflow', 'py_function')],
    [named('tensorflow.io', 'write_file')],
    [named('keras.src.utils.file_utils', 'get_file')],
    [named('keras.models', 'load_model')],
    [named('keras.config', 'enable_unsafe_deserialization')],
    [named('keras.src.saving.serialization_lib', 'deserialize_keras_object')],
    [named('keras.src.models.model', 'model_from_json')],
    [layer('Popen', {}, { module: 'subprocess' })],
    [layer('run', {}, { module: 'runpy' })],
    [
      {
        class_name: '__typespec__',
        module: 'os',
        spec_name: 'system',
        config: [],
        registered_name: null,
      },
    ],
  ])('%j is dangerous', async value => {
    expect(await found(layer('Dense', { activation: value }))).toEqual([
      'keras-dangerous-object',
    ]);
  });

  it.each([
    [named('evil_package', 'f')],
    [layer('Net', {}, { module: 'evil.layers' })],
    [layer('Thing', {}, { module: 'tensorflow.python.tools.thing' })],
  ])('%j is not known', async value => {
    expect(await found(value)).toEqual(['keras-unknown-object']);
  });

  it.each([
    [{ class_name: 'MyLayer', config: {} }],
    [{ class_name: 'Custom>MyLayer', config: {} }],
    [layer('MyLayer', {}, { module: null, registered_name: 'pkg>MyLayer' })],
    [named('builtins', 'my_metric')],
  ])('%j is custom', async value => {
    expect(await found(value)).toEqual(['keras-custom-object']);
  });

  it.each([
    [named('keras.activations', 'relu')],
    [named('keras.src.losses.losses', 'mean_squared_error')],
    [
      layer(
        'Backbone',
        {},
        {
          module: 'keras_hub.src.models.backbone',
          registered_name: 'keras_hub>Backbone',
        },
      ),
    ],
    [layer('Functional', {}, { module: 'keras.src.engine.functional' })],
    [
      {
        class_name: '__typespec__',
        module: 'tensorflow.python.framework.tensor',
        spec_name: 'TensorSpec',
        config: [],
        registered_name: null,
      },
    ],
  ])('%j is known', async value => {
    expect(await found(value)).toEqual([]);
  });
});

describe('layers that open something', () => {
  it.each([
    [layer('StringLookup', { vocabulary: '/etc/passwd' })],
    [layer('TextVectorization', { vocabulary: 'http://a.dev/v.txt' })],
    [layer('IntegerLookup', { vocabulary: 'words.txt' })],
    [layer('TFSMLayer', { filepath: '/models/x' })],
  ])('%j reads', async value => {
    expect(await found(value)).toContain('keras-file-access');
  });

  it.each([
    ['io.write_file', 'keras-dangerous-object'],
    ['py_function', 'keras-dangerous-object'],
    ['numpy_function', 'keras-dangerous-object'],
    ['raw_ops.WriteFile', 'keras-dangerous-object'],
    ['keras.utils.get_file', 'keras-dangerous-object'],
    ['load_op_library', 'keras-dangerous-object'],
    ['io.read_file', 'keras-file-access'],
    ['raw_ops.ReadFile', 'keras-file-access'],
    ['saved_model.load', 'keras-unknown-object'],
  ])('a function of TensorFlow: %s', async (name, rule) => {
    expect(
      await found({ class_name: 'TFOpLambda', config: { function: name } }),
    ).toEqual([rule]);
  });

  it('an operator of TensorFlow', async () => {
    const of = (op: string) =>
      found({
        class_name: 'TensorFlowOpLayer',
        config: { node_def: JSON.stringify({ name: 'n', op }) },
      });
    expect(await of('WriteFile')).toEqual(['keras-dangerous-object']);
    expect(await of('AddV2')).toEqual([]);
  });

  it('a vocabulary of words reads nothing', async () => {
    expect(
      await found(layer('StringLookup', { vocabulary: ['a', 'b'] })),
    ).toEqual([]);
  });
});

it('a module of torch is a pickle', async () => {
  const wrapper = (bytes: Buffer, encoding: 'latin1' | 'base64') =>
    layer('TorchModuleWrapper', { module: bytes.toString(encoding) });
  for (const encoding of ['latin1', 'base64'] as const) {
    expect(await found(wrapper(payload(), encoding))).toEqual([
      'keras-pickle',
      'pickle-dangerous-import',
    ]);
  }
  expect(
    await found(
      layer('Dense', {
        x: {
          class_name: '__bytes__',
          config: { value: payload().toString('latin1') },
        },
      }),
    ),
  ).toEqual(['pickle-dangerous-import']);
});

it('what an archive of Keras holds besides is judged', async () => {
  const bytes = keras(model(dense), [
    { name: 'assets/x.py', data: 'import os\nos.system("id")\n' },
    { name: 'model.weights.h5', data: 'no hdf5' },
  ]);
  const rules = await rulesOf(bytes, 'm.keras');
  expect(rules).toContain('python-dangerous-call');
  expect(rules).toContain('extension-mismatch');
});

it('a configuration that cannot be read is no pass', async () => {
  const broken = zip([{ name: 'config.json', data: '{"class_name": ' }]);
  expect((await scan(broken, 'm.keras')).verdict).toBe('error');
});
