import type { FormatReader, ScanContext } from '../../engine/FormatReader';
import type { ByteSource } from '../../source';
import { reportHidden } from '../archive/hidden';
import { bounded } from '../archive/inflate';
import { unbzip2 } from './bzip2';
import { unpackHeld, type Progress, type Unpack } from './held';
import { LZ4_MARK, unlz4 } from './lz4';
import {
  beginsGzip,
  beginsZlib,
  beginsZstd,
  gunzip,
  unzlib,
  unzstd,
} from './native';
import { unlzmaAlone, unxz, XZ_MARK } from './xz';

/** joblib writes its compressed pickles under the names of plain ones. */
const ANY = 'pkl pickle joblib p bin mar tgz tar nemo'.split(' ');

/** What a file is called when it is unpacked. */
const innerName = (name: string, extensions: string[]) => {
  const base = name.split(/[/!\\]/).pop() ?? '';
  const match = /^(.+)\.([^.]+)$/.exec(base);
  if (!match || !extensions.includes(match[2].toLowerCase())) return base;
  return /^t[a-z]/.test(match[2]) ? `${match[1]}.tar` : match[1];
};

function compressed(format: {
  id: string;
  title: string;
  extensions: string[];
  matches(head: Buffer): boolean;
  unpack(
    source: ByteSource,
    context: ScanContext,
    progress: Progress,
  ): AsyncIterable<Buffer>;
}): FormatReader {
  return {
    id: format.id,
    title: format.title,
    extensions: [...format.extensions, ...ANY],
    matches: ({ head }) => format.matches(head),
    read: async (source, context) => {
      const progress = { end: 0 };
      await context.scanStream(
        innerName(source.name, format.extensions),
        bounded(format.unpack(source, context, progress), source.size, context),
        { surroundings: context.surroundings, drain: true },
      );
      await reportHidden(
        source,
        { start: progress.end, end: source.size },
        `follow the ${format.id}`,
        context,
      );
    },
  };
}

const held = (
  unpack: Unpack,
  next: (input: Buffer, at: number) => number | undefined,
) => {
  return (source: ByteSource, context: ScanContext, progress: Progress) =>
    unpackHeld(source, context, progress, { unpack, next });
};

const begins = (mark: Buffer) => (head: Buffer) =>
  head.subarray(0, mark.length).equals(mark);

const isXz = begins(XZ_MARK);
/** Streams of xz may be padded with zeros in fours. */
function nextXz(input: Buffer, end: number): number | undefined {
  let at = end;
  while (at + 4 <= input.length && input.readUInt32LE(at) === 0) at += 4;
  return isXz(input.subarray(at)) ? at : undefined;
}

const isBzip2 = (head: Buffer) =>
  /^BZh[1-9]$/.test(head.toString('latin1', 0, 4)) &&
  ['1AY&SY', '\x17rE8P\x90'].includes(head.toString('latin1', 4, 10));
const isLz4 = (head: Buffer) =>
  head.length >= 7 && head.readUInt32LE(0) === LZ4_MARK;

/** The header has no mark; its figures are ones that only this format has. */
function isLzma(head: Buffer): boolean {
  if (head.length < 18 || head[0] >= 225 || head[13] !== 0) return false;
  const dictionary = head.readUInt32LE(1);
  const isPower = (value: number) => value > 0 && (value & (value - 1)) === 0;
  const size = head.readBigUInt64LE(5);
  return (
    dictionary >= 4096 &&
    (isPower(dictionary) || isPower(dictionary / 3)) &&
    (size === 0xffff_ffff_ffff_ffffn || size < 2n ** 38n) &&
    head[0] === 0x5d
  );
}

/** `ZF`, the length in hex, and a stream of zlib: joblib before 0.10. */
const ZFILE = 'ZF0x';
const ZFILE_DATA = 21;

export const compressedReaders: FormatReader[] = [
  compressed({
    id: 'gzip',
    title: 'a gzip',
    extensions: ['gz', 'gzip', 'tgz'],
    matches: beginsGzip,
    unpack: gunzip,
  }),
  compressed({
    id: 'zlib',
    title: 'a zlib stream',
    extensions: ['z', 'zlib'],
    matches: beginsZlib,
    unpack: (source, _, progress) => unzlib(source, 0, progress),
  }),
  compressed({
    id: 'zfile',
    title: 'an old compressed joblib file',
    extensions: ['z'],
    matches: head => head.toString('latin1', 0, 4) === ZFILE,
    unpack: async function* zfile(source, _, progress) {
      // Some versions wrote one blank more.
      const [blank] = await source.read(ZFILE_DATA, 1);
      const from = ZFILE_DATA + (blank === 0x20 ? 1 : 0);
      yield* unzlib(source, from, progress);
    },
  }),
  compressed({
    id: 'zstd',
    title: 'a zstd',
    extensions: ['zst', 'zstd', 'tzst'],
    matches: beginsZstd,
    unpack: (source, _, progress) => unzstd(source, progress),
  }),
  compressed({
    id: 'bzip2',
    title: 'a bzip2',
    extensions: ['bz2', 'tbz2'],
    matches: isBzip2,
    unpack: held(unbzip2, (input, at) =>
      isBzip2(input.subarray(at, at + 10)) ? at : undefined,
    ),
  }),
  compressed({
    id: 'xz',
    title: 'an xz',
    extensions: ['xz', 'txz'],
    matches: isXz,
    unpack: held(unxz, nextXz),
  }),
  compressed({
    id: 'lzma',
    title: 'an lzma',
    extensions: ['lzma'],
    matches: isLzma,
    unpack: held(unlzmaAlone, () => undefined),
  }),
  compressed({
    id: 'lz4',
    title: 'an lz4',
    extensions: ['lz4'],
    matches: isLz4,
    unpack: held(unlz4, (input, at) =>
      isLz4(input.subarray(at, at + 7)) ? at : undefined,
    ),
  }),
];
