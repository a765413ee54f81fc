import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import type {
  ArtifactSignatureEvidence,
  ModelArtifact,
} from '@modelhub/backstage-plugin-models-common';
import { generateKeyPairSync } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gateContext } from '../../__testUtils__/gateContext';
import { gateSubject } from '../../__testUtils__/gateSubject';
import { safetensors } from '../../artifactScan/__testUtils__/artifacts';
import type { ArtifactConfig } from '../../artifactScan';
import { addressOf } from '../../artifactScan/addressOf';
import { scan } from '../../artifactScan/worker';
import {
  bundleOf,
  envelopeOf,
  keyMaterial,
  resource,
  statementOf,
  type Resource,
} from './signing';
import { artifactSignatureGate } from '../artifactSignatureGate';
import { readTrust } from '../readTrust';

export const { publicKey, privateKey } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
});
export const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));
export const weights = safetensors();
export const CONFIG = '{"model_type":"tiny"}';
export const whole = [
  resource('config.json', CONFIG),
  resource('model.safetensors', weights),
];

/** The gate over a folder and a registry of this machine; takes care of both. */
export function signedModels() {
  // Each case reads a model with the real scanner.
  jest.setTimeout(60_000);

  let folder: string;
  let host: string;
  /** Answers of the registry by path. */
  const served = new Map<string, { body: Buffer; type: string }>();
  const server = createServer((request, response) => {
    const found = served.get(request.url ?? '');
    if (!found) {
      response.writeHead(404).end('{}');
      return;
    }
    response.writeHead(200, {
      'content-type': found.type,
      'content-length': found.body.length,
    });
    response.end(request.method === 'HEAD' ? undefined : found.body);
  });

  beforeAll(async () => {
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    served.clear();
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'signed-')));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (file: string, content: string | Buffer) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  };
  const signed = (resources: Resource[], serialization = {}) =>
    bundleOf(
      keyMaterial(publicKey),
      envelopeOf(statementOf(resources, serialization), privateKey),
    );
  /** A model of two files with its signature. */
  const writeModel = (signature?: string) => {
    write('tiny/config.json', CONFIG);
    write('tiny/model.safetensors', weights);
    if (signature !== undefined) write('tiny/model.sig', signature);
  };

  function open(signatures: object) {
    const config: ArtifactConfig = {
      access: {
        schemes: ['https', 'path', 'oci'],
        hosts: [host],
        privateHosts: [host],
        plainHosts: [host],
      },
      folder,
      env: {},
      logins: {},
      timeoutSeconds: 60,
      memoryMiB: 256,
      concurrency: 1,
    };
    return artifactSignatureGate({
      config,
      trust: readTrust(new ConfigReader({ modelGovernance: { signatures } })),
      scans: {
        scan: async ({ uri, revision, digest }) => {
          const outcome = await scan(
            {
              ...config,
              uri,
              address: await addressOf(uri, folder),
              revision,
              expectedDigest: digest,
            },
            () => {},
          );
          return outcome.type === 'scanned'
            ? { ...outcome, scannedAt: '2026-11-20T12:00:00Z', reused: false }
            : outcome;
        },
      },
    });
  }

  async function evaluate(
    params: JsonObject = {},
    options: { artifact?: ModelArtifact; signatures?: object } = {},
  ) {
    const artifact = options.artifact ?? { uri: 'file:///tiny' };
    const gate = open(
      options.signatures ?? { keys: [{ name: 'release', publicKey: pem }] },
    );
    const outcome = await gate.evaluate(
      gateSubject({ version: { name: '1', artifact } }),
      params,
      gateContext({ now: new Date('2026-11-20T12:00:00Z') }),
    );
    return {
      ...outcome,
      ids: outcome.findings.map(({ id }) => id),
      evidence: outcome.evidence as ArtifactSignatureEvidence | undefined,
    };
  }

  return {
    served,
    write,
    signed,
    writeModel,
    open,
    evaluate,
    folder: () => folder,
    host: () => host,
  };
}
