import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArtifactError } from '../ArtifactSource';
import { FileSource } from '../FileSource';
import { incomplete, type HttpClient, type HttpResponse } from './HttpClient';
import { checkSize, throwIfRefused, type HttpFile } from './httpFile';

/**
 * Copies a file of a server that cannot send parts. The copy loses its name
 * before the first byte comes, so nothing is left of it when the process ends.
 */
export async function spool(
  client: HttpClient,
  file: HttpFile,
  headers: Record<string, string> = {},
): Promise<FileSource> {
  return client.get(
    file.url,
    { headers, signal: file.signal, expects: file.maxSpoolBytes },
    async response => {
      throwIfRefused(response, file.name);
      const told = response.headers['content-length'];
      if (told !== undefined) checkSize(Number(told), file);
      if (told !== undefined && Number(told) > file.maxSpoolBytes) {
        throw tooLarge(response, file);
      }
      return copy(response, file);
    },
  );
}

async function copy(
  response: HttpResponse,
  file: HttpFile,
): Promise<FileSource> {
  const folder = await mkdtemp(join(tmpdir(), 'modelhub-scan-'));
  const path = join(folder, 'copy');
  const handle = await open(path, 'wx+', 0o600);
  await rm(folder, { recursive: true });
  try {
    let size = 0;
    for await (const chunk of response.body) {
      size += chunk.length;
      if (size > file.maxSpoolBytes) throw tooLarge(response, file);
      for (let at = 0; at < chunk.length; ) {
        const { bytesWritten } = await handle.write(chunk, at);
        at += bytesWritten;
      }
    }
    const told = response.headers['content-length'];
    if (told !== undefined && Number(told) !== size) {
      throw incomplete('the answer breaks off');
    }
    checkSize(size, file);
    return await FileSource.of(handle, file.name);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function tooLarge({ url }: HttpResponse, file: HttpFile): ArtifactError {
  return new ArtifactError(
    'too-large',
    `${url.host} cannot send parts of ${file.name}, and it is larger than the ${file.maxSpoolBytes} bytes that are copied; get it from a server that supports range requests, or scan a local copy`,
  );
}
