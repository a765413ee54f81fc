import {
  LimitError,
  type FormatReader,
  type Probe,
  type ScanContext,
} from '../../engine/FormatReader';
import type { ByteSource } from '../../source';
import { decodeText, textStart, type TextStart } from '../../text/encodings';
import { TextInspector } from '../../text/TextInspector';
import { readNotebook } from '../python/notebook';
import { judgeTarget } from './targets';
import { judgeValues } from './judgeValues';
import { JsonError, parseJson } from './parseJson';
import { parseYaml } from './parseYaml';
import { shown, type Tell } from './values';

const JSON_NAMES = 'json ipynb webmanifest geojson'.split(' ');
const YAML_NAMES = 'yaml yml'.split(' ');
/** Files of YAML without an extension. */
const YAML_FILES = /^(MLmodel|\.?conda|\.gitlab-ci)$/;
const LONGEST_YAML = 1024 * 1024;

/** Vocabularies hold every character there is. */
const VOCABULARY =
  /^(tokenizer|vocab|merges|added_tokens|special_tokens_map|tokenizer_config|wordlevel|unigram)\b/i;

const looksLikeJson = ({ head, extension }: Probe) =>
  extension === '' &&
  /^\s*\{\s*"[^"]{0,200}"\s*:/.test(head.toString('utf8', 0, 512));

/** JSON beside the weights, and what it asks loaders for. */
export const jsonReader: FormatReader = {
  id: 'json',
  title: 'JSON',
  extensions: JSON_NAMES,
  isFallback: true,
  matches: probe =>
    (JSON_NAMES.includes(probe.extension) || looksLikeJson(probe)) &&
    textStart(probe.head, true) !== undefined,
  read: readJson,
};

/** YAML beside the weights, and what it asks loaders for. */
export const yamlReader: FormatReader = {
  id: 'yaml',
  title: 'YAML',
  extensions: YAML_NAMES,
  isFallback: true,
  matches: ({ head, name, extension }) =>
    (YAML_NAMES.includes(extension) || YAML_FILES.test(name)) &&
    textStart(head, true) !== undefined,
  read: readYaml,
};

async function readJson(source: ByteSource, context: ScanContext) {
  const start = await inspect(source, context);
  const bytes = await hold(source, context, context.limits.maxHeldBytes);
  const plain =
    start.encoding === 'utf8'
      ? bytes.subarray(start.bom)
      : Buffer.from(decodeText(bytes.subarray(start.bom), start.encoding));
  const tell = teller(context, start.bom);
  try {
    const { value, doubles, others } = parseJson(plain);
    for (const { key, at } of doubles) {
      tell('config-duplicate-key', `${shown(key)} is there twice`, at);
    }
    for (const part of judgeValues([value, ...others], tell)) {
      await context.scanPart(part);
    }
    readNotebook(value, tell);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    tell('config-unreadable', `the JSON ${error.message}`, error.at);
  }
}

async function readYaml(source: ByteSource, context: ScanContext) {
  const start = await inspect(source, context);
  const bytes = await hold(source, context, LONGEST_YAML);
  const text = decodeText(bytes.subarray(start.bom), start.encoding);
  judgeYaml(text, (rule, message, at) =>
    context.report(rule, message, {
      offset: start.bom + Buffer.byteLength(text.slice(0, at)),
    }),
  );
}

/** Judges YAML, of a file or before a text. */
export function judgeYaml(text: string, tell: Tell): void {
  const { values, tags, doubles, others, errors } = parseYaml(text);
  for (const { key, at } of doubles) {
    tell('config-duplicate-key', `${shown(key)} is there twice`, at);
  }
  for (const { tag, at } of tags) judgeTag(tag, at, tell);
  for (const { message, at } of errors.slice(0, 3)) {
    tell('config-unreadable', `the YAML: ${message}`, at);
  }
  judgeValues([...values, ...others], tell);
}

/** Source: PyYAML 6, `yaml/constructor.py`: the tags that import and call. */
function judgeTag(tag: string, at: number, tell: Tell): void {
  const python =
    /^(?:tag:yaml\.org,2002:|!+)python\/(\w+)(?:[/:]+(\w+))?:?(.*)$/s.exec(tag);
  if (!python) {
    tell('yaml-unknown-tag', `has a tag ${shown(tag)}`, at);
    return;
  }
  const [, kind, , name] = python;
  if (
    /^(none|bool|str|unicode|bytes|int|long|float|complex|list|tuple|dict)$/.test(
      kind,
    )
  ) {
    tell('yaml-unknown-tag', `has a tag ${shown(tag)}`, at);
    return;
  }
  const isDangerous = name && judgeTarget(name) === 'dangerous';
  tell(
    'yaml-python-tag',
    `has a tag ${shown(tag)}${isDangerous ? ', which runs code' : ''}`,
    at,
  );
}

async function inspect(
  source: ByteSource,
  context: ScanContext,
): Promise<TextStart> {
  const head = await source.read(0, 64 * 1024);
  const start = textStart(head, true) ?? { encoding: 'utf8', bom: 0 };
  const name = source.name.split(/[/!\\]/).pop() ?? '';
  const inspector = new TextInspector(context, {
    showsCharacters: !VOCABULARY.test(name),
  });
  await inspector.read(source.stream(), start);
  return start;
}

async function hold(source: ByteSource, context: ScanContext, most: number) {
  if (source.size > Math.min(most, context.limits.maxHeldBytes)) {
    throw new LimitError(
      `is larger than the ${most} bytes of a configuration that is held`,
      'too-large',
    );
  }
  return source.read(0, source.size);
}

function teller(context: ScanContext, shift: number): Tell {
  return (rule, message, at, severity) =>
    context.report(rule, message, {
      offset: shift + at,
      ...(severity && { severity }),
    });
}
