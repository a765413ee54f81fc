import { uint32, uint64 } from './pickles';

const MARK = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');

const u8 = (...values: number[]) => Buffer.from(values);
const u16 = (value: number) => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
};
const NONE = Buffer.alloc(8, 0xff);
const padded = (bytes: Buffer) =>
  Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)]);

/** An attribute of a file that a test writes. */
export interface Hdf5TestAttribute {
  name: string;
  value: string | Buffer;
  /** In the global heap, as h5py writes texts; of a fixed length otherwise. */
  isVariable?: boolean;
}

export interface Hdf5TestOptions {
  attributes?: Hdf5TestAttribute[];
  /** More messages of the root: their types and bodies. */
  messages?: Array<[type: number, body: Buffer]>;
  /** Of the superblock: 0, 2 or 3. */
  version?: number;
  /** Stands before the file. */
  before?: Buffer;
  after?: Buffer;
  /** Lies in the file where nothing leads. */
  stray?: Buffer;
  /** Ends there by its own account. */
  end?: number;
}

/** Writes an HDF5 file byte by byte, with a root group and its attributes. */
export function hdf5(options: Hdf5TestOptions = {}): Buffer {
  const { attributes = [], version = 0, before, after, stray } = options;
  const base = before?.length ?? 0;
  const head = version === 0 ? 96 : 48;
  // The global heap stands first, so that its addresses are known.
  const values = attributes
    .filter(({ isVariable }) => isVariable)
    .map(({ value }) => Buffer.from(value as string));
  const objects = values.map((value, i) =>
    Buffer.concat([
      u16(i + 1),
      u16(1),
      uint32(0),
      uint64(value.length),
      padded(value),
    ]),
  );
  const heap = collection(objects);
  const rootAt = head + heap.length + (stray?.length ?? 0);
  let next = 0;
  const messages = [
    ...attributes.map((attribute): [number, Buffer] => {
      const size = Buffer.from(attribute.value as string).length;
      if (attribute.isVariable) next += 1;
      const content = attribute.isVariable
        ? Buffer.concat([uint32(size), uint64(head), uint32(next)])
        : Buffer.from(attribute.value as string);
      return [12, attributeMessage(attribute, content)];
    }),
    ...(options.messages ?? []),
  ];
  const root = version === 0 ? oldHeader(messages) : newHeader(messages);
  const length = rootAt + root.length;
  const end = options.end ?? base + length;
  const superblock =
    version === 0
      ? Buffer.concat([
          MARK,
          u8(0, 0, 0, 0, 0, 8, 8, 0),
          u16(4),
          u16(16),
          uint32(0),
          uint64(base),
          NONE,
          uint64(end),
          NONE,
          uint64(0),
          uint64(rootAt),
          Buffer.alloc(24),
        ])
      : Buffer.concat([
          MARK,
          u8(version, 8, 8, 0),
          uint64(base),
          NONE,
          uint64(end),
          uint64(rootAt),
          uint32(0),
        ]);
  return Buffer.concat([
    before ?? Buffer.alloc(0),
    superblock,
    heap,
    stray ?? Buffer.alloc(0),
    root,
    after ?? Buffer.alloc(0),
  ]);
}

function collection(objects: Buffer[]): Buffer {
  if (objects.length === 0) return Buffer.alloc(0);
  const body = Buffer.concat([...objects, Buffer.alloc(16)]);
  return Buffer.concat([
    Buffer.from('GCOL'),
    u8(1, 0, 0, 0),
    uint64(16 + body.length),
    body,
  ]);
}

function attributeMessage(
  { name, isVariable }: Hdf5TestAttribute,
  content: Buffer,
): Buffer {
  const nameBytes = Buffer.from(`${name}\0`);
  const type = isVariable
    ? Buffer.concat([
        u8(0x19, 1, 0, 0),
        uint32(16),
        u8(0x10, 0, 0, 0),
        uint32(1),
        u16(0),
        u16(8),
      ])
    : Buffer.concat([u8(0x13, 0, 0, 0), uint32(content.length)]);
  const space = u8(1, 0, 0, 0, 0, 0, 0, 0);
  return Buffer.concat([
    u8(1, 0),
    u16(nameBytes.length),
    u16(type.length),
    u16(space.length),
    padded(nameBytes),
    padded(type),
    padded(space),
    content,
  ]);
}

function oldHeader(messages: Array<[number, Buffer]>): Buffer {
  const body = Buffer.concat(
    messages.map(([type, content]) => {
      const data = padded(content);
      return Buffer.concat([u16(type), u16(data.length), u8(0, 0, 0, 0), data]);
    }),
  );
  return Buffer.concat([
    u8(1, 0),
    u16(messages.length),
    uint32(1),
    uint32(body.length),
    Buffer.alloc(4),
    body,
  ]);
}

function newHeader(messages: Array<[number, Buffer]>): Buffer {
  const body = Buffer.concat(
    messages.map(([type, content]) =>
      Buffer.concat([u8(type), u16(content.length), u8(0), content]),
    ),
  );
  return Buffer.concat([
    Buffer.from('OHDR'),
    u8(2, 2),
    uint32(body.length),
    body,
    uint32(0),
  ]);
}

/** A link of a group to what lies in another file. */
export function externalLink(name: string, file: string): Buffer {
  const value = Buffer.concat([u8(0), Buffer.from(`${file}\0/data\0`)]);
  return Buffer.concat([
    u8(1, 8, 64, name.length),
    Buffer.from(name),
    u16(value.length),
    value,
  ]);
}

/** A pipeline of one filter. */
export const filters = (id: number): Buffer =>
  Buffer.concat([
    u8(2, 1),
    u16(id),
    ...(id < 256 ? [] : [u16(0)]),
    u16(0),
    u16(0),
  ]);
