import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  calling,
  safetensors,
  sha256,
  zip,
} from '../../plugins/model-governance-backend/src/gates/artifactScan/__testUtils__/artifacts';

export { safetensors, sha256 };

/**
 * What `torch.save` writes of an empty state, with a call beside it whose result
 * is thrown away: loading gives the state, and nobody notices the call.
 */
export function withPayload(command: string): Buffer {
  const pickle = Buffer.concat([
    // Without its end, and with its result thrown away.
    calling('posix', 'system', command).subarray(0, -1),
    Buffer.from('0'),
    Buffer.from('ccollections\nOrderedDict\n)R.'),
  ]);
  return zip({
    'helper/data.pkl': pickle,
    'helper/version': Buffer.from('3\n'),
  });
}

/** Serves files by their path, whole or in part, on an address of this machine. */
export async function serveFiles(files: Record<string, Buffer>) {
  const server = createServer((request, response) => {
    const bytes = files[(request.url ?? '/').slice(1)];
    if (!bytes) {
      response.writeHead(404).end();
      return;
    }
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const start = range ? Number(range[1]) : 0;
    const end = range?.[2] ? Number(range[2]) + 1 : bytes.length;
    const part = bytes.subarray(start, end);
    response.writeHead(range ? 206 : 200, {
      'accept-ranges': 'bytes',
      'content-length': part.length,
      'content-type': 'application/octet-stream',
      etag: `"${sha256(bytes)}"`,
      ...(range && {
        'content-range': `bytes ${start}-${start + part.length - 1}/${
          bytes.length
        }`,
      }),
    });
    response.end(request.method === 'HEAD' ? undefined : part);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}`,
    close: () =>
      new Promise(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
