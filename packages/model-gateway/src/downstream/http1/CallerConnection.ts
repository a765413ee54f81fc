import type { Socket } from 'node:net';
import type {
  BodySink,
  CallerHandler,
  CallerRequest,
} from '../../http/callerTypes';
import { Answer, type AnswerOwner } from './Answer';
import { RequestReader } from './RequestReader';
import {
  BrokenRequest,
  type RequestHead,
  UnknownExpectation,
} from './readRequestHead';

/** How long callers may take, in milliseconds. */
export interface CallerTimeouts {
  /** From the first byte of a request to the end of its head. */
  head: number;
  /** From the first byte of a request to its last. */
  request: number;
  /** Between two requests. */
  idle: number;
}

/** What a connection asks the server that it belongs to. */
export interface ConnectionOwner {
  readonly timeouts: CallerTimeouts;
  readonly keepAliveLines: string;
  readonly handler: CallerHandler;
  /** Whether connections are closed after their answer. */
  readonly isClosing: boolean;
  /** The body of an answer to what is no request. */
  refusal(why: 'invalid' | 'timeout' | 'expectation'): {
    status: number;
    body: string;
  };
  forget(connection: CallerConnection): void;
  /** Something that should not fail did. */
  failed(error: unknown): void;
}

/** What came ahead of its turn and waits for the answer before it. */
const MOST_AHEAD_BYTES = 64 * 1024;
/** For how long an answer may be read after which the connection closes. */
const LINGER_MS = 2_000;
const EMPTY = Buffer.alloc(0);
const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';

/** One request, until it is answered. */
class Incoming implements CallerRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: RequestHead['headers'];
  readonly whole: Buffer | undefined;
  readonly answer: Answer;
  readonly #connection: CallerConnection;
  sink: BodySink | undefined;
  waits: boolean;

  constructor(
    connection: CallerConnection,
    head: RequestHead,
    whole: Buffer | undefined,
  ) {
    this.method = head.method;
    this.url = head.url;
    this.headers = head.headers;
    this.whole = whole;
    this.waits = head.waits && whole === undefined;
    this.#connection = connection;
    this.answer = new Answer(connection, head);
  }

  receive(sink: BodySink): void {
    this.#connection.receive(this, sink);
  }
}

/**
 * An open connection of a caller: its requests one after the other, each after
 * the answer to the one before.
 */
export class CallerConnection implements AnswerOwner {
  readonly socket: Socket;
  readonly #owner: ConnectionOwner;
  readonly #reader: RequestReader;
  #current: Incoming | undefined;
  #keepsAlive = true;
  /** Whether nothing is read any more but to be thrown away. */
  #isOver = false;
  #isReading = false;
  /** Whether no request came yet. */
  #isNew = true;
  #ahead: Buffer = EMPTY;
  /** Of the first check since what is waited for began. */
  #since: number | undefined;
  /** Whether time was up at the last check already. */
  #late = false;

  constructor(socket: Socket, owner: ConnectionOwner) {
    this.socket = socket;
    this.#owner = owner;
    this.#reader = new RequestReader({
      head: (head, whole) => this.#begin(head, whole),
      data: chunk => this.#data(chunk),
      end: () => this.#end(),
    });
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('drain', () => this.#current?.answer.drained());
    socket.on('end', () => this.#halfClosed());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#closed());
  }

  get keepAliveLines(): string {
    return this.#owner.keepAliveLines;
  }

  /** Whether it may be closed without breaking anything off. */
  get isIdle(): boolean {
    return !this.#current && this.#reader.isFresh;
  }

  keepsAlive(): boolean {
    return this.#keepsAlive && !this.#owner.isClosing;
  }

  /** A request's body is wanted. */
  receive(request: Incoming, sink: BodySink): void {
    if (request !== this.#current || this.#isOver) {
      sink.broken('gone');
      return;
    }
    request.sink = sink;
    if (request.waits) {
      request.waits = false;
      this.socket.write(CONTINUE, 'latin1');
    }
  }

  answered(keepsAlive: boolean): void {
    const { waits } = this.#current!;
    this.#current = undefined;
    this.#expect();
    // Whether the body still comes that was not asked for, nobody can know.
    if (!keepsAlive || waits || this.#owner.isClosing) {
      this.#close();
    } else if (!this.#isReading) {
      this.#readOn();
    }
  }

  broken(): void {
    this.socket.destroy();
    this.#closed();
  }

  /** Nobody waits for anything: closes. Else after the answer. */
  close(): void {
    if (this.isIdle) {
      this.#close();
    }
  }

  destroy(): void {
    this.broken();
  }

  /**
   * Gives up what has taken too long: at the second check that finds it so,
   * because what has come while this process was busy is read between the two.
   */
  check(now: number): void {
    const patience = this.#patience();
    if (patience === undefined) {
      this.#expect();
      return;
    }
    this.#since ??= now;
    const wasLate = this.#late;
    this.#late = now - this.#since >= patience;
    if (this.#late && wasLate) {
      this.#giveUp();
    }
  }

  /** How long to wait for what comes next; nothing where the caller waits. */
  #patience(): number | undefined {
    const { timeouts } = this.#owner;
    if (this.#isOver) {
      return this.socket.writableLength > 0 ? undefined : LINGER_MS;
    }
    if (this.#reader.isFresh) {
      if (this.#current || this.socket.writableLength > 0) {
        return undefined;
      }
      return this.#isNew ? timeouts.head : timeouts.idle;
    }
    if (this.#reader.isInHead) {
      return timeouts.head;
    }
    return this.#reader.isDone ? undefined : timeouts.request;
  }

  #giveUp(): void {
    if (this.#isOver || this.isIdle) {
      this.socket.destroy();
    } else {
      this.#refuse('timeout');
    }
  }

  /** Patience begins anew. The clock is read when it is checked, not here. */
  #expect(): void {
    this.#since = undefined;
    this.#late = false;
  }

  #read(chunk: Buffer): void {
    if (this.#isOver) {
      return;
    }
    let rest =
      this.#ahead.length > 0 ? Buffer.concat([this.#ahead, chunk]) : chunk;
    this.#ahead = EMPTY;
    this.#isReading = true;
    try {
      while (rest.length > 0 && !this.#isOver) {
        if (this.#reader.isDone) {
          if (this.#current) {
            this.#keepAhead(rest);
            break;
          }
          this.#reader.next();
        }
        if (this.#reader.isFresh) {
          this.#expect();
        }
        rest = this.#reader.push(rest);
      }
    } catch (error) {
      this.#fail(error);
    }
    this.#isReading = false;
    if (this.#reader.isDone && !this.#current) {
      this.#reader.next();
    }
  }

  #keepAhead(bytes: Buffer): void {
    this.#ahead = bytes;
    if (bytes.length > MOST_AHEAD_BYTES) {
      this.socket.pause();
    }
  }

  /** The request that came ahead of its turn, or the next one. */
  #readOn(): void {
    if (this.#reader.isDone) {
      this.#reader.next();
    }
    if (this.#ahead.length > 0) {
      this.#read(EMPTY);
    }
    if (this.socket.isPaused() && this.#ahead.length <= MOST_AHEAD_BYTES) {
      this.socket.resume();
    }
  }

  #begin(head: RequestHead, whole: Buffer | undefined): void {
    this.#isNew = false;
    this.#keepsAlive = head.keepsAlive;
    const request = new Incoming(this, head, whole);
    this.#current = request;
    this.#owner.handler(request, request.answer);
  }

  #data(chunk: Buffer): void {
    const sink = this.#current?.sink;
    if (this.#current) {
      this.#current.waits = false;
    }
    if (sink && !sink.data(chunk) && this.#current) {
      this.#current.sink = undefined;
    }
  }

  #end(): void {
    const request = this.#current;
    const sink = request?.sink;
    if (request) {
      request.sink = undefined;
    }
    this.#expect();
    sink?.end();
  }

  #fail(error: unknown): void {
    if (error instanceof UnknownExpectation) {
      this.#refuse('expectation');
    } else if (error instanceof BrokenRequest) {
      this.#refuse('invalid');
    } else {
      this.broken();
      this.#owner.failed(error);
    }
  }

  /** Nothing more of this connection can be understood. */
  #refuse(why: 'invalid' | 'timeout' | 'expectation'): void {
    const request = this.#current;
    const wasAnswered = !request && !this.#reader.isInHead;
    this.#keepsAlive = false;
    this.#stopReading();
    if (wasAnswered) {
      this.#close();
    } else if (!request) {
      const { status, body } = this.#owner.refusal(why);
      const answer = new Answer(
        {
          socket: this.socket,
          keepAliveLines: '',
          keepsAlive: () => false,
          answered: () => this.#close(),
          broken: () => this.broken(),
        },
        { method: 'POST', takesChunks: true },
      );
      answer.writeHead(status, ['content-type', 'application/json']);
      answer.end(body);
    } else if (request.sink) {
      // Whoever reads the body answers.
      request.sink.broken(why === 'timeout' ? 'timeout' : 'invalid');
    } else if (request.answer.headersSent) {
      this.broken();
    }
  }

  #stopReading(): void {
    this.#isOver = true;
    this.#ahead = EMPTY;
    this.#reader.stop();
    if (this.socket.isPaused()) {
      this.socket.resume();
    }
  }

  /** What the caller sends is thrown away, so that it reads the answer. */
  #close(): void {
    this.#stopReading();
    this.#expect();
    this.socket.end();
  }

  /** Callers that close their half are gone: nobody waits for the answer. */
  #halfClosed(): void {
    if (this.#current) {
      this.broken();
    } else {
      this.socket.end();
    }
  }

  #closed(): void {
    const request = this.#current;
    this.#current = undefined;
    this.#stopReading();
    this.#owner.forget(this);
    if (request) {
      const { sink } = request;
      request.sink = undefined;
      request.answer.gone();
      sink?.broken('gone');
    }
  }
}
