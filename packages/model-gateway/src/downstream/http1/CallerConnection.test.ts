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

describe('time', () => {
  it.each([
    ['a head', `${GET}x: y`, /^HTTP\/1\.1 400 [^]*timeout$/],
    [
      'a body',
      `${POST}content-length: 5\r\n\r\nhell`,
      /^HTTP\/1\.1 408 [^]*timeout$/,
    ],
    [
      'a chunk',
      `${POST}transfer-encoding: chunked\r\n\r\n5\r\nh`,
      /^HTTP\/1\.1 408 [^]*timeout$/,
    ],
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
      }, 300);
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
    [
      'while they send chunks',
      `${POST}transfer-encoding: chunked\r\n\r\n5\r\nh`,
    ],
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
    let closed = false;
    rig.handle = (_request, response) => {
      response.writeHead(200, []);
      response.write('be');
      response.once('close', () => {
        closed = true;
      });
      setImmediate(() => response.destroy());
    };
    const text = await rig.raw(`${GET}\r\n`);
    // Else what a provider broke would count as left by the caller.
    expect(closed).toBe(false);
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
