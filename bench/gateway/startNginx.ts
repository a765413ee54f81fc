import fs from 'node:fs';
import net, { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Peer, startPeer, startSilent } from './processes';

const BINARIES = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx'];

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/**
 * One worker of nginx that asks a service (one process) about each request.
 * It cannot read the model in the body: the load tells it in a header.
 *
 * @param options - `keepsAuth`: connections to the service are kept, which
 * nginx's documentation of `auth_request` does not show
 */
export async function startNginx(
  upstream: string,
  options: { keepsAuth: boolean },
): Promise<(Peer & { port: number }) | undefined> {
  const binary = BINARIES.find(it => fs.existsSync(it));
  if (!binary) {
    return undefined;
  }
  const auth = await startPeer('authService');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-nginx-'));
  const port = await freePort();
  const file = path.join(folder, 'nginx.conf');
  fs.writeFileSync(
    file,
    `daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 2048; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  keepalive_requests 10000000;
  upstream provider { server ${new URL(upstream).host}; keepalive 128; }
  upstream auth { server 127.0.0.1:${auth.port}; ${
      options.keepsAuth ? 'keepalive 128;' : ''
    } }
  server {
    listen 127.0.0.1:${port};
    location / {
      auth_request /auth;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_pass http://provider;
    }
    location = /auth {
      internal;
      ${
        options.keepsAuth
          ? 'proxy_http_version 1.1; proxy_set_header Connection "";'
          : ''
      }
      proxy_set_header Content-Length "";
      proxy_set_header X-Model $http_x_model;
      proxy_pass_request_body off;
      proxy_pass http://auth;
    }
  }
}
`,
  );
  const nginx = await startSilent(
    'nginx',
    [binary, '-p', folder, '-c', file, '-e', path.join(folder, 'error.log')],
    `http://127.0.0.1:${port}/`,
  );
  return {
    pid: nginx.pid,
    port,
    async stop() {
      await nginx.stop();
      await auth.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
