import fc from 'fast-check';
import { CHAT_TEMPLATES } from '../../__testUtils__/chatTemplates';
import { gguf } from '../../__testUtils__/gguf';
import { pickle } from '../../__testUtils__/pickles';
import {
  externalTensor,
  graphAttribute,
  message,
  node,
  onnx,
  tensor,
} from '../../__testUtils__/protobufs';
import { safetensors } from '../../__testUtils__/safetensors';
import { payload, scan } from '../../__testUtils__/scans';
import { zip } from '../../__testUtils__/zips';
import { judgeJinja } from '../../text/jinja';

const tensors = safetensors(
  {
    __metadata__: { format: 'pt' },
    a: { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] },
    b: { dtype: 'BF16', shape: [4], data_offsets: [16, 24] },
  },
  Buffer.alloc(24, 7),
);
const model = (options: { version?: number; isBig?: boolean }) =>
  gguf({
    ...options,
    values: [
      ['general.architecture', { text: 'llama' }],
      ['general.alignment', { u32: 32 }],
      ['tokenizer.ggml.tokens', { texts: ['<s>', '</s>'] }],
      ['tokenizer.chat_template', { text: CHAT_TEMPLATES.ChatML }],
      ['nested', { lists: [{ u32s: [1, 2] }, { texts: ['a'] }] }],
    ],
    tensors: [
      { name: 'a', shape: [2, 2], offset: 0 },
      { name: 'b', shape: [32], type: 8, offset: 32 },
    ],
    data: Buffer.alloc(66, 1),
  });
const graph = message([1, node('Add')], [5, tensor(2)], [2, 'g']);
const SEEDS: Array<[name: string, bytes: Buffer]> = [
  ['m.safetensors', tensors],
  ['m.safetensors', Buffer.concat([tensors, payload()])],
  ['m.gguf', model({})],
  ['m.gguf', model({ isBig: true })],
  ['m.gguf', model({ version: 1 })],
  [
    'm.onnx',
    onnx(
      [
        [1, node('If', '', [5, graphAttribute('then', graph)])],
        [1, node('PyOp', 'ai.onnx.contrib')],
        [5, tensor(4)],
        [5, externalTensor({ location: 'a.bin', offset: '0' })],
      ],
      [[25, message([1, 'F'], [7, node('Relu')])]],
    ),
  ],
  [
    'm.pt',
    zip([
      {
        name: 'm/data.pkl',
        data: pickle(2).global('__torch__', 'Net').raw(')', 0x81).stop(),
      },
      { name: 'm/code/net.py', data: 'torch.save(x, "/x")' },
      { name: 'm/constants.pkl', data: pickle(2).raw(')').stop() },
    ]),
  ],
  ['m.zip', zip([{ name: 'm.gguf', data: model({}), deflate: true }])],
  ['m.zip', zip([{ name: 'm.safetensors', data: tensors, deflate: true }])],
];

const change = fc.record({
  kind: fc.constantFrom('set', 'remove', 'insert', 'repeat', 'cut', 'large'),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 9 }),
});
type Change = { kind: string; at: number; bytes: Uint8Array };

function apply(seed: Buffer, { kind, at, bytes }: Change): Buffer {
  const from = Math.floor(at * seed.length);
  const [before, after] = [seed.subarray(0, from), seed.subarray(from)];
  if (kind === 'cut') return before;
  if (kind === 'insert') return Buffer.concat([before, bytes, after]);
  if (kind === 'repeat') return Buffer.concat([before, after, after]);
  const rest = after.subarray(bytes.length);
  if (kind === 'remove') return Buffer.concat([before, rest]);
  // Counts and lengths at their bounds.
  const written =
    kind === 'large' ? bytes.map(byte => (byte % 2 ? 0xff : 0x7f)) : bytes;
  return Buffer.concat([before, written, rest]);
}

describe('whatever becomes of a file of tensors', () => {
  it.each([undefined, 64])(
    'the scan ends with a report that knows why (held at most: %s)',
    async maxHeldBytes => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...SEEDS),
          fc.array(change, { minLength: 1, maxLength: 5 }),
          async ([name, seed], changes) => {
            const bytes = changes.reduce(apply, seed);
            const before = process.cpuUsage();
            const report = await scan(
              bytes,
              name,
              maxHeldBytes === undefined ? {} : { maxHeldBytes },
            );
            const { user } = process.cpuUsage(before);
            expect(report.sizeBytes).toBe(bytes.length);
            expect(user / 1e6).toBeLessThan(5);
            // What the scanner itself fails at is a fault of the scanner.
            expect(report.findings.map(({ rule }) => rule)).not.toContain(
              'unreadable',
            );
          },
        ),
        { numRuns: 500 },
      );
    },
    240_000,
  );

  it('an attack in a template stays one', async () => {
    const attack = "{{ ''.__class__.__mro__ }}";
    await fc.assert(
      fc.asyncProperty(
        fc.string({ maxLength: 40 }),
        fc.boolean(),
        fc.constantFrom(1, 2, 3),
        async (key, isBig, version) => {
          const bytes = gguf({
            isBig,
            version,
            values: [
              [`a${key}`, { u32: 1 }],
              ['tokenizer.chat_template', { text: `${key}${attack}` }],
            ],
          });
          const report = await scan(bytes, 'm.gguf');
          // In a comment or a raw block of the text before it, it is none.
          const isInert = /\{[#%{]/.test(key);
          expect(isInert || report.verdict === 'malicious').toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  }, 120_000);

  it('a template is judged in time and without an error', () => {
    const pieces = fc.constantFrom(
      ..."{{ }} {% %} {# #} ' \" [ ] ( ) | ~ + . : , = set for in if macro endmacro x ns __class__ attr namespace range \\x5f 'a' 1e9 raw endraw -%}"
        .split(' ')
        .concat(' '),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 200 }), parts => {
        const before = process.cpuUsage();
        for (const { message: text } of judgeJinja(parts.join(' '))) {
          expect(text).toMatch(/^line \d+: /);
        }
        expect(process.cpuUsage(before).user / 1e6).toBeLessThan(2);
      }),
      { numRuns: 2000 },
    );
  }, 120_000);
});
