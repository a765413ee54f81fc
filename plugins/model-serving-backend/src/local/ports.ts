import { createServer } from 'node:net';

/** Whether somebody could listen there now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

/** The first free port of a range; undefined when there is none. */
export async function freePort(
  { from, to }: { from: number; to: number },
  taken: ReadonlySet<number>,
): Promise<number | undefined> {
  for (let port = from; port <= to; port++) {
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  return undefined;
}
