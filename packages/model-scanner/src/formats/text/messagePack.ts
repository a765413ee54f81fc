import type { FormatReader, ScanContext } from '../../engine/FormatReader';
import type { ByteSource } from '../../source';
import { ByteCursor, EndOfBytes } from '../archive/ByteCursor';
import { reportHidden } from '../archive/hidden';

/** Arrays, complex and single numbers of Flax; times. */
const KNOWN_KINDS = new Set([1, 2, 3, 255]);

/** Weights of Flax; only their bounds are read, tensors are hashed. */
export const messagePackReader: FormatReader = {
  id: 'msgpack',
  title: 'MessagePack',
  extensions: ['msgpack'],
  isFallback: true,
  matches: ({ extension, head }) =>
    extension === 'msgpack' &&
    ((head[0] & 0xf0) === 0x80 || head[0] === 0xde || head[0] === 0xdf),
  read: readMessagePack,
};

async function readMessagePack(source: ByteSource, context: ScanContext) {
  const cursor = ByteCursor.over(source);
  try {
    for (let open = 1; open > 0; ) {
      context.signal?.throwIfAborted();
      const { items, bytes, kind } = await readItem(cursor);
      if (kind !== undefined && !KNOWN_KINDS.has(kind)) {
        context.report('unknown-format', `holds values of a kind ${kind}`, {
          offset: cursor.offset,
        });
      }
      open += items - 1;
      await cursor.skip(bytes);
    }
  } catch (error) {
    if (!(error instanceof EndOfBytes)) throw error;
    context.report('data-corrupt', error.message, { offset: cursor.offset });
    return;
  }
  await reportHidden(
    source,
    { start: cursor.offset, end: source.size },
    'follow the data',
    context,
  );
}

interface Item {
  /** Within it. */
  items: number;
  /** That belong to it and are passed over. */
  bytes: number;
  /** Of what extends the format. */
  kind?: number;
}

/** Bytes of values that have a length of their own, from 0xc0 on. */
const FIXED: Record<number, number> = {
  0xc0: 0,
  0xc2: 0,
  0xc3: 0,
  0xca: 4,
  0xcb: 8,
  0xcc: 1,
  0xcd: 2,
  0xce: 4,
  0xcf: 8,
  0xd0: 1,
  0xd1: 2,
  0xd2: 4,
  0xd3: 8,
};

/** Source: msgpack.org, "MessagePack specification". */
async function readItem(cursor: ByteCursor): Promise<Item> {
  const [type] = await cursor.read(1);
  if (type < 0x80 || type >= 0xe0) return { items: 0, bytes: 0 };
  if (type < 0x90) return { items: 2 * (type & 15), bytes: 0 };
  if (type < 0xa0) return { items: type & 15, bytes: 0 };
  if (type < 0xc0) return { items: 0, bytes: type & 31 };
  if (type in FIXED) return { items: 0, bytes: FIXED[type] };
  const number = async (size: number) => {
    const bytes = await cursor.read(size);
    return bytes.readUIntBE(0, size);
  };
  // Bytes, texts, and what extends the format, with lengths of 1, 2 and 4 bytes.
  if (type >= 0xc4 && type <= 0xc6) {
    return { items: 0, bytes: await number(2 ** (type - 0xc4)) };
  }
  if (type >= 0xd9 && type <= 0xdb) {
    return { items: 0, bytes: await number(2 ** (type - 0xd9)) };
  }
  if (type >= 0xc7 && type <= 0xc9) {
    const bytes = await number(2 ** (type - 0xc7));
    return { items: 0, bytes, kind: await number(1) };
  }
  if (type >= 0xd4 && type <= 0xd8) {
    return { items: 0, bytes: 2 ** (type - 0xd4), kind: await number(1) };
  }
  if (type === 0xdc) return { items: await number(2), bytes: 0 };
  if (type === 0xdd) return { items: await number(4), bytes: 0 };
  if (type === 0xde) return { items: 2 * (await number(2)), bytes: 0 };
  if (type === 0xdf) return { items: 2 * (await number(4)), bytes: 0 };
  throw new EndOfBytes('there is a value of no type');
}
