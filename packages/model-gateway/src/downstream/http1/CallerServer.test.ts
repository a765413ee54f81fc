import net, { type AddressInfo, type Socket } from 'node:net';
import type {
  CallerHandler,
  CallerRequest,
  CallerResponse,
} from '../../http/callerTypes';
import { CallerServer } from './CallerServer';

jest.setTimeout(30_000);

type Handle = (
  request: CallerRequest,
  response: CallerResponse,
  body: Buffer,
) => void;

/** A server on a port of its own, and what callers get of it. */
class Rig {
  handle: Handle = (_request, response) => {
    response.writeHead(200, ['content-type', 'text/plain']);
    response.end('ok');
  };
  /** Sees requests before their bodies; says whether it answered. */
  first: (request: CallerRequest, response: CallerResponse) => boolean = () =>
    false;
  readonly broken: string[] = [];
  readonly server: CallerServer;
  readonly #listening = net.createServer({ noDelay: true }, socket =>
    this.server.accept(socket),
  );

  constructor(timeouts: { head: number; request: number; idle: number }) {
    const handler: CallerHandler = (request, response) => {
      if (this.first(request, response)) {
        return;
      }
      if (request.whole) {
        this.handle(request, response, request.whole);
        return;
      }
      const pieces: Buffer[] = [];
      request.receive({
        data: chunk => pieces.push(chunk) > 0,
        end: () => this.handle(request, response, Buffer.concat(pieces)),
        broken: reason => {
          this.broken.push(reason);
          response.writeHead(reason === 'timeout' ? 408 : 400, []);
          response.end(reason);
        },
      });
    };
    this.server = new CallerServer({
      timeouts,
      handler,
      refusal: why => ({ status: 400, body: why }),
      failed: error => {
        throw error;
      },
    });
  }

  static async create(timeouts: object = {}): Promise<Rig> {
    const rig = new Rig({
      head: 60_000,
      request: 60_000,
      idle: 60_000,
      ...timeouts,
    });
    await new Promise<void>(resolve => {
      rig.#listening.listen(0, '127.0.0.1', resolve);
    });
    return rig;
  }

  connect(): Socket {
    const { port } = this.#listening.address() as AddressInfo;
    return net.connect(port, '127.0.0.1');
  }

  /** All that comes until the server closes. */
  async raw(text: string): Promise<string> {
    const socket = this.connect();
    socket.write(text, 'latin1');
    return untilClosed(socket);
  }

  async stop(): Promise<void> {
    this.#listening.close();
    await this.server.close(0);
  }
}

function untilClosed(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', chunk => {
    text += chunk;
  });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}

/** As soon as so much has come. */
function until(socket: Socket, expected: RegExp): Promise<string> {
  let text = '';
  return new Promise(resolve => {
    const listen = (chunk: Buffer | string) => {
      text += String(chunk);
      if (expected.test(text)) {
        socket.off('data', listen);
        resolve(text);
      }
    };
    socket.on('data', listen);
  });
}

const GET = 'GET /a HTTP/1.1\r\nHost: x\r\n';
const LAST = `${GET}Connection: close\r\n\r\n`;
const POST = 'POST /b HTTP/1.1\r\nHost: x\r\n';

const rigs: Rig[] = [];
async function someRig(timeouts?: object): Promise<Rig> {
  const rig = await Rig.create(timeouts);
  rigs.push(rig);
  return rig;
}
afterEach(() => Promise.all(rigs.splice(0).map(it => it.stop())));

describe('answers', () => {
  it('say when they were made, how long they are, and that more may be asked', async () => {
    const rig = await someRig();
    const text = await rig.raw(`${GET}\r\n${LAST}`);
    const [first, second] = text.split(/(?<=ok)/);
    expect(first).toMatch(
      /^HTTP\/1\.1 200 OK\r\ncontent-type: text\/plain\r\ncontent-length: 2\r\ndate: \w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT\r\nconnection: keep-alive\r\nkeep-alive: timeout=60\r\n\r\nok$/,
    );
    expect(second).toMatch(/\r\nconnection: close\r\n\r\nok$/);
  });

  it('of unknown length come in chunks, or until the connection closes', async () => {
    const rig = await someRig();
    rig.handle = (_request, response) => {
      response.writeHead(200, []);
      response.write('häl', 'latin1');
      response.write(Buffer.alloc(0));
      response.write('ö');
      response.end(Buffer.alloc(17_000, 'x'));
    };
    const chunked = await rig.raw(LAST);
    expect(chunked).toContain('\r\ntransfer-encoding: chunked\r\n');
    expect(chunked.slice(chunked.indexOf('\r\n\r\n') + 4)).toBe(
      `3\r\nh\xe4l\r\n2\r\n\xc3\xb6\r\n4268\r\n${'x'.repeat(17_000)}\r\n0\r\n\r\n`,
    );
    const old = await rig.raw('GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n');
    expect(old).toContain('\r\nconnection: close\r\n');
    expect(old.slice(old.indexOf('\r\n\r\n') + 4)).toBe(
      `h\xe4l\xc3\xb6${'x'.repeat(17_000)}`,
    );
  });

  it('to HEAD and without content have no body', async () => {
    const rig = await someRig();
    const head = await rig.raw(`HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n${LAST}`);
    expect(head).toMatch(/^[^]*content-length: 2\r\n[^]*\r\n\r\nHTTP\/1\.1 200/);
    rig.handle = (_request, response) => {
      response.writeHead(204, []);
      response.end();
    };
    const none = await rig.raw(LAST);
    expect(none).toMatch(/^HTTP\/1\.1 204 No Content\r\ndate: [^]*\r\n\r\n$/);
    expect(none).not.toContain('content-length');
  });

  it('never have a header that ends its line', async () => {
    const rig = await someRig();
    const thrown: unknown[] = [];
    rig.handle = (_request, response) => {
      for (const [name, value] of [
        ['x', 'a\r\nb: c'],
        ['x\r\n', 'a'],
        ['x', 'ž'],
      ]) {
        try {
          response.writeHead(200, [name, value]);
        } catch (error) {
          thrown.push(error);
        }
      }
      response.writeHead(500, []);
      response.end();
    };
    expect(await rig.raw(LAST)).toMatch(/^HTTP\/1\.1 500 /);
    expect(thrown).toHaveLength(3);
  });

  it('wait for callers that read slowly', async () => {
    const rig = await someRig();
    const piece = Buffer.alloc(256 * 1024, 'x');
    let waits = 0;
    rig.handle = (_request, response) => {
      response.writeHead(200, []);
      let left = 64;
      const go = () => {
        while (left > 0) {
          left -= 1;
          if (!response.write(piece)) {
            waits += 1;
            response.once('drain', go);
            return;
          }
        }
        response.end();
      };
      go();
    };
    const text = await rig.raw(LAST);
    expect(text.length).toBeGreaterThan(64 * piece.length);
    expect(text.endsWith('0\r\n\r\n')).toBe(true);
    expect(waits).toBeGreaterThan(0);
  });
});

describe('requests on one connection', () => {
  it('are answered in their order, however late', async () => {
    const rig = await someRig();
    const waiting: Array<() => void> = [];
    rig.handle = (request, response, body) => {
      waiting.push(() => {
        response.writeHead(200, []);
        response.end(`[${request.url} ${body}]`);
      });
      setImmediate(() => waiting.shift()?.());
    };
    const text = await rig.raw(
      `${GET}\r\n${POST}content-length: 2\r\n\r\nab${POST}transfer-encoding: chunked\r\n\r\n1\r\nc\r\n0\r\n\r\n${LAST}`,
    );
    expect(text.match(/\[.*?\]/g)).toEqual([
      '[/a ]',
      '[/b ab]',
      '[/b c]',
      '[/a ]',
    ]);
  });

  it('do not fill the memory while one is answered', async () => {
    const rig = await someRig();
    let release = () => {};
    rig.handle = (request, response, body) => {
      const answer = () => {
        response.writeHead(200, []);
        response.end(`[${body.length}]`);
      };
      if (request.url === '/a') {
        release = answer;
      } else {
        answer();
      }
    };
    const socket = rig.connect();
    const all = untilClosed(socket);
    const size = 8 * 1024 * 1024;
    socket.write(
      `${GET}\r\n${POST}connection: close\r\ncontent-length: ${size}\r\n\r\n`,
    );
    const sent = new Promise<void>(resolve => {
      socket.write(Buffer.alloc(size), () => resolve());
    });
    let isSent = false;
    void sent.then(() => {
      isSent = true;
    });
    await new Promise(resolve => {
      setTimeout(resolve, 100);
    });
    expect(isSent).toBe(false);
    release();
    expect((await all).match(/\[.*?\]/g)).toEqual(['[0]', `[${size}]`]);
  });

  it('come after a body that nobody wanted', async () => {
    const rig = await someRig();
    rig.first = (request, response) => {
      if (request.url !== '/b') {
        return false;
      }
      response.writeHead(401, []);
      response.end('no');
      return true;
    };
    const socket = rig.connect();
    const all = untilClosed(socket);
    socket.write(`${POST}content-length: 10\r\n\r\nGET /`);
    await until(socket, /no$/);
    socket.write(`12345${LAST}`);
    expect((await all).match(/HTTP\/1\.1 \d+/g)).toEqual([
      'HTTP/1.1 401',
      'HTTP/1.1 200',
    ]);
  });

  it('end with what is no request, after the answers before it', async () => {
    const rig = await someRig();
    rig.handle = (_request, response) =>
      setImmediate(() => {
        response.writeHead(200, []);
        response.end('ok');
      });
    const text = await rig.raw(`${GET}\r\nNONSENSE\r\n\r\n${LAST}`);
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual([
      'HTTP/1.1 200',
      'HTTP/1.1 400',
    ]);
    expect(text).toMatch(/connection: close\r\n\r\ninvalid$/);
  });
});

describe('callers that wait for a word', () => {
  const head = `${POST}content-length: 5\r\nexpect: 100-continue\r\n\r\n`;

  it('get it when their body is wanted', async () => {
    const rig = await someRig();
    const socket = rig.connect();
    socket.write(head);
    const word = await until(socket, /\r\n\r\n$/);
    expect(word).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    socket.write('hello');
    expect(await until(socket, /ok$/)).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
  });

  it('do not when it is not, and the connection closes', async () => {
    const rig = await someRig();
    rig.first = (_request, response) => {
      response.writeHead(401, []);
      response.end('no');
      return true;
    };
    const socket = rig.connect();
    const all = untilClosed(socket);
    socket.write(head);
    await until(socket, /no$/);
    // Whether these bytes are the body or a request, nobody can know.
    socket.write(LAST);
    expect((await all).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 401']);
  });

  it('for something else are refused', async () => {
    const rig = await someRig();
    expect(
      await rig.raw(`${POST}content-length: 5\r\nexpect: gold\r\n\r\nhello`),
    ).toMatch(/expectation$/);
  });
});

describe('time', () => {
  it.each([
    ['a head', `${GET}x: y`, /^HTTP\/1\.1 400 [^]*timeout$/],
    ['a body', `${POST}content-length: 5\r\n\r\nhell`, /^HTTP\/1\.1 408 [^]*timeout$/],
    ['a chunk', `${POST}transfer-encoding: chunked\r\n\r\n5\r\nh`, /^HTTP\/1\.1 408 [^]*timeout$/],
    ['a first byte', '', /^$/],
  ])('is up for %s that does not come', async (_, text, expected) => {
    const rig = await someRig({ head: 60, request: 60 });
    expect(await rig.raw(text)).toMatch(expected);
  });

  it('is up for a head that comes byte by byte', async () => {
    const rig = await someRig({ head: 100 });
    const socket = rig.connect();
    socket.on('error', () => {});
    const all = untilClosed(socket).catch(() => 'reset');
    const timer = setInterval(() => socket.write('a'), 10);
    socket.write(`${GET}x: `);
    await all;
    clearInterval(timer);
    expect(socket.destroyed).toBe(true);
  });

  it('is up between requests, and not while one is answered', async () => {
    const rig = await someRig({ head: 50, request: 50, idle: 1 });
    rig.handle = (_request, response) => {
      setTimeout(() => {
        response.writeHead(200, []);
        response.end('late');
      }, 1_500);
    };
    expect(await rig.raw(`${GET}\r\n`)).toMatch(/late$/);
  });

  it('is up for a body that nobody wanted, without a second answer', async () => {
    const rig = await someRig({ request: 60 });
    rig.first = (_request, response) => {
      response.writeHead(401, []);
      response.end('no');
      return true;
    };
    const text = await rig.raw(`${POST}content-length: 5\r\n\r\nhell`);
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 401']);
  });
});

describe('callers that go away', () => {
  it.each([
    ['while they send', `${POST}content-length: 5\r\n\r\nhell`],
    ['while they send chunks', `${POST}transfer-encoding: chunked\r\n\r\n5\r\nh`],
  ])('%s are noticed', async (_, text) => {
    const rig = await someRig();
    const socket = rig.connect();
    const all = untilClosed(socket);
    socket.write(text);
    socket.end();
    expect(await all).toBe('');
    expect(rig.broken).toEqual(['gone']);
  });

  it('while they wait are noticed, and nothing is sent any more', async () => {
    const rig = await someRig();
    const gone = new Promise<boolean>(resolve => {
      rig.handle = (_request, response) => {
        response.writeHead(200, []);
        response.write('be');
        response.once('close', () => {
          response.write('gin');
          response.end('n');
          resolve(response.destroyed && !response.writableFinished);
        });
      };
    });
    const socket = rig.connect();
    socket.write(`${GET}\r\n`);
    await until(socket, /be/);
    socket.destroy();
    expect(await gone).toBe(true);
  });

  it('are not mistaken for others once they were answered', async () => {
    const rig = await someRig();
    let closed = 0;
    rig.handle = (_request, response) => {
      const listener = () => {
        closed += 1;
      };
      response.once('close', listener);
      response.once('close', listener);
      response.off('close', listener);
      response.once('close', listener);
      response.writeHead(200, []);
      response.end('ok');
    };
    await rig.raw(LAST);
    expect(closed).toBe(0);
  });

  it('are cut off when an answer breaks', async () => {
    const rig = await someRig();
    rig.handle = (_request, response) => {
      response.writeHead(200, []);
      response.write('be');
      setImmediate(() => response.destroy());
    };
    const text = await rig.raw(`${GET}\r\n`);
    expect(text).toMatch(/\r\n2\r\nbe\r\n$/);
  });
});

describe('the end', () => {
  it('closes what is idle, lets answers end and breaks off what takes too long', async () => {
    const rig = await someRig();
    const answers: Array<() => void> = [];
    rig.handle = (_request, response) => {
      response.writeHead(200, []);
      response.write('be');
      answers.push(() => response.end('gun'));
    };
    const [idle, ending, stuck] = [rig.connect(), rig.connect(), rig.connect()];
    const ends = [idle, ending, stuck].map(untilClosed);
    for (const socket of [ending, stuck]) {
      const begun = until(socket, /be/);
      socket.write(`${GET}\r\n`);
      await begun;
    }
    const closed = rig.server.close(300);
    answers[0]();
    await Promise.all(ends.slice(0, 2));
    expect(stuck.destroyed).toBe(false);
    await closed;
    await ends[2];
  });

  it('takes nobody any more', async () => {
    const rig = await someRig();
    await rig.server.close(0);
    expect(await rig.raw(`${GET}\r\n`).catch(() => '')).toBe('');
  });
});
