import {
  LimitError,
  type FormatReader,
  type ScanContext,
} from '../../engine/FormatReader';
import type { ByteSource } from '../../source';
import { decodeText, textStart } from '../../text/encodings';
import { TextInspector } from '../../text/TextInspector';
import { judgePython } from './judgePython';

const EXTENSIONS = 'py pyw pyi pyx pxd'.split(' ');
const LONGEST = 8 * 1024 * 1024;
const HEAD = 64 * 1024;

/** Python beside the weights. */
export const pythonReader: FormatReader = {
  id: 'python',
  title: 'Python',
  extensions: EXTENSIONS,
  isFallback: true,
  matches: ({ head, extension }) =>
    (EXTENSIONS.includes(extension) ||
      (extension === '' &&
        /^#![^\n]{0,100}\bpython/.test(head.toString('latin1', 0, 200)))) &&
    textStart(head, true) !== undefined,
  read: readPython,
};

async function readPython(source: ByteSource, context: ScanContext) {
  const start = textStart(await source.read(0, HEAD), true) ?? {
    encoding: 'utf8' as const,
    bom: 0,
  };
  await new TextInspector(context).read(source.stream(), start);
  if (source.size > LONGEST) {
    throw new LimitError('is longer than code that people wrote', 'too-large');
  }
  const bytes = await source.read(start.bom, source.size);
  const text = decodeText(bytes, start.encoding);
  const lines = text.split('\n').length;
  context.report('python-code', `is ${lines} lines of Python`);
  const name = source.name.split(/[/!\\]/).pop() ?? '';
  judgePython(text, { name }, (rule, message, at) =>
    context.report(rule, message, {
      offset: start.bom + Buffer.byteLength(text.slice(0, at)),
    }),
  );
}

/** Python that was compiled: a number of the version, a line break of two marks. */
export const bytecodeReader: FormatReader = {
  id: 'pyc',
  title: 'compiled Python',
  extensions: ['pyc', 'pyo'],
  matches: ({ head, extension }) =>
    head.length >= 16 &&
    head[2] === 0x0d &&
    head[3] === 0x0a &&
    (['pyc', 'pyo'].includes(extension) ||
      // Python 3.7 and later: flags, then a code object.
      (head.readUInt32LE(4) <= 3 && head[16] === 0xe3)),
  read: async (_, context) =>
    context.report('python-bytecode', 'is compiled Python'),
};
