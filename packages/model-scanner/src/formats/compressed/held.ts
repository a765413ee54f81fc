import { LimitError, type ScanContext } from '../../engine/FormatReader';
import type { ByteSource } from '../../source';

/** How far into the packed bytes an unpacking came. */
export interface Progress {
  end: number;
}

/** Unpacks what begins at an offset; returns where that ends. */
export type Unpack = (
  input: Buffer,
  from: number,
  mostHeld: number,
) => Generator<Buffer, number>;

/** Unpacks streams that stand one after another, for which all is held. */
export async function* unpackHeld(
  source: ByteSource,
  context: ScanContext,
  progress: Progress,
  format: {
    unpack: Unpack;
    next(input: Buffer, at: number): number | undefined;
  },
): AsyncIterable<Buffer> {
  if (source.size > context.limits.maxHeldBytes) {
    throw new LimitError(
      `is larger than the ${context.limits.maxHeldBytes} bytes that the scanner holds`,
      'too-large',
    );
  }
  const input = await source.read(0, source.size);
  for (let at: number | undefined = 0; at !== undefined; ) {
    progress.end = yield* format.unpack(input, at, context.limits.maxHeldBytes);
    at = format.next(input, progress.end);
  }
}
