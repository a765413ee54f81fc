import { ArtifactError } from '../ArtifactSource';
import type { ByteSource } from '../ByteSource';
import { MemorySource } from '../MemorySource';
import { BLOCK_BYTES, BlockSource, changed } from './BlockSource';
import { readPart } from './body';
import { incomplete, type HttpClient, type HttpResponse } from './HttpClient';
import { checkSize, throwIfRefused, type HttpFile } from './httpFile';
import { spool } from './spool';

/** What tells one state of a file from another. */
interface State {
  size: number;
  etag?: string;
  lastModified?: string;
}

/**
 * Opens a file on a server that is read by ranges. That it stays the same is
 * seen by its ETag, its size and, in {@link BlockSource}, its bytes.
 */
export async function openHttpFile(
  client: HttpClient,
  file: HttpFile,
): Promise<ByteSource> {
  const opened = await fetchWith(
    client,
    file,
    file.url,
    { range: `bytes=0-${BLOCK_BYTES - 1}` },
    response => readFirst(response, file),
  );
  if (opened === 'empty') {
    checkSize(0, file);
    return new MemorySource(file.name, Buffer.alloc(0));
  }
  if (opened === 'whole') {
    return spool(client, file, await file.headers?.());
  }
  const { state, first } = opened;
  let { url } = opened;
  checkSize(state.size, file);
  return new BlockSource({
    name: file.name,
    size: state.size,
    first,
    signal: file.signal,
    fetch: async (start, end, signal) => {
      const read = (from: URL) =>
        fetchWith(
          client,
          { ...file, signal },
          from,
          {
            range: `bytes=${start}-${end - 1}`,
            // A weak tag must not be compared this way (RFC 9110, 13.1.5).
            ...(state.etag &&
              !state.etag.startsWith('W/') && { 'if-range': state.etag }),
          },
          response => readRange(response, { start, end }, state, file.name),
        );
      const isOwn = url.href === file.url.href;
      try {
        return (await read(url)).bytes;
      } catch (error) {
        if (isOwn || !(error instanceof ArtifactError)) throw error;
        if (!['unauthorised', 'not-found'].includes(error.reason)) throw error;
        // The address that the server redirected to is only good for a while.
        const again = await read(file.url);
        url = again.url;
        return again.bytes;
      }
    },
  });
}

async function fetchWith<T>(
  client: HttpClient,
  file: HttpFile,
  url: URL,
  headers: Record<string, string>,
  use: (response: HttpResponse) => Promise<T>,
): Promise<T> {
  const send = async () =>
    client.get(
      url,
      {
        headers: {
          ...headers,
          ...(url.origin === file.url.origin && (await file.headers?.())),
        },
        signal: file.signal,
        expects: BLOCK_BYTES,
      },
      use,
    );
  try {
    return await send();
  } catch (error) {
    const isRefused =
      error instanceof ArtifactError && error.reason === 'unauthorised';
    if (!isRefused || !(await file.renew?.())) throw error;
    return send();
  }
}

async function readFirst(
  response: HttpResponse,
  file: HttpFile,
): Promise<{ state: State; first: Buffer; url: URL } | 'whole' | 'empty'> {
  const { status, headers, url } = response;
  if (status === 416 && /^bytes \*\/0$/.test(headers['content-range'] ?? '')) {
    return 'empty';
  }
  throwIfRefused(response, file.name);
  checkCoding(response);
  if (status === 200) return 'whole';
  const told = /^bytes 0-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '');
  if (status !== 206 || !told) {
    throw new ArtifactError(
      'unsupported',
      `${url.host} answers ${status} with the range '${
        headers['content-range'] ?? ''
      }' where the beginning of ${file.name} was asked for`,
    );
  }
  const size = Number(told[2]);
  const end = Math.min(BLOCK_BYTES, size);
  if (Number(told[1]) !== end - 1 || !Number.isSafeInteger(size)) {
    throw new ArtifactError(
      'unsupported',
      `${url.host} sends another range of ${file.name} than the one that was asked for`,
    );
  }
  const first = await readPart(response.body, end);
  if (first.length !== end) throw incomplete('the answer breaks off');
  return {
    first,
    url,
    state: {
      size,
      etag: headers.etag,
      lastModified: headers['last-modified'],
    },
  };
}

async function readRange(
  response: HttpResponse,
  { start, end }: { start: number; end: number },
  state: State,
  name: string,
): Promise<{ bytes: Buffer; url: URL }> {
  const { status, headers, url } = response;
  if ([200, 412, 416].includes(status)) throw changed(name);
  throwIfRefused(response, name);
  checkCoding(response);
  if (headers['content-range'] !== `bytes ${start}-${end - 1}/${state.size}`) {
    const total = headers['content-range']?.split('/')[1];
    if (total !== undefined && total !== String(state.size)) {
      throw changed(name);
    }
    throw new ArtifactError(
      'unsupported',
      `${url.host} sends another range of ${name} than the one that was asked for`,
    );
  }
  const isSame =
    headers.etag === state.etag &&
    (state.etag !== undefined ||
      headers['last-modified'] === state.lastModified);
  if (!isSame) throw changed(name);
  const bytes = await readPart(response.body, end - start);
  if (bytes.length !== end - start) throw incomplete('the answer breaks off');
  return { bytes, url };
}

function checkCoding({ headers, url }: HttpResponse): void {
  const coding = headers['content-encoding'];
  if (coding !== undefined && coding !== 'identity') {
    throw new ArtifactError(
      'unsupported',
      `${url.host} sends the file as ${coding}, though it was asked for as it is`,
    );
  }
}
