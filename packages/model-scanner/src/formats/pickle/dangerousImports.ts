/** Top-level modules of which nothing has a place in a model file. */
const MODULES = new Set(
  `_aix_support _asyncio _bootlocale _bootsubprocess _collections_abc _ctypes
  _frozen_importlib _frozen_importlib_external _imp _interpreters _io _multiprocessing
  _osx_support _pickle _posixshmem _posixsubprocess _pydecimal _pyio _pyrepl _socket
  _sqlite3 _ssl _sysconfig _testcapi _thread _threading_local _winapi _xxsubinterpreters
  aiohttp antigravity asyncio asyncore asynchat atexit bdb builtins cgi cgitb cloudpickle
  code codeop commands compileall concurrent cProfile ctypes dbm dill dis distutils
  doctest ensurepip faulthandler fileinput ftplib gc getpass glob http httplib httpx
  idlelib imaplib imp importlib inspect IPython ipykernel jinja2 joblib lib2to3
  linecache linuxaudiodev logging mailbox mailcap marshal mmap modulefinder msilib msvcrt
  multiprocessing netrc nntplib nt ntpath numba os ossaudiodev paramiko pathlib pdb
  pexpect pickle pickletools pip pipes pkg_resources pkgutil platform poplib posix
  posixpath pprint profile pstats pty py_compile pyclbr pydoc pydoc_data readline
  requests resource rlcompleter runpy sched secrets select selectors setuptools shelve
  shutil signal site sitecustomize smtpd smtplib socket socketserver spwd sqlite3 ssl
  string subprocess sys sysconfig syslog tarfile telnetlib tempfile test this thread
  threading timeit tkinter Tkinter trace tracemalloc tty turtle turtledemo types unittest
  urllib urllib2 urllib3 usercustomize uu venv wave weakref webbrowser winreg _winreg wsgiref
  xdrlib xml xmlrpc xmlrpclib zipapp zipfile zipimport zipimporter
  _distutils_hack _functools _operator _pytest _signal _sitebuiltins anyio asteval bz2
  cffi copy crypt cython Cython eventlet execnet fabric fcntl future gettext gevent gzip
  invoke jsonpickle keras lzma nturl2path numexpr nose past patsy plistlib
  plumbum popen2 psutil ptyprocess pyximport pytest ruamel sh six sympy tensorflow
  termios tokenize tox trio uuid virtualenv yaml`
    .trim()
    .split(/\s+/),
);

/** Single names, and everything below a name that ends in a dot. */
const NAMES = new Set(
  `builtins.__import__ builtins.eval builtins.exec builtins.execfile builtins.compile
  builtins.open builtins.input builtins.breakpoint builtins.getattr builtins.setattr
  builtins.delattr builtins.globals builtins.locals builtins.vars builtins.apply
  builtins.map builtins.filter builtins.reduce builtins.memoryview builtins.type
  builtins.super builtins.classmethod builtins.staticmethod builtins.property
  builtins.exit builtins.quit builtins.help builtins.print builtins.file
  functools.partial functools.partialmethod functools.reduce functools.singledispatch
  functools.cached_property functools.lru_cache
  operator.attrgetter operator.itemgetter operator.methodcaller operator.call
  itertools.starmap itertools.accumulate
  collections.namedtuple copyreg.add_extension copyreg.pickle copyreg.dispatch_table
  codecs.open codecs.lookup io.FileIO io.open io.open_code io.TextIOWrapper
  numpy.load numpy.loads numpy.fromfile numpy.memmap numpy.save numpy.savetxt
  numpy.loadtxt numpy.genfromtxt numpy.fromregex numpy.DataSource numpy.f2py
  numpy.core.records.fromfile numpy.vectorize argparse.FileType
  torch.load torch.jit.load torch.hub.load torch.hub.load_state_dict_from_url
  torch.package.PackageImporter torch.ops.load_library torch.classes.load_library
  torch.compile torch.jit.script torch.jit.CompilationUnit torch.serialization.load
  torch.storage._load_from_bytes
  pandas.read_pickle pandas.eval pandas.io.pickle.read_pickle
  torch.save torch.from_file
  pandas.core.frame.DataFrame.eval pandas.core.frame.DataFrame.query
  datasets.load_dataset mlflow.pyfunc.load_model spacy.load skops.io.load
  gensim.utils.unpickle fastai.learner.load_learner
  statsmodels.iolib.smpickle.load_pickle joblib.load
  transformers.pipeline`
    .trim()
    .split(/\s+/),
);

/** Modules of frameworks whose job is to run, compile, load or fetch something. */
const PREFIXES = [
  'numpy.distutils',
  'numpy.f2py',
  'numpy.testing',
  'numpy.ctypeslib',
  'numpy.lib._datasource',
  'numpy.lib.npyio',
  'numpy.lib._npyio_impl',
  'numpy.core.memmap',
  'numpy._core.memmap',
  'torch._dynamo',
  'torch._export',
  'torch._inductor',
  'torch._ops',
  'torch._utils_internal',
  'torch.distributed',
  'torch.export',
  'torch.fx',
  'torch.hub',
  'torch.jit',
  'torch.multiprocessing',
  'torch.library',
  'torch.onnx',
  'torch.package',
  'torch.profiler',
  'torch.testing',
  'torch.utils.bottleneck',
  'torch.utils.collect_env',
  'torch.utils.cpp_extension',
  'torch.utils.data._utils.worker',
  'torch.utils.data.datapipes',
  'torch.utils.model_zoo',
  'torch.utils.tensorboard',
  'torch.utils._config_module',
  'torch._C._jit',
  'sklearn.datasets',
  'sklearn.externals',
  'sklearn.utils._testing',
  'scipy.io',
  'scipy.misc',
  'scipy._lib._uarray',
  'pandas.io',
  'pandas.compat',
  'pandas.core.computation',
  'transformers.commands',
  'transformers.dynamic_module_utils',
  'transformers.utils.hub',
  'huggingface_hub',
];

/** Modules of the standard library that hold harmless classes too. */
const MIXED = new Set(['builtins', 'pathlib']);

/** Whether an import is known to run, load, open or reach something. */
export function isDangerous(module: string, name: string): boolean {
  const path = `${module}.${name}`;
  if (/(^|\.)__\w+__(\.|$)/.test(name) || path.includes('..')) {
    return true;
  }
  const [top] = module.split('.');
  const steps = path.split('.');
  for (let length = steps.length; length > 1; length--) {
    if (NAMES.has(steps.slice(0, length).join('.'))) return true;
  }
  if (PREFIXES.some(it => path === it || path.startsWith(`${it}.`))) {
    return true;
  }
  return MODULES.has(top) && !MIXED.has(module);
}
