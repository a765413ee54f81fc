import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net, { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Peer, startSilent } from './processes';

const VERSION = '1.15.2';

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** `@portkey-ai/gateway`, installed from npm into a folder that is kept. */
export async function startPortkey(): Promise<
  (Peer & { port: number }) | undefined
> {
  const folder = path.join(os.tmpdir(), `modelhub-bench-portkey-${VERSION}`);
  const program = path.join(
    folder,
    'node_modules/@portkey-ai/gateway/build/start-server.js',
  );
  if (!fs.existsSync(program)) {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
    try {
      execFileSync(
        'npm',
        [
          'install',
          '--silent',
          '--no-audit',
          '--no-fund',
          '--ignore-scripts',
          `@portkey-ai/gateway@${VERSION}`,
        ],
        { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
      );
    } catch {
      return undefined;
    }
  }
  const port = await freePort();
  const peer = await startSilent(
    'Portkey',
    [process.execPath, program, `--port=${port}`, '--headless'],
    `http://127.0.0.1:${port}/`,
    { NODE_ENV: 'production', TRUSTED_CUSTOM_HOSTS: '127.0.0.1,localhost' },
  );
  return { ...peer, port };
}
