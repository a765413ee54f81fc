import fs from 'node:fs';
import { TestControlPlane } from '../../packages/model-gateway/src/__testUtils__/TestControlPlane';
import { Load, requestOf } from './Load';
import { allowlistOf, secretOf } from './allowlist';
import { startPeer } from './processes';
import { startGateway } from './startGateway';

const MODEL = 'acme/model-4242';

function statusOf(pid: number, name: string): number {
  const text = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)?.[1] ?? 0) / 1024;
}

/**
 * Resident memory of a gateway that holds 100,000 keys and 10,000 models from a
 * signed snapshot, after it has served calls and taken a change, in MiB.
 */
export async function measureMemory(): Promise<number> {
  const content = allowlistOf({ keys: 100_000, models: 10_000 });
  const plane = await TestControlPlane.create(content);
  const upstream = await startPeer('upstream');
  const gateway = await startGateway({
    upstream: `http://127.0.0.1:${upstream.port}`,
    controlPlane: plane.url,
  });
  const load = await Load.create();
  const serve = () =>
    load.run({
      ports: [gateway.port],
      request: requestOf(MODEL, {
        authorization: `Bearer ${secretOf(80_000)}`,
      }),
      seconds: 2,
      connections: 32,
    });
  await serve();
  plane.change({ keys: content.keys.slice(1) });
  const { failed, rps } = await serve();
  if (failed > 0 || rps === 0) {
    throw new Error('The gateway refused calls of a key that it should know');
  }
  const resident = statusOf(gateway.pid, 'VmRSS');
  process.stdout.write(
    `\nMemory with 100,000 keys and 10,000 models: ${resident.toFixed(
      0,
    )} MiB, highest since the start ${statusOf(gateway.pid, 'VmHWM').toFixed(
      0,
    )} MiB\n`,
  );
  load.stop();
  await gateway.stop();
  await upstream.stop();
  await plane.close();
  return resident;
}
