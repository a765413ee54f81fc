import { scan } from '../../__testUtils__/scans';
import { PickleWriter, pickle, uint64 } from '../../__testUtils__/pickles';

/**
 * Gadgets by which published advisories of picklescan, modelscan and fickling,
 * or the reports behind them, got past lists of bad names.
 */
const ADVISORIES: Record<string, string> = {
  'GHSA-655q-fx9r-782v pip.main': 'pip main',
  'CVE-2025-10157 asyncio':
    'asyncio.unix_events _UnixSubprocessTransport._start',
  'CVE-2026-56315 uuid': 'uuid _get_command_stdout',
  'CVE-2026-56315 _osx_support': '_osx_support _read_output',
  'CVE-2026-56315 _aix_support': '_aix_support _read_cmd_output',
  'CVE-2026-56315 _pyrepl': '_pyrepl.pager pipe_pager',
  'CVE-2026-56315 imaplib': 'imaplib IMAP4_stream',
  'CVE-2026-56315 test': 'test.support.script_helper assert_python_ok',
  'GHSA-vvpj-8cmc-gx39 pkgutil': 'pkgutil resolve_name',
  'GHSA-46h3-79wf-xr6c profile': 'profile run',
  'GHSA-955r-x9j8-7rhh operator in C': '_operator attrgetter',
  'GHSA-m273-6v24-x4m4 methodcaller': 'operator methodcaller',
  'partial in C': '_functools partial',
  'GHSA-84r2-jw7c-4r5q a pickle in a pickle': '_pickle loads',
  'GHSA-hgrh-qx5j-jfwx pty': 'pty spawn',
  'GHSA-xp4f-hrf8-rxw7 ensurepip': 'ensurepip _run_pip',
  'GHSA-v7x6-rv5q-mhwc timeit': 'timeit timeit',
  'GHSA-r8g5-cgf2-4m4m idlelib': 'idlelib.pyshell ModifiedInterpreter.runcode',
  'GHSA-4675-36f9-wf6r trace': 'trace Trace.run',
  lib2to3: 'lib2to3.pgen2.grammar Grammar.loads',
  'numpy f2py': 'numpy.f2py.crackfortran getlincoef',
  'numpy testing': 'numpy.testing._private.utils runstring',
  'a write by distutils': 'distutils.file_util write_file',
  'a write by _io': '_io FileIO',
  'a write by memmap': 'numpy memmap',
  'a read by linecache': 'linecache getline',
  'DNS by ssl': 'ssl get_server_certificate',
  'logging.config': 'logging.config listen',
  'torch GuardBuilder': 'torch._dynamo.guards GuardBuilder.get',
  'torch compile_file': 'torch._inductor.codecache compile_file',
  'torch ConfigModule': 'torch.utils._config_module ConfigModule.load_config',
  'torch execWrapper': 'torch.jit.unsupported_tensor_ops execWrapper',
  'torch bottleneck': 'torch.utils.bottleneck.__main__ run_cprofile',
  'torch collect_env': 'torch.utils.collect_env run',
  'torch decoder': 'torch.utils.data.datapipes.utils.decoder basichandlers',
  'torch rpc': 'torch.distributed.rpc rpc_sync',
  'torch.load of another file': 'torch.serialization load',
  'torch.fx, which runs a text': 'torch.fx.graph_module reduce_graph_module',
  'six, an alias of builtins': 'six.moves.builtins eval',
  'past, an alias of builtins': 'past.builtins execfile',
  'pandas, which evaluates': 'pandas.core.frame DataFrame.eval',
  cloudpickle: 'cloudpickle.cloudpickle _make_function',
  dill: 'dill._dill _create_function',
  'sympy, which evaluates': 'sympy sympify',
};

describe('the gadget of an advisory', () => {
  it.each(Object.entries(ADVISORIES))('%s is critical', async (_, path) => {
    const [module, name] = path.split(' ');
    const found = {
      rule: 'pickle-dangerous-import',
      severity: 'critical',
      message: `imports ${module}.${name}`,
    };
    const called = await scan(
      pickle(4).stackGlobal(module, name).call('x').stop(),
      'm.pkl',
    );
    expect(called.verdict).toBe('malicious');
    const offset = 2 + 2 + module.length + 2 + name.length;
    expect(called.findings).toEqual([{ ...found, location: `@${offset}` }]);
    const old = new PickleWriter().raw(`(S'x'\ni${module}\n${name}\n`).stop();
    expect((await scan(old, 'm.pkl')).findings).toEqual([
      { ...found, location: '@6' },
    ]);
  });
});

const state = (key: string) =>
  pickle(4).raw('}').text(key).text('import os').raw('s').unfinished();

describe('what only looks like a part of a framework', () => {
  it.each<[string, Buffer]>([
    [
      'a module that a module of scikit-learn has imported',
      pickle(4)
        .stackGlobal('sklearn.ensemble._forest', 'threading.Thread')
        .raw(')', 'R')
        .stop(),
    ],
    [
      'a module that layers of torch have imported',
      pickle(4)
        .stackGlobal('torch.nn.modules.activation', 'F.torch.Load')
        .raw(')', 'R')
        .stop(),
    ],
    [
      'distributions of scipy, which run a text of their state',
      pickle(4)
        .stackGlobal('scipy.stats._continuous_distns', 'norm_gen')
        .raw(')', 0x81, state('_parse_arg_template').subarray(2), 'b')
        .stop(),
    ],
    [
      'statsmodels, which evaluate a formula of their state',
      pickle(4)
        .stackGlobal('statsmodels.base.data', 'ModelData')
        .raw(')', 0x81, state('formula').subarray(2), 'b')
        .stop(),
    ],
    [
      'a change of a table that a module shares',
      pickle(4)
        .stackGlobal('sklearn.neural_network._base', 'ACTIVATIONS')
        .text('relu')
        .stackGlobal('numpy', 'mean')
        .raw('s')
        .stop(),
    ],
    [
      'an addition to what is imported',
      pickle(4)
        .stackGlobal('collections', 'OrderedDict')
        .raw('K', 1, 'a')
        .stop(),
    ],
    [
      'bytes that torch loads and nobody has read',
      pickle(4)
        .stackGlobal('torch.storage', '_load_from_bytes')
        .bytes(Buffer.from('cos\nsystem\n(S"id"\ntR.'))
        .raw(0x85, 'R')
        .stop(),
    ],
    [
      'bytes that torch loads and a program makes',
      pickle(4)
        .stackGlobal('torch.storage', '_load_from_bytes')
        .raw('N', 0x85, 'R')
        .stop(),
    ],
  ])('%s is not clean', async (_, bytes) => {
    expect((await scan(bytes, 'm.pkl')).verdict).toMatch(
      /malicious|suspicious/,
    );
  });
});

/** joblib's wrapper of an array, before the bytes of the array. */
const wrapper = (fields: (writer: PickleWriter) => PickleWriter) =>
  fields(
    pickle(4)
      .stackGlobal('joblib.numpy_pickle', 'NumpyArrayWrapper')
      .raw(')', 0x81, '}', '('),
  ).raw('u', 'b');
const ofBytes = (length: number) =>
  wrapper(fields =>
    fields
      .text('dtype')
      .stackGlobal('numpy', 'dtype')
      .text('u1')
      .raw(0x85, 'R')
      .text('shape')
      .raw('K', length, 0x85),
  );

describe('an array of joblib', () => {
  const command = "cos\nsystem\n(S'id'\ntR0";

  it('is clean when its bytes are numbers', async () => {
    for (const byte of [0, 0x4e, 0x80, 0xff]) {
      const bytes = ofBytes(40).raw(Buffer.alloc(40, byte)).stop();
      expect((await scan(bytes, 'm.joblib')).findings).toEqual([]);
    }
  });

  it('is read as opcodes too, for joblib may not be who loads it', async () => {
    const bytes = ofBytes(command.length).raw(command).stop();
    expect((await scan(bytes, 'm.joblib')).findings).toEqual([
      expect.objectContaining({
        rule: 'pickle-dangerous-import',
        message: 'imports os.system, in an array',
      }),
    ]);
  });

  it('is read as opcodes with what was remembered before it', async () => {
    const bytes = pickle(4)
      .text('os')
      .memoize()
      .raw('0')
      .text('system')
      .memoize()
      .raw('0')
      .raw(ofBytes(9).unfinished().subarray(2))
      .raw('h', 0, 'h', 1, 0x93, ')', 'R', '0', '0')
      .stop();
    expect((await scan(bytes, 'm.joblib')).verdict).toBe('malicious');
  });

  it('whose length is not told is an error', async () => {
    const hidden = Buffer.from(`B\x40\0\0\0${command}`, 'latin1');
    const bytes = wrapper(fields =>
      fields.text('dtype').raw('N').text('shape').raw('K', 5, 0x85),
    )
      .raw(hidden, Buffer.alloc(64))
      .stop();
    expect((await scan(bytes, 'm.joblib')).verdict).not.toBe('clean');
  });
});

it('pickles within pickles are not followed for ever, and that is told', async () => {
  let bytes = pickle(4).raw('N').stop();
  for (let depth = 0; depth < 12; depth++) {
    bytes = pickle(4).bytes(bytes).stop();
  }
  expect((await scan(bytes, 'm.pkl')).findings).toContainEqual(
    expect.objectContaining({ rule: 'too-deep' }),
  );
});

it('an old pickle that begins in no known way is one all the same', async () => {
  const odd = Buffer.from('(](t1Ncos\nsystem\n(Vid\ntR.');
  for (const name of ['m.pkl', 'notes']) {
    expect((await scan(odd, name)).verdict).toBe('malicious');
  }
});

it('where a pickle breaks is told', async () => {
  const bytes = pickle(4)
    .raw(0x95, uint64(3), 'N', '0', 'N')
    .raw(0xff)
    .unfinished();
  expect((await scan(bytes, 'm.pkl')).findings).toContainEqual(
    expect.objectContaining({ rule: 'pickle-corrupt', location: '@14' }),
  );
});
