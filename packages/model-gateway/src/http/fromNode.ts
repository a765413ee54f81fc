import type { IncomingMessage, RequestListener } from 'node:http';
import type { BodySink, CallerHandler, CallerRequest } from './callerTypes';

/** A request as Node's own server reads it. */
class NodeRequest implements CallerRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly whole = undefined;
  readonly #req: IncomingMessage;

  constructor(req: IncomingMessage) {
    this.method = req.method ?? '';
    this.url = req.url ?? '';
    this.headers = req.headers;
    this.#req = req;
  }

  receive(sink: BodySink): void {
    const req = this.#req;
    let settled = false;
    req.on('data', (chunk: Buffer) => {
      if (!sink.data(chunk)) {
        settled = true;
        req.pause();
        req.removeAllListeners('data');
      }
    });
    req.on('end', () => {
      settled = true;
      sink.end();
    });
    const broken = () => {
      if (!settled) {
        settled = true;
        sink.broken('gone');
      }
    };
    req.on('error', broken);
    req.on('close', broken);
  }
}

/** Lets requests that Node's own server reads be answered. */
export const fromNode =
  (handler: CallerHandler): RequestListener =>
  (req, res) =>
    handler(new NodeRequest(req), res);
