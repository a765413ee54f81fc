import { TestControlPlane } from '../../packages/model-gateway/src/__testUtils__/TestControlPlane';
import { allowlistOf, secretOf } from './allowlist';
import { startPeer } from './processes';
import { startGateway } from './startGateway';

const MODEL = 'acme/model-42';
const REVOCATIONS = 100;

/**
 * How long three gateways still let a call through after its approval was
 * revoked at the control plane: to the last of the three, at the 99th
 * percentile, in milliseconds.
 */
export async function measureRevocation(): Promise<number> {
  const content = allowlistOf({ keys: 1_000, models: 1_000 });
  const plane = await TestControlPlane.create(content);
  const upstream = await startPeer('upstream');
  const url = `http://127.0.0.1:${upstream.port}`;
  const gateways = await Promise.all(
    [1, 2, 3].map(() =>
      startGateway({ upstream: url, controlPlane: plane.url }),
    ),
  );
  while (plane.streams < gateways.length) {
    await new Promise(resolve => {
      setTimeout(resolve, 20);
    });
  }
  const revoked = content.grants.filter(it => it.gatewayId !== MODEL);
  const isAnswered = async (gateway: string, status: number) => {
    for (;;) {
      const answer = await fetch(
        `${gateway}/v1/models/${encodeURIComponent(MODEL)}`,
        { headers: { authorization: `Bearer ${secretOf(0)}` } },
      );
      await answer.arrayBuffer();
      if (answer.status === status) {
        return;
      }
    }
  };
  const times: number[] = [];
  for (let round = 0; round < REVOCATIONS; round++) {
    const started = performance.now();
    plane.change({ grants: revoked });
    await Promise.all(gateways.map(it => isAnswered(it.url, 403)));
    times.push(performance.now() - started);
    plane.change({ grants: content.grants });
    await Promise.all(gateways.map(it => isAnswered(it.url, 200)));
  }
  await Promise.all(gateways.map(it => it.stop()));
  await upstream.stop();
  await plane.close();
  times.sort((a, b) => a - b);
  process.stdout.write(
    `\nRevocation to three gateways: p50 ${times[REVOCATIONS / 2].toFixed(
      0,
    )} ms, longest ${times[REVOCATIONS - 1].toFixed(0)} ms\n`,
  );
  return times[Math.floor(REVOCATIONS * 0.99) - 1];
}
