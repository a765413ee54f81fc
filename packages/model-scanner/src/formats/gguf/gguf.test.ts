import { CHAT_TEMPLATES } from '../../__testUtils__/chatTemplates';
import { gguf, type GgufOptions } from '../../__testUtils__/gguf';
import { payload, rulesOf, scan } from '../../__testUtils__/scans';
import { zip } from '../../__testUtils__/zips';
import { BLOCKS } from './dataTypes';

const model = (more: Partial<GgufOptions> = {}): GgufOptions => ({
  values: [
    ['general.architecture', { text: 'llama' }],
    ['general.alignment', { u32: 32 }],
    ['llama.context_length', { u32: 4096 }],
    ['llama.rope', { f64: 0 }],
    ['general.flag', { bool: 1 }],
    ['tokenizer.ggml.tokens', { texts: ['<s>', '{{ x.__class__ }}', '{%'] }],
    ['tokenizer.ggml.types', { u32s: [1, 2, 3] }],
    [
      'tokenizer.chat_template',
      { text: CHAT_TEMPLATES['Llama 3.1 with tools'] },
    ],
    ['tokenizer.chat_template.tool_use', { text: CHAT_TEMPLATES.ChatML }],
    ['tokenizer.chat_templates', { texts: ['tool_use'] }],
  ],
  tensors: [
    { name: 'a.weight', shape: [2, 2], offset: 0 },
    { name: 'b.weight', shape: [32, 3], type: 8, offset: 32 },
  ],
  data: Buffer.alloc(32 + 102, 1).fill(0, 16, 32),
  ...more,
});

describe('a GGUF file', () => {
  it.each<[string, GgufOptions]>([
    ['of version 3', {}],
    ['of version 2', { version: 2 }],
    ['of version 1', { version: 1 }],
    ['with its bytes the other way round', { isBig: true }],
    ['that ends with padding', { data: Buffer.alloc(32 + 128) }],
    ['without tensors', { tensors: [], data: undefined }],
    [
      'with another alignment',
      {
        values: [['general.alignment', { u32: 64 }]],
        tensors: [{ name: 'a', shape: [1], offset: 0 }],
        data: Buffer.alloc(4),
        alignment: 64,
      },
    ],
    [
      'with a number for a tensor',
      { tensors: [{ name: 'a', shape: [], offset: 0 }], data: Buffer.alloc(4) },
    ],
  ])('%s is clean', async (_, more) => {
    expect(await scan(gguf(model(more)), 'model.gguf')).toMatchObject({
      format: 'gguf',
      verdict: 'clean',
      findings: [],
    });
  });

  it.each([...BLOCKS])(
    'with tensors of type %i is clean',
    async (type, block) => {
      const [items, bytes] = block;
      const tensors = [{ name: 'a', shape: [2 * items, 3], type, offset: 0 }];
      const data = Buffer.alloc(6 * bytes);
      expect(await rulesOf(gguf({ tensors, data }), 'a.gguf')).toEqual([]);
      const short = data.subarray(1);
      expect(await rulesOf(gguf({ tensors, data: short }), 'a.gguf')).toEqual([
        'gguf-corrupt',
      ]);
    },
  );

  it.each(Object.entries(CHAT_TEMPLATES))(
    'with the template of %s is clean',
    async (_, text) => {
      const bytes = gguf({ values: [['tokenizer.chat_template', { text }]] });
      expect(await rulesOf(bytes, 'a.gguf')).toEqual([]);
    },
  );

  it('is counted as it comes when it is packed and too large to be held', async () => {
    const limits = { maxHeldBytes: 4000 };
    const of = (bytes: number) =>
      zip([
        {
          name: 'a.gguf',
          data: gguf({
            tensors: [{ name: 'a', shape: [100_000], type: 24, offset: 0 }],
            data: Buffer.alloc(bytes, 1),
          }),
          deflate: true,
        },
      ]);
    expect(await rulesOf(of(100_000), 'a.zip', limits)).toEqual([]);
    expect(await rulesOf(of(99_999), 'a.zip', limits)).toEqual([
      'gguf-corrupt',
    ]);
    expect(await rulesOf(of(100_100), 'a.zip', limits)).toEqual(['gguf-gap']);
  });
});

describe('a template in a GGUF file', () => {
  const attack = "{{ ''.__class__.__mro__ }}";
  it.each<[string, GgufOptions['values']]>([
    ['by its name', [['tokenizer.chat_template', { text: attack }]]],
    ['for tools', [['tokenizer.chat_template.tool_use', { text: attack }]]],
    ['in an array', [['tokenizer.chat_templates', { texts: ['', attack] }]]],
    ['under another name', [['general.description', { text: attack }]]],
    [
      'the second of two',
      [
        ['tokenizer.chat_template', { text: CHAT_TEMPLATES.ChatML }],
        ['tokenizer.chat_template', { text: attack }],
      ],
    ],
    [
      'in an array of arrays',
      [['prompt_templates', { lists: [{ texts: [attack] }] }]],
    ],
  ])('is judged: %s', async (_, values) => {
    for (const isBig of [false, true]) {
      const report = await scan(gguf({ values, isBig }), 'a.gguf');
      expect(report.verdict).toBe('malicious');
      expect(report.findings.map(({ rule }) => rule)).toContain(
        'template-dangerous-name',
      );
    }
  });

  it('is found where it stands', async () => {
    const values: GgufOptions['values'] = [
      ['tokenizer.chat_template', { text: `x\n${attack}` }],
    ];
    const bytes = gguf({ values });
    const { findings } = await scan(bytes, 'a.gguf');
    expect(findings[0]).toMatchObject({
      location: `@${bytes.indexOf('x\n')}`,
      message: expect.stringContaining('tokenizer.chat_template line 2'),
    });
  });

  it('that is too long is not passed over', async () => {
    const text = 'x'.repeat(4 * 1024 * 1024 + 1);
    const bytes = gguf({ values: [['tokenizer.chat_template', { text }]] });
    expect((await scan(bytes, 'a.gguf')).verdict).toBe('error');
  });
});

describe('a GGUF file that is wrong', () => {
  const corrupt = 'gguf-corrupt';
  const value = (text: GgufOptions['values']) => gguf({ values: text });
  const u64 = (count: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(count);
    return bytes;
  };
  const tensor = (more: object, bytes = 32) =>
    gguf({
      tensors: [{ name: 'a', shape: [1], offset: 0, ...more }],
      data: Buffer.alloc(bytes),
    });
  it.each<[string, string, Buffer]>([
    ['a version of tomorrow', corrupt, gguf({ version: 4 })],
    [
      'version 0',
      corrupt,
      Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(20)]),
    ],
    ['no header', corrupt, Buffer.from('GGUF')],
    ['too many tensors', corrupt, gguf({ counts: { tensors: 2n ** 60n } })],
    ['too many values', corrupt, gguf({ counts: { values: 2n ** 63n } })],
    [
      'more values than there are',
      corrupt,
      gguf(model({ counts: { values: 12n } })),
    ],
    [
      'an unknown type of value',
      corrupt,
      value([['a', { raw: Buffer.alloc(8), type: 13 }]]),
    ],
    [
      'an unknown type of item',
      corrupt,
      value([['a', { raw: Buffer.alloc(12, 99), type: 9 }]]),
    ],
    ['a boolean of two', corrupt, value([['a', { bool: 2 }]])],
    [
      'a text beyond the file',
      corrupt,
      value([['a', { raw: u64(2n ** 40n), type: 8 }]]),
    ],
    [
      'a text without bounds',
      corrupt,
      value([['a', { raw: u64(2n ** 64n - 1n), type: 8 }]]),
    ],
    [
      'an array beyond the file',
      corrupt,
      value([
        [
          'a',
          {
            raw: Buffer.concat([
              Buffer.from([4, 0, 0, 0]),
              u64(2n ** 62n - 1n),
            ]),
            type: 9,
          },
        ],
      ]),
    ],
    [
      'an array that overflows',
      corrupt,
      value([
        [
          'a',
          {
            raw: Buffer.concat([Buffer.from([12, 0, 0, 0]), u64(2n ** 61n)]),
            type: 9,
          },
        ],
      ]),
    ],
    [
      'deep arrays',
      corrupt,
      value([
        [
          'a',
          {
            lists: [
              { lists: [{ lists: [{ lists: [{ lists: [{ u32s: [1] }] }] }] }] },
            ],
          },
        ],
      ]),
    ],
    ['a long key', corrupt, value([['k'.repeat(70_000), { u8: 1 }]])],
    ['no alignment', corrupt, value([['general.alignment', { u32: 0 }]])],
    ['an odd alignment', corrupt, value([['general.alignment', { u32: 48 }]])],
    [
      'a text for its alignment',
      corrupt,
      value([['general.alignment', { text: '32' }]]),
    ],
    ['five dimensions', corrupt, tensor({ shape: [1, 1, 1, 1, 1] })],
    [
      'very many dimensions',
      corrupt,
      tensor({ shape: new Array(1000).fill(1) }),
    ],
    [
      'a shape that overflows',
      corrupt,
      tensor({ shape: [2n ** 32n, 2n ** 32n] }),
    ],
    ['a negative shape', corrupt, tensor({ shape: [2n ** 64n - 1n] })],
    ['an unknown type of tensor', corrupt, tensor({ type: 99 })],
    ['a type that was taken out', corrupt, tensor({ type: 4 })],
    ['half a block', corrupt, tensor({ type: 8, shape: [16] })],
    ['a tensor beyond the file', corrupt, tensor({ offset: 64 })],
    ['an offset that overflows', corrupt, tensor({ offset: 2n ** 64n - 32n })],
    ['an offset that is not aligned', corrupt, tensor({ offset: 4 })],
    [
      'tensors beyond the file',
      corrupt,
      gguf({ tensors: [{ name: 'a', shape: [1], offset: 0 }] }),
    ],
    [
      'a key twice',
      'gguf-duplicate-key',
      value([
        ['a', { u8: 1 }],
        ['a', { u8: 2 }],
      ]),
    ],
    [
      'a tensor twice',
      'gguf-duplicate-key',
      gguf({
        tensors: [
          { name: 'a', shape: [8], offset: 0 },
          { name: 'a', shape: [8], offset: 32 },
        ],
        data: Buffer.alloc(64),
      }),
    ],
    [
      'tensors that overlap',
      'gguf-overlap',
      gguf({
        tensors: [
          { name: 'a', shape: [16], offset: 0 },
          { name: 'b', shape: [8], offset: 32 },
        ],
        data: Buffer.alloc(64),
      }),
    ],
    [
      'a gap',
      'gguf-gap',
      gguf({
        tensors: [
          { name: 'a', shape: [8], offset: 0 },
          { name: 'b', shape: [8], offset: 64 },
        ],
        data: Buffer.alloc(96),
      }),
    ],
    ['bytes behind the tensors', 'gguf-gap', tensor({}, 64)],
    [
      'bytes behind the header',
      'gguf-gap',
      gguf({ data: Buffer.alloc(33, 1) }),
    ],
    [
      'a large alignment',
      'gguf-odd-header',
      value([['general.alignment', { u32: 65_536 }]]),
    ],
    [
      'arrays of arrays',
      'gguf-odd-header',
      value([['a', { lists: [{ u32s: [1] }] }]]),
    ],
    ['an odd key', 'gguf-odd-header', value([['a b', { u8: 1 }]])],
    ['no key', 'gguf-odd-header', value([['', { u8: 1 }]])],
    [
      'a long name of a tensor',
      'gguf-odd-header',
      tensor({ name: 'n'.repeat(200) }),
    ],
  ])('for %s: %s', async (_, rule, bytes) => {
    const report = await scan(bytes, 'model.gguf');
    expect(report.findings.map(it => it.rule)).toContain(rule);
    expect(report.verdict).not.toBe('clean');
    expect(report.format).toBe('gguf');
  });

  it('does not hide a pickle or a zip behind its tensors', async () => {
    const whole = gguf(model());
    expect(
      await rulesOf(
        Buffer.concat([whole, Buffer.alloc(32, 1), payload()]),
        'a.gguf',
      ),
    ).toEqual(expect.arrayContaining(['gguf-gap', 'pickle-dangerous-import']));
    const both = Buffer.concat([
      whole,
      zip([{ name: 'a.pkl', data: payload() }]),
    ]);
    expect((await scan(both, 'a.gguf')).format).toBe('zip+gguf');
    expect((await scan(both, 'a.gguf')).verdict).toBe('malicious');
  });

  it.each(['lmgg', 'tjgg', 'fmgg'])(
    'is not read before GGUF: %s',
    async mark => {
      const bytes = Buffer.concat([Buffer.from(mark), Buffer.alloc(32)]);
      expect(await rulesOf(bytes, 'model.bin')).toContain('gguf-unsupported');
      expect((await scan(bytes, 'model.ggml')).verdict).toBe('error');
    },
  );

  it('is no GGUF by its name', async () => {
    expect((await scan(Buffer.alloc(64, 1), 'a.gguf')).verdict).toBe('error');
    expect(await rulesOf(gguf(model()), 'a.safetensors')).toContain(
      'extension-mismatch',
    );
  });
});
