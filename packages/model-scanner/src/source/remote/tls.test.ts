import https from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { sendFile, serve, type TestServer } from '../../__testUtils__/servers';
import { harmless } from '../../__testUtils__/scans';
import { scanArtifact } from '../../scanArtifact';

const before = tls.getCACertificates('default');
let server: https.Server;
let host: string;
let plain: TestServer;
let location: string | undefined;

beforeAll(async () => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  x509.cryptoProvider.set(webcrypto as unknown as Crypto);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    keys,
    name: 'CN=localhost',
    signingAlgorithm: algorithm,
    extensions: [
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
      ]),
    ],
  });
  const cert = certificate.toString('pem');
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  const key = x509.PemConverter.encode(pkcs8, 'PRIVATE KEY');
  server = https.createServer({ cert, key }, (request, response) => {
    if (location) response.writeHead(302, { location }).end();
    else sendFile(request, response, harmless());
  });
  await new Promise<void>(resolve => {
    server.listen(0, 'localhost', resolve);
  });
  host = `localhost:${(server.address() as AddressInfo).port}`;
  plain = await serve((...at) => sendFile(...at, harmless()));
  tls.setDefaultCACertificates([...before, cert]);
});
afterAll(async () => {
  tls.setDefaultCACertificates(before);
  server.closeAllConnections();
  server.close();
  await plain.close();
});

const scan = () =>
  scanArtifact(`https://${host}/model.pkl`, {
    access: {
      schemes: ['https'],
      privateHosts: [host, plain.host],
      plainHosts: [host, plain.host],
    },
    retries: 0,
  });

describe('a server with TLS', () => {
  it('is read', async () => {
    location = undefined;
    expect((await scan()).verdict).toBe('clean');
  });

  it('cannot send on to one without, whatever the rules allow', async () => {
    location = `${plain.origin}/model.pkl`;
    const report = await scan();
    expect(report.verdict).toBe('error');
    expect(report.files[0].findings[0].message).toContain('leaves TLS');
    expect(plain.got).toEqual([]);
  });

  it('has to prove who it is', async () => {
    location = undefined;
    tls.setDefaultCACertificates(before);
    const report = await scan();
    expect(report).toMatchObject({ verdict: 'error', isTransient: false });
    expect(report.files[0].findings[0].message).toContain('certificate');
  });
});
