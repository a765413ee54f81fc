import type { ResponseHead } from './readHead';
import { ResponseReader } from './ResponseReader';

interface Read {
  heads: ResponseHead[];
  body: string;
  ended: number;
  reader: ResponseReader;
}

/** Reads pieces as the answer to one request; then the connection may close. */
function read(pieces: string[], closes = false): Read {
  const heads: ResponseHead[] = [];
  const result = { heads, body: '', ended: 0 };
  const reader = new ResponseReader({
    head: head => heads.push(head),
    data: chunk => {
      result.body += chunk.toString('latin1');
    },
    end: () => {
      result.ended += 1;
    },
  });
  reader.expect();
  for (const piece of pieces) {
    reader.push(Buffer.from(piece, 'latin1'));
  }
  if (closes) {
    reader.close();
  }
  return Object.assign(result, { reader });
}

const OK = 'HTTP/1.1 200 OK\r\n';

describe('answers', () => {
  it.each([
    ['of a known length', `${OK}Content-Length: 5\r\n\r\nhello`],
    [
      'in chunks, with extensions and trailers',
      `${OK}Transfer-Encoding: chunked\r\n\r\n3;a=b\r\nhel\r\n2\r\nlo\r\n0\r\nX-Sum: 1\r\n\r\n`,
    ],
    [
      'after ones that only announce them',
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${OK}content-length:5\r\n\r\nhello`,
    ],
  ])('%s are read, wherever they are split', (_, text) => {
    for (let at = 1; at < text.length; at++) {
      const { heads, body, ended, reader } = read([
        text.slice(0, at),
        text.slice(at),
      ]);
      expect(heads).toHaveLength(1);
      expect(heads[0].status).toBe(200);
      expect({ body, ended }).toEqual({ body: 'hello', ended: 1 });
      expect(reader.isReusable).toBe(true);
    }
    expect(read([...text]).body).toBe('hello');
  });

  it('without a length end with their connection', () => {
    const open = read([`${OK}\r\nhel`, 'lo']);
    expect(open.ended).toBe(0);
    const closed = read([`${OK}\r\nhel`, 'lo'], true);
    expect(closed).toMatchObject({ body: 'hello', ended: 1 });
    expect(closed.reader.isReusable).toBe(false);
  });

  it.each([
    ['204', 'HTTP/1.1 204 No Content\r\n\r\n'],
    ['304', 'HTTP/1.1 304\r\n\r\n'],
    ['a length of nothing', `${OK}content-length: 0\r\n\r\n`],
  ])('%s have no body', (_, text) => {
    expect(read([text])).toMatchObject({ body: '', ended: 1 });
  });

  it('keep what was said twice, and names in lower case', () => {
    const { heads } = read([
      `${OK}X-One:  a b \t\r\nx-two: 1\r\nX-Two: 2\r\nx-two: 3\r\nx-empty:\r\ncontent-length: 0\r\n\r\n`,
    ]);
    expect(heads[0].headers).toMatchObject({
      'x-one': 'a b',
      'x-two': ['1', '2', '3'],
      'x-empty': '',
    });
  });

  it.each([
    ['HTTP/1.1 200 OK\r\nconnection: close\r\n', false],
    ['HTTP/1.1 200 OK\r\nconnection: Keep-Alive\r\n', true],
    ['HTTP/1.0 200 OK\r\n', false],
    ['HTTP/1.0 200 OK\r\nconnection: keep-alive\r\n', true],
  ])('%j leave the connection open: %s', (head, expected) => {
    const { reader } = read([`${head}content-length: 1\r\n\r\nx`]);
    expect(reader.isReusable).toBe(expected);
  });

  it('are not over when their connection closes early', () => {
    expect(read([`${OK}content-length: 5\r\n\r\nhell`], true).ended).toBe(0);
    expect(
      read([`${OK}transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n`], true)
        .ended,
    ).toBe(0);
  });
});

describe('what can be read in two ways, or is no HTTP', () => {
  const chunked = `${OK}transfer-encoding: chunked\r\n\r\n`;
  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH\r\n'],
    ['a status line with one digit too few', 'HTTP/1.1 20 OK\r\n\r\n'],
    ['another version', 'HTTP/2.0 200 OK\r\n\r\n'],
    ['line feeds alone', 'HTTP/1.1 200 OK\ncontent-length: 0\n\n'],
    ['a carriage return inside of a value', `${OK}a: b\rc: d\r\n\r\n`],
    ['a line feed inside of a value', `${OK}a: b\nc: d\r\n\r\n`],
    ['a zero byte', `${OK}a: b\0\r\n\r\n`],
    ['a folded line', `${OK}a: b\r\n c\r\n\r\n`],
    ['a name with a space behind it', `${OK}content-length : 3\r\n\r\nabc`],
    ['a line without a colon', `${OK}content-length\r\n\r\n`],
    ['a line without a name', `${OK}: 3\r\n\r\n`],
    ['two lengths', `${OK}content-length: 3\r\ncontent-length: 3\r\n\r\n`],
    ['a list of lengths', `${OK}content-length: 3, 3\r\n\r\n`],
    ['a negative length', `${OK}content-length: -1\r\n\r\n`],
    ['a signed length', `${OK}content-length: +1\r\n\r\n`],
    ['a length in hexadecimal', `${OK}content-length: 0x1\r\n\r\n`],
    [
      'a length and chunks',
      `${OK}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n`,
    ],
    ['an unknown coding', `${OK}transfer-encoding: gzip, chunked\r\n\r\n`],
    ['chunks twice', `${OK}transfer-encoding: chunked, chunked\r\n\r\n`],
    ['a change of protocol', 'HTTP/1.1 101 Switching\r\n\r\n'],
    ['a chunk without a size', `${chunked}\r\n`],
    ['a chunk of a size that is none', `${chunked}5g\r\n`],
    ['a chunk of a negative size', `${chunked}-5\r\n`],
    ['a chunk with a huge size', `${chunked}fffffffffffffffff\r\n`],
    ['a chunk that is longer than it says', `${chunked}2\r\nhello\r\n`],
    ['a size that ends in a line feed', `${chunked}5\nhello`],
    ['an endless size', chunked + '0'.repeat(2000)],
    ['more than was asked for', `${OK}content-length: 1\r\n\r\nxHTTP/1.1 200`],
    ['an endless head', `${OK}a: ${'b'.repeat(70_000)}`],
    ['endless trailers', `${chunked}0\r\n${'a: b\r\n'.repeat(20_000)}`],
    ['endless announcements', 'HTTP/1.1 102 P\r\n\r\n'.repeat(20)],
  ])('is refused: %s', (_, text) => {
    expect(() => read([text])).toThrow('The answer is not valid HTTP');
    const pieces = text.length < 1000 ? [...text] : text.split(/(?<=\n)/);
    expect(() => read(pieces)).toThrow('The answer is not valid HTTP');
  });

  it('is refused when nothing was asked for', () => {
    const { reader } = read([`${OK}content-length: 0\r\n\r\n`]);
    expect(() => reader.push(Buffer.from(OK))).toThrow('more came');
  });
});
