import {
  externalTensor,
  field,
  graphAttribute,
  message,
  metadata,
  node,
  onnx,
  tensor,
  varint,
} from '../../__testUtils__/protobufs';
import { payload, rulesOf, scan } from '../../__testUtils__/scans';
import { zip } from '../../__testUtils__/zips';
import { MemorySource, type ByteSource } from '../../source';
import { scanSource } from '../../scanSource';
import { ITEM_BITS } from './schema';

const graphOf = (...nodes: Buffer[]) =>
  message(...nodes.map(it => [1, it] as const), [2, 'g']);
const model = onnx([
  [1, node('MatMul')],
  [1, node('Relu')],
  [5, tensor(4)],
]);

describe('an ONNX model', () => {
  it.each<[string, Buffer]>([
    ['as torch writes it', model],
    [
      'with notes',
      onnx(
        [[1, node('Add')]],
        [metadata('names', "{0: 'a'}"), [6, 'x'.repeat(70_000)]],
      ),
    ],
    [
      'with long notes in front',
      message([1, 8], [6, 'x'.repeat(70_000)], [7, graphOf(node('Add'))]),
    ],
    ['of ONNX ML', onnx([[1, node('TreeEnsembleClassifier', 'ai.onnx.ml')]])],
    ['of ONNX Runtime', onnx([[1, node('FusedMatMul', 'com.microsoft')]])],
    [
      'with a function of its own',
      onnx(
        [[1, node('F', 'my.domain')]],
        [[25, message([1, 'F'], [7, node('Relu')], [10, 'my.domain'])]],
      ),
    ],
    [
      'with branches and loops',
      onnx([
        [
          1,
          node('If', '', [
            5,
            graphAttribute(
              'then_branch',
              graphOf(
                node('Loop', '', [
                  5,
                  graphAttribute('body', graphOf(node('Add'))),
                ]),
              ),
            ),
          ]),
        ],
      ]),
    ],
    [
      'with data in a list',
      onnx([[5, message([1, 2], [2, 1], [4, Buffer.alloc(8)], [8, 'w'])]]),
    ],
    [
      'with packed dimensions',
      onnx([
        [5, message([1, Buffer.from([2, 3])], [2, 1], [9, Buffer.alloc(24)])],
      ]),
    ],
    ['with an empty tensor', onnx([[5, message([1, 0], [2, 1], [9, ''])]])],
    ['with a text tensor', onnx([[5, message([1, 1], [2, 8], [6, 'text'])]])],
    ['of training', onnx([], [[20, message([1, graphOf(node('Add'))])]])],
  ])('%s is clean', async (_, bytes) => {
    expect(await scan(bytes, 'model.onnx')).toMatchObject({
      format: 'onnx',
      verdict: 'clean',
      findings: [],
    });
  });

  it.each([...ITEM_BITS])(
    'with tensors of type %i is clean',
    async (type, bits) => {
      const of = (bytes: number) =>
        onnx([
          [5, message([1, 4], [1, 2], [2, type], [9, Buffer.alloc(bytes)])],
        ]);
      expect(await rulesOf(of(bits), 'a.onnx')).toEqual([]);
      expect(await rulesOf(of(bits + 1), 'a.onnx')).toEqual(['onnx-corrupt']);
    },
  );

  it('names the files that hold its tensors', async () => {
    const bytes = onnx([
      [
        5,
        externalTensor({
          location: 'weights/a.bin',
          offset: '0',
          length: '16',
        }),
      ],
      [5, externalTensor({ location: 'weights/a.bin', offset: '16' })],
      [5, externalTensor({ location: 'b/../b.bin' })],
    ]);
    const report = await scan(bytes, 'model.onnx');
    expect(report.verdict).toBe('clean');
    expect(report.findings.map(({ message: text }) => text)).toEqual([
      'tensors are in weights/a.bin',
      'tensors are in b/../b.bin',
    ]);
  });

  it('is read without its tensors where the digest is known', async () => {
    const bytes = onnx([
      [5, tensor(4 * 1024 * 1024)],
      [1, node('PyOp')],
    ]);
    const memory = new MemorySource('a.onnx', bytes);
    let size = 0;
    const source: ByteSource = {
      name: memory.name,
      size: memory.size,
      read: (offset, length) => {
        size += length;
        return memory.read(offset, length);
      },
      stream: () => {
        throw new Error('reads it all');
      },
      close: async () => {},
    };
    const report = await scanSource(source, { sha256: 'known' });
    expect(report.verdict).toBe('malicious');
    expect(size).toBeLessThan(4 * 1024 * 1024);
  });

  it('is read as it comes when it is packed and too large to be held', async () => {
    const limits = { maxHeldBytes: 1000 };
    const of = (...more: Buffer[]) =>
      zip([
        {
          name: 'a.onnx',
          data: onnx([[5, tensor(40_000)], ...more]),
          deflate: true,
        },
      ]);
    expect(await rulesOf(of(), 'a.zip', limits)).toEqual([]);
    const bad = of(message([1, node('PyOp')]));
    expect(await rulesOf(bad, 'a.zip', limits)).toEqual(['onnx-runs-code']);
  });
});

describe('an ONNX model that is wrong', () => {
  const deep = (levels: number): Buffer =>
    levels === 0
      ? graphOf(node('Add'))
      : graphOf(node('If', '', [5, graphAttribute('b', deep(levels - 1))]));
  it.each<[string, string, Buffer]>([
    [
      'no graph',
      'onnx-corrupt',
      message([1, 8], [2, 'x'], [8, message([2, 17])]),
    ],
    ['a broken end', 'onnx-corrupt', model.subarray(0, -3)],
    [
      'a tensor of another size',
      'onnx-corrupt',
      onnx([[5, tensor(4, Buffer.alloc(17))]]),
    ],
    [
      'a negative dimension',
      'onnx-corrupt',
      onnx([[5, message([1, -1], [1, 0], [2, 1], [9, ''])]]),
    ],
    [
      'a field beyond its message',
      'onnx-corrupt',
      onnx([[1, Buffer.concat([field(4, 'Add'), Buffer.from([0x22, 0x7f])])]]),
    ],
    ['a group', 'onnx-corrupt', onnx([[1, Buffer.from([0x0b])]])],
    ['a field 0', 'onnx-corrupt', onnx([[1, Buffer.from([0x00, 0x00])]])],
    [
      'a number without an end',
      'onnx-corrupt',
      onnx([[1, Buffer.alloc(20, 0xff)]]),
    ],
    [
      'graphs without end',
      'onnx-corrupt',
      onnx([[1, node('If', '', [5, graphAttribute('b', deep(60))])]]),
    ],
    ['a field of nobody', 'onnx-odd-field', onnx([], [[99, 'hidden']])],
    [
      'a field of nobody in a node',
      'onnx-odd-field',
      onnx([[1, node('Add', '', [77, 'hidden'])]]),
    ],
    ['a text that is a number', 'onnx-odd-field', onnx([[1, message([4, 1])]])],
    [
      'two graphs',
      'onnx-odd-field',
      message(onnx(), [7, graphOf(node('Add'))]),
    ],
    [
      'two names of an operator',
      'onnx-odd-field',
      onnx([[1, message([4, 'Add'], [4, 'Sub'])]]),
    ],
  ])('for %s: %s', async (_, rule, bytes) => {
    const report = await scan(bytes, 'm.onnx');
    expect(report.findings.map(it => it.rule)).toContain(rule);
    expect(report.verdict).not.toBe('clean');
    expect(report.format).toBe('onnx');
  });

  it('does not hide a pickle', async () => {
    const behind = Buffer.concat([model, payload()]);
    const within = onnx([], [[99, payload()]]);
    for (const bytes of [behind, within]) {
      expect(await rulesOf(bytes, 'm.onnx')).toContain(
        'pickle-dangerous-import',
      );
    }
  });

  it('is one by its name, whatever its texts hold', async () => {
    const bytes = message(
      [1, 8],
      [2, message([1, '\x01'])],
      [7, graphOf(node('PyOp'))],
    );
    const report = await scan(bytes, 'm.onnx');
    expect(report.format).toContain('onnx');
    expect(report.verdict).toBe('malicious');
  });

  it('is two formats when a zip ends it', async () => {
    const bytes = Buffer.concat([model, zip([{ name: 'a', data: payload() }])]);
    const report = await scan(bytes, 'm.onnx');
    expect(report.format).toBe('zip+onnx');
    expect(report.verdict).toBe('malicious');
  });
});

describe('what is no ONNX model', () => {
  const saved = message(
    [1, 1],
    [2, message([1, message([1, 'x'], [4, 'serve'])])],
  );
  it.each<[string, Buffer]>([
    ['a graph of TensorFlow', saved],
    [
      'a model of Core ML',
      message([1, 5], [2, message([1, message([1, 'a\x01'])])]),
    ],
    [
      'a vocabulary',
      message([1, message([1, '<unk>'])], [1, message([1, 'a'])]),
    ],
    ['letters', Buffer.from('\x08\x08 letters')],
    ['a version and nothing else', message([1, 8])],
    ['a version of nobody', message([1, 99_999], [7, graphOf(node('Add'))])],
    ['a graph that is none', message([1, 8], [7, Buffer.alloc(40, 0xff)])],
  ])('is %s', async (_, bytes) => {
    expect((await scan(bytes, 'file.bin')).format).not.toContain('onnx');
  });

  it('is an error under its name', async () => {
    expect((await scan(Buffer.alloc(64, 1), 'a.onnx')).verdict).toBe('error');
  });

  it('is the format of ONNX Runtime', async () => {
    const bytes = Buffer.concat([
      varint(32),
      Buffer.alloc(3),
      Buffer.from('ORTM'),
      Buffer.alloc(64),
    ]);
    expect(await scan(bytes, 'm.ort')).toMatchObject({
      format: 'ort',
      verdict: 'error',
    });
    expect(await rulesOf(bytes, 'm.onnx')).toContain('onnx-unsupported');
  });
});
