import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';
import { TestCa } from './__testUtils__/TestCa';
import { secretOf } from './__testUtils__/TestControlPlane';
import { Rig, eventually } from './__testUtils__/rig';

interface Files {
  certFile: string;
  keyFile: string;
}

jest.setTimeout(30_000);

describe('TLS', () => {
  let folder: string;
  let ca: TestCa;
  let foreign: TestCa;
  const closing: Array<() => unknown> = [];

  beforeEach(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gateway-tls-'));
    ca = await TestCa.create(folder);
    foreign = await TestCa.create(folder, 'foreign');
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) {
      await close();
    }
    fs.rmSync(folder, { recursive: true });
  });

  /** @param settings - with `listen`, it cannot be asked in plain HTTP whether it is ready */
  async function start(
    settings: object,
    ready = !('listen' in settings),
  ): Promise<Rig> {
    const rig = await Rig.create({ settings, ready });
    closing.push(() => rig.stop());
    return rig;
  }

  /** Asks `/healthz`; tells the status, and the serial number of the server's certificate. */
  function get(rig: Rig, own?: Files, trusted: TestCa = ca) {
    return new Promise<{ status: number; serial: string }>(
      (resolve, reject) => {
        const req = https.get(
          {
            host: '127.0.0.1',
            port: rig.gateway.port,
            path: '/healthz',
            agent: false,
            ca: fs.readFileSync(trusted.file),
            ...(own && {
              cert: fs.readFileSync(own.certFile),
              key: fs.readFileSync(own.keyFile),
            }),
          },
          res => {
            const { serialNumber } = (
              res.socket as TLSSocket
            ).getPeerCertificate();
            res.resume().on('end', () =>
              resolve({
                status: res.statusCode ?? 0,
                serial: serialNumber.toLowerCase(),
              }),
            );
          },
        );
        req.on('error', reject);
      },
    );
  }

  /** Another server, that asks for certificates of our CA, in front of a plain one. */
  async function guard(target: string): Promise<string> {
    const { certFile, keyFile } = await ca.issue('guard');
    const server = https.createServer(
      {
        cert: fs.readFileSync(certFile),
        key: fs.readFileSync(keyFile),
        ca: fs.readFileSync(ca.file),
        requestCert: true,
        rejectUnauthorized: true,
      },
      (req, res) => {
        const { method, headers, url = '' } = req;
        const onward = http.request(
          target + url,
          { method, headers },
          answer => {
            res.writeHead(answer.statusCode ?? 502, answer.headers);
            res.flushHeaders();
            answer.pipe(res);
          },
        );
        onward.on('error', () => res.destroy());
        req.pipe(onward);
      },
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('takes calls over TLS, and not without', async () => {
    const { certFile, keyFile, serial } = await ca.issue('gateway');
    const rig = await start({
      listen: { port: 0, tls: { certFile, keyFile } },
    });
    expect(await get(rig)).toEqual({ status: 200, serial });
    await expect(get(rig, undefined, foreign)).rejects.toThrow();
    await expect(fetch(`${rig.url}/healthz`)).rejects.toThrow();
  });

  it('shows a new certificate without a restart', async () => {
    const { certFile, keyFile } = await ca.issue('gateway');
    const rig = await start({
      listen: { port: 0, tls: { certFile, keyFile } },
    });
    const next = await ca.issue('next');
    fs.copyFileSync(next.keyFile, keyFile);
    fs.copyFileSync(next.certFile, certFile);
    await eventually(
      'the new certificate is shown',
      async () => (await get(rig)).serial === next.serial,
      15_000,
    );
    expect(await get(rig)).toMatchObject({ status: 200 });
  });

  it('refuses callers without a certificate, or with a foreign one', async () => {
    const server = await ca.issue('gateway');
    const { certFile, keyFile } = server;
    const rig = await start({
      listen: { port: 0, tls: { certFile, keyFile, clientCaFile: ca.file } },
    });
    expect(await get(rig, await ca.issue('caller'))).toMatchObject({
      status: 200,
    });
    await expect(get(rig)).rejects.toThrow();
    await expect(get(rig, await foreign.issue('caller'))).rejects.toThrow();
  });

  it('takes callers without a certificate where none is required, but no foreign one', async () => {
    const { certFile, keyFile } = await ca.issue('gateway');
    const rig = await start({
      listen: {
        port: 0,
        tls: {
          certFile,
          keyFile,
          clientCaFile: ca.file,
          requireClientCert: false,
        },
      },
    });
    expect(await get(rig)).toMatchObject({ status: 200 });
    expect(await get(rig, await ca.issue('caller'))).toMatchObject({
      status: 200,
    });
    await expect(get(rig, await foreign.issue('caller'))).rejects.toThrow();
  });

  it('shows its own certificate to a provider, and trusts only the CA that it is told', async () => {
    const rig = await start({});
    const url = await guard(`http://127.0.0.1:${rig.upstream.port}`);
    const { certFile, keyFile } = await ca.issue('client');
    const stranger = await foreign.issue('stranger');
    const status = async (tls: object | undefined) => {
      const other = await start({
        providers: [
          {
            name: 'acme',
            match: 'acme/*',
            stripPrefix: true,
            baseUrl: `${url}/v1`,
            tls,
          },
        ],
      });
      const { body, status: code } = await other.chat(secretOf('strict'), {
        model: 'acme/chat',
      });
      return code === 200 ? 200 : body.error.code;
    };
    expect(await status({ caFile: ca.file, certFile, keyFile })).toBe(200);
    expect(await status({ caFile: ca.file })).toBe('upstream_error');
    expect(
      await status({
        caFile: ca.file,
        certFile: stranger.certFile,
        keyFile: stranger.keyFile,
      }),
    ).toBe('upstream_error');
    expect(await status({ caFile: foreign.file, certFile, keyFile })).toBe(
      'upstream_error',
    );
    expect(await status(undefined)).toBe('upstream_error');
  });

  it('follows a control plane that asks for certificates', async () => {
    const other = await start({});
    const url = await guard(other.plane.url);
    const controlPlane = (tls: object, name: string) => ({
      controlPlane: {
        url,
        tls,
        enrolmentToken: 'invitation',
        stateDir: path.join(folder, name),
      },
    });
    const { certFile, keyFile } = await ca.issue('client');
    const rig = await start(
      controlPlane({ caFile: ca.file, certFile, keyFile }, 'a'),
      false,
    );
    await eventually(
      'the gateway follows',
      async () => (await rig.ready()).connected,
    );
    const stranger = await start(controlPlane({ caFile: ca.file }, 'b'), false);
    await eventually('it was turned away', () =>
      stranger.logs.some(line => line.includes('Lost the control plane')),
    );
    expect((await stranger.ready()).ready).toBe(false);
  });
});
