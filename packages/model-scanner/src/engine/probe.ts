import type { ByteSource } from '../source';
import type { Probe } from './FormatReader';

const HEAD = 64 * 1024;
/** The longest comment of a zip, and the record before it. */
const TAIL = 64 * 1024 + 22;

/** Reads what tells the format of a file. */
export async function probe(source: ByteSource): Promise<Probe> {
  const name = source.name.split(/[/!\\]/).pop() ?? '';
  const dot = name.lastIndexOf('.');
  const head = await source.read(0, Math.min(HEAD, source.size));
  const tail =
    source.size <= head.length
      ? head
      : await source.read(
          Math.max(0, source.size - TAIL),
          Math.min(TAIL, source.size),
        );
  return {
    name,
    extension: dot > 0 ? name.slice(dot + 1).toLowerCase() : '',
    size: source.size,
    head,
    tail,
  };
}
