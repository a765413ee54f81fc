import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** An upstream that answers every call alike and keeps the headers that it got. */
export class ListeningUpstream {
  readonly headers: http.IncomingHttpHeaders[] = [];
  readonly #server: http.Server;

  private constructor(answer: object) {
    this.#server = http.createServer((req, res) => {
      this.headers.push(req.headers);
      req.resume().on('end', () => {
        res.writeHead(200, { 'content-type': 'application/json' });
        res.end(JSON.stringify(answer));
      });
    });
  }

  static async create(answer: object): Promise<ListeningUpstream> {
    const upstream = new ListeningUpstream(answer);
    await new Promise<void>(resolve => {
      upstream.#server.listen(0, '127.0.0.1', () => resolve());
    });
    return upstream;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
