import net from 'node:net';
import { Rig, eventually } from '../__testUtils__/rig';
import { secretOf } from '../__testUtils__/TestControlPlane';

// Real servers and, at times, a busy machine.
jest.setTimeout(30_000);

const MAX = 2000;
const BODY = '{"model":"acme/chat"}';

describe('with the HTTP server of Node', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.create({
      limits: { maxBodyBytes: MAX, requestTimeoutMs: 1_000 },
      settings: { listen: { port: 0, http1: 'node' } },
    });
  });
  afterAll(() => rig.stop());

  /** Sends bytes as they are and gives back whatever comes. */
  const raw = (rest: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = net.connect(rig.gateway.port, '127.0.0.1', () =>
        socket.write(
          `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${secretOf(
            'strict',
          )}\r\ncontent-type: application/json\r\n${rest}`,
        ),
      );
      let answer = '';
      socket.on('data', chunk => {
        answer += chunk;
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(answer));
    });

  it('answers calls and streams', async () => {
    const { status, headers } = await rig.chat(secretOf('strict'), {
      model: 'acme/chat',
    });
    expect(status).toBe(200);
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    // Only Node's server reads an extension of a chunk.
    expect(
      await raw(
        `connection: close\r\ntransfer-encoding: chunked\r\n\r\n15;a=b\r\n${BODY}\r\n0\r\n\r\n`,
      ),
    ).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each([
    ['too much', `content-length: ${MAX + 1}\r\n\r\n`, 413],
    [
      'too much in chunks',
      `transfer-encoding: chunked\r\n\r\n${`3e8\r\n${'x'.repeat(
        1000,
      )}\r\n`.repeat(3)}`,
      413,
    ],
    [
      'two lengths',
      `content-length: 5\r\ncontent-length: 21\r\n\r\n${BODY}`,
      400,
    ],
    ['a body that does not come', 'content-length: 100\r\n\r\n{"mod', 408],
  ])('refuses %s', async (_, rest, status) => {
    const before = rig.upstream.calls.length;
    expect(await raw(rest)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(rig.upstream.calls).toHaveLength(before);
  });

  it('outlives a caller that goes away in the middle of its body', async () => {
    const socket = net.connect(rig.gateway.port, '127.0.0.1');
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${secretOf(
        'strict',
      )}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"mod`,
    );
    await eventually('it waits', async () =>
      (await rig.metrics()).includes('modelhub_gateway_calls 1\n'),
    );
    socket.resetAndDestroy();
    await eventually('no call is left', async () =>
      (await rig.metrics()).includes('modelhub_gateway_calls 0\n'),
    );
    const { status } = await rig.chat(secretOf('strict'), {
      model: 'acme/chat',
    });
    expect(status).toBe(200);
  });
});
