import { Hdf5Bytes, Hdf5Error, Hdf5File } from './Hdf5File';

/** Types of messages that are read. */
export const Message = {
  Dataspace: 0x01,
  LinkInfo: 0x02,
  Datatype: 0x03,
  Link: 0x06,
  External: 0x07,
  Layout: 0x08,
  Filters: 0x0b,
  Attribute: 0x0c,
  SharedTable: 0x0f,
  Continuation: 0x10,
  SymbolTable: 0x11,
  Driver: 0x14,
  AttributeInfo: 0x15,
} as const;

/** A message of an object header. */
export interface HeaderMessage {
  type: number;
  body: Hdf5Bytes;
  /** Stands elsewhere, for which this tells where. */
  isShared: boolean;
}

const MOST_MESSAGES = 50_000;
const MOST_BLOCKS = 2_000;
const MOST_SHARED = 4;

/** Source: HDF5 File Format Specification 3.0, IV.A "Object Headers". */
export async function readObjectHeader(
  file: Hdf5File,
  address: number,
): Promise<HeaderMessage[]> {
  const head = await file.readUpTo(address, 40);
  const isNew = head.bytes.toString('latin1', 0, 4) === 'OHDR';
  const { blocks, readBlock } = isNew
    ? newHeader(head, address)
    : oldHeader(head, address);
  const messages: HeaderMessage[] = [];
  const seen = new Set<number>();
  while (blocks.length > 0) {
    const block = blocks.shift() as Block;
    if (seen.has(block.at) || seen.size > MOST_BLOCKS) {
      throw new Hdf5Error('blocks of an object header lead in circles');
    }
    seen.add(block.at);
    const bytes = await file.read(block.at, block.size);
    for (const message of readBlock(bytes, block.isFirst)) {
      if (message.type === Message.Continuation) {
        const at = message.body.address();
        if (at !== undefined) {
          blocks.push({ at, size: message.body.length(), isFirst: false });
        }
      } else if (message.type !== 0) messages.push(message);
      if (messages.length > MOST_MESSAGES) {
        throw new Hdf5Error('an object header has too many messages');
      }
    }
  }
  return messages;
}

interface Block {
  at: number;
  size: number;
  isFirst: boolean;
}

interface Header {
  blocks: Block[];
  readBlock(bytes: Hdf5Bytes, isFirst: boolean): Generator<HeaderMessage>;
}

function oldHeader(head: Hdf5Bytes, address: number): Header {
  if (head.uint(1) !== 1) throw new Hdf5Error('an object header is none');
  head.skip(7);
  const size = head.uint(4);
  return {
    blocks: [{ at: address + 16, size, isFirst: true }],
    *readBlock(bytes) {
      while (bytes.left >= 8) {
        const type = bytes.uint(2);
        const length = bytes.uint(2);
        const flags = bytes.uint(1);
        bytes.skip(3);
        yield { type, body: bytes.part(length), isShared: (flags & 2) !== 0 };
      }
    },
  };
}

function newHeader(head: Hdf5Bytes, address: number): Header {
  head.skip(4);
  if (head.uint(1) !== 2) throw new Hdf5Error('an object header is none');
  const flags = head.uint(1);
  if (flags & 0x20) head.skip(16);
  if (flags & 0x10) head.skip(4);
  const size = head.uint(1 << (flags & 3));
  const ordered = (flags & 4) === 0 ? 0 : 2;
  return {
    blocks: [{ at: address + head.at, size, isFirst: true }],
    *readBlock(bytes, isFirst) {
      if (!isFirst && bytes.text(4) !== 'OCHK') {
        throw new Hdf5Error('an object header does not go on where it says');
      }
      // What goes on elsewhere ends with a checksum of its own.
      const end = isFirst ? 0 : 4;
      while (bytes.left - end >= 4 + ordered) {
        const type = bytes.uint(1);
        const length = bytes.uint(2);
        const shared = bytes.uint(1) & 2;
        bytes.skip(ordered);
        yield { type, body: bytes.part(length), isShared: shared !== 0 };
      }
    },
  };
}

/** The message that a shared one stands for. */
export async function followShared(
  file: Hdf5File,
  message: HeaderMessage,
  depth = 0,
): Promise<HeaderMessage> {
  if (!message.isShared) return message;
  if (depth > MOST_SHARED) throw new Hdf5Error('shared messages in circles');
  const { body } = message;
  const version = body.uint(1);
  const kind = body.uint(1);
  if (version > 3 || (version === 3 && kind !== 2)) {
    throw new Hdf5Error('a message is shared in a way that is not read');
  }
  if (version === 1) body.skip(6);
  const address = body.address();
  if (address === undefined) throw new Hdf5Error('a shared message is nowhere');
  const messages = await readObjectHeader(file, address);
  const found = messages.find(({ type }) => type === message.type);
  if (!found) throw new Hdf5Error('a shared message is not where it says');
  return followShared(file, found, depth + 1);
}
