import { payload, rulesOf, scan } from '../../__testUtils__/scans';
import { oneTensor, safetensors } from '../../__testUtils__/safetensors';
import { message, node } from '../../__testUtils__/protobufs';
import { zip } from '../../__testUtils__/zips';

const info = (data_offsets: number[], more: object = {}) => ({
  dtype: 'U8',
  shape: [data_offsets[1] - data_offsets[0]],
  data_offsets,
  ...more,
});
const file = safetensors(oneTensor(16), Buffer.alloc(16, 0x80));

describe('a safetensors file that is wrong', () => {
  const corrupt = 'safetensors-corrupt';
  it.each<[string, string, Buffer]>([
    [
      'a header beyond the file',
      corrupt,
      safetensors('{}', undefined, { length: 3n }),
    ],
    [
      'a huge header',
      corrupt,
      safetensors('{}', undefined, { length: 100_000_001n }),
    ],
    [
      'a length without bounds',
      corrupt,
      safetensors('{"', undefined, { length: 2n ** 63n }),
    ],
    ['no header', corrupt, Buffer.alloc(8)],
    ['a list for a header', corrupt, safetensors('[]')],
    ['no JSON', corrupt, safetensors('{"a": 1,}')],
    ['a comment', corrupt, safetensors('{"a": {} /* x */}')],
    ['a second value', corrupt, safetensors('{"a":{}}{}')],
    ['wrong UTF-8', corrupt, safetensors(Buffer.from('{"\xff": 1}', 'latin1'))],
    [
      'a number with a fraction',
      corrupt,
      safetensors(
        '{"a":{"dtype":"U8","shape":[1.0],"data_offsets":[0,1]}}',
        Buffer.alloc(1),
      ),
    ],
    [
      'a number with an exponent',
      corrupt,
      safetensors(
        '{"a":{"dtype":"U8","shape":[1e0],"data_offsets":[0,1]}}',
        Buffer.alloc(1),
      ),
    ],
    [
      'a number with a zero in front',
      corrupt,
      safetensors(
        '{"a":{"dtype":"U8","shape":[01],"data_offsets":[0,1]}}',
        Buffer.alloc(1),
      ),
    ],
    [
      'a number without bounds',
      corrupt,
      safetensors(
        `{"a":{"dtype":"U8","shape":[0,${'9'.repeat(
          30,
        )}],"data_offsets":[0,0]}}`,
      ),
    ],
    [
      'half a character',
      corrupt,
      safetensors(
        '{"\\ud83d":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}',
      ),
    ],
    [
      'a wrong escape',
      corrupt,
      safetensors('{"\\x61":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}'),
    ],
    [
      'a raw line in a name',
      corrupt,
      safetensors('{"a\nb":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}'),
    ],
    ['no value for a field', corrupt, safetensors('{"a":{"x":nul}}')],
    [
      'metadata twice',
      'safetensors-duplicate-key',
      safetensors('{"__metadata__":{"a":"1","a":"2"}}'),
    ],
    [
      'deep objects',
      corrupt,
      safetensors(`${'{"a":'.repeat(600)}1${'}'.repeat(600)}`),
    ],
    ['a tensor that is a number', corrupt, safetensors({ a: 1 })],
    [
      'numbers in its metadata',
      corrupt,
      safetensors({ __metadata__: { a: 1 } }),
    ],
    [
      'objects in its metadata',
      corrupt,
      safetensors({ __metadata__: { a: {} } }),
    ],
    ['a text for metadata', corrupt, safetensors({ __metadata__: 'x' })],
    [
      'an unknown type',
      corrupt,
      safetensors({ a: info([0, 0], { dtype: 'F128' }) }),
    ],
    [
      'an inherited type',
      corrupt,
      safetensors({ a: info([0, 0], { dtype: 'constructor' }) }),
    ],
    [
      'no shape',
      corrupt,
      safetensors({ a: info([0, 0], { shape: undefined }) }),
    ],
    [
      'a negative shape',
      corrupt,
      safetensors({ a: info([0, 0], { shape: [-1, 0] }) }),
    ],
    [
      'a broken shape',
      corrupt,
      safetensors({ a: info([0, 1], { shape: [0.5] }) }, Buffer.alloc(1)),
    ],
    [
      'a shape without bounds',
      corrupt,
      safetensors({ a: info([0, 0], { shape: [2 ** 40, 2 ** 40] }) }),
    ],
    [
      'a shape that does not fit',
      corrupt,
      safetensors({ a: info([0, 4], { shape: [5] }) }, Buffer.alloc(4)),
    ],
    [
      'a half item',
      corrupt,
      safetensors(
        { a: info([0, 1], { dtype: 'F4', shape: [1] }) },
        Buffer.alloc(1),
      ),
    ],
    [
      'a tensor that ends before it begins',
      corrupt,
      safetensors({ a: info([4, 0], { shape: [0] }) }, Buffer.alloc(4)),
    ],
    [
      'three offsets',
      corrupt,
      safetensors({ a: info([0, 4, 4]) }, Buffer.alloc(4)),
    ],
    [
      'a tensor beyond the file',
      corrupt,
      safetensors(oneTensor(5), Buffer.alloc(4)),
    ],
    [
      'a name twice',
      'safetensors-duplicate-key',
      safetensors(
        '{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}',
      ),
    ],
    [
      'a name twice, once in escapes',
      'safetensors-duplicate-key',
      safetensors(
        String.raw`{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"\u0061":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}`,
      ),
    ],
    [
      'a field twice',
      'safetensors-duplicate-key',
      safetensors(
        '{"a":{"dtype":"U8","shape":[0],"shape":[0],"data_offsets":[0,0]}}',
      ),
    ],
    [
      'tensors that overlap',
      'safetensors-overlap',
      safetensors({ a: info([0, 4]), b: info([3, 8]) }, Buffer.alloc(8)),
    ],
    [
      'the same tensor twice',
      'safetensors-overlap',
      safetensors({ a: info([0, 4]), b: info([0, 4]) }, Buffer.alloc(4)),
    ],
    [
      'a gap',
      'safetensors-gap',
      safetensors({ a: info([0, 4]), b: info([5, 8]) }, Buffer.alloc(8)),
    ],
    [
      'a gap at the beginning',
      'safetensors-gap',
      safetensors({ a: info([4, 8]) }, Buffer.alloc(8)),
    ],
    [
      'bytes behind the tensors',
      'safetensors-gap',
      safetensors(oneTensor(4), Buffer.alloc(5)),
    ],
    [
      'a field of its own',
      'safetensors-odd-header',
      safetensors({ a: info([0, 0], { code: 'x' }) }),
    ],
    [
      'an odd name',
      'safetensors-odd-header',
      safetensors({ 'a\n': info([0, 0]) }),
    ],
    ['padding of lines', 'safetensors-odd-header', safetensors('{}\n')],
    [
      'much padding',
      'safetensors-odd-header',
      safetensors(`{}${' '.repeat(70_000)}`),
    ],
  ])('for %s: %s', async (_, rule, bytes) => {
    const report = await scan(bytes, 'model.safetensors');
    expect(report.findings.map(it => it.rule)).toContain(rule);
    expect(report.verdict).not.toBe('clean');
    expect(report.format).toBe('safetensors');
  });

  it('does not hide a pickle behind its tensors', async () => {
    const bytes = Buffer.concat([file, payload()]);
    expect(await rulesOf(bytes, 'a.safetensors')).toEqual(
      expect.arrayContaining(['safetensors-gap', 'pickle-dangerous-import']),
    );
  });

  it('does not hide a pickle between very many gaps', async () => {
    const names = Array.from({ length: 300 }, (_, i) => [
      `t${i}`,
      info([2 * i, 2 * i + 1]),
    ]);
    const end = { end: info([5000, 5001]) };
    const data = Buffer.alloc(5001, 1);
    payload().copy(data, 4000);
    const bytes = safetensors({ ...Object.fromEntries(names), ...end }, data);
    expect((await scan(bytes, 'a.safetensors')).verdict).toBe('malicious');
  });

  it('is two formats when a zip ends it', async () => {
    const bytes = Buffer.concat([
      file,
      zip([{ name: 'm/data.pkl', data: payload() }]),
    ]);
    const report = await scan(bytes, 'a.safetensors');
    expect(report.format).toBe('zip+safetensors');
    expect(report.verdict).toBe('malicious');
    expect(report.findings.map(({ rule }) => rule)).toContain(
      'several-formats',
    );
  });

  it('is two formats when the length of its header begins a pickle', async () => {
    // A float of eight bytes takes in the rest of the length.
    const bytes = Buffer.concat([
      Buffer.from('8002470500000000', 'hex'),
      Buffer.from('{"0'),
      payload().subarray(2),
    ]);
    const report = await scan(bytes, 'a.safetensors');
    expect(report.format).toBe('pickle+safetensors');
    expect(report.verdict).toBe('malicious');
  });

  it('that cannot be read may be something else all the same', async () => {
    const graph = message([1, node('PyOp', 'ai.onnx.contrib')]);
    // Read as a length, the first bytes of a model lead to an object.
    const model = message(
      [1, 8],
      [6, `\0\0\0\0{"${'x'.repeat(50)}`],
      [7, graph],
    );
    const report = await scan(model, 'a.safetensors');
    expect(report.format).toBe('safetensors+onnx');
    expect(report.findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['safetensors-corrupt', 'onnx-runs-code']),
    );
    expect(report.verdict).toBe('malicious');
  });

  it('is no other format by its name', async () => {
    expect(await rulesOf(file, 'model.gguf.zip')).toContain(
      'extension-mismatch',
    );
    expect(await rulesOf(payload(), 'model.safetensors')).toEqual([
      'extension-mismatch',
      'pickle-dangerous-import',
    ]);
  });
});
