import type { ByteSource } from '../source';
import type { Probe } from './FormatReader';

const HEAD = 64 * 1024;
/** The longest comment of a zip, and the record before it. */
const TAIL = 64 * 1024 + 22;

/** Reads what tells the format of a file. */
export async function probe(source: ByteSource): Promise<Probe> {
  const head = await source.read(0, Math.min(HEAD, source.size));
  const tail =
    source.size <= head.length
      ? head
      : await source.read(
          Math.max(0, source.size - TAIL),
          Math.min(TAIL, source.size),
        );
  return {
    ...nameOf(source.name),
    size: source.size,
    head,
    tail,
  };
}

/** The same of a part that comes in order and does not end soon. */
export function probeStart(name: string, chunks: Buffer[]): Probe {
  const size = chunks.reduce((sum, { length }) => sum + length, 0);
  const head = Buffer.concat(chunks, Math.min(HEAD, size));
  return {
    ...nameOf(name),
    size: Number.MAX_SAFE_INTEGER,
    head,
    tail: Buffer.alloc(0),
  };
}

function nameOf(path: string): Pick<Probe, 'name' | 'extension'> {
  const name = path.split(/[/!\\]/).pop() ?? '';
  // Torch's users write `.pth.tar` for files that never were tars.
  const plain = name.replace(/(?<=\.(pt|pth))\.tar$/i, '');
  const dot = plain.lastIndexOf('.');
  return { name, extension: dot > 0 ? plain.slice(dot + 1).toLowerCase() : '' };
}
