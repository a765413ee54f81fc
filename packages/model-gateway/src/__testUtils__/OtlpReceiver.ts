import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

interface Attribute {
  key: string;
  value: Record<string, string | number | boolean>;
}

/** A span as it came over the line. */
export interface ReceivedSpan {
  name: string;
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  status: { code?: number };
  attributes: Record<string, string | number | boolean>;
}

/** One series of a histogram as it came over the line. */
export interface ReceivedPoint {
  metric: string;
  unit: string;
  count: number;
  sum: number;
  bounds: number[];
  attributes: Record<string, string | number | boolean>;
}

/** Takes OTLP over HTTP in JSON, as a collector does. */
export class OtlpReceiver {
  readonly spans: ReceivedSpan[] = [];
  readonly points: ReceivedPoint[] = [];
  readonly gauges: Array<{
    metric: string;
    value: number;
    attributes: Record<string, string | number | boolean>;
  }> = [];
  readonly resources: Array<Record<string, string | number | boolean>> = [];
  /** Everything that came, as text. */
  text = '';
  readonly #server: http.Server;

  private constructor() {
    this.#server = http.createServer((req, res) => {
      this.#take(req).then(
        () =>
          res.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
        error => res.writeHead(400).end(String(error)),
      );
    });
  }

  static async create(): Promise<OtlpReceiver> {
    const receiver = new OtlpReceiver();
    await new Promise<void>(resolve => {
      receiver.#server.listen(0, '127.0.0.1', () => resolve());
    });
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #take(req: http.IncomingMessage): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of req) {
      chunks.push(chunk);
    }
    const bytes = Buffer.concat(chunks);
    const body = (
      req.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes
    ).toString();
    this.text += body;
    const message = JSON.parse(body);
    for (const { resource, scopeSpans } of message.resourceSpans ?? []) {
      this.resources.push(plain(resource.attributes));
      for (const span of scopeSpans.flatMap((it: { spans: [] }) => it.spans)) {
        this.spans.push({ ...span, attributes: plain(span.attributes) });
      }
    }
    for (const { scopeMetrics } of message.resourceMetrics ?? []) {
      for (const metric of scopeMetrics.flatMap(
        (it: { metrics: [] }) => it.metrics,
      )) {
        for (const point of metric.gauge?.dataPoints ?? []) {
          this.gauges.push({
            metric: metric.name,
            value: point.asDouble ?? Number(point.asInt),
            attributes: plain(point.attributes),
          });
        }
        for (const point of metric.histogram?.dataPoints ?? []) {
          this.points.push({
            metric: metric.name,
            unit: metric.unit,
            count: Number(point.count),
            sum: point.sum,
            bounds: point.explicitBounds,
            attributes: plain(point.attributes),
          });
        }
      }
    }
  }
}

function plain(attributes: Attribute[]) {
  return Object.fromEntries(
    attributes.map(({ key, value: { intValue, ...other } }) => [
      key,
      intValue === undefined ? Object.values(other)[0] : Number(intValue),
    ]),
  );
}
