import net from 'node:net';

const HOST = '127.0.0.1';

/** @returns whether nobody on this machine listens on a port */
export async function isFree(port) {
  const answered = await new Promise(resolve => {
    const socket = net.connect({ host: HOST, port, timeout: 1000 });
    socket.on('connect', () => resolve(true));
    socket.on('timeout', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('close', () => socket.destroy());
  });
  if (answered) {
    return false;
  }
  return await new Promise(resolve => {
    const server = net.createServer();
    server.on('error', () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}

/** @returns a port that was free a moment ago */
export async function freePort() {
  return await new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', reject);
    server.listen(0, HOST, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
