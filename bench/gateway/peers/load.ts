import net from 'node:net';
import { createInterface } from 'node:readline';

/**
 * The load generator, in a process of its own: raw sockets with one request at
 * a time each, so that it costs little beside what it measures. A job is a line
 * of JSON on stdin, its result a line on stdout.
 */
interface Job {
  /** Connections are spread over them. */
  ports: number[];
  /** The bytes of one request, as text. */
  request: string;
  seconds: number;
  /** Closed loop: as many connections, each sends as soon as it was answered. */
  connections?: number;
  /** Open loop: so many a second, whatever the answers do. */
  rate?: number;
}

class Line {
  readonly #socket: net.Socket;
  #buffer = '';
  #done: ((status: number) => void) | undefined;

  private constructor(socket: net.Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.#read(chunk));
    const fail = () => {
      const done = this.#done;
      this.#done = undefined;
      done?.(0);
    };
    socket.on('close', fail);
    socket.on('error', fail);
  }

  static open(port: number): Promise<Line> {
    return new Promise((resolve, reject) => {
      const socket = net.connect(port, '127.0.0.1', () =>
        resolve(new Line(socket)),
      );
      socket.once('error', reject);
    });
  }

  /** @param done - gets the status; 0 when the line broke */
  send(request: string, done: (status: number) => void): void {
    this.#done = done;
    if (this.#socket.destroyed) {
      this.#done = undefined;
      done(0);
      return;
    }
    this.#socket.write(request, 'latin1');
  }

  close(): void {
    this.#done = undefined;
    this.#socket.destroy();
  }

  #read(chunk: string): void {
    this.#buffer = this.#buffer ? this.#buffer + chunk : chunk;
    const head = this.#buffer.indexOf('\r\n\r\n');
    if (head < 0) {
      return;
    }
    const length = /\r\ncontent-length: *(\d+)/i.exec(this.#buffer);
    const whole = length
      ? this.#buffer.length >= head + 4 + Number(length[1])
      : this.#buffer.endsWith('\r\n0\r\n\r\n');
    if (whole) {
      const status = Number(this.#buffer.slice(9, 12));
      this.#buffer = '';
      const done = this.#done;
      this.#done = undefined;
      done?.(status);
    }
  }
}

async function closedLoop(job: Job) {
  const lines = await Promise.all(
    Array.from({ length: job.connections ?? 1 }, (_, n) =>
      Line.open(job.ports[n % job.ports.length]),
    ),
  );
  const latencies: number[] = [];
  let failed = 0;
  const started = performance.now();
  const end = started + job.seconds * 1000;
  await Promise.all(
    lines.map(
      line =>
        new Promise<void>(resolve => {
          const next = () => {
            const sent = performance.now();
            if (sent >= end) {
              resolve();
              return;
            }
            line.send(job.request, status => {
              if (status === 200) {
                latencies.push(performance.now() - sent);
              } else {
                failed += 1;
              }
              if (status === 0) {
                resolve();
              } else {
                next();
              }
            });
          };
          next();
        }),
    ),
  );
  const seconds = (performance.now() - started) / 1000;
  lines.forEach(line => line.close());
  return { rps: latencies.length / seconds, failed, ...quantiles(latencies) };
}

/**
 * Latency counts from the moment at which a request was due, so that a peer
 * that stops does not stop the clock (coordinated omission).
 */
async function openLoop(job: Job) {
  const rate = job.rate ?? 1;
  const idle = await Promise.all(
    Array.from({ length: 64 }, (_, n) =>
      Line.open(job.ports[n % job.ports.length]),
    ),
  );
  const all = [...idle];
  const due: number[] = [];
  const latencies: number[] = [];
  let failed = 0;
  const total = Math.floor(rate * job.seconds);
  const started = performance.now();
  let scheduled = 0;
  await new Promise<void>(resolve => {
    let ended = 0;
    const send = () => {
      while (due.length > 0 && idle.length > 0) {
        const at = due.shift()!;
        const line = idle.pop()!;
        line.send(job.request, status => {
          ended += 1;
          if (status === 200) {
            latencies.push(performance.now() - at);
          } else {
            failed += 1;
          }
          idle.push(line);
          if (due.length > 0) {
            send();
          }
          if (ended === total) {
            resolve();
          }
        });
      }
    };
    const tick = () => {
      const now = performance.now();
      while (scheduled < total && started + (scheduled * 1000) / rate <= now) {
        due.push(started + (scheduled * 1000) / rate);
        scheduled += 1;
      }
      send();
      if (scheduled < total) {
        setTimeout(tick, 1);
      }
    };
    tick();
  });
  const seconds = (performance.now() - started) / 1000;
  all.forEach(line => line.close());
  return { rps: latencies.length / seconds, failed, ...quantiles(latencies) };
}

function quantiles(latencies: number[]) {
  const sorted = latencies.sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

async function main() {
  process.stdout.write('{"port":0}\n');
  for await (const text of createInterface({ input: process.stdin })) {
    const job: Job = JSON.parse(text);
    const result = job.rate ? await openLoop(job) : await closedLoop(job);
    process.stdout.write(`${JSON.stringify(result)}\n`);
  }
}

void main();
