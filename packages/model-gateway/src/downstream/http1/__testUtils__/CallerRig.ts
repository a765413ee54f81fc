import net, { type AddressInfo, type Socket } from 'node:net';
import type {
  CallerHandler,
  CallerRequest,
  CallerResponse,
} from '../../../http/callerTypes';
import { CallerServer } from '../CallerServer';

type Handle = (
  request: CallerRequest,
  response: CallerResponse,
  body: Buffer,
) => void;

/** A server on a port of its own, and what callers get of it. */
export class CallerRig {
  handle: Handle = (_request, response) => {
    response.writeHead(200, ['content-type', 'text/plain']);
    response.end('ok');
  };
  /** Sees requests before their bodies; says whether it answered. */
  first: (request: CallerRequest, response: CallerResponse) => boolean = () =>
    false;
  readonly broken: string[] = [];
  readonly server: CallerServer;
  readonly accepted: Socket[] = [];
  readonly #listening = net.createServer({ noDelay: true }, socket => {
    this.accepted.push(socket);
    this.server.accept(socket);
  });

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

  static async create(timeouts: object = {}): Promise<CallerRig> {
    const rig = new CallerRig({
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

export function untilClosed(socket: Socket): Promise<string> {
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
export function until(socket: Socket, expected: RegExp): Promise<string> {
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

export const GET = 'GET /a HTTP/1.1\r\nHost: x\r\n';
export const LAST = `${GET}Connection: close\r\n\r\n`;
export const POST = 'POST /b HTTP/1.1\r\nHost: x\r\n';

const rigs: CallerRig[] = [];
export async function someRig(timeouts?: object): Promise<CallerRig> {
  const rig = await CallerRig.create(timeouts);
  rigs.push(rig);
  return rig;
}
/** Stops what {@link someRig} started. */
export const stopRigs = () => Promise.all(rigs.splice(0).map(it => it.stop()));
