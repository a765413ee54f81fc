import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import selfsigned from 'selfsigned';
import { TestKubernetes } from '../__testUtils__/kubernetes';
import { loadClient } from '../__testUtils__/kubernetes/nativeClient';
import type { ClusterAuth } from '../config/ClusterConfig';
import { ClientNodeKubernetesApi } from './ClientNodeKubernetesApi';
import { kubeConfig } from './kubeConfig';
import { NAMESPACES } from './resources';

describe('kubeConfig', () => {
  // A pair of the platform's own: making one in JavaScript takes a minute.
  const certificate = {
    keyPair: generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    }),
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
  };
  const { private: key, cert } = selfsigned.generate(
    [{ name: 'commonName', value: '127.0.0.1' }],
    certificate,
  );
  let server: TestKubernetes;
  let folder: string;

  beforeAll(async () => {
    await loadClient();
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'kube-'));
    server = await TestKubernetes.start({ tls: { key, cert }, token: 'first' });
  }, 60_000);

  afterAll(async () => {
    await server.stop();
    await fs.rm(folder, { recursive: true });
  });

  const inFolder = (name: string) => path.join(folder, name);

  const api = (auth: ClusterAuth, credentialsAge = 60_000) =>
    ClientNodeKubernetesApi.create({
      title: 'Europe',
      load: loadClient,
      configure: client => kubeConfig(client, 'eu', auth),
      times: { credentialsAge, retryDelay: 1 },
    });

  it('trusts the certificate authority of the cluster, and no other', async () => {
    await fs.writeFile(inFolder('ca.crt'), cert);
    await fs.writeFile(inFolder('token'), 'first\n');
    const auth: ClusterAuth = {
      type: 'token',
      url: server.url,
      tokenFile: inFolder('token'),
      caFile: inFolder('ca.crt'),
    };
    const trusting = api(auth, 0);
    expect(await trusting.version()).toBe('v1.36.0-test');
    const { items } = await trusting.list(NAMESPACES);
    expect(items.length).toBeGreaterThan(2);

    await expect(
      api({ type: 'token', url: server.url, token: 'first' }).version(),
    ).rejects.toThrow(/DEPTH_ZERO_SELF_SIGNED_CERT/);
    await expect(
      api({ ...auth, tokenFile: undefined, token: 'other' }).version(),
    ).rejects.toThrow('Unauthorized');
  });

  it('reads a kubeconfig file with the context that is asked for', async () => {
    const file = inFolder('config');
    await fs.writeFile(
      file,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'nowhere',
        clusters: [
          { name: 'away', cluster: { server: 'https://127.0.0.1:1' } },
          {
            name: 'eu',
            cluster: {
              server: server.url,
              'certificate-authority-data':
                Buffer.from(cert).toString('base64'),
            },
          },
        ],
        users: [{ name: 'hub', user: { token: 'first' } }],
        contexts: [
          { name: 'nowhere', context: { cluster: 'away', user: 'hub' } },
          { name: 'eu', context: { cluster: 'eu', user: 'hub' } },
        ],
      }),
    );
    expect(
      await api({ type: 'kubeconfig', file, context: 'eu' }).version(),
    ).toBe('v1.36.0-test');
    await expect(api({ type: 'kubeconfig', file }).version()).rejects.toThrow(
      /Europe does not answer \(/,
    );
  });

  it('says what is wrong with a file that is not there', async () => {
    await expect(
      api({ type: 'kubeconfig', file: inFolder('none') }).version(),
    ).rejects.toThrow(/ENOENT/);
  });
});
