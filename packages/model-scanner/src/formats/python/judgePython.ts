import { shown, type Tell } from '../config/values';
import {
  BUILTINS,
  dangerOf,
  DECODERS,
  DECODES,
  ONLY_CALLED,
  PLACES,
  type Danger,
} from './dangerousNames';
import { encodedText } from './encodedText';
import { hiddenNames } from './hiddenNames';
import { Names } from './Names';
import { PythonError, tokensOf, type Token } from './tokens';
import { scopesOf, type Line } from './scopes';

/** Longer files are no code that people wrote. */
const LONGEST = 2 * 1024 * 1024;
const MOST_FINDINGS = 200;

/** Files that Python or loaders import or run without being asked for them. */
const IMPORTED =
  /^(setup|__init__|__main__|conftest|sitecustomize|usercustomize|hubconf|handler|inference|model|pipeline|custom_pipeline|modeling_\w+|configuration_\w+|tokenization_\w+|processing_\w+|image_processing_\w+|video_processing_\w+|feature_extraction_\w+|modular_\w+|custom_\w+)\.py$/;
const CODING = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const PLAIN_CODING =
  /^(utf-?8(-sig)?|us-ascii|ascii|latin-?1|iso-?8859-\d+|cp125\d|windows-125\d|gbk|gb2312|gb18030|big5|euc-(kr|jp)|shift[_-]jis|koi8-r)(-unix|-dos)?$/i;

const EXECUTES =
  /^builtins\.(exec|eval|compile|execfile)$|^marshal\.loads?$|^types\.(FunctionType|CodeType)$|^(pickle|dill|cloudpickle)\.loads$/;
const ACTS: Danger[] = ['runs commands', 'opens connections'];

/** What to say of Python that was judged. */
export interface PythonOptions {
  /** Last part of its path. */
  name: string;
}

class Judge {
  readonly #names = new Names();
  #findings = 0;

  constructor(
    readonly source: string,
    readonly isImported: boolean,
    readonly tell: Tell,
  ) {}

  judge(lines: Line[]): void {
    for (const { tokens } of lines) this.#names.learn(tokens);
    for (const line of lines) this.#line(line);
  }

  #say(rule: Parameters<Tell>[0], what: string, at: number): void {
    this.#findings += 1;
    if (this.#findings <= MOST_FINDINGS) {
      this.tell(rule, `${lineOf(this.source, at)} ${what}`, at);
    }
  }

  #line({ tokens, isDeferred }: Line): void {
    if (tokens[0]?.text === 'import' || tokens[0]?.text === 'from') return;
    const used = this.#names.usedIn(tokens);
    const executes = used.find(({ path }) => EXECUTES.test(path));
    const decodes =
      used.some(({ path }) => DECODERS.test(path) && !EXECUTES.test(path)) ||
      tokens.some(({ kind, text }) => kind === 'name' && DECODES.test(text)) ||
      buildsText(tokens);
    if (executes && decodes) {
      this.#say(
        'python-obfuscated',
        `decodes and runs by ${executes.path}`,
        executes.at,
      );
    }
    for (const { at, what } of hiddenNames(tokens, this.#names)) {
      this.#say('python-obfuscated', what, at);
    }
    for (const { path, at, next, previous } of used) {
      if (isOnlyNamed(path, next, previous)) continue;
      const danger = dangerOf(path);
      if (!danger) continue;
      if (danger === 'loads unsafe files' && isSafeLoad(tokens, path)) continue;
      this.#say(
        'python-dangerous-call',
        `uses ${shown(path)}, which ${danger}`,
        at,
      );
      if (this.isImported && !isDeferred && ACTS.includes(danger)) {
        this.#say(
          'python-runs-on-import',
          `uses ${shown(path)} when it is imported`,
          at,
        );
      }
    }
    this.#texts(tokens);
  }

  /** Texts that stand one after another are one. */
  #texts(tokens: Token[]): void {
    for (let i = 0; i < tokens.length; i++) {
      if (tokens[i].kind !== 'text') continue;
      const { at } = tokens[i];
      const parts = [tokens[i].text];
      while (tokens[i + 1]?.kind === 'text') {
        i += 1;
        parts.push(tokens[i].text);
      }
      const text = parts.join('');
      const place = PLACES.exec(text);
      // A text that is a line of its own is a comment.
      if (place && tokens.length > parts.length) {
        this.#say('python-dangerous-call', `names ${shown(place[0])}`, at);
      }
      const encoded = encodedText(text);
      if (encoded) this.#say('python-encoded-data', encoded, at);
    }
  }
}

/** Judges Python without running it. */
export function judgePython(
  source: string,
  { name }: PythonOptions,
  tell: Tell,
): void {
  if (source.length > LONGEST) {
    tell('python-unreadable', `is longer than ${LONGEST} characters`, 0);
    return;
  }
  judgeCoding(source, tell);
  let tokens: Token[];
  try {
    tokens = tokensOf(source);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    tell(
      'python-unreadable',
      `${lineOf(source, error.at)} ${error.message}`,
      error.at,
    );
    return;
  }
  new Judge(source, IMPORTED.test(name), tell).judge(scopesOf(source, tokens));
}

/** Names of parameters and methods that only sound alike. */
function isOnlyNamed(
  path: string,
  next: Token | undefined,
  previous: Token | undefined,
): boolean {
  if (previous?.text === 'def' || previous?.text === 'class') return true;
  if (ONLY_CALLED.test(path)) return next?.text !== '(';
  const name = path.replace(/^builtins\./, '');
  if (!BUILTINS.has(name) || name.startsWith('__')) return false;
  return (
    next !== undefined && !['(', ')', ',', ']', ';', '.'].includes(next.text)
  );
}

function isSafeLoad(tokens: Token[], path: string): boolean {
  const after = (name: string) => {
    const at = tokens.findIndex(({ text }) => text === name);
    return at < 0 ? undefined : tokens[at + 2]?.text;
  };
  if (path === 'torch.load') return after('weights_only') === 'True';
  if (path.startsWith('yaml.')) {
    return tokens.some(({ text }) => /^C?(Safe|Base)Loader$/.test(text));
  }
  if (path === 'numpy.load') return after('allow_pickle') !== 'True';
  return false;
}

/** Puts a text together letter by letter, or turns it around. */
function buildsText(tokens: Token[]): boolean {
  return tokens.some(({ kind, text }, i) => {
    if (
      kind === 'name' &&
      (text === 'chr' || text === 'bytearray' || text === 'fromhex')
    ) {
      return tokens[i + 1]?.text === '(';
    }
    if (kind === 'name' && text === 'bytes') {
      return tokens[i + 1]?.text === '(' && tokens[i + 2]?.text === '[';
    }
    return (
      text === '[' &&
      tokens[i + 1]?.text === ':' &&
      tokens[i + 2]?.text === ':' &&
      tokens[i + 3]?.text === '-'
    );
  });
}

function judgeCoding(source: string, tell: Tell): void {
  for (const line of source.slice(0, 1000).split('\n').slice(0, 2)) {
    const coding = CODING.exec(line)?.[1];
    if (coding && !PLAIN_CODING.test(coding)) {
      tell(
        'python-obfuscated',
        `is written in the encoding ${shown(coding)}`,
        0,
      );
    }
  }
}

function lineOf(source: string, at: number): string {
  let line = 1;
  for (
    let i = source.indexOf('\n');
    i >= 0 && i < at;
    i = source.indexOf('\n', i + 1)
  ) {
    line += 1;
  }
  return `line ${line}`;
}
