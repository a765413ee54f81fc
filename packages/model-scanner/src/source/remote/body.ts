import { ArtifactError } from '../ArtifactSource';

/** Reads a body into memory. */
export async function readAll(
  body: AsyncIterable<Uint8Array>,
  most: number,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > most) {
      throw new ArtifactError(
        'too-large',
        `An answer is larger than the ${most} bytes that were expected`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
