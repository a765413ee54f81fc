/** The standard library, and what dates of it are kept with. */
export const PYTHON = `
  builtins.object builtins.int builtins.float builtins.complex builtins.bool
  builtins.str builtins.bytes builtins.bytearray builtins.list builtins.tuple
  builtins.dict builtins.set builtins.frozenset builtins.slice builtins.range
  builtins.unicode builtins.long builtins.xrange builtins.basestring
  builtins.Ellipsis builtins.NotImplemented builtins.reversed builtins.enumerate
  builtins.min builtins.max builtins.len builtins.abs builtins.sum builtins.sorted
  copyreg._reconstructor copyreg.__newobj__ copyreg.__newobj_ex__ copyreg._reduce_ex
  _codecs.encode
  collections.OrderedDict collections.defaultdict collections.deque collections.Counter
  collections.ChainMap collections.UserDict collections.UserList collections.UserString
  collections.IterableUserDict
  datetime.date datetime.datetime datetime.time datetime.timedelta datetime.timezone
  decimal.Decimal fractions.Fraction uuid.UUID uuid.SafeUUID _decimal.Decimal
  pathlib.PurePosixPath pathlib.PureWindowsPath pathlib.PosixPath pathlib.WindowsPath
  pathlib.Path pathlib.PurePath pathlib._local.PosixPath pathlib._local.WindowsPath
  pathlib._local.PurePosixPath pathlib._local.PureWindowsPath
  types.SimpleNamespace argparse.Namespace random.Random re._compile
  array.array array._array_reconstructor
  zoneinfo.ZoneInfo zoneinfo.ZoneInfo._unpickle
  pytz._UTC pytz._p dateutil.tz.tz.tzutc dateutil.tz.tz.tzlocal dateutil.tz.tz.tzoffset`;
