import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { UpstreamPool } from './UpstreamPool';
import type { UpstreamController, UpstreamRequest } from './types';

/** A provider that is told what to do with each request, byte for byte. */
class RawProvider {
  readonly #server: net.Server;
  readonly sockets: net.Socket[] = [];
  readonly requests: string[] = [];
  behave: (socket: net.Socket, request: string, nth: number) => void = () => {};

  constructor() {
    this.#server = net.createServer(socket => {
      this.sockets.push(socket);
      let text = '';
      socket.setEncoding('latin1');
      socket.on('error', () => {});
      socket.on('data', (part: string) => {
        text += part;
        const head = text.indexOf('\r\n\r\n');
        const length = Number(/content-length: (\d+)/.exec(text)?.[1] ?? 0);
        if (head >= 0 && text.length >= head + 4 + length) {
          this.requests.push(text);
          const whole = text;
          text = '';
          this.behave(socket, whole, this.requests.length);
        }
      });
    });
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  close(): void {
    this.#server.close();
    this.sockets.forEach(socket => socket.destroy());
  }
}

interface Answer {
  status: number;
  body: string;
}

const GET: UpstreamRequest = {
  method: 'GET',
  path: '/v1/models',
  headers: ['accept', 'application/json'],
  body: undefined,
};

let provider: RawProvider;
let url: string;
let pool: UpstreamPool;

const open = (options: { connections?: number; timeout?: number } = {}) =>
  new UpstreamPool(url, {
    connections: options.connections ?? 10,
    headersTimeout: options.timeout ?? 5_000,
    bodyTimeout: options.timeout ?? 5_000,
    connect: { timeout: 1_000 },
  });

function ask(
  request: UpstreamRequest = GET,
  onStart?: (controller: UpstreamController) => void,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const answer = { status: 0, body: '' };
    pool.dispatch(request, {
      onRequestStart: controller => onStart?.(controller),
      onResponseStart: (_, status) => {
        answer.status = status;
      },
      onResponseData: (_, chunk) => {
        answer.body += chunk.toString();
      },
      onResponseEnd: () => resolve(answer),
      onResponseError: (_, error) => reject(error),
    });
  });
}

const say = (socket: net.Socket, body: string, more = '') =>
  socket.write(
    `HTTP/1.1 200 OK\r\n${more}content-length: ${body.length}\r\n\r\n${body}`,
  );

beforeEach(async () => {
  provider = new RawProvider();
  url = await provider.listen();
  pool = open();
});

afterEach(async () => {
  await pool.destroy();
  provider.close();
});

it('keeps a connection for the next request', async () => {
  provider.behave = (socket, _, nth) => say(socket, String(nth));
  expect(await ask()).toEqual({ status: 200, body: '1' });
  expect(await ask()).toEqual({ status: 200, body: '2' });
  expect(provider.sockets).toHaveLength(1);
});

it('sends a body of any bytes as it is', async () => {
  provider.behave = socket => say(socket, 'ok');
  for (const size of [256, 16 * 1024, 16 * 1024 + 1, 100_000]) {
    const body = Buffer.from(Array.from({ length: size }, (_, n) => n % 256));
    await ask({ ...GET, method: 'POST', path: '/v1/x?y=1', body });
    const request = provider.requests.at(-1)!;
    expect(request.startsWith('POST /v1/x?y=1 HTTP/1.1\r\nhost: 127')).toBe(
      true,
    );
    expect(
      Buffer.from(request.slice(request.indexOf('\r\n\r\n') + 4), 'latin1'),
    ).toEqual(body);
  }
});

it.each([
  ['a header that ends its line', { headers: ['x-a', 'b\r\nx-c: d'] }],
  ['a name with a line in it', { headers: ['x-a: b\r\nx', 'c'] }],
  ['a length of its own', { headers: ['Content-Length', '0'] }],
  ['chunks', { headers: ['transfer-encoding', 'chunked'] }],
  ['a path with a space', { path: '/v1/models HTTP/1.1\r\nx: y' }],
  ['characters beyond Latin-1', { headers: ['x-a', '\u010d\u010a'] }],
])('sends nothing of a request with %s', async (_, wrong) => {
  await expect(ask({ ...GET, ...wrong })).rejects.toThrow('cannot be sent');
  expect(provider.requests).toEqual([]);
});

it.each([
  ['closes', (socket: net.Socket) => socket.end()],
  ['sends what nobody asked for', (socket: net.Socket) => say(socket, 'evil')],
])('drops a connection of a provider that %s while idle', async (_, act) => {
  provider.behave = (socket, __, nth) => say(socket, `answer ${nth}`);
  await ask();
  act(provider.sockets[0]);
  await once(provider.sockets[0], 'close');
  expect(await ask()).toEqual({ status: 200, body: 'answer 2' });
  expect(provider.sockets).toHaveLength(2);
});

it('does not use a connection again whose answer had more behind it', async () => {
  provider.behave = (socket, _, nth) => {
    if (nth === 1) {
      socket.write(
        'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil',
      );
    } else {
      say(socket, 'good');
    }
  };
  await ask();
  expect(await ask()).toEqual({ status: 200, body: 'good' });
  expect(provider.sockets).toHaveLength(2);
});

it('opens as many connections as it may, and lets others wait', async () => {
  pool = open({ connections: 2 });
  const held: net.Socket[] = [];
  provider.behave = socket => held.push(socket);
  const answers = [ask(), ask(), ask(), ask()];
  for (let served = 0; served < 4; served++) {
    while (held.length === 0) {
      await new Promise(setImmediate);
    }
    say(held.shift()!, 'ok');
  }
  await Promise.all(answers);
  expect(provider.sockets).toHaveLength(2);
});

it.each([
  ['no answer', '', 'Headers Timeout'],
  ['half a head', 'HTTP/1.1 200 OK\r\ncontent-', 'Headers Timeout'],
  [
    'half a body',
    'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf',
    'Body Timeout',
  ],
])('does not wait for ever: %s', async (_, sent, message) => {
  pool = open({ timeout: 40 });
  provider.behave = socket => socket.write(sent);
  await expect(ask()).rejects.toThrow(message);
});

it('tells when the provider goes away in the middle', async () => {
  provider.behave = socket =>
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf');
  await expect(ask()).rejects.toThrow('closed the connection');
  provider.behave = socket => socket.resetAndDestroy();
  await expect(ask()).rejects.toThrow();
});

it('does not time out while its reader rests', async () => {
  pool = open({ timeout: 40 });
  let controller: UpstreamController | undefined;
  provider.behave = socket =>
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nab');
  const answer = ask(GET, it => {
    controller = it;
  });
  while (provider.requests.length === 0) {
    await new Promise(setImmediate);
  }
  controller?.pause();
  await new Promise(resolve => {
    setTimeout(resolve, 120);
  });
  provider.sockets[0].write('cd');
  controller?.resume();
  expect(await answer).toEqual({ status: 200, body: 'abcd' });
});

it('an old controller cannot harm the next exchange', async () => {
  provider.behave = (socket, _, nth) => say(socket, String(nth));
  let old: UpstreamController | undefined;
  await ask(GET, it => {
    old = it;
  });
  const next = ask();
  old?.abort(new Error('too late'));
  expect((await next).body).toBe('2');
});

it('can be aborted before and after it is sent', async () => {
  await expect(
    ask(GET, controller => controller.abort(new Error('gone'))),
  ).rejects.toThrow('gone');
  expect(provider.requests).toEqual([]);
  provider.behave = (socket, _, nth) => {
    if (nth > 1) say(socket, 'ok');
  };
  let controller: UpstreamController | undefined;
  const answer = ask(GET, it => {
    controller = it;
  });
  while (provider.requests.length === 0) {
    await new Promise(setImmediate);
  }
  controller?.abort(new Error('gone'));
  await expect(answer).rejects.toThrow('gone');
  expect((await ask()).body).toBe('ok');
});

it('closes when what is in progress has ended, and takes nothing new', async () => {
  provider.behave = socket => setImmediate(() => say(socket, 'last'));
  const answer = ask();
  const closed = pool.close();
  await expect(ask()).rejects.toThrow('closed');
  expect((await answer).body).toBe('last');
  await closed;
});

it('breaks everything off when it is destroyed', async () => {
  const answer = ask();
  answer.catch(() => {});
  while (provider.requests.length === 0) {
    await new Promise(setImmediate);
  }
  await pool.destroy();
  await expect(answer).rejects.toThrow('destroyed');
});

it('tells when nobody listens', async () => {
  provider.close();
  await expect(ask()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
