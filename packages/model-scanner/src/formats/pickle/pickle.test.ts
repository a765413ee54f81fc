import { MemorySource } from '../../source';
import { scanSource } from '../../scanSource';
import { PickleWriter, pickle, uint64 } from '../../__testUtils__/pickles';

const scan = (bytes: Buffer, name = 'model.pkl') =>
  scanSource(new MemorySource(name, bytes));
const rulesOf = async (bytes: Buffer, name?: string) =>
  (await scan(bytes, name)).findings.map(({ rule }) => rule);

describe('a pickle that runs something', () => {
  it.each<[string, Buffer]>([
    ['GLOBAL', pickle(2).global('os', 'system').call('id').stop()],
    [
      'GLOBAL of Python 2',
      pickle(2).global('__builtin__', 'eval').call('1').stop(),
    ],
    ['STACK_GLOBAL', pickle().stackGlobal('posix', 'system').call('id').stop()],
    [
      'STACK_GLOBAL out of the memo',
      pickle()
        .text('os')
        .memoize()
        .text('system')
        .memoize()
        .raw('0', '0', 'h', 0, 'h', 1, 0x93)
        .call('id')
        .stop(),
    ],
    ['INST', new PickleWriter().raw("(S'id'\nios\nsystem\n").stop()],
    [
      'OBJ',
      pickle(2).raw('(').global('os', 'system').longText('id').raw('o').stop(),
    ],
    [
      'OBJ that is thrown away',
      pickle(2)
        .raw('(')
        .global('os', 'system')
        .longText('id')
        .raw('o', '0', 'N')
        .stop(),
    ],
    [
      'a text with escapes',
      pickle(2).raw('Vo\\u0073\n', 'Vsyste\\u006d\n', 0x93).call('id').stop(),
    ],
    [
      'a literal with escapes',
      pickle(2).raw("S'o\\x73'\n", "S'system'\n", 0x93).call('id').stop(),
    ],
    [
      'an attribute of an attribute',
      pickle()
        .stackGlobal('builtins', 'getattr.__self__.eval')
        .call('1')
        .stop(),
    ],
    [
      'getattr that stands alone',
      pickle(2).global('builtins', 'getattr').stop(),
    ],
    [
      'getattr of a safe class to a function of its globals',
      pickle(2)
        .global('builtins', 'getattr')
        .global('collections', 'OrderedDict')
        .longText('__init__')
        .raw(0x86, 'R')
        .stop(),
    ],
    ['partial', pickle(2).global('functools', 'partial').call('x').stop()],
    ['pip', pickle(2).global('pip', 'main').call('install x').stop()],
    [
      'pip from within',
      pickle(2).global('pip._internal.cli.main', 'main').call('x').stop(),
    ],
    ['torch.load', pickle(2).global('torch', 'load').call('x').stop()],
    [
      'numpy f2py',
      pickle(2)
        .global('numpy.f2py.crackfortran', 'getlincoef')
        .call('x')
        .stop(),
    ],
    [
      'a second pickle',
      Buffer.concat([
        pickle(2).raw('N').stop(),
        pickle(2).global('os', 'system').call('id').stop(),
      ]),
    ],
    [
      'a pickle in bytes',
      pickle(3)
        .bytes(pickle(2).global('os', 'system').call('id').stop())
        .stop(),
    ],
    [
      'a pickle in data behind it',
      Buffer.concat([
        pickle(2).raw('N').stop(),
        Buffer.alloc(100, 7),
        pickle(2).global('os', 'system').call('id').stop(),
      ]),
    ],
    [
      'a payload before the break',
      pickle(2).global('os', 'system').call('id').raw('R').unfinished(),
    ],
  ])('%s', async (_, bytes) => {
    const report = await scan(bytes);
    expect(report.findings).toContainEqual(
      expect.objectContaining({ rule: 'pickle-dangerous-import' }),
    );
    expect(report.verdict).toBe('malicious');
  });

  it.each<[string, string, Buffer]>([
    [
      'an import that nobody knows',
      'pickle-unknown-import',
      pickle(2).global('acme.layers', 'Fancy').raw(')', 0x81).stop(),
    ],
    [
      'a name out of a call',
      'pickle-computed-import',
      pickle(4)
        .text('os')
        .global('_codecs', 'encode')
        .call('x')
        .raw(0x93)
        .stop(),
    ],
    [
      'a call of what a call gave',
      'pickle-computed-import',
      pickle(2)
        .global('collections', 'OrderedDict')
        .raw(')', 'R', ')', 'R')
        .stop(),
    ],
    [
      'a class that is changed',
      'pickle-unknown-import',
      pickle(2).global('collections', 'OrderedDict').raw('}', 'b').stop(),
    ],
    [
      'an extension code',
      'pickle-extension-code',
      pickle(2).raw(0x82, 7).stop(),
    ],
    ['a persistent id', 'pickle-persistent-id', pickle(2).raw('N', 'Q').stop()],
    ['no STOP', 'pickle-truncated', pickle(2).raw('N').unfinished()],
    ['no opcode', 'pickle-corrupt', pickle(2).raw('N', 0xff).stop()],
    ['an empty stack', 'pickle-corrupt', pickle(2).raw('R').stop()],
    [
      'data behind it',
      'pickle-trailing-data',
      Buffer.concat([pickle(2).raw('N').stop(), Buffer.alloc(9, 1)]),
    ],
    [
      'a frame with too little',
      'pickle-frame-mismatch',
      pickle().raw(0x95, uint64(1)).text('x').stop(),
    ],
    [
      'a frame with too much',
      'pickle-frame-mismatch',
      pickle().raw(0x95, uint64(100), 'N').stop(),
    ],
  ])('%s is %s', async (_, rule, bytes) => {
    expect(await rulesOf(bytes)).toContain(rule);
  });

  it('says where', async () => {
    const bytes = pickle(2).raw('N', '0').global('os', 'system').stop();
    expect((await scan(bytes)).findings).toEqual([
      {
        rule: 'pickle-dangerous-import',
        severity: 'critical',
        location: '@4',
        message: 'imports os.system',
      },
    ]);
  });

  it('finds the same however the bytes come', async () => {
    const bytes = Buffer.concat([
      pickle(2)
        .longText('x'.repeat(9000))
        .raw('0')
        .global('os', 'system')
        .call('id')
        .stop(),
      pickle(3)
        .bytes(pickle(2).global('pty', 'spawn').call('sh').stop())
        .stop(),
    ]);
    const whole = await scan(bytes);
    for (const size of [1, 2, 3, 7, 64, 1000]) {
      const source = new MemorySource('model.pkl', bytes);
      source.stream = async function* pieces() {
        for (let at = 0; at < bytes.length; at += size) {
          yield bytes.subarray(at, at + size);
        }
      };
      expect(await scanSource(source)).toEqual(whole);
    }
    expect(whole.findings.map(({ message }) => message)).toEqual([
      'imports os.system',
      'a value is a pickle itself',
      'imports pty.spawn',
    ]);
  });
});

describe('a pickle of a framework', () => {
  it.each<[string, Buffer]>([
    [
      'plain data',
      pickle(4)
        .raw(0x95, uint64(9), ']', 0x94, '(', 'K', 1, 'K', 2, 'e')
        .stop(),
    ],
    [
      'an array of numpy',
      pickle(2)
        .global('numpy.core.multiarray', '_reconstruct')
        .raw('(')
        .global('numpy', 'ndarray')
        .raw('K', 0, 0x85, 'U', 1, 'b', 't', 'R', '(', 'K', 1, ')')
        .global('numpy', 'dtype')
        .raw(
          '(',
          'U',
          2,
          'f8',
          'K',
          0,
          'K',
          1,
          't',
          'R',
          0x89,
          'U',
          0,
          't',
          'b',
        )
        .stop(),
    ],
  ])('%s is clean', async (_, bytes) => {
    expect(await scan(bytes)).toMatchObject({ verdict: 'clean', findings: [] });
  });
});
