import { PartError, type ScanContext } from '../../engine/FormatReader';
import type { ByteSource } from '../../source';
import { unbzip2 } from '../compressed/bzip2';
import { unpackHeld, type Unpack } from '../compressed/held';
import { unzstd } from '../compressed/native';
import { Window } from '../compressed/Window';
import { unlzma, unxz } from '../compressed/xz';

const METHODS: Record<number, (size: number) => Unpack> = {
  12: () => unbzip2,
  14: size => (input, from, mostHeld) => {
    const properties = input.length >= 9 ? input.readUInt16LE(2) : 0;
    if (properties !== 5) {
      throw new PartError('its lzma is corrupt', 'archive-corrupt');
    }
    const window = new Window(input.readUInt32LE(from + 5), mostHeld);
    return unlzma(input, from + 9, input[from + 4], size, window);
  },
  95: () => unxz,
};

/** Unpacks what is packed by one of the rarer methods, or nothing. */
export function decoderOf(
  method: number,
  source: ByteSource,
  size: number,
  context: ScanContext,
): AsyncIterable<Buffer> | undefined {
  const progress = { end: 0 };
  if (method === 93) return unzstd(source, progress);
  if (!(method in METHODS)) return undefined;
  return unpackHeld(source, context, progress, {
    unpack: METHODS[method](size),
    next: () => undefined,
  });
}
