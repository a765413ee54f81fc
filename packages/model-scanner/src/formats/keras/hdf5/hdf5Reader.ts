import {
  PartError,
  type FormatReader,
  type ScanContext,
} from '../../../engine/FormatReader';
import type { RuleId } from '../../../rules';
import { MemorySource, type ByteSource } from '../../../source';
import { reportHidden } from '../../archive/hidden';
import { shownName } from '../../archive/names';
import { judgeValues } from '../../config/judgeValues';
import { JsonError, parseJson } from '../../config/parseJson';
import { beginsOldPickle, beginsPickle } from '../../pickle/pickleReader';
import type { Hdf5Attribute } from './attributes';
import { Hdf5Walk } from './Hdf5Walk';
import { readSuperblock, superblockIn } from './superblock';
import { scanCollections, sweep } from './sweep';

/** Attributes under which Keras keeps what it makes a model of. */
const CONFIGS = new Set(['model_config', 'training_config']);

/** HDF5, and the models that Keras keeps in it. */
export const hdf5Reader: FormatReader = {
  id: 'hdf5',
  title: 'an HDF5 file',
  extensions: 'h5 hdf5 hdf he5 h5ad h5mu loom nc nc4 mat keras'.split(' '),
  matches: ({ head }) => superblockIn(head) !== undefined,
  read: readHdf5,
};

const HEAD = 64 * 1024;

async function readHdf5(source: ByteSource, context: ScanContext) {
  const base = superblockIn(await source.read(0, HEAD)) ?? 0;
  await reportHidden(
    source,
    { start: 0, end: base },
    'stand before the HDF5 file',
    context,
  );
  let hasCode = false;
  const told: ScanContext = {
    ...context,
    report: (rule, message, options) => {
      if (rule === 'keras-code' || rule === 'keras-lambda') hasCode = true;
      context.report(rule, message, options);
    },
  };
  const superblock = await readSuperblock(source, base, told);
  const { file, root, cached, extension, end } = superblock;
  const walk = new Hdf5Walk(file, told, (path, attribute) =>
    judgeAttribute(path, attribute, told),
  );
  try {
    if (extension !== undefined) await walk.from(extension);
    await walk.from(root, cached);
  } catch (error) {
    if (!(error instanceof PartError)) throw error;
    context.report(error.rule, error.message);
  }
  const swept = await sweep(source, context);
  if (swept.code !== undefined && !hasCode) {
    context.report('hdf5-hidden-code', 'holds the code of a Lambda', {
      offset: swept.code,
    });
  }
  await scanCollections(file, swept, context);
  await judgeEnd(source, end, context);
}

async function judgeEnd(source: ByteSource, end: number, context: ScanContext) {
  if (end > source.size) {
    context.report(
      'hdf5-corrupt',
      `has ${source.size} bytes and says it has ${end}`,
    );
  } else if (end < source.size) {
    await reportHidden(
      source,
      { start: end, end: source.size },
      'follow the HDF5 file',
      context,
    );
  }
}

async function judgeAttribute(
  path: string,
  { name, values, isCut }: Hdf5Attribute,
  context: ScanContext,
): Promise<void> {
  const where = shownName(path ? `${path}@${name}` : name);
  if (isCut && CONFIGS.has(name)) {
    context.report('hdf5-corrupt', `${where} is too large`);
  }
  for (const value of values) {
    const plain = withoutEnd(value);
    if (name === 'PSEUDOATOM' && plain.toString() === 'object') {
      context.report('hdf5-pickle', `${shownName(path)} holds objects`);
    }
    if (isPickle(plain)) {
      context.report('hdf5-pickle', `${where} is a pickle`);
      await context.scanPart(new MemorySource(where, plain));
    } else if (CONFIGS.has(name) || plain[0] === 0x7b) {
      await judgeText(plain, where, CONFIGS.has(name), context);
    }
  }
}

async function judgeText(
  bytes: Buffer,
  where: string,
  isConfig: boolean,
  context: ScanContext,
): Promise<void> {
  const tell = (rule: RuleId, message: string) =>
    context.report(rule, `${where}: ${message}`);
  try {
    const { value, doubles, others } = parseJson(bytes);
    for (const { key } of doubles) {
      tell('config-duplicate-key', `${key} is there twice`);
    }
    for (const part of judgeValues([value, ...others], tell)) {
      await context.scanPart(part);
    }
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    if (isConfig) tell('config-unreadable', `the JSON ${error.message}`);
  }
}

/** Texts of a fixed length are filled up with zeros or blanks. */
function withoutEnd(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0 || bytes[end - 1] === 0x20)) end -= 1;
  return bytes.subarray(0, end);
}

function isPickle(bytes: Buffer) {
  return (
    bytes.length > 3 &&
    bytes.at(-1) === 0x2e &&
    (beginsPickle(bytes) || (beginsOldPickle(bytes) && bytes.includes(0x0a)))
  );
}
