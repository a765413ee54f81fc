import {
  externalTensor,
  graphAttribute,
  message,
  node,
  onnx,
  textAttribute,
} from '../../__testUtils__/protobufs';
import { rulesOf, scan } from '../../__testUtils__/scans';

const graphOf = (...nodes: Buffer[]) =>
  message(...nodes.map(it => [1, it] as const), [2, 'g']);
describe('external data of an ONNX model', () => {
  const rulesAt = (location: string) =>
    rulesOf(onnx([[5, externalTensor({ location })]]), 'm.onnx');

  it.each([
    '/etc/passwd',
    '../../../etc/passwd',
    'weights/../../secret',
    '..\\..\\secret',
    'C:\\Windows\\win.ini',
    '\\\\server\\share\\x',
    '//server/share/x',
    '/dev/zero',
    '/proc/self/environ',
    'NUL',
    'https://example.com/weights',
    'file:///etc/passwd',
    'smb://server/x',
    '~/.ssh/id_rsa',
    '$HOME/x',
    '*/_ORT_MEM_ADDR_/*',
    '../x\0weights.bin',
  ])('is not read from %j', async location => {
    expect(await rulesAt(location)).toContain('onnx-external-path');
    const inner = onnx([
      [
        1,
        node('If', '', [
          5,
          graphAttribute(
            'then_branch',
            message([5, externalTensor({ location })]),
          ),
        ]),
      ],
    ]);
    expect((await scan(inner, 'm.onnx')).verdict).toBe('malicious');
  });

  it.each<[string, Buffer]>([
    [
      'in the attribute of a node',
      onnx([
        [
          1,
          node('Constant', '', [
            5,
            message([1, 'value'], [5, externalTensor({ location: '/x' })]),
          ]),
        ],
      ]),
    ],
    [
      'in a list of tensors',
      onnx([
        [
          1,
          node('Constant', '', [
            5,
            message([1, 'value'], [10, externalTensor({ location: '/x' })]),
          ]),
        ],
      ]),
    ],
    [
      'of a sparse tensor',
      onnx([[15, message([1, externalTensor({ location: '/x' })])]]),
    ],
    [
      'of an attribute that is sparse',
      onnx([
        [
          1,
          node('Constant', '', [
            5,
            message([22, message([2, externalTensor({ location: '/x' })])]),
          ]),
        ],
      ]),
    ],
    [
      'in a function',
      onnx(
        [],
        [
          [
            25,
            message(
              [1, 'F'],
              [
                7,
                node('Constant', '', [
                  5,
                  message([5, externalTensor({ location: '/x' })]),
                ]),
              ],
            ),
          ],
        ],
      ),
    ],
    [
      'in the default of an attribute',
      onnx(
        [],
        [
          [
            25,
            message(
              [1, 'F'],
              [11, message([5, externalTensor({ location: '/x' })])],
            ),
          ],
        ],
      ),
    ],
    [
      'in training',
      onnx(
        [],
        [[20, message([2, message([5, externalTensor({ location: '/x' })])])]],
      ),
    ],
    [
      'without saying so',
      onnx([[5, externalTensor({ location: '/x' }, undefined)]]),
    ],
    [
      'under its old name',
      onnx([[5, externalTensor({ location: 'a', basepath: '/x' })]]),
    ],
    [
      'the second time',
      onnx([
        [
          5,
          message(
            externalTensor({ location: 'a' }),
            externalTensor({ location: '/x' }),
          ),
        ],
      ]),
    ],
    [
      'in a second graph',
      message(onnx(), [7, message([5, externalTensor({ location: '/x' })])]),
    ],
  ])('is found %s', async (_, bytes) => {
    expect(await rulesOf(bytes, 'm.onnx')).toContain('onnx-external-path');
  });

  it.each<[string, Buffer]>([
    ['no file', externalTensor({ offset: '0' })],
    ['nothing at all', externalTensor({})],
    ['a negative offset', externalTensor({ location: 'a', offset: '-1' })],
    [
      'a huge length',
      externalTensor({ location: 'a', length: '9'.repeat(20) }),
    ],
    ['no number', externalTensor({ location: 'a', offset: '0x10' })],
    ['an odd name', externalTensor({ location: 'a\u202eb' })],
    [
      'two files',
      message(
        externalTensor({ location: 'a' }),
        externalTensor({ location: 'b' }),
      ),
    ],
    ['a file that does not count', externalTensor({ location: 'a' }, 0)],
    [
      'data of its own too',
      message(externalTensor({ location: 'a' }), [9, 'data']),
    ],
  ])('with %s is odd', async (_, bytes) => {
    expect(await rulesOf(onnx([[5, bytes]]), 'm.onnx')).toContain(
      'onnx-odd-external',
    );
  });
});

describe('an operator', () => {
  it.each<[string, Buffer]>([
    ['onnx-runs-code', node('PyOp', 'ai.onnx.contrib')],
    ['onnx-runs-code', node('PyOp')],
    ['onnx-runs-code', node('PythonOp', 'com.microsoft')],
    [
      'onnx-runs-code',
      node('ATen', 'org.pytorch.aten', [
        5,
        textAttribute('operator', 'aten::save'),
      ]),
    ],
    ['onnx-reaches-out', node('AzureTextToText', 'com.microsoft.extensions')],
    ['onnx-opaque-code', node('EPContext', 'com.microsoft')],
    [
      'onnx-external-path',
      node('EPContext', 'com.microsoft', [
        5,
        textAttribute('ep_cache_context', '../../x.bin'),
      ]),
    ],
    ['onnx-custom-operator', node('Run', 'com.example')],
    ['onnx-custom-operator', node('NoSuchOperator')],
    ['onnx-custom-operator', node('')],
  ])('is %s', async (rule, bytes) => {
    const inner = node('Loop', '', [5, graphAttribute('body', graphOf(bytes))]);
    const last = message([25, message([1, 'F'], [7, bytes])]);
    for (const file of [
      onnx([[1, bytes]]),
      onnx([[1, inner]]),
      onnx([], [last]),
    ]) {
      expect(await rulesOf(file, 'm.onnx')).toContain(rule);
    }
  });

  it('of the same domain is not defined by another function', async () => {
    const bytes = onnx(
      [[1, node('G', 'my.domain')]],
      [[25, message([1, 'F'], [10, 'my.domain'])]],
    );
    expect(await rulesOf(bytes, 'm.onnx')).toEqual(['onnx-custom-operator']);
  });

  it('of torch that computes is clean', async () => {
    const bytes = node('ATen', 'org.pytorch.aten', [
      5,
      textAttribute('operator', 'aten::embedding_bag'),
    ]);
    expect(await rulesOf(onnx([[1, bytes]]), 'm.onnx')).toEqual([]);
  });
});
