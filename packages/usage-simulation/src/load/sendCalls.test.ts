import { generateKeyPairSync } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { simulateYear, YEAR_SIZES } from '../simulateYear';
import { Portal } from './Portal';
import { sendCalls } from './sendCalls';

const CONNECTIONS = 3;

const year = simulateYear({
  ...YEAR_SIZES.small,
  calls: 5_000,
  until: new Date('2026-11-22T03:30:00.000Z'),
});

const identity = {
  gatewayId: 'year',
  privateKey: generateKeyPairSync('ed25519').privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  }) as string,
};

it('makes a proof when its request is sent, and another where it grew old', async () => {
  const made: number[] = [];
  const asked: string[] = [];
  let [records, waiting] = [0, 0];
  const server = http.createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    asked.push(String(req.headers.authorization));
    waiting = Math.max(waiting, made.length - asked.length);
    if (asked.length === 5) {
      res.writeHead(401).end('{}');
      return;
    }
    records += JSON.parse(String(Buffer.concat(chunks))).records?.length ?? 0;
    res.end('{}');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const portal = Portal.create({
    url: `http://127.0.0.1:${port}`,
    connections: CONNECTIONS,
  });
  try {
    const sent = await sendCalls({
      year,
      portal,
      identity,
      connections: CONNECTIONS,
      from: 0,
      onSent: () => {},
      now: () => {
        made.push(made.length);
        return new Date();
      },
    });
    expect(sent).toMatchObject({ slices: year.slices.length, records });
    expect(records).toBeGreaterThan(500);
    expect(new Set(asked).size).toBe(asked.length);
    // Proofs that are made and not sent yet.
    expect(waiting).toBeLessThanOrEqual(CONNECTIONS);
  } finally {
    await portal.close();
    server.close();
  }
});
