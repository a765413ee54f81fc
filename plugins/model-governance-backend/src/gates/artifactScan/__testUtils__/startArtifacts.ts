import type { JsonObject } from '@backstage/types';
import type {
  ArtifactScanEvidence,
  ModelArtifact,
  Tier,
} from '@modelhub/backstage-plugin-models-common';
import type { Transactions } from '@modelhub/backstage-plugin-models-node';
import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestClock } from '../../../__testUtils__';
import { subject } from '../../__testUtils__';
import { gateContext } from '../../__testUtils__/gateContext';
import { artifactScanGate } from '../artifactScanGate';
import type { ArtifactConfig } from '../readArtifactConfig';
import { ThreadScanner, type ArtifactScanner } from '../ThreadScanner';

/** How the backend loads TypeScript when it is developed. */
const execArgv = [
  '--require',
  require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
];

/** A folder and a server with artifacts, and gates that read them. */
export async function startArtifacts(transactions: Transactions) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'artifacts-')));
  const outside = mkdtempSync(join(tmpdir(), 'outside-'));
  symlinkSync(outside, join(folder, 'out'));
  const served = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const found = served.get(request.url ?? '');
    if (!found) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-length': found.length, etag: '"1"' });
    response.end(request.method === 'HEAD' ? undefined : found);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** The gate, with how often something was really scanned. */
  function open(changes: Partial<ArtifactConfig> = {}) {
    const config: ArtifactConfig = {
      access: {
        schemes: ['https', 'path'],
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
      ...changes,
    };
    const threads = ThreadScanner.create({
      memoryMiB: config.memoryMiB,
      execArgv,
    });
    const scanned: string[] = [];
    const told: string[] = [];
    const scanner: ArtifactScanner = {
      scan: (request, options) => {
        scanned.push(request.uri);
        return threads.scan(request, options);
      },
    };
    const clock = new TestClock();
    const gate = artifactScanGate({ config, transactions, clock, scanner });
    const evaluate = async (
      artifact: ModelArtifact | undefined,
      params: JsonObject = {},
      options: { tier?: Tier; signal?: AbortSignal } = {},
    ) => {
      const outcome = await gate.evaluate(
        subject({ version: { name: '1', artifact }, tier: options.tier }),
        params,
        gateContext({
          ...(options.signal && { signal: options.signal }),
          now: clock.now(),
          progress: ({ message }) => told.push(message),
        }),
      );
      const evidence = outcome.evidence as ArtifactScanEvidence | undefined;
      return { ...outcome, evidence };
    };
    return { gate, evaluate, scanned, told, clock };
  }

  return {
    folder,
    served,
    host,
    open,
    stop: async () => {
      rmSync(folder, { recursive: true });
      rmSync(outside, { recursive: true });
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}
