import { gzipSync } from 'node:zlib';
import { PickleWriter, pickle, uint32 } from '../../__testUtils__/pickles';
import { zip } from '../../__testUtils__/zips';
import { harmless, payload, rulesOf, scan } from '../../__testUtils__/scans';

/** Functions by which published payloads got past lists of bad names. */
const GADGETS =
  `os.system posix.system nt.system subprocess.Popen subprocess.check_output
  builtins.eval builtins.exec builtins.compile builtins.__import__ builtins.getattr
  builtins.open builtins.breakpoint __builtin__.eval __builtin__.execfile
  pip.main pip._internal.main pip._internal.cli.main.main
  runpy._run_code runpy.run_path ctypes.CDLL ctypes.WinDLL ctypes.util.find_library
  numpy.f2py.crackfortran.getlincoef numpy.f2py.crackfortran.myeval numpy.f2py.diagnose.run
  numpy.testing._private.utils.runstring numpy.load
  asyncio.unix_events._UnixSubprocessTransport._start asyncio.create_subprocess_shell
  profile.run profile.Profile.run profile.Profile.runctx cProfile.run cProfile.runctx
  idlelib.autocomplete.AutoComplete.get_entity idlelib.autocomplete.AutoComplete.fetch_completions
  idlelib.calltip.Calltip.fetch_tip idlelib.calltip.get_entity idlelib.debugobj.ObjectTreeItem.SetText
  idlelib.pyshell.ModifiedInterpreter.runcode idlelib.pyshell.ModifiedInterpreter.runcommand
  idlelib.run.Executive.runcode lib2to3.pgen2.grammar.Grammar.loads
  lib2to3.pgen2.pgen.ParserGenerator.make_label
  operator.attrgetter operator.methodcaller operator.itemgetter functools.partial functools.reduce
  _io.FileIO io.FileIO _io.open io.open code.InteractiveInterpreter.runcode codeop.compile_command
  timeit.timeit timeit.Timer trace.Trace.run trace.Trace.runctx pdb.run bdb.Bdb.run doctest.debug_script
  cgitb.lookup ensurepip._run_pip venv.create pydoc.pipepager pydoc.locate pty.spawn
  torch.load torch.jit.load torch.hub.load torch.utils._config_module.ConfigModule.load_config
  torch._dynamo.guards.GuardBuilder.get torch._inductor.codecache.compile_file
  torch.utils.bottleneck.__main__.run_cprofile torch.utils.collect_env.run
  torch.utils.data.datapipes.utils.decoder.basichandlers torch.jit.unsupported_tensor_ops.execWrapper
  torch.fx.experimental.symbolic_shapes.ShapeEnv.evaluate_guards_expression
  torch.serialization.load torch.storage._load_from_bytes torch.utils.cpp_extension.load
  torch.distributed.run.main torch.utils.model_zoo.load_url torch.package.PackageImporter
  shutil.rmtree shutil.move socket.create_connection ssl.get_server_certificate
  urllib.request.urlopen http.client.HTTPSConnection requests.get aiohttp.ClientSession
  webbrowser.open smtplib.SMTP ftplib.FTP poplib.POP3 imaplib.IMAP4 telnetlib.Telnet
  logging.FileHandler logging.config.listen logging.config.fileConfig linecache.getline
  importlib.import_module importlib.reload imp.load_source pkgutil.resolve_name zipimport.zipimporter
  pickle.loads _pickle.loads cPickle.loads dill.loads cloudpickle.loads joblib.load pandas.read_pickle
  marshal.loads types.FunctionType types.CodeType multiprocessing.util.spawnv_passfds
  _posixsubprocess.fork_exec commands.getoutput popen2.popen2 sys.modules sys.setprofile signal.signal
  atexit.register threading.Thread _thread.start_new_thread concurrent.futures.ThreadPoolExecutor
  test.support.script_helper.assert_python_ok unittest.mock._importer distutils.file_util.write_file
  sqlite3.connect tempfile.mkdtemp fileinput.input readline.read_history_file
  uuid._get_command_stdout _osx_support._find_build_tool _aix_support._read_cmd_output
  _pyrepl.pager.pipe_pager nturl2path.pathname2url getpass.getpass inspect.getattr_static
  sklearn.datasets.load_svmlight_file sklearn.externals.joblib.load scipy.io.loadmat
  huggingface_hub.hf_hub_download transformers.dynamic_module_utils.get_class_from_dynamic_module
  pkg_resources.run_script setuptools.sandbox.run_setup tensorflow.io.read_file keras.models.load_model
  collections.namedtuple copyreg.add_extension string.Formatter types.MethodType weakref.finalize`
    .trim()
    .split(/\s+/);

const split = (path: string): [string, string] => {
  const names = path.split('.');
  const at = names.findIndex((name, i) => i > 0 && /^[A-Z]/.test(name));
  const from = at > 0 ? at : names.length - 1;
  return [names.slice(0, from).join('.'), names.slice(from).join('.')];
};

describe('a gadget', () => {
  it.each(GADGETS)('%s is stopped', async path => {
    const [module, name] = split(path);
    for (const bytes of [
      pickle(2).global(module, name).call('x').stop(),
      pickle(4).stackGlobal(module, name).call('x').stop(),
      // As one name with dots, from the first module.
      pickle(4)
        .stackGlobal(
          module.split('.')[0],
          [...module.split('.').slice(1), name].join('.'),
        )
        .call('x')
        .stop(),
      new PickleWriter().raw(`(S'x'\ni${module}\n${name}\n`).stop(),
    ]) {
      expect((await scan(bytes, 'm.pkl')).verdict).toMatch(
        /malicious|suspicious/,
      );
    }
  });
});

describe('a payload that hides', () => {
  it.each<[string, Buffer]>([
    [
      'behind something that only begins as a pickle',
      Buffer.concat([
        harmless(),
        Buffer.from('80025800ffff7f', 'hex'),
        payload(),
      ]),
    ],
    [
      'in a value of what only begins as a pickle',
      Buffer.concat([
        harmless(),
        Buffer.from('800258002000006e6f', 'hex'),
        Buffer.alloc(4200, 1),
        payload(),
        Buffer.alloc(9000, 1),
      ]),
    ],
    [
      'behind a break',
      Buffer.concat([pickle(2).raw('N', 0xff).unfinished(), payload()]),
    ],
    [
      'behind many small pickles',
      Buffer.concat([
        ...Array.from({ length: 50 }, harmless),
        Buffer.alloc(9),
        payload(),
      ]),
    ],
    [
      'in a value of a value',
      pickle(3).bytes(pickle(3).bytes(payload()).stop()).stop(),
    ],
    ['in base64', pickle(4).longText(payload().toString('base64')).stop()],
    ['in hex', pickle(4).longText(payload().toString('hex')).stop()],
    [
      'in base64 of protocol 0',
      pickle(4)
        .longText(Buffer.from("cos\nsystem\n(S'id'\ntR.").toString('base64'))
        .stop(),
    ],
    [
      'in a zip',
      pickle(4)
        .bytes(zip([{ name: 'a', data: payload(), deflate: true }]))
        .stop(),
    ],
    ['in a gzip', pickle(4).bytes(gzipSync(payload())).stop()],
    [
      'in a gzip in base64 in a value',
      pickle(4)
        .bytes(
          pickle(4).longText(gzipSync(payload()).toString('base64')).stop(),
        )
        .stop(),
    ],
    [
      'in a text of protocol 1',
      pickle(2).raw('T', uint32(payload().length), payload()).stop(),
    ],
    [
      'with its module through an alias of Python 2',
      pickle(2).global('__builtin__', 'getattr').stop(),
    ],
    [
      'by SETITEM into a module',
      pickle(2)
        .global('sys', 'modules')
        .raw('X', uint32(1), 'a', 'N', 's')
        .stop(),
    ],
    [
      'by BUILD of a class',
      pickle(2).global('os', '_wrap_close').raw(')', 0x81, '}', 'b').stop(),
    ],
    [
      'in an unused item',
      pickle(2)
        .raw('(')
        .global('os', 'system')
        .longText('id')
        .raw(0x85, 'R', '1', 'N')
        .stop(),
    ],
  ])('%s is found', async (_, bytes) => {
    expect((await scan(bytes, 'm.pkl')).verdict).toBe('malicious');
  });

  it('makes the search give up rather than go on for ever', async () => {
    const flood = Buffer.concat([
      harmless(),
      Buffer.alloc(9),
      Buffer.alloc(3_000_000, '80024e', 'hex'),
    ]);
    expect(await rulesOf(flood, 'm.pkl')).toContain('pickle-too-complex');
    const stopped = Buffer.concat([
      harmless(),
      Buffer.alloc(9),
      Buffer.alloc(900_000, '80024e', 'hex'),
      Buffer.from('.'),
    ]);
    expect((await scan(stopped, 'm.pkl')).verdict).not.toBe('clean');
  });

  it('does not overflow on a corrupt pickle', async () => {
    expect(await rulesOf(pickle(2).raw(0xff).unfinished(), 'm.pkl')).toEqual(
      expect.not.arrayContaining(['unreadable']),
    );
  });
});
