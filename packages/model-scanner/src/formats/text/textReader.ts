import {
  LimitError,
  type FormatReader,
  type Probe,
  type ScanContext,
} from '../../engine/FormatReader';
import type { ByteSource } from '../../source';
import { decodeText, textStart, type TextStart } from '../../text/encodings';
import { judgeJinja } from '../../text/jinja';
import { TextInspector } from '../../text/TextInspector';
import type { TextWindow } from '../../text/windows';
import { judgeYaml } from '../config/configReaders';
import type { Tell } from '../config/values';
import { judgeMarkup, judgeRequirements, judgeScript } from './judgeScript';

const list = (names: string) => names.trim().split(/\s+/);
const SCRIPTS =
  list(`sh bash zsh fish ksh csh ps1 psm1 psd1 bat cmd vbs vbe js mjs cjs ts
  jse wsf hta rb pl pm lua php tcl awk r jl applescript command reg inf`);
const MARKUP = list('svg html htm xhtml xml xsl');
const TEMPLATES = list('jinja jinja2 j2');
const TEXTS =
  list(`txt md markdown rst adoc log csv tsv toml ini cfg conf properties
  jsonl ndjson tex bib gitattributes gitignore license licence notice model_card bpe
  codes vocab merges tiktoken dict arpa lst tmpl proto  cff lock env
  dockerignore editorconfig flake8 css scss h c cc cpp cu cuh hpp metal go rs java kt swift
  m cs scala cmake mk graphql sql ipynb_checkpoints patch diff po srt vtt modelfile`);
const HEAD = 64 * 1024;
/** What stands before a text in YAML is not longer. */
const LONGEST_FRONT = 200_000;
const LONGEST_TEMPLATE = 4 * 1024 * 1024;
const VOCABULARY =
  /(^|[-_.])(vocab|merges|tokens|tokenizer|dict|lexicon|words|bpe|tiktoken|labels|lang)/i;
const MAKES =
  /^(dockerfile|containerfile|makefile|justfile|rakefile|gemfile|jenkinsfile|procfile|vagrantfile)\b/i;
const POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n/;

const startOf = ({ head, extension }: Probe) =>
  textStart(
    head,
    [...SCRIPTS, ...MARKUP, ...TEMPLATES, ...TEXTS].includes(extension),
  );

/** Git LFS leaves such a text where the file should be, whatever its name. */
export const pointerReader: FormatReader = {
  id: 'lfs-pointer',
  title: 'a pointer of Git LFS',
  extensions: [],
  matches: ({ head, size }) =>
    size < 1024 && POINTER.test(head.toString('latin1', 0, 100)),
  read: async (_, context) =>
    context.report('lfs-pointer', 'the content is kept elsewhere'),
};

/** Scripts that people, not loaders, run. */
export const scriptReader: FormatReader = {
  id: 'script',
  title: 'a script',
  extensions: SCRIPTS,
  isFallback: true,
  matches: probe => isScript(probe) && startOf(probe) !== undefined,
  read: (source, context) =>
    readText(source, context, { judge: judgeScript, isScript: true }),
  readStream: (stream, _, context) =>
    followText(stream, context, { judge: judgeScript, isScript: true }),
};

/** Pages and pictures that are text. */
export const markupReader: FormatReader = {
  id: 'markup',
  title: 'markup',
  extensions: MARKUP,
  isFallback: true,
  matches: probe =>
    MARKUP.includes(probe.extension) && startOf(probe) !== undefined,
  read: (source, context) => readText(source, context, { judge: judgeMarkup }),
};

/** Chat templates in files of their own. */
export const templateReader: FormatReader = {
  id: 'jinja',
  title: 'a template',
  extensions: TEMPLATES,
  isFallback: true,
  matches: probe =>
    TEMPLATES.includes(probe.extension) && startOf(probe) !== undefined,
  read: readTemplate,
};

/** Texts of every other kind: cards, licences, vocabularies, tables. */
export const textReader: FormatReader = {
  id: 'text',
  title: 'text',
  extensions: TEXTS,
  isFallback: true,
  matches: probe => startOf(probe) !== undefined,
  read: readPlain,
  readStream: (stream, name, context) =>
    followText(stream, context, {
      isVocabulary: VOCABULARY.test(nameOf(name)),
    }),
};

interface Kind {
  judge?(text: string, tell: Tell): void;
  isScript?: boolean;
  isVocabulary?: boolean;
}

function isScript({ extension, name, head }: Probe) {
  return (
    SCRIPTS.includes(extension) ||
    MAKES.test(name) ||
    /^#!\s*\/[^\n]{2,100}/.test(head.toString('latin1', 0, 128))
  );
}

function nameOf(path: string) {
  return path.split(/[/!\\]/).pop() ?? '';
}

async function readPlain(source: ByteSource, context: ScanContext) {
  const name = nameOf(source.name);
  const isRequirements = /^(requirements|constraints)[\w.-]*\.(txt|in)$/i.test(
    name,
  );
  await readText(source, context, {
    isVocabulary: VOCABULARY.test(name),
    ...(isRequirements && { judge: judgeRequirements }),
  });
  if (/\.(md|markdown)$/i.test(name)) await readFront(source, context);
}

/** Source: Jekyll, "Front Matter", which model cards use. */
async function readFront(source: ByteSource, context: ScanContext) {
  const head = await source.read(0, LONGEST_FRONT);
  const start = textStart(head, true);
  if (start?.encoding !== 'utf8') return;
  const text = head.subarray(start.bom).toString('utf8');
  const front = /^---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(\r?\n|$)/.exec(text);
  if (!front) return;
  judgeYaml(front[1], (rule, message, at, severity) => {
    // A card with a slip in it is no danger: nothing is built from it.
    if (rule === 'config-unreadable' || rule === 'config-duplicate-key') return;
    const before = text.indexOf(front[1]) + at;
    context.report(rule, message, {
      offset: start.bom + Buffer.byteLength(text.slice(0, before)),
      ...(severity && { severity }),
    });
  });
}

async function readText(source: ByteSource, context: ScanContext, kind: Kind) {
  const start = textStart(await source.read(0, HEAD), true);
  if (start) await follow(source.stream(), start, context, kind);
}

async function followText(
  stream: AsyncIterable<Buffer>,
  context: ScanContext,
  kind: Kind,
) {
  // Longer than what is held, of which the first window tells the encoding.
  const all = stream[Symbol.asyncIterator]();
  const first = await all.next();
  if (first.done) return;
  const start = textStart(first.value.subarray(0, HEAD), true);
  async function* rest() {
    yield first.value as Buffer;
    for (let next = await all.next(); !next.done; next = await all.next()) {
      yield next.value;
    }
  }
  if (start) await follow(rest(), start, context, kind);
}

async function follow(
  stream: AsyncIterable<Buffer>,
  start: TextStart,
  context: ScanContext,
  { judge, isScript: script, isVocabulary }: Kind,
) {
  if (script) context.report('script-file', 'is a script');
  const inspector = new TextInspector(context, {
    showsCharacters: !isVocabulary,
  });
  await inspector.read(stream, start, window =>
    judge?.(window.text, tellerOf(window, context)),
  );
}

function tellerOf(window: TextWindow, context: ScanContext): Tell {
  return (rule, message, at, severity) =>
    context.report(rule, message, {
      offset: window.offsetOf(at),
      ...(severity && { severity }),
    });
}

/** Templates are judged whole. */
async function readTemplate(source: ByteSource, context: ScanContext) {
  await readText(source, context, {});
  if (source.size > LONGEST_TEMPLATE) {
    throw new LimitError('is longer than any template', 'too-large');
  }
  const bytes = await source.read(0, source.size);
  const start = textStart(bytes, true);
  if (!start) return;
  const text = decodeText(bytes.subarray(start.bom), start.encoding);
  for (const { rule, message, at } of judgeJinja(text)) {
    context.report(rule, message, { offset: start.bom + at });
  }
}
