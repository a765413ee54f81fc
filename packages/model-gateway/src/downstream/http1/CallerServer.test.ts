import {
  GET,
  LAST,
  POST,
  someRig,
  stopRigs,
  until,
  untilClosed,
} from './__testUtils__/CallerRig';

jest.setTimeout(30_000);

afterEach(stopRigs);

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
      `3\r\nh\xe4l\r\n2\r\n\xc3\xb6\r\n4268\r\n${'x'.repeat(
        17_000,
      )}\r\n0\r\n\r\n`,
    );
    const old = await rig.raw(
      'GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n',
    );
    expect(old).toContain('\r\nconnection: close\r\n');
    expect(old.slice(old.indexOf('\r\n\r\n') + 4)).toBe(
      `h\xe4l\xc3\xb6${'x'.repeat(17_000)}`,
    );
  });

  it('to HEAD and without content have no body', async () => {
    const rig = await someRig();
    const head = await rig.raw(`HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n${LAST}`);
    expect(head).toMatch(
      /^[^]*content-length: 2\r\n[^]*\r\n\r\nHTTP\/1\.1 200/,
    );
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
    socket.write(Buffer.alloc(size));
    const paused = () => rig.accepted.some(it => it.isPaused());
    while (!paused()) {
      await new Promise(setImmediate);
    }
    expect(socket.writableLength).toBeGreaterThan(0);
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
