import * as zlib from 'node:zlib';
import { PartError, type ScanContext } from '../../engine/FormatReader';
import type { ByteSource } from '../../source';
import { PackedError } from '../archive/PackedError';
import { Checksum, through } from '../archive/inflate';
import type { Progress } from './held';

/** More members are no file that anybody compressed. */
const MOST_MEMBERS = 10_000;

/** Where the packed bytes of a gzip member begin. */
async function gzipData(source: ByteSource, at: number): Promise<number> {
  const head = await source.read(at, 64 * 1024);
  const flags = head[3];
  let from = 10;
  if (flags & 4) {
    from += 2 + (head.length >= 12 ? head.readUInt16LE(10) : 0);
  }
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue;
    const end = head.indexOf(0, from);
    if (end < 0) throw new PackedError('the header of gzip does not end');
    from = end + 1;
  }
  if (flags & 2) from += 2;
  if (from >= head.length) throw new PackedError('it ends too soon');
  return at + from;
}

export const beginsGzip = (head: Buffer) =>
  head.length >= 4 &&
  head[0] === 0x1f &&
  head[1] === 0x8b &&
  head[2] === 8 &&
  (head[3] & 0xe0) === 0;

/** Source: RFC 1952. */
export async function* gunzip(
  source: ByteSource,
  context: ScanContext,
  progress: Progress,
): AsyncIterable<Buffer> {
  for (let members = 0; ; members++) {
    if (members >= MOST_MEMBERS) {
      throw new PartError('has too many members', 'archive-bomb');
    }
    const from = await gzipData(source, progress.end);
    const inflate = zlib.createInflateRaw();
    const sum = new Checksum();
    yield* sum.over(through(source.stream(from), inflate));
    const at = from + inflate.bytesWritten;
    const trailer = await source.read(at, 8);
    if (trailer.length < 8) throw new PackedError('it ends too soon');
    progress.end = at + 8;
    if (
      trailer.readUInt32LE(0) !== sum.value ||
      trailer.readUInt32LE(4) !== sum.size % 2 ** 32
    ) {
      context.report(
        'archive-bad-checksum',
        'the content is not what its checksum says',
        { offset: at },
      );
    }
    if (!beginsGzip(await source.read(progress.end, 10))) return;
  }
}

/** A stream of zlib begins at `from`. Source: RFC 1950. */
export async function* unzlib(
  source: ByteSource,
  from: number,
  progress: Progress,
): AsyncIterable<Buffer> {
  const inflate = zlib.createInflate();
  yield* through(source.stream(from), inflate);
  progress.end = from + inflate.bytesWritten;
}

/** Whether these two bytes begin a stream of zlib, and what follows unpacks. */
export function beginsZlib(head: Buffer): boolean {
  if (head.length < 8 || head[0] !== 0x78 || head.readUInt16BE(0) % 31 !== 0) {
    return false;
  }
  try {
    zlib.inflateSync(head.subarray(0, 4096), {
      finishFlush: zlib.constants.Z_SYNC_FLUSH,
      maxOutputLength: 16 * 1024 * 1024,
    });
    return true;
  } catch {
    return false;
  }
}

const ZSTD = 0xfd2fb528;
/** A window of 64 MiB: wider ones take more memory than a scan may. */
const WIDEST = 26;
const SKIPPED = 0x184d2a50;

export const beginsZstd = (head: Buffer) =>
  head.length >= 8 &&
  (head.readUInt32LE(0) === ZSTD ||
    ((head.readUInt32LE(0) & 0xfffffff0) >>> 0 === SKIPPED &&
      head.length >= 12));

/** Source: RFC 8878. */
export async function* unzstd(
  source: ByteSource,
  progress: Progress,
): AsyncIterable<Buffer> {
  const create: typeof zlib.createZstdDecompress | undefined =
    zlib.createZstdDecompress;
  if (!create) {
    throw new PartError('this Node.js reads no zstd', 'archive-unsupported');
  }
  for (let frames = 0; ; frames++) {
    if (frames >= MOST_MEMBERS) {
      throw new PartError('has too many frames', 'archive-bomb');
    }
    const head = await source.read(progress.end, 8);
    if (head.length < 8) return;
    const mark = head.readUInt32LE(0);
    if ((mark & 0xfffffff0) >>> 0 === SKIPPED) {
      progress.end += 8 + head.readUInt32LE(4);
      if (progress.end > source.size) {
        throw new PackedError('it ends too soon');
      }
      continue;
    }
    if (mark !== ZSTD) return;
    const from = progress.end;
    const transform = create({
      params: { [zlib.constants.ZSTD_d_windowLogMax]: WIDEST },
    });
    yield* through(source.stream(from), transform);
    if (transform.bytesWritten === 0) throw new PackedError('it is empty');
    progress.end = from + transform.bytesWritten;
  }
}
