/** What a name does when it is used. */
export type Danger =
  | 'runs commands'
  | 'runs code'
  | 'loads native code'
  | 'opens connections'
  | 'loads unsafe files'
  | 'reaches into Python';

const PATTERNS: Array<[Danger, RegExp]> = [
  [
    'runs commands',
    /^(os|posix|nt)\.(system|popen\d?|exec[lv]p?e?|spawn[lv]p?e?|posix_spawnp?|startfile|fork|forkpty)$|^(subprocess|commands|popen2|pexpect|plumbum|winpexpect|_posixsubprocess)\.|^pty\.(spawn|fork)|^asyncio\.create_subprocess|^asyncio\.subprocess\.|^platform\.popen|^torch\.utils\.collect_env\.run|^pip\.(main|_internal)|^os\.\w*\.(system|popen)|^setuptools\.sandbox|^distutils\.spawn|^webbrowser\./,
  ],
  [
    'runs code',
    /^builtins\.(exec|eval|compile|execfile|__import__)$|^(runpy|codeop|code|imp|marshal|zipimport|pyarmor_runtime|pytransform)\.|^importlib\.(util\.(spec_from_file_location|spec_from_loader|module_from_spec)|machinery\.|abc\.|__import__)|^types\.(FunctionType|CodeType|ModuleType)$|^pydoc\.(locate|safeimport)|^timeit\.(timeit|repeat|Timer)|^(profile|cProfile|trace|bdb|pdb)\.(run|runctx|runeval|Trace)|^sys\.(settrace|setprofile|meta_path|path_hooks)|^ast\.parse$|^numba\.core|^code\./,
  ],
  [
    'loads native code',
    /^(ctypes|_ctypes|cffi|cppyy|pyximport|weave)\.|^torch\.(utils\.cpp_extension|ops\.load_library|classes\.load_library|cuda\.CUDAPluggableAllocator)|^(tensorflow|tf)\.(load_op_library|load_library)|^cupy\.(RawKernel|RawModule|cuda\.compile)|^onnxruntime\.\w*\.?register_custom_ops_library|^kernels\.(get_kernel|load_kernel)/,
  ],
  [
    'opens connections',
    /^(socket|socketserver|ftplib|smtplib|telnetlib|poplib|imaplib|nntplib|paramiko|websocket|websockets|httpx|aiohttp|urllib2|urllib3|httplib|httplib2|pycurl|xmlrpc|asyncssh|fabric|wget|scapy|nmap|dns|zmq|grpc|boto3|discord|telegram|telebot|pyngrok)\.|^requests\.|^urllib\.(request\.|urlopen|urlretrieve)|^http\.(client|server)\.|^asyncio\.(open_connection|start_server)|^ssl\.|^torch\.hub\.(load|download)|^(tensorflow|tf|keras)\.\w*\.?utils\.get_file$/,
  ],
  [
    'loads unsafe files',
    /^(pickle|cPickle|_pickle|dill|cloudpickle|joblib|shelve|jsonpickle|hickle|klepto)\.(loads?|Unpickler|open|decode)$|^torch\.(load|jit\.load|package\.)|^(pandas|pd)\.read_pickle|^yaml\.(load|load_all|unsafe_load|full_load|UnsafeLoader|Loader|FullLoader)$|^numpy\.(load|DataSource|f2py)|^(keras|tensorflow\.keras|tf\.keras)\.models\.load_model|^shutil\.unpack_archive/,
  ],
  [
    'reaches into Python',
    /(^|\.)(__subclasses__|__globals__|__builtins__|__loader__|f_globals|f_builtins|gi_frame|cr_frame|tb_frame|func_globals)(\.|$)|^gc\.get_(objects|referrers)|^ctypes\.pythonapi/,
  ],
];

/** Constants and classes of errors do nothing. */
const NOTHING = /\.([A-Z][A-Z0-9_]*|\w*(Error|Exception|Expired))$/;

/** What the use of a dotted name does, if anything. */
export const dangerOf = (path: string): Danger | undefined =>
  NOTHING.test(path) && !/\.(CDLL|WinDLL|PyDLL|OleDLL|FFI)$/.test(path)
    ? undefined
    : PATTERNS.find(([, pattern]) => pattern.test(path))?.[0];

/** Functions of Python itself that matter wherever they are named. */
export const BUILTINS = new Set([
  'exec',
  'eval',
  'compile',
  'execfile',
  '__import__',
  '__builtins__',
]);

/** Names that matter only where they are called. */
export const ONLY_CALLED =
  /^(builtins\.compile|types\.(FunctionType|CodeType|ModuleType))$/;

/** Modules of which a computed name is never wanted. */
export const SENSITIVE = new Set(
  `os posix nt sys subprocess builtins __builtin__ __builtins__ importlib ctypes socket
  shutil pickle marshal runpy pty commands requests urllib types code codeop`
    .trim()
    .split(/\s+/),
);

/** What turns text into bytes or code. */
export const DECODERS =
  /^(base64|binascii|zlib|bz2|lzma|gzip|codecs|quopri|uu|rot13|marshal)(\.|$)|^bytes\.fromhex$|^bytearray\.fromhex$|^cryptography\.|^Crypto\./;

/** The same by the last part of a name. */
export const DECODES =
  /^(b(16|32|64|85)decode|a85decode|urlsafe_b64decode|standard_b64decode|decodebytes|unhexlify|a2b_\w+|decompress|fromhex|rot13)$/;

/** Places that no model has a reason to touch. */
export const PLACES =
  /\/etc\/(passwd|shadow|sudoers|cron|ld\.so\.preload)|\.ssh\/|authorized_keys|\.bash(rc|_profile|_history)|\.zshrc|\.netrc|\.aws\/credentials|\.kube\/config|\.docker\/config|\/dev\/tcp\/|169\.254\.169\.254|metadata\.google\.internal|\bcrontab\b|HKEY_|\\CurrentVersion\\Run|Login Data|wallet\.dat|\/proc\/self\/(environ|mem)|\.git-credentials|huggingface\/token/i;
