import { isDangerous } from './dangerousImports';
import { isSafe } from './safeImports';

/** Where Python 3 looks for what Python 2 named otherwise (`_compat_pickle`). */
const RENAMED: Record<string, string> = {
  __builtin__: 'builtins',
  copy_reg: 'copyreg',
  Queue: 'queue',
  SocketServer: 'socketserver',
  ConfigParser: 'configparser',
  cPickle: 'pickle',
  commands: 'subprocess',
  UserDict: 'collections',
  UserList: 'collections',
  UserString: 'collections',
  whichdb: 'dbm',
  StringIO: 'io',
  cStringIO: 'io',
  repr: 'reprlib',
  dbhash: 'dbm.bsd',
  anydbm: 'dbm',
  dumbdbm: 'dbm.dumb',
  gdbm: 'dbm.gnu',
  httplib: 'http.client',
  urllib2: 'urllib.request',
  xmlrpclib: 'xmlrpc.client',
};

export type ImportVerdict = 'safe' | 'dangerous' | 'unknown';

/** Module by the name that Python 3 gives it. */
export const presentName = (module: string) => {
  const dot = module.indexOf('.');
  const top = dot < 0 ? module : module.slice(0, dot);
  return Object.hasOwn(RENAMED, top)
    ? RENAMED[top] + (dot < 0 ? '' : module.slice(dot))
    : module;
};

/** The same few names come again and again. */
const judged = new Map<string, ImportVerdict>();
const MOST_JUDGED = 4096;

/**
 * Judges an import by default deny: what is not known to be safe is at least
 * unknown.
 */
export function judgeImport(module: string, name: string): ImportVerdict {
  const key = `${module}\n${name}`;
  const known = judged.get(key);
  if (known) return known;
  if (judged.size >= MOST_JUDGED) judged.clear();
  const verdict = judge(module, name);
  if (key.length < 1000) judged.set(key, verdict);
  return verdict;
}

function judge(module: string, name: string): ImportVerdict {
  if (isSafe(module, name)) return 'safe';
  return isDangerous(module, name) ? 'dangerous' : 'unknown';
}
