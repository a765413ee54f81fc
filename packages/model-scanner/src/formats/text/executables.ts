import type { FormatReader, Probe } from '../../engine/FormatReader';

const starts = (head: Buffer, ...marks: string[]) =>
  marks.some(mark => head.toString('latin1', 0, mark.length) === mark);

/** Programs and libraries of machine code, and code that a machine of its own runs. */
const KINDS: Array<
  [
    id: string,
    title: string,
    extensions: string,
    matches: (probe: Probe) => boolean,
  ]
> = [
  [
    'elf',
    'a program or library of Linux',
    'so elf ko axf',
    ({ head }) => starts(head, '\x7fELF'),
  ],
  [
    'pe',
    'a program or library of Windows',
    'exe dll pyd sys scr ocx',
    ({ head, extension }) => isPe(head, extension),
  ],
  [
    'mach-o',
    'a program or library of macOS',
    'dylib bundle',
    ({ head }) =>
      starts(
        head,
        '\xfe\xed\xfa\xce',
        '\xfe\xed\xfa\xcf',
        '\xce\xfa\xed\xfe',
        '\xcf\xfa\xed\xfe',
      ) || isFat(head),
  ],
  [
    'java-class',
    'a class of Java',
    'class',
    ({ head }) =>
      starts(head, '\xca\xfe\xba\xbe') &&
      head.length > 8 &&
      head.readUInt16BE(6) >= 45 &&
      !isFat(head),
  ],
  [
    'wasm',
    'a program of WebAssembly',
    'wasm',
    ({ head }) => starts(head, '\0asm\x01\0\0\0'),
  ],
  ['dex', 'a program of Android', 'dex', ({ head }) => starts(head, 'dex\n0')],
  [
    'llvm',
    'bitcode of LLVM',
    'bc',
    ({ head }) => starts(head, 'BC\xc0\xde', '\xde\xc0\x17\x0b'),
  ],
  [
    'lnk',
    'a link of Windows',
    'lnk',
    ({ head }) => starts(head, 'L\0\0\0\x01\x14\x02\0'),
  ],
  [
    'msi',
    'a compound document of Windows',
    'msi doc xls ppt',
    ({ head }) => starts(head, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
  ],
  [
    'ftrt',
    'an engine of TensorRT',
    'engine plan trt',
    ({ head }) => starts(head, 'ftrt', 'ptrt'),
  ],
  [
    'luajit',
    'compiled Lua',
    'luac',
    ({ head }) => starts(head, '\x1bLua', '\x1bLJ'),
  ],
];

export const executableReaders: FormatReader[] = KINDS.map(
  ([id, title, extensions, matches]) => ({
    id,
    title,
    extensions: extensions.split(' '),
    matches,
    read: async (_, context) =>
      context.report('executable-content', `is ${title}`),
    readStream: async (stream, _, context) => {
      context.report('executable-content', `is ${title}`);
      const all = stream[Symbol.asyncIterator]();
      while (!(await all.next()).done);
    },
  }),
);

/** Source: Microsoft, "PE Format": the stub tells where the header is. */
function isPe(head: Buffer, extension: string): boolean {
  if (!starts(head, 'MZ')) return false;
  if ('exe dll pyd sys scr ocx com'.split(' ').includes(extension)) return true;
  if (head.length < 64) return false;
  const header = head.readUInt32LE(60);
  // The header may lie beyond what is seen; what precedes it is no text.
  return header + 4 <= head.length
    ? head.toString('latin1', header, header + 4) === 'PE\0\0'
    : head.subarray(2, 64).includes(0);
}

/** Libraries for several machines begin as classes of Java do, and count them. */
function isFat(head: Buffer) {
  return (
    starts(head, '\xca\xfe\xba\xbe', '\xca\xfe\xba\xbf') &&
    head.length > 8 &&
    head.readUInt32BE(4) > 0 &&
    head.readUInt32BE(4) < 45
  );
}
