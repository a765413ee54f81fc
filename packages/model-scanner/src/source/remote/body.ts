import { ArtifactError } from '../ArtifactSource';

const tooLong = (most: number) =>
  new ArtifactError(
    'too-large',
    `An answer is larger than the ${most} bytes that were expected`,
  );

/** Reads a body that has so many bytes; fewer when it breaks off. */
export async function readPart(
  body: AsyncIterable<Uint8Array>,
  length: number,
): Promise<Buffer> {
  // Not of the pool, which would keep it alive as a whole.
  const bytes = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  for await (const chunk of body) {
    if (filled + chunk.length > length) throw tooLong(length);
    bytes.set(chunk, filled);
    filled += chunk.length;
  }
  return bytes.subarray(0, filled);
}

/** Reads a body into memory. */
export async function readAll(
  body: AsyncIterable<Uint8Array>,
  most: number,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > most) throw tooLong(most);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
