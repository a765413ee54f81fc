import { field, message } from '../../__testUtils__/protobufs';
import { rulesOf, scan } from '../../__testUtils__/scans';
import { uint32 } from '../../__testUtils__/pickles';

type Part = Buffer;
const node = (
  name: string,
  op: string,
  inputs: string[] = [],
  ...more: Part[]
) =>
  message([1, name], [2, op], ...inputs.map(it => [3, it] as const), ...more);
const attribute = (key: string, value: Buffer) =>
  field(5, message([1, key], [2, value]));
const constant = (name: string, text: string) =>
  node(
    name,
    'Const',
    [],
    attribute('value', message([8, message([1, 7], [8, text])])),
  );
const graph = (
  nodes: Buffer[],
  functions: Array<{ name: string; nodes: Buffer[] }> = [],
) =>
  message(...nodes.map(it => [1, it] as const), [
    2,
    message(
      ...functions.map(
        it =>
          [
            1,
            message(
              [1, message([1, it.name])],
              ...it.nodes.map(n => [3, n] as const),
            ),
          ] as const,
      ),
    ),
  ]);
const savedModel = (graphDef: Buffer, ...more: Part[]) =>
  message(
    [1, 1],
    [
      2,
      message(
        [1, message([4, 'serve'], [5, '2.16.1'])],
        [2, graphDef],
        ...more,
      ),
    ],
  );

const plain = [
  node('x', 'Placeholder'),
  constant('part', '_temp_0d1f/part'),
  node('prefix', 'StringJoin', ['saver_filename', 'part']),
  node('shard', 'ShardedFilename', ['prefix']),
  node('save', 'SaveV2', ['shard:filename:0', 'names']),
  node('restore', 'RestoreV2', ['saver_filename']),
  node('y', 'MatMul', ['x', 'w']),
  node('z', 'ResourceApplyAdamV2'),
  node('call', 'StatefulPartitionedCall'),
];
const rulesFor = (nodes: Buffer[], functions?: Parameters<typeof graph>[1]) =>
  rulesOf(savedModel(graph([...plain, ...nodes], functions)), 'saved_model.pb');

it('a model as TensorFlow saves it is clean', async () => {
  expect(await scan(savedModel(graph(plain)), 'saved_model.pb')).toMatchObject({
    format: 'tensorflow',
    findings: [],
  });
  expect(await scan(graph(plain), 'frozen.pb')).toMatchObject({
    format: 'tensorflow',
    findings: [],
  });
  expect(
    await rulesOf(message([1, 123], [6, 2], [7, 'a-b-c']), 'fingerprint.pb'),
  ).toEqual([]);
});

it('is known by its content', async () => {
  for (const bytes of [savedModel(graph(plain)), graph(plain)]) {
    expect((await scan(bytes, 'model')).format).toBe('tensorflow');
    expect(await rulesOf(bytes, 'model.bin')).toEqual(['extension-mismatch']);
  }
});

describe.each([
  ['PyFunc', 'tf-runs-code'],
  ['PyFuncStateless', 'tf-runs-code'],
  ['EagerPyFunc', 'tf-runs-code'],
  ['WriteFile', 'tf-writes-files'],
  ['DatasetToTFRecord', 'tf-writes-files'],
  ['DebugIdentityV2', 'tf-writes-files'],
  ['ReadFile', 'tf-reads-files'],
  ['MatchingFiles', 'tf-reads-files'],
  ['TFRecordDatasetV2', 'tf-reads-files'],
  ['SqlDataset', 'tf-reads-files'],
  ['Addons>Gelu', 'tf-custom-operator'],
  ['SentencepieceTokenizeOp', 'tf-custom-operator'],
])('%s', (op, rule) => {
  it('is found in the graph', async () => {
    expect(await rulesFor([node('n', op)])).toEqual([rule]);
  });

  it('is found in a function', async () => {
    expect(await rulesFor([], [{ name: 'f', nodes: [node('n', op)] }])).toEqual(
      [rule],
    );
  });

  it('is found in a graph of text', async () => {
    const text = (name: string) =>
      Buffer.from(
        `node {\n  name: "n"\n  op: ${name}\n}\nversions { producer: 1 }\n`,
      );
    const half = op.length >> 1;
    for (const name of [
      `"${op}"`,
      `'${op}'`,
      `"${op.slice(0, half)}" "${op.slice(half)}"`,
      `"\\x${op.charCodeAt(0).toString(16)}${op.slice(1)}"`,
    ]) {
      expect(await rulesOf(text(name), 'graph.pbtxt')).toEqual([rule]);
    }
    expect(await rulesOf(text('"MatMul"'), 'graph.pbtxt')).toEqual([]);
  });
});

it('a function of the model is no operator of others', async () => {
  expect(
    await rulesFor(
      [node('n', '__inference_f_12')],
      [{ name: '__inference_f_12', nodes: [] }],
    ),
  ).toEqual([]);
});

describe('paths', () => {
  it.each(['/etc/cron.d/x', '../../x', 'gs://bucket/x', 'C:\\x'])(
    '%s is odd',
    async path => {
      const nodes = [
        constant('c', path),
        node('id', 'Identity', ['c:0']),
        node('s', 'SaveV2', ['id:output:0']),
      ];
      expect(await rulesFor(nodes)).toEqual(['tf-odd-path']);
      expect(await rulesFor([], [{ name: 'f', nodes }])).toEqual([
        'tf-odd-path',
      ]);
    },
  );

  it('of words and of labels are not', async () => {
    expect(
      await rulesFor([
        constant('c', '/not/opened'),
        node('u', 'StringUpper', ['c']),
      ]),
    ).toEqual([]);
  });

  it('of assets are put in their place by the loader', async () => {
    const nodes = [
      constant('vocab', '/tmp/work/vocab.txt'),
      node('t', 'InitializeTableFromTextFileV2', ['h', 'vocab']),
    ];
    const asset = (file: string) =>
      field(6, message([1, message([1, 'vocab:0'])], [2, file]));
    expect(
      await rulesOf(
        savedModel(graph(nodes), asset('vocab.txt')),
        'saved_model.pb',
      ),
    ).toEqual([]);
    expect(await rulesOf(savedModel(graph(nodes)), 'saved_model.pb')).toEqual([
      'tf-odd-path',
    ]);
    expect(
      await rulesOf(
        savedModel(graph([]), asset('../../etc/passwd')),
        'saved_model.pb',
      ),
    ).toEqual(['tf-odd-path']);
  });

  it('that a print writes to are odd', async () => {
    const print = (to: string) =>
      rulesFor([
        node('p', 'PrintV2', [], attribute('output_stream', message([2, to]))),
      ]);
    expect(await print('file:///etc/x')).toEqual(['tf-odd-path']);
    expect(await print('stderr')).toEqual([]);
  });
});

it('layers of Keras in metadata are judged', async () => {
  const lambda = JSON.stringify({
    class_name: 'Lambda',
    config: { function: ['4wE=', null, null], function_type: 'lambda' },
  });
  const metadata = message([
    1,
    message([2, 1], [3, 'root.layer'], [4, '_tf_keras_layer'], [5, lambda]),
  ]);
  expect(await rulesOf(metadata, 'keras_metadata.pb')).toContain('keras-code');
  const objects = field(
    7,
    message([1, message([4, message([1, '_tf_keras_layer'], [3, lambda])])]),
  );
  expect(
    await rulesOf(savedModel(graph([]), objects), 'saved_model.pb'),
  ).toContain('keras-code');
});

it('what cannot be read is no pass', async () => {
  const whole = savedModel(graph(plain));
  for (let size = 5; size < whole.length; size += 23) {
    expect(
      (await scan(whole.subarray(0, size), 'saved_model.pb')).verdict,
    ).toBe('error');
  }
  expect((await scan(Buffer.from('node: x'), 'saved_model.pb')).verdict).toBe(
    'error',
  );
});

describe('TensorFlow Lite', () => {
  /** One table of a model with one operator of a name. */
  function tflite(name: string): Buffer {
    const text = Buffer.from(`${name}\0\0\0\0`);
    return Buffer.concat([
      uint32(16),
      Buffer.from('TFL3'),
      // Fields of the model, then the model: version and operators.
      Buffer.from([8, 0, 12, 0, 4, 0, 8, 0]),
      uint32(8),
      uint32(3),
      uint32(4),
      uint32(1),
      uint32(12),
      // Fields of the operator, then the operator: none and its name.
      Buffer.from([8, 0, 8, 0, 0, 0, 4, 0]),
      uint32(8),
      uint32(4),
      uint32(name.length),
      text,
    ]);
  }

  it.each([
    ['FlexWriteFile', ['tf-writes-files']],
    ['FlexReadFile', ['tf-reads-files']],
    ['MyOperator', ['tf-custom-operator']],
    ['FlexErf', []],
    ['TFLite_Detection_PostProcess', []],
  ])('an operator %s', async (name, expected) => {
    const bytes = tflite(name);
    expect((await scan(bytes, 'model.tflite')).format).toBe('tflite');
    expect(await rulesOf(bytes, 'model.tflite')).toEqual(expected);
  });

  it('that breaks off is no pass', async () => {
    expect(
      (await scan(tflite('MyOperator').subarray(0, 40), 'm.tflite')).verdict,
    ).toBe('error');
  });
});

it('what lies beside a model is recognised', async () => {
  const index = Buffer.concat([
    Buffer.alloc(48),
    Buffer.from('57fb808b247547db', 'hex'),
  ]);
  expect(await scan(index, 'variables/variables.index')).toMatchObject({
    format: 'tf-index',
    findings: [],
  });
  const piece = (text: string) =>
    field(1, Buffer.concat([field(1, text), Buffer.from([0x15, 0, 0, 0, 0])]));
  const vocabulary = Buffer.concat([
    piece('<unk>'),
    piece('<s>'),
    piece('a'),
    piece('b'),
  ]);
  expect(await scan(vocabulary, 'tokenizer.model')).toMatchObject({
    format: 'sentencepiece',
    findings: [],
  });
});
