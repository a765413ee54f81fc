import type { ScanContext } from '../../engine/FormatReader';
import type { ByteSource } from '../../source';

/** Unpacks what is packed by one of the rarer methods, or nothing. */
export async function decoderOf(
  method: number,
  source: ByteSource,
  size: number,
  context: ScanContext,
): Promise<AsyncIterable<Buffer> | undefined> {
  void [method, source, size, context];
  return undefined;
}
