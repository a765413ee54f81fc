import { RequestReader } from './RequestReader';
import type { RequestHead } from './readRequestHead';

interface Read {
  heads: RequestHead[];
  bodies: string[];
}

/** Reads pieces as requests, each of which is answered at once. */
function read(pieces: string[]): Read {
  const heads: RequestHead[] = [];
  const bodies: string[] = [];
  let body = '';
  const reader = new RequestReader({
    head: (head, whole) => {
      heads.push(head);
      body = '';
      if (whole) {
        bodies.push(whole.toString('latin1'));
      }
    },
    data: chunk => {
      body += chunk.toString('latin1');
    },
    end: () => bodies.push(body),
  });
  for (const piece of pieces) {
    let rest = Buffer.from(piece, 'latin1');
    while (rest.length > 0) {
      if (reader.isDone) {
        reader.next();
      }
      rest = Buffer.from(reader.push(rest));
    }
  }
  return { heads, bodies };
}

const POST = 'POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n';
const CHUNKED = `${POST}Transfer-Encoding: chunked\r\n\r\n`;

describe('requests', () => {
  it.each([
    ['of a known length', `${POST}Content-Length: 5\r\n\r\nhello`],
    [
      'in chunks, with trailers',
      `${CHUNKED}3\r\nhel\r\n2\r\nlo\r\n0\r\nX-Sum: 1\r\n\r\n`,
    ],
    ['in one chunk of a long size', `${CHUNKED}0005\r\nhello\r\n000\r\n\r\n`],
  ])('%s are read, wherever they are split', (_, text) => {
    for (let at = 1; at < text.length; at++) {
      const { heads, bodies } = read([text.slice(0, at), text.slice(at)]);
      expect(heads).toMatchObject([
        { method: 'POST', url: '/v1/chat/completions', keepsAlive: true },
      ]);
      expect(bodies).toEqual(['hello']);
    }
    expect(read([...text]).bodies).toEqual(['hello']);
  });

  it('come one after the other in whatever pieces', () => {
    const text = `${POST}Content-Length: 2\r\n\r\nab${CHUNKED}1\r\nc\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n${POST}Content-Length: 0\r\n\r\n`;
    for (let at = 1; at < text.length; at++) {
      expect(read([text.slice(0, at), text.slice(at)])).toMatchObject({
        heads: [
          { method: 'POST' },
          { method: 'POST' },
          { method: 'GET' },
          { method: 'POST' },
        ],
        bodies: ['ab', 'c', '', ''],
      });
    }
  });

  it('have names in lower case, values without blanks, and lists joined', () => {
    const [{ headers }] = read([
      `${POST}X-One:  a b \t\r\nx-two: 1\r\nX-Two: 2\r\nCookie: a=1\r\ncookie: b=2\r\nx-empty:\r\nconstructor: c\r\nx-high: \xe9\r\n\r\n`,
    ]).heads;
    expect(headers).toEqual({
      host: 'x',
      'x-one': 'a b',
      'x-two': '1, 2',
      cookie: 'a=1; b=2',
      'x-empty': '',
      constructor: 'c',
      'x-high': '\xe9',
    });
  });

  it.each([
    ['GET / HTTP/1.1\r\nHost: x\r\n', true],
    ['GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n', false],
    ['GET / HTTP/1.1\r\nHost: x\r\nConnection: TE, Close\r\n', false],
    ['GET / HTTP/1.1\r\nHost: x\r\nConnection: closed\r\n', true],
    ['GET / HTTP/1.0\r\n', false],
    ['GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n', true],
    ['GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n', false],
  ])('%j leave the connection open: %s', (head, expected) => {
    expect(read([`${head}\r\n`]).heads[0].keepsAlive).toBe(expected);
  });

  it('say when their caller waits for a word', () => {
    const waits = (head: string) => read([head]).heads[0].waits;
    expect(
      waits(`${POST}Content-Length: 5\r\nExpect: 100-Continue\r\n\r\n`),
    ).toBe(true);
    expect(waits(`${POST}Content-Length: 5\r\n\r\n`)).toBe(false);
    expect(waits(`${POST}Expect: 100-continue\r\n\r\n`)).toBe(false);
    expect(
      waits(
        'POST / HTTP/1.0\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n',
      ),
    ).toBe(false);
  });
});

describe('what can be read in two ways, or is no HTTP', () => {
  it.each([
    ['another protocol', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['an empty line before it', `\r\n${POST}\r\n`],
    ['an unknown method', 'BREW / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a method in lower case', 'post / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['an older version', 'GET / HTTP/0.9\r\n\r\n'],
    ['no version', 'GET /\r\nHost: x\r\n\r\n'],
    ['a newer version', 'GET / HTTP/2.0\r\nHost: x\r\n\r\n'],
    ['two spaces', 'GET  / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a tab', 'GET\t/ HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a space in the target', 'GET /a b HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a target of other characters', 'GET /\xe9 HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a target that is none', 'GET v1 HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['two hosts', `${POST}host: y\r\n\r\n`],
    ['two keys', `${POST}authorization: a\r\nauthorization: b\r\n\r\n`],
    ['two types', `${POST}content-type: a\r\ncontent-type: b\r\n\r\n`],
    ['line feeds alone', 'GET / HTTP/1.1\nHost: x\n\n'],
    ['a line feed at the end of a field', `${POST}a: b\nc: d\r\n\r\n`],
    ['a carriage return inside of a value', `${POST}a: b\rc: d\r\n\r\n`],
    ['a zero byte', `${POST}a: b\0\r\n\r\n`],
    ['a folded line', `${POST}a: b\r\n c: d\r\n\r\n`],
    ['a folded first line', `GET / HTTP/1.1\r\n Host: x\r\n\r\n`],
    ['a name with a space behind it', `${POST}a : b\r\n\r\n`],
    ['a name of other characters', `${POST}a(b: c\r\n\r\n`],
    ['a line without a colon', `${POST}a\r\n\r\n`],
    ['a line without a name', `${POST}: a\r\n\r\n`],
    ['two lengths', `${POST}content-length: 3\r\ncontent-length: 3\r\n\r\nabc`],
    ['a list of lengths', `${POST}content-length: 3, 3\r\n\r\nabc`],
    ['a negative length', `${POST}content-length: -1\r\n\r\n`],
    ['a signed length', `${POST}content-length: +3\r\n\r\nabc`],
    ['a length in hexadecimal', `${POST}content-length: 0x3\r\n\r\nabc`],
    ['an empty length', `${POST}content-length:\r\n\r\n`],
    ['an endless length', `${POST}content-length: ${'9'.repeat(20)}\r\n\r\n`],
    [
      'a length and chunks',
      `${POST}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n`,
    ],
    [
      'chunks and a length',
      `${POST}transfer-encoding: chunked\r\ncontent-length: 3\r\n\r\n`,
    ],
    ['an unknown coding', `${POST}transfer-encoding: xchunked\r\n\r\n`],
    [
      'a coding before chunks',
      `${POST}transfer-encoding: gzip, chunked\r\n\r\n`,
    ],
    [
      'a coding after chunks',
      `${POST}transfer-encoding: chunked, gzip\r\n\r\n`,
    ],
    ['chunks twice', `${POST}transfer-encoding: chunked, chunked\r\n\r\n`],
    [
      'two fields of codings',
      `${POST}transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n\r\n`,
    ],
    ['a coding with a tab', `${POST}transfer-encoding: \x0bchunked\r\n\r\n`],
    [
      'chunks of HTTP/1.0',
      'POST / HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['another expectation', `${POST}expect: gold\r\n\r\n`],
    ['a chunk without a size', `${CHUNKED}\r\nhello`],
    ['a chunk of a size that is none', `${CHUNKED}5g\r\nhello`],
    ['a chunk of a negative size', `${CHUNKED}-5\r\nhello`],
    ['a chunk of a size with a sign', `${CHUNKED}0x5\r\nhello`],
    ['a chunk with a space before its size', `${CHUNKED} 5\r\nhello`],
    ['a chunk with an extension', `${CHUNKED}5;a=b\r\nhello\r\n0\r\n\r\n`],
    ['a chunk with a huge size', `${CHUNKED}fffffffffffffffff\r\n`],
    ['a chunk that is longer than it says', `${CHUNKED}2\r\nhello\r\n`],
    ['a chunk that ends in a line feed', `${CHUNKED}5\r\nhello\n0\r\n\r\n`],
    ['a size that ends in a line feed', `${CHUNKED}5\nhello`],
    ['an endless size', CHUNKED + '0'.repeat(2000)],
    ['a trailer that is none', `${CHUNKED}0\r\nGET / HTTP/1.1\r\n\r\n`],
    ['endless trailers', `${CHUNKED}0\r\n${'a: b\r\n'.repeat(20_000)}`],
    ['an endless head', `${POST}a: ${'b'.repeat(20_000)}`],
    ['an endless head that ends', `${POST}a: ${'b'.repeat(20_000)}\r\n\r\n`],
    ['an endless first line', `GET /${'b'.repeat(20_000)}`],
  ])('is refused: %s', (_, text) => {
    expect(() => read([text])).toThrow();
    const pieces = text.length < 1000 ? [...text] : text.split(/(?<=\n)/);
    expect(() => read(pieces)).toThrow();
  });
});
